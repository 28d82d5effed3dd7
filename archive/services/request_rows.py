"""Requests as rows of a list: each with its number and its dates, counted when they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, Production, RequestEvent, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import ClockEvent, ClockQuestion, Deadline
from archive.rules.clocks import deadlines_of
from archive.rules.deadline_choice import deadline_to_show
from archive.rules.law_values import Law
from archive.rules.laws import get_law
from archive.rules.request_standing import Standing, standing_of
from archive.rules.request_states import NumberKind
from archive.services.foia_requests import sees_whole_requests, visible_events

_AT_ONCE = 500  # requests whose events are asked for together


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list. ``numbers``: the request's own first. ``deadline``: the one that matters most."""

    request: FoiaRequest
    law: Law
    standing: Standing
    numbers: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    deadline: Deadline | None

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it."""
        return self.request.audience is Audience.PUBLIC


def rows_of(
    session: Session, requests: Sequence[FoiaRequest], viewer: Viewer, today: date
) -> tuple[RequestRow, ...]:
    """These requests, which ``viewer`` may see, with what this viewer may know of them."""
    rows: list[RequestRow] = []
    for start in range(0, len(requests), _AT_ONCE):
        rows += _some_rows(session, requests[start : start + _AT_ONCE], viewer, today)
    return tuple(rows)


def _some_rows(
    session: Session, requests: Sequence[FoiaRequest], viewer: Viewer, today: date
) -> list[RequestRow]:
    ids = [request.id for request in requests]
    events = clock_events_of(session, ids, viewer)
    promised = promised_productions_on(session, ids, viewer)
    numbers = _numbers(session, ids, viewer)
    return [
        _row(request, events.get(request.id, ()), promised.get(request.id), numbers[request.id], today)
        for request in requests
    ]


def _row(
    request: FoiaRequest,
    events: Sequence[ClockEvent],
    promised_on: date | None,
    numbers: Sequence[str],
    today: date,
) -> RequestRow:
    law, standing = get_law(request.law_id), standing_of(events)
    agency = request.agency.abbreviation or request.agency.name
    deadlines = deadlines_of(ClockQuestion(law, tuple(events), agency, promised_on), today)
    shown = deadline_to_show(deadlines, standing.status)
    return RequestRow(request, law, standing, tuple(numbers), deadlines, shown)


def clock_events_of(
    session: Session, request_ids: Sequence[int], viewer: Viewer
) -> Mapping[int, Sequence[ClockEvent]]:
    """What happened to each request, as far as ``viewer`` may know, as its clocks need it."""
    row = RequestEvent
    columns = (row.request_id, row.kind, row.happened_on, row.outcome, row.until_on, row.days, row.id)
    asked = visible_events(viewer).where(row.request_id.in_(request_ids)).with_only_columns(*columns)
    found: dict[int, list[ClockEvent]] = defaultdict(list)
    for request_id, kind, on, outcome, until_on, days, event_id in session.execute(asked):
        found[request_id].append(ClockEvent(kind, on, outcome, until_on, days, event_id))
    return found


def promised_productions_on(
    session: Session, request_ids: Sequence[int], viewer: Viewer
) -> Mapping[int, date]:
    """For each request the day that its last production promised the next one for, by the same rule as
    ``promised_production_on``."""
    last = session.execute(
        select(Production.request_id, Production.id, Production.next_due_on)
        .where(Production.request_id.in_(request_ids), Production.received_on.is_not(None))
        .order_by(Production.received_on, Production.id)
    )
    by_request = {request_id: (production_id, due_on) for request_id, production_id, due_on in last}
    known = {production_id for production_id, _ in by_request.values()}
    if known and not sees_whole_requests(viewer):
        told = visible_events(viewer).where(RequestEvent.production_id.in_(known))
        known = set(session.scalars(told.with_only_columns(RequestEvent.production_id)))
    return {
        request_id: due_on
        for request_id, (production_id, due_on) in by_request.items()
        if request_id is not None and due_on is not None and production_id in known
    }


def _numbers(session: Session, request_ids: Sequence[int], viewer: Viewer) -> Mapping[int, list[str]]:
    asked = select(TrackingNumber.request_id, TrackingNumber.number).where(
        TrackingNumber.request_id.in_(request_ids)
    )
    if not sees_whole_requests(viewer):
        asked = asked.where(TrackingNumber.is_public)
    is_other = TrackingNumber.kind != NumberKind.REQUEST
    found: dict[int, list[str]] = defaultdict(list)
    for request_id, number in session.execute(
        asked.order_by(is_other, TrackingNumber.given_on, TrackingNumber.id)
    ):
        found[request_id].append(number)
    return found
