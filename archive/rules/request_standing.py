"""Where a request stands, from what happened to it and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.rules.clock_values import ClockEvent
from archive.rules.request_states import EventKind, Outcome, RequestStatus

_BEFORE_ANSWER = frozenset({RequestStatus.DRAFT, RequestStatus.SENT, RequestStatus.ACKNOWLEDGED})
# An agency that does any of this has the request.
_ACKNOWLEDGES = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.EXTENDED,
        EventKind.ESTIMATED,
        EventKind.EXPEDITED_GRANTED,
        EventKind.EXPEDITED_DENIED,
        EventKind.FEE_WAIVER_GRANTED,
        EventKind.FEE_WAIVER_DENIED,
        EventKind.REFERRED,
        EventKind.PRODUCED,
    }
)
_ASKS = frozenset({EventKind.INFORMATION_ASKED, EventKind.FEES_ASKED})
_SETTLES = frozenset({EventKind.INFORMATION_GIVEN, EventKind.FEES_SETTLED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Status and outcome, which are two things, and the days they hang on."""

    status: RequestStatus
    outcome: Outcome | None
    sent_on: date | None
    answered_on: date | None  # the first determination
    last_event_on: date | None


def standing_of(events: Sequence[ClockEvent]) -> Standing:
    """``events`` in the order they happened."""
    status, before_end, outcome = RequestStatus.DRAFT, RequestStatus.DRAFT, None
    for event in events:
        status, before_end = _next_status(status, before_end, event)
        outcome = _next_outcome(outcome, event)
    return Standing(
        status=status,
        outcome=outcome,
        sent_on=_first(events, EventKind.SENT),
        answered_on=_first(events, EventKind.DETERMINED),
        last_event_on=max((event.on for event in events), default=None),
    )


def _next_status(
    status: RequestStatus, before_end: RequestStatus, event: ClockEvent
) -> tuple[RequestStatus, RequestStatus]:
    """The status after an event, and the one that a request goes back to when it is opened again."""
    kind = event.kind
    if kind in (EventKind.CLOSED, EventKind.WITHDRAWN):
        return RequestStatus.CLOSED, (before_end if status is RequestStatus.CLOSED else status)
    if kind is EventKind.REOPENED:
        return (before_end if status is RequestStatus.CLOSED else status), before_end
    if status is RequestStatus.CLOSED:
        return status, before_end
    return _open_status(status, event), before_end


def _open_status(status: RequestStatus, event: ClockEvent) -> RequestStatus:
    kind = event.kind
    if kind is EventKind.SUED:
        return RequestStatus.IN_COURT
    if status is RequestStatus.IN_COURT:
        return status  # until the case ends and the request is closed
    if kind is EventKind.APPEALED:
        return RequestStatus.APPEALED
    if kind is EventKind.APPEAL_DECIDED:
        sent_back = event.outcome is Outcome.REMANDED
        return RequestStatus.ACKNOWLEDGED if sent_back else RequestStatus.ANSWERED
    if kind is EventKind.DETERMINED:
        return RequestStatus.ANSWERED
    if kind in _SETTLES and status is RequestStatus.CLARIFYING:
        return RequestStatus.ACKNOWLEDGED
    if status not in _BEFORE_ANSWER:
        return status
    if kind in _ASKS:
        return RequestStatus.CLARIFYING
    if kind in _ACKNOWLEDGES:
        return RequestStatus.ACKNOWLEDGED
    is_sent = kind in (EventKind.SENT, EventKind.RECEIVED, EventKind.ROUTED)
    return RequestStatus.SENT if is_sent and status is RequestStatus.DRAFT else status


def _next_outcome(outcome: Outcome | None, event: ClockEvent) -> Outcome | None:
    if event.kind is EventKind.WITHDRAWN:
        return Outcome.WITHDRAWN
    decided = event.kind in (EventKind.DETERMINED, EventKind.APPEAL_DECIDED)
    if not decided or event.outcome is None:
        return outcome
    return None if event.outcome is Outcome.REMANDED else event.outcome


def _first(events: Sequence[ClockEvent], kind: EventKind) -> date | None:
    return next((event.on for event in events if event.kind is kind), None)
