"""What a row has of requests and productions when it is found to be another one: all of it moves along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.models import Agency, FoiaRequest, Place, Production, RequestEvent, TrackingNumber
from archive.services.request_standings import touch_request
from archive.services.shelves import ShelfRow

# Every column beside a document's that points at such a row; a test finds one that is missing here.
POINTING: dict[type[ShelfRow], tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...]] = {
    Agency: (Production.agency_id, FoiaRequest.agency_id, TrackingNumber.agency_id, RequestEvent.agency_id),
    Place: (FoiaRequest.place_id,),
    Production: (RequestEvent.production_id,),
}
# What a cover letter says, taken over where the other one's is not known.
_SAID = (
    *("request_id", "agency_id", "received_on", "tracking_number", "number", "cover_letter_id", "note"),
    *("bates_first", "bates_last", "said_pages", "said_in_full", "said_in_part", "said_withheld"),
    *("said_referred", "next_due_on", "next_due_says"),
)


def move_requests(session: Session, row: ShelfRow, into: ShelfRow, *, at: datetime) -> None:
    """Let all that points at ``row`` point at ``into``; dates that may change by it are derived again."""
    touched = session.scalars(select(FoiaRequest).where(or_(*_hang_on(row)))).all()
    for column in POINTING[type(row)]:
        session.execute(update(column.class_).where(column == row.id).values({column: into.id}))
    if isinstance(row, Production) and isinstance(into, Production):
        for name in _SAID:
            if getattr(into, name) is None:
                setattr(into, name, getattr(row, name))
    session.flush()
    for request in touched:
        session.refresh(request)
        touch_request(session, request, at=at)


def _hang_on(row: ShelfRow) -> list[ColumnElement[bool]]:
    if isinstance(row, Agency):
        return [FoiaRequest.agency_id == row.id]
    if isinstance(row, Place):
        return [FoiaRequest.place_id == row.id]
    told = select(RequestEvent.request_id).where(RequestEvent.production_id == row.id)
    return [FoiaRequest.id == row.request_id, FoiaRequest.id.in_(told)]
