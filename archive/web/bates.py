"""Bates numbers: from a number to its page, and what the numbers of a production say about it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError, ShelfNotFound
from archive.rules.access import public
from archive.rules.addresses import page_path, production_bates_path
from archive.rules.bates import split_bates
from archive.rules.bates_errors import BadBatesNumber
from archive.services.bates_map import BatesAnswer, find_bates, get_bates_report
from archive.services.bates_table import iter_bates_rows, missing_words
from archive.services.renaming import slug_today
from archive.services.shelves import ShelfKind
from archive.web.attachments import csv_attachment
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address

blueprint = Blueprint("bates", __name__)
_MOST_CHARACTERS = 128


@blueprint.get("/bates")
@public
def find() -> ResponseReturnValue:
    """To the page with this number; to all of them when there are several; else its neighbours."""
    written = request.args.get("number", "").strip()
    if not written:
        return _jump_page(written)
    split = split_bates(written) if len(written) <= _MOST_CHARACTERS else None
    if split is None:
        return _jump_page(written, problem=BadBatesNumber()), BadBatesNumber.status
    with reading() as session:
        answer = find_bates(session, *split, viewer())
    if len(answer.pages) == 1:
        (place,) = answer.pages
        return redirect(local_address(page_path(place.document.id, place.page_number)), 303)
    return _jump_page(written, answer), 200 if answer.pages else 404


@blueprint.get("/productions/<slug>/bates")
@public
def show_report(slug: str) -> ResponseReturnValue:
    """The ranges, gaps and overlaps of a production's numbers."""
    with reading() as session:
        try:
            report = get_bates_report(session, slug, viewer())
        except ShelfNotFound:
            today = slug_today(session, ShelfKind.PRODUCTIONS, slug)
            return redirect(local_address(production_bates_path(today)))
    return render_template("bates/report.html", report=report, missing_words=missing_words(viewer()))


@blueprint.get("/productions/<slug>/bates.csv")
@public
def show_csv(slug: str) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    with reading() as session:
        name = get_bates_report(session, slug, viewer()).production.title
    who, root = viewer(), absolute_address(parts().settings, "")  # when rows are written the request is over
    return csv_attachment(
        f"bates {name}",
        lambda session: iter_bates_rows(session, slug, who, absolute=lambda path: root + path),
    )


def _jump_page(written: str, answer: BatesAnswer | None = None, problem: ArchiveError | None = None) -> str:
    return render_template(
        "bates/jump.html",
        written=written,
        answer=answer,
        problem=problem,
        missing_words=missing_words(viewer()),
    )
