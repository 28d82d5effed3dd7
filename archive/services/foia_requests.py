"""Public-records requests as a visitor may see them: every read of a request starts here.

Members see every request whole. Everybody else sees the requests that were made public, and of these only
the events, numbers and names that were: status and dates too are counted from public events alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, Production, RequestEvent, TrackingNumber
from archive.rules.access import READER, Action, Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import ClockEvent, ClockQuestion, Deadline
from archive.rules.clocks import deadlines_of
from archive.rules.laws import get_law
from archive.rules.request_errors import RequestNotFound


def sees_whole_requests(viewer: Viewer) -> bool:
    """Whether this visitor sees requests as members do."""
    return viewer.may(Action.READ_REQUESTS)


def visible_requests(viewer: Viewer) -> Select[FoiaRequest]:
    """The requests that ``viewer`` may see."""
    asked = select(FoiaRequest)
    return asked if sees_whole_requests(viewer) else asked.where(FoiaRequest.audience == Audience.PUBLIC)


def get_request(session: Session, slug: str, viewer: Viewer = READER) -> FoiaRequest:
    """A request that ``viewer`` may see. Raises ``RequestNotFound`` for absent and hidden ones alike."""
    found = session.scalar(visible_requests(viewer).where(FoiaRequest.slug == slug))
    if found is None:
        raise RequestNotFound
    return found


def visible_events(viewer: Viewer) -> Select[RequestEvent]:
    """The events that ``viewer`` may see, in the order they happened."""
    seen = select(RequestEvent).join(FoiaRequest, FoiaRequest.id == RequestEvent.request_id)
    if not sees_whole_requests(viewer):
        seen = seen.where(RequestEvent.is_public, FoiaRequest.audience == Audience.PUBLIC)
    return seen.order_by(RequestEvent.happened_on, RequestEvent.position, RequestEvent.id)


def events_of(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[RequestEvent, ...]:
    """What happened to a request, as far as ``viewer`` may know, from the first event to the last."""
    return tuple(session.scalars(visible_events(viewer).where(RequestEvent.request_id == request.id)))


def numbers_of(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[TrackingNumber, ...]:
    """The tracking numbers that ``viewer`` may see, in the order they were given."""
    asked = select(TrackingNumber).where(TrackingNumber.request_id == request.id)
    if not sees_whole_requests(viewer):
        asked = asked.where(TrackingNumber.is_public)
    return tuple(session.scalars(asked.order_by(TrackingNumber.given_on, TrackingNumber.id)))


def as_clock_events(events: Sequence[RequestEvent]) -> tuple[ClockEvent, ...]:
    """Events as the clocks need them."""
    return tuple(
        ClockEvent(event.kind, event.happened_on, event.outcome, event.until_on, event.days, event.id)
        for event in events
    )


def clock_question(
    request: FoiaRequest, events: Sequence[RequestEvent], next_production_on: date | None = None
) -> ClockQuestion:
    """What the clocks of a request are asked; ``events`` are those its dates may hang on."""
    return ClockQuestion(
        law=get_law(request.law_id),
        events=as_clock_events(events),
        agency=request.agency.abbreviation or request.agency.name,
        next_production_on=next_production_on,
    )


def promised_production_on(session: Session, request: FoiaRequest, viewer: Viewer) -> date | None:
    """The day that the last production promised the next one for. Everybody may know it only when the
    event of that production is public."""
    last = session.scalar(
        select(Production)
        .where(Production.request_id == request.id, Production.received_on.is_not(None))
        .order_by(Production.received_on.desc(), Production.id.desc())
        .limit(1)
    )
    if last is None or last.next_due_on is None:
        return None
    told = visible_events(viewer).where(RequestEvent.production_id == last.id)
    is_known = sees_whole_requests(viewer) or session.scalar(told.limit(1)) is not None
    return last.next_due_on if is_known else None


def request_deadlines(
    session: Session, request: FoiaRequest, viewer: Viewer, today: date
) -> tuple[Deadline, ...]:
    """Every date of a request with its arithmetic, from what ``viewer`` may know."""
    events = events_of(session, request, viewer)
    promised = promised_production_on(session, request, viewer)
    return deadlines_of(clock_question(request, events, promised), today)
