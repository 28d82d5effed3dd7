"""Everything about one agency, one production, one place."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ShelfNotFound
from archive.models import Agency
from archive.rules.access import public
from archive.rules.addresses import redactions_path, shelf_path, with_parameters
from archive.rules.redaction_figures import FigureFilters
from archive.services.agency_requests import get_agency_figures
from archive.services.redaction_document_figures import get_short_figures
from archive.services.renaming import slug_today
from archive.services.shelves import ShelfKind, get_shelf, list_shelves
from archive.web.current import reading, window_number
from archive.web.identity import viewer
from archive.web.requests import present_day
from archive.web.templating import local_address

blueprint = Blueprint("shelves", __name__)


@blueprint.get("/<any(agencies, productions, places):kind>")
@public
def show_shelves(kind: str) -> str:
    """All agencies, all productions, all places."""
    with reading() as session:
        shelves = list_shelves(session, ShelfKind(kind))
    return render_template("shelves/index.html", kind=kind, shelves=shelves)


@blueprint.get("/agencies/<slug>")
@public
def show_agency(slug: str) -> ResponseReturnValue:
    """The documents of one agency."""
    return _show(ShelfKind.AGENCIES, slug)


@blueprint.get("/productions/<slug>")
@public
def show_production(slug: str) -> ResponseReturnValue:
    """The documents of one production."""
    return _show(ShelfKind.PRODUCTIONS, slug)


@blueprint.get("/places/<slug>")
@public
def show_place(slug: str) -> ResponseReturnValue:
    """The documents about one place."""
    return _show(ShelfKind.PLACES, slug)


def _show(kind: ShelfKind, slug: str) -> ResponseReturnValue:
    with reading() as session:
        try:
            shelf = get_shelf(session, kind, slug, viewer=viewer(), window=window_number())
        except ShelfNotFound:
            return _lead_on(kind, slug_today(session, kind, slug))
        filters = _figures_of(kind, slug)
        short = get_short_figures(session, filters) if filters else None
        agency = shelf.row if isinstance(shelf.row, Agency) else None
        figures = get_agency_figures(session, agency, viewer(), present_day()) if agency else None
    asked = [("agency", filters.agency), ("production", filters.production)] if filters else []
    path = with_parameters(redactions_path(), asked)
    return render_template("shelves/show.html", shelf=shelf, figures=figures, short=short, short_path=path)


def _figures_of(kind: ShelfKind, slug: str) -> FigureFilters | None:
    match kind:
        case ShelfKind.AGENCIES:
            return FigureFilters(agency=slug)
        case ShelfKind.PRODUCTIONS:
            return FigureFilters(production=slug)
        case ShelfKind.PLACES:
            return None


def _lead_on(kind: ShelfKind, slug: str) -> Response:
    """To the address of today. Browsers keep a 301 for good unless told not to, and a name may come back."""
    path = local_address(shelf_path(kind, slug))
    asked = request.query_string.decode("ascii", "replace")
    answer: Response = redirect(f"{path}?{asked}" if asked else path, 301, Response)  # type: ignore[assignment]  # werkzeug's is a base
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
