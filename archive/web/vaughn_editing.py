"""Changing an index of withheld records: its title, its rows, their order, and taking it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import document_path, vaughn_index_path, with_parameters
from archive.rules.vaughn_errors import NotPages
from archive.rules.vaughn_targets import parse_targets
from archive.services.vaughn_entries import add_pages, add_production, move_entry, remove_entry, write_entry
from archive.services.vaughn_indexes import delete_index, describe_index, get_kept_index
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import local_address
from archive.web.vaughn_indexes import SHOWN_AGAIN, index_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("vaughn_editing", __name__)
_STEPS = {"up": -1, "down": 1}
_MOST_DIGITS = 9


@blueprint.post("/vaughn/add")
@requires(Action.KEEP_INDEXES)
def add_from_document() -> ResponseReturnValue:
    """From the page of a document, a page or a production: into one of the indexes, or into a new one.

    ``document`` with ``pages`` ('3-5'; empty: all of it), or ``production``; ``index`` empty: a new one.
    """
    form = request.form
    document_id, production = form.get("document", ""), form.get("production", "")
    written = f"{document_path(document_id)} {form.get('pages', '')}".strip() if document_id else ""
    if not form.get("index"):
        given = [("production", production), ("pages", written)]
        return redirect(local_address(with_parameters(f"{vaughn_index_path()}/new", given)), 303)
    number, who, at = _number(form["index"]), viewer(), parts().clock()
    with parts().database.transaction() as session:
        if written:
            rows = add_pages(session, number, parse_targets(written), viewer=who, at=at)
        else:
            rows = add_production(session, number, production, viewer=who, at=at)
        row_id = rows[0].id
    return _to(number, f"#row-{row_id}")


@blueprint.post("/vaughn/<int(max=999999999):number>/edit")
@requires(Action.KEEP_INDEXES)
def describe(number: int) -> ResponseReturnValue:
    """Change title and introduction."""

    def change(session: Session) -> str:
        title, introduction = request.form.get("title", ""), request.form.get("introduction", "")
        describe_index(session, number, title, introduction, viewer=viewer(), at=parts().clock())
        return ""

    return _change(number, change)


@blueprint.post("/vaughn/<int(max=999999999):number>/rows")
@requires(Action.KEEP_INDEXES)
def add(number: int) -> ResponseReturnValue:
    """Add pages, as they are written one document a line."""

    def change(session: Session) -> str:
        targets = parse_targets(request.form.get("pages", ""))
        rows = add_pages(session, number, targets, viewer=viewer(), at=parts().clock())
        return f"#row-{rows[0].id}"

    return _change(number, change)


@blueprint.post("/vaughn/<int(max=999999999):number>/rows/<int(max=999999999):item_id>")
@requires(Action.KEEP_INDEXES)
def change_row(number: int, item_id: int) -> ResponseReturnValue:
    """``what`` is 'save', 'up', 'down' or 'remove'."""
    what = request.form.get("what", "save")

    def change(session: Session) -> str:
        who, at = viewer(), parts().clock()
        if what == "remove":
            remove_entry(session, number, item_id, viewer=who, at=at)
            return "#rows"
        if what in _STEPS:
            move_entry(session, number, item_id, _STEPS[what], viewer=who, at=at)
        else:
            said, note = request.form.to_dict(), request.form.get("note", "")
            write_entry(session, number, item_id, said, note, viewer=who, at=at)
        return f"#row-{item_id}"

    return _change(number, change, open_row=item_id)


@blueprint.get("/vaughn/<int(max=999999999):number>/delete")
@requires(Action.KEEP_INDEXES)
def show_delete(number: int) -> str:
    """Asks whether it is meant."""
    with reading() as session:
        index = get_kept_index(session, number, viewer())
    return render_template("vaughn/delete.html", index=index)


@blueprint.post("/vaughn/<int(max=999999999):number>/delete")
@requires(Action.KEEP_INDEXES)
def take_away(number: int) -> ResponseReturnValue:
    """Delete the index; the records stay."""
    with parts().database.transaction() as session:
        delete_index(session, number, viewer=viewer(), at=parts().clock())
    return redirect(local_address(vaughn_index_path()), 303)


def _change(number: int, change: Callable[[Session], str], *, open_row: int = 0) -> ResponseReturnValue:
    """Do it, and show the index again at the place that ``change`` names."""
    try:
        with parts().database.transaction() as session:
            place = change(session)
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return index_page(number, problem, open_row=open_row), problem.status
    return _to(number, place)


def _to(number: int, place: str) -> ResponseReturnValue:
    return redirect(local_address(vaughn_index_path(number) + place), 303)


def _number(text: str) -> int:
    """The index that a form names. Raises ``NotPages``."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise NotPages("No index was chosen.", help="Choose one, or begin a new one.")
    return int(text)
