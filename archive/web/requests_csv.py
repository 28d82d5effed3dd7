"""``/requests.csv``: the list of requests for a spreadsheet, all of it, narrowed like the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from archive.errors import BadQuery
from archive.rules.access import public
from archive.rules.addresses import request_path
from archive.rules.clock_values import DEADLINE_WORDS
from archive.rules.deadline_words import where_of
from archive.rules.request_states import OUTCOME_WORDS, STATUS_WORDS
from archive.services.request_lists import iter_requests
from archive.services.request_rows import RequestRow
from archive.web.attachments import csv_attachment, in_plain_words
from archive.web.current import parts
from archive.web.identity import viewer
from archive.web.requests import asked_address, present_day
from archive.web.templating import absolute_address

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("requests_csv", __name__)
_HEADINGS = (
    "Title",
    "Agency",
    "Tracking numbers",
    "Law",
    "Place",
    "Status",
    "Outcome",
    "Sent on",
    "Answered on",
    "Next date",
    "Is",
    "Stands",
    "Who sees it",
    "Address",
)


@blueprint.get("/requests.csv")
@public
def show_csv() -> Response:
    """Every request that the filters leave, in the order of the page."""
    try:
        filters = asked_address().asked()
    except BadQuery as problem:
        return in_plain_words(problem)
    asking, today = viewer(), present_day()
    root = absolute_address(parts().settings, "")  # now: when the rows are written the request is over

    def rows(session: Session) -> Iterator[Sequence[object]]:
        yield _HEADINGS
        for row in iter_requests(session, filters, asking, today):
            yield _cells(row, root, today)

    return csv_attachment("requests", rows)


def _cells(row: RequestRow, root: str, today: date) -> Sequence[object]:
    request, standing, deadline = row.request, row.standing, row.deadline
    return (
        request.title,
        request.agency.name,
        "; ".join(row.numbers),
        f"{row.law.short}, {row.law.place}",
        request.place.name if request.place else "",
        STATUS_WORDS[standing.status],
        OUTCOME_WORDS[standing.outcome] if standing.outcome else "",
        standing.sent_on,
        standing.answered_on,
        deadline.due_on if deadline else None,
        DEADLINE_WORDS[deadline.kind] if deadline else "",
        where_of(deadline, today) if deadline else "",
        "everybody" if row.is_public else "members",
        root + request_path(request.slug),
    )
