"""Productions: entered and described, and what their cover letters say against what arrived."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError, ShelfNotFound
from archive.models import FoiaRequest, Production
from archive.rules.access import Action, public, requires
from archive.rules.addresses import production_report_path, request_path, shelf_path
from archive.rules.production_figures import COMPARED_WORDS
from archive.rules.production_forms import ProductionForm, clean_production
from archive.rules.production_letter import SaidFigure
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_publication import WHY_SHOWN_WORDS, WhyShown
from archive.services.foia_requests import get_request
from archive.services.production_editing import add_production, blank_form, describe_production, form_of
from archive.services.production_gaps import get_gap_report, iter_gap_rows
from archive.services.production_letters import Proposals, list_letters, propose
from archive.services.productions import ProductionFacts, facts_of, get_production, request_of
from archive.services.renaming import slug_today
from archive.services.shelves import ShelfKind, get_shelf
from archive.web.attachments import csv_attachment
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("productions", __name__)
SHOWN_AGAIN = (400, 409)  # what is wrong with a form is said on its page
SAID_WORDS = {
    SaidFigure.PAGES: "Pages in all",
    SaidFigure.IN_FULL: "Released in full",
    SaidFigure.IN_PART: "Released in part",
    SaidFigure.WITHHELD: "Withheld in full",
    SaidFigure.REFERRED: "Referred to another agency",
}
_TEXTS = (
    *("request", "title", "tracking_number", "cover_letter", "bates_first", "bates_last"),
    *("next_due_says", "note"),
)
_NUMBERS = ("number", *SaidFigure)
_DAYS = ("received_on", "next_due_on")
_DIGITS = re.compile(r"\d{1,9}")


@blueprint.app_template_global("production_facts")
def production_facts(production: Production) -> ProductionFacts:
    """What a production's own page says of it beside its documents, as far as the visitor may know."""
    with reading() as session:
        return facts_of(session, production, viewer())


@blueprint.get("/productions/new")
@requires(Action.KEEP_REQUESTS)
def show_new() -> str:
    """The form for the next release of the request that the address names."""
    with reading() as session:
        found = get_request(session, request.args.get("request", ""), viewer())
        blank = blank_form(session, found, viewer())
    return _form_page(None, blank)


@blueprint.post("/productions/new")
@requires(Action.KEEP_REQUESTS)
def add() -> ResponseReturnValue:
    """Enter it; with ``what`` 'read' only fill the form from the cover letter."""
    return _taken(None)


@blueprint.get("/productions/<slug>/edit")
@requires(Action.KEEP_REQUESTS)
def show_edit(slug: str) -> str:
    """What is said of a production, to be changed; empty fields are proposed from its cover letter."""
    with reading() as session:
        production = get_production(session, slug, viewer())
        form = form_of(session, production)
    return _form_page(slug, form)


@blueprint.post("/productions/<slug>/edit")
@requires(Action.KEEP_REQUESTS)
def edit(slug: str) -> ResponseReturnValue:
    """Change it; with ``what`` 'read' only fill the form from the cover letter."""
    return _taken(slug)


@blueprint.get("/productions/<slug>/report")
@public
def show_report(slug: str) -> ResponseReturnValue:
    """What the cover letter says against what arrived."""
    with reading() as session:
        try:
            report = get_gap_report(session, slug, viewer())
        except ShelfNotFound:
            today = slug_today(session, ShelfKind.PRODUCTIONS, slug)
            return redirect(local_address(production_report_path(today)))
        has_page = _has_page(session, slug)
    return render_template(
        "productions/report.html", report=report, has_page=has_page, compared_words=COMPARED_WORDS
    )


@blueprint.get("/productions/<slug>/report.csv")
@public
def show_csv(slug: str) -> Response:
    """The same for a spreadsheet."""
    who, root = viewer(), absolute_address(parts().settings, "")  # when rows are written the request is over
    with reading() as session:
        name = get_production(session, slug, who).title
    return csv_attachment(
        f"said and arrived {name}",
        lambda session: iter_gap_rows(session, slug, who, absolute=lambda path: root + path),
    )


def _taken(slug: str | None) -> ResponseReturnValue:
    """What was sent for a new production (None), or for the one with this slug."""
    who, at = viewer(), parts().clock()
    try:
        form = _sent()
        if request.form.get("what") == "read":
            return _form_page(slug, clean_production(form, at.date()), has_read=True)
        with parts().database.transaction() as session:
            if slug is None:
                done = add_production(session, form, viewer=who, at=at)
            else:
                why = _why()
                done = describe_production(session, slug, form, viewer=who, at=at, why_shown=why)
            place = _place_of(session, done)
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _form_page(slug, ProductionForm(), problem), problem.status
    parts().queue.wake_up()  # a tracking number that changed goes into the index
    return redirect(local_address(place), 303)


def _place_of(session: Session, production: Production) -> str:
    """Where one goes on from the form: to its request, else to its own page, else to its report."""
    if found := request_of(session, production, viewer()):
        return f"{request_path(found.slug)}#production-{production.id}"
    if _has_page(session, production.slug):
        return shelf_path(ShelfKind.PRODUCTIONS, production.slug)
    return production_report_path(production.slug)


def _has_page(session: Session, slug: str) -> bool:
    try:
        get_shelf(session, ShelfKind.PRODUCTIONS, slug)
    except ShelfNotFound:
        return False
    return True


def _form_page(
    slug: str | None,
    form: ProductionForm,
    problem: ArchiveError | None = None,
    *,
    has_read: bool = False,
) -> str:
    """The form, with the letter's figures in its empty fields; after a problem with what was written."""
    with reading() as session:
        production = get_production(session, slug, viewer()) if slug is not None else None
        proposals = Proposals(form, {}, None) if problem else propose(session, form, viewer())
        found = request_of(session, production, viewer()) if production else _request_of_form(session, form)
        letters = list_letters(session, found, production, viewer())
    return render_template(
        "productions/edit.html",
        production=production,
        request_of_it=found,
        values=request.form.to_dict() if problem else _written(proposals.form),
        proposed=proposals.words,
        letter=proposals.letter,
        letters=letters,
        said_words=SAID_WORDS,
        has_read=has_read,
        problem=problem,
        problem_field=problem.field if isinstance(problem, BadRequestForm) else "",
        why_words=WHY_SHOWN_WORDS,
        asks_why=problem is not None and problem.code == "likely_private",
    )


def _request_of_form(session: Session, form: ProductionForm) -> FoiaRequest | None:
    slug = form.request or request.form.get("request", "")
    try:
        return get_request(session, slug, viewer())
    except ArchiveError:
        return None


def _written(form: ProductionForm) -> dict[str, str]:
    """A form as its fields show it."""
    fields = (*_TEXTS, *_NUMBERS, *_DAYS)
    return {field: _shown(getattr(form, field)) for field in fields}


def _shown(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _sent() -> ProductionForm:
    """What was sent. Raises ``BadRequestForm``."""
    texts = {field: request.form.get(field, "") for field in _TEXTS}
    numbers = {str(field): _number(field) for field in _NUMBERS}
    days = {field: _day(field) for field in _DAYS}
    return ProductionForm(**texts, **numbers, **days)  # type: ignore[arg-type]  # each of its field's type


def _number(field: str) -> int | None:
    written = re.sub(r"[\s,]", "", request.form.get(field, ""))
    if not written:
        return None
    if not (written.isascii() and _DIGITS.fullmatch(written)):
        raise BadRequestForm("This is not a number.", field=field, help="Write it as on the letter: 1,204.")
    return int(written)


def _day(field: str) -> date | None:
    written = request.form.get(field, "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadRequestForm(
            "This is not a day.", field=field, help="Write year, month and day: 2011-01-14."
        ) from None


def _why() -> WhyShown | None:
    given = request.form.get("why_shown", "")
    return next((one for one in WhyShown if one == given), None)
