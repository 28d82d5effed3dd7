"""Everything about one agency, one production, one place."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.rules.access import public
from archive.services.shelves import ShelfKind, get_shelf, list_shelves
from archive.web.current import reading, window_number

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
def show_agency(slug: str) -> str:
    """The documents of one agency."""
    return _show(ShelfKind.AGENCIES, slug)


@blueprint.get("/productions/<slug>")
@public
def show_production(slug: str) -> str:
    """The documents of one production."""
    return _show(ShelfKind.PRODUCTIONS, slug)


@blueprint.get("/places/<slug>")
@public
def show_place(slug: str) -> str:
    """The documents about one place."""
    return _show(ShelfKind.PLACES, slug)


def _show(kind: ShelfKind, slug: str) -> str:
    with reading() as session:
        shelf = get_shelf(session, kind, slug, window=window_number())
    return render_template("shelves/show.html", shelf=shelf)
