"""Splitting a file into documents, turning its pages, setting their order."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.rules.review_words import COPY_KIND_WORDS, COPY_STATE_WORDS
from archive.services.splitting import (
    MOST_PARTS,
    Part,
    ask_for_arrangement,
    ask_for_parts,
    get_split_sheet,
    propose_parts,
)
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("splitting", __name__)
_TURNS = (90, 180, 270)


@blueprint.get("/describe/<document_id>/split")
@requires(Action.DESCRIBE)
def show_split(document_id: str) -> ResponseReturnValue:
    """The pages in a grid; with ranges in the address, a preview of the parts."""
    ranges = request.args.get("ranges", "").strip()
    if not ranges:
        return _show(document_id)
    try:
        with reading() as session:
            proposed = propose_parts(session, document_id, ranges, viewer=viewer())
    except ArchiveError as problem:
        return _refused(document_id, problem, ranges)
    return _show(document_id, ranges=ranges, proposed=proposed)


@blueprint.post("/describe/<document_id>/split")
@requires(Action.DESCRIBE)
def split(document_id: str) -> ResponseReturnValue:
    """Have the parts made."""
    ranges, titles = request.form.get("ranges", ""), request.form.getlist("title")[:MOST_PARTS]
    try:
        with parts().database.transaction() as session:
            made = ask_for_parts(session, document_id, ranges, titles, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        return _refused(document_id, problem, ranges)
    parts().queue.wake_up()
    return _go(document_id, made)


@blueprint.post("/describe/<document_id>/arrange")
@requires(Action.DESCRIBE)
def arrange(document_id: str) -> ResponseReturnValue:
    """Have a copy made with pages turned or in another order."""
    order, turns = request.form.get("order", ""), _turns()
    try:
        with parts().database.transaction() as session:
            ask_for_arrangement(session, document_id, order, turns, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        return _refused(document_id, problem, order=order)
    parts().queue.wake_up()
    return _go(document_id, 1)


def _show(
    document_id: str,
    problem: ArchiveError | None = None,
    *,
    ranges: str = "",
    order: str = "",
    proposed: tuple[Part, ...] = (),
) -> str:
    with reading() as session:
        sheet = get_split_sheet(session, document_id, viewer=viewer(), window=window_number())
    asked = request.args.get("asked", "")
    return render_template(
        "describe/split.html",
        sheet=sheet,
        document=sheet.document,
        problem=problem,
        ranges=ranges,
        order=order,
        turned=_turns(),
        proposed=proposed,
        asked=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0,
        copy_state_words=COPY_STATE_WORDS,
        copy_kind_words=COPY_KIND_WORDS,
    )


def _refused(
    document_id: str, problem: ArchiveError, ranges: str = "", order: str = ""
) -> ResponseReturnValue:
    if problem.status not in (400, 409):
        raise problem
    return _show(document_id, problem, ranges=ranges, order=order), problem.status


def _turns() -> dict[int, str]:
    """Which pages are to be turned, by degrees."""
    return {degrees: request.form.get(f"turn{degrees}", "") for degrees in _TURNS}


def _go(document_id: str, asked: int) -> ResponseReturnValue:
    path = with_parameters(f"/describe/{document_id}/split", [("asked", str(asked))])
    return redirect(local_address(path), 303)
