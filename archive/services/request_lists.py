"""Lists of requests: what they are narrowed by, how many each choice leaves, and a window of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest
from archive.rules.access import Viewer
from archive.rules.deadline_choice import next_deadline
from archive.services.documents import clamp_window
from archive.services.request_facets import RequestFacet, count_facets
from archive.services.request_filters import RequestFilters, RequestOrder, found_requests
from archive.services.request_rows import RequestRow, rows_of
from archive.services.windows import Window

__all__ = ["RequestFilters", "RequestList", "RequestOrder", "iter_requests", "list_requests"]
REQUESTS_IN_WINDOW = 30
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class RequestList:
    """A window of the requests that the filters leave, and what may be chosen further."""

    window: Window[RequestRow]
    facets: tuple[RequestFacet, ...]


def list_requests(
    session: Session, filters: RequestFilters, viewer: Viewer, today: date, window: int = 1
) -> RequestList:
    """What ``viewer`` may see of what is asked for; each row's date is counted for ``today``."""
    found = found_requests(filters, viewer, today)
    plain = found_requests(replace(filters, order=RequestOrder.NEWEST), viewer, today)  # orders may join
    ids = plain.with_only_columns(FoiaRequest.id, maintain_column_froms=True).order_by(None)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    number = clamp_window(window, total, REQUESTS_IN_WINDOW)
    start = (number - 1) * REQUESTS_IN_WINDOW
    requests = session.scalars(found.offset(start).limit(REQUESTS_IN_WINDOW)).all()
    rows = rows_of(session, requests, viewer, today)
    if filters.order is RequestOrder.DUE:
        rows = tuple(
            replace(row, deadline=next_deadline(row.deadlines, today) or row.deadline) for row in rows
        )
    return RequestList(
        Window(rows, number, REQUESTS_IN_WINDOW, total), count_facets(session, filters, viewer, today)
    )


def iter_requests(
    session: Session, filters: RequestFilters, viewer: Viewer, today: date
) -> Iterator[RequestRow]:
    """All of them in the same order, some at a time."""
    found = found_requests(filters, viewer, today)
    ids = session.scalars(found.with_only_columns(FoiaRequest.id, maintain_column_froms=True)).all()
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        some = ids[start : start + _ROWS_AT_ONCE]
        by_id = {
            request.id: request
            for request in session.scalars(select(FoiaRequest).where(FoiaRequest.id.in_(some)))
        }
        yield from rows_of(session, [by_id[one] for one in some if one in by_id], viewer, today)
