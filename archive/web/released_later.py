"""``/redactions/released-later``: words that were withheld once and released later, all over the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from archive.rules.access import public
from archive.rules.addresses import comparison_path, page_path, released_later_path, with_parameters
from archive.rules.quotes import MOST_QUOTE_CHARACTERS
from archive.services.later_releases import LaterWords, iter_later_releases, list_later_releases
from archive.web.attachments import csv_attachment
from archive.web.comparison_text import format_codes
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import absolute_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("released_later", __name__)
_HEADINGS = (
    "Words",
    "Number of words",
    "Exemptions claimed once",
    "Withheld in",
    "Released on",
    "Withheld on page",
    "Withheld at",
    "Shown in",
    "Shown by a release on",
    "Shown on page",
    "Shown at",
    "Compared at",
)


@blueprint.get("/redactions/released-later")
@public
def show_released_later() -> str:
    """A window of them, newest first; ``exemption``: only those for which it was claimed."""
    exemption = _exemption()
    with reading() as session:
        found = list_later_releases(session, viewer(), exemption=exemption, window=window_number())
    return render_template(
        "comparisons/released_later.html",
        found=found,
        exemption=exemption,
        address=partial(_address, exemption),
        csv_path=with_parameters(f"{released_later_path()}.csv", [("exemption", exemption)]),
        format_codes=format_codes,
        most_cited=MOST_QUOTE_CHARACTERS,
    )


@blueprint.get("/redactions/released-later.csv")
@public
def show_csv() -> Response:
    """All of them, in the same order."""
    asking, exemption = viewer(), _exemption()
    root = absolute_address(parts().settings, "")  # now: when the rows are written the request is over

    def rows(session: Session) -> Iterator[Sequence[object]]:
        yield _HEADINGS
        for found in iter_later_releases(session, asking, exemption):
            yield _csv_row(found, root)

    return csv_attachment("words released later", rows)


def _exemption() -> str:
    return request.args.get("exemption", "").strip().lower()[:40]


def _address(exemption: str, window: int = 1) -> str:
    pairs = [("exemption", exemption), ("window", str(window) if window > 1 else "")]
    return with_parameters(released_later_path(), pairs)


def _csv_row(found: LaterWords, root: str) -> Sequence[object]:
    row = found.row
    return (
        row.words,
        row.word_count,
        format_codes(row.codes),
        found.withheld.title,
        found.withheld_on,
        row.withheld_page,
        root + page_path(row.withheld_id, row.withheld_page),
        found.shown.title,
        found.shown_on,
        row.shown_page,
        root + page_path(row.shown_id, row.shown_page),
        root + comparison_path(row.withheld_id, row.shown_id, row.shown_page),
    )
