"""The dates of appeals: how long a requester has, and how long the agency then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from archive.rules.clock_extensions import agency_time
from archive.rules.clock_reading import Reading, without_limit
from archive.rules.clock_starts import ClockStart
from archive.rules.clock_timeline import Timeline
from archive.rules.clock_values import ClockEvent, Deadline, DeadlineKind, DeadlineState, Whose
from archive.rules.law_values import Limit, LimitKind, LimitStart
from archive.rules.request_states import EventKind

_APPEALS = "A refusal may be appealed within this time."
_NO_APPEAL_LIMIT = "A refusal may be appealed; the law sets no number of days for it."
_SILENCE = "If no answer comes in time, that counts as a refusal, and it may be appealed within this time."
_ANSWERS = "The law gives this long to decide the appeal."
_NO_ANSWER_LIMIT = "The law sets no number of days for the decision of an appeal."
_NO_RECEIPT = "No receipt of the appeal was written down, so it is counted from the day it was sent."


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal and what came of it. ``began``: when it was sent; its receipt, when only that is known."""

    began: ClockEvent
    received: ClockEvent | None = None
    decided: ClockEvent | None = None
    extended: tuple[ClockEvent, ...] = ()


def appeals_of(timeline: Timeline) -> tuple[Appeal, ...]:
    """The appeals. What an agency says of one is taken to be about the oldest that still waits for it."""
    appeals: list[Appeal] = []
    for event in timeline.events:
        place = next((at for at, appeal in enumerate(appeals) if _waits_for(appeal, event)), None)
        if place is not None:
            appeals[place] = _told(appeals[place], event)
        elif event.kind is EventKind.APPEALED:
            appeals.append(Appeal(event))
        elif event.kind is EventKind.APPEAL_RECEIVED and all(appeal.decided for appeal in appeals):
            appeals.append(Appeal(event, received=event))
    return tuple(appeals)


def _waits_for(appeal: Appeal, event: ClockEvent) -> bool:
    if event.kind is EventKind.APPEAL_RECEIVED:
        return appeal.received is None and appeal.decided is None
    return event.kind in (EventKind.APPEAL_EXTENDED, EventKind.APPEAL_DECIDED) and appeal.decided is None


def _told(appeal: Appeal, event: ClockEvent) -> Appeal:
    if event.kind is EventKind.APPEAL_RECEIVED:
        return replace(appeal, received=event)
    if event.kind is EventKind.APPEAL_DECIDED:
        return replace(appeal, decided=event)
    return replace(appeal, extended=(*appeal.extended, event))


def appeal_deadlines(reading: Reading, answer: Deadline | None) -> tuple[Deadline, ...]:
    """How long a requester may appeal each refusal; where silence is one, the silence too."""
    limit = reading.limit(LimitKind.APPEAL)
    if limit is None or not reading.law.appeal_to:
        return ()
    found = [_appeal(reading, limit, event) for event in reading.timeline.refusals()]
    silent = _appeal_of_silence(reading, limit, answer)
    return (*found, silent) if silent else tuple(found)


def _appeal(reading: Reading, limit: Limit, refusal: ClockEvent) -> Deadline:
    made = reading.timeline.after(refusal).first(EventKind.APPEALED, EventKind.APPEAL_RECEIVED)
    met_on = made.on if made else None
    why = "the day of the refusal"
    return replace(_time_to_appeal(reading, limit, refusal.on, why, met_on, _APPEALS), event_id=refusal.id)


def _appeal_of_silence(reading: Reading, limit: Limit, answer: Deadline | None) -> Deadline | None:
    """Where a missed answer is a refusal that must be appealed, as in New York. A late answer ends that: it
    has a time of its own. Where silence opens the court too, no date is given: such a petition may run from
    another day (in Massachusetts from the request, 950 CMR 32.08(1)(d))."""
    if reading.law.is_exhausted_by_silence or answer is None or answer.due_on is None:
        return None
    if answer.met_on is not None and answer.met_on <= answer.due_on:
        return None
    silent = reading.timeline.before(reading.timeline.first(EventKind.DETERMINED))
    appeals = silent.all(EventKind.APPEALED, EventKind.APPEAL_RECEIVED)
    met_on = next((event.on for event in appeals if event.on > answer.due_on), None)
    deadline = _time_to_appeal(reading, limit, answer.due_on, "the last day for an answer", met_on, _SILENCE)
    if met_on is None and answer.met_on is not None:
        return replace(deadline, state=DeadlineState.LAPSED)
    if met_on is None and reading.today <= answer.due_on and deadline.state is DeadlineState.RUNNING:
        return replace(deadline, state=DeadlineState.NOT_YET)
    return deadline


def _time_to_appeal(
    reading: Reading, limit: Limit, start: date, why: str, met_on: date | None, says: str
) -> Deadline:
    kind, whose = DeadlineKind.APPEAL, Whose.REQUESTER
    if limit.amount is None:
        return without_limit(kind, whose, limit, start, met_on, _NO_APPEAL_LIMIT)
    count = reading.count(start, why, limit, whose=whose)
    state = reading.state_of(whose, count.due_on, met_on)
    return Deadline(kind, whose, count.due_on, state, start, met_on, (limit,), count.steps, says)


def appeal_answer_deadlines(reading: Reading) -> tuple[Deadline, ...]:
    """When each appeal must have been decided."""
    limit = reading.limit(LimitKind.APPEAL_ANSWER)
    if limit is None:
        return ()
    return tuple(appeal_answer(reading, limit, appeal) for appeal in appeals_of(reading.timeline))


def appeal_answer(reading: Reading, limit: Limit, appeal: Appeal) -> Deadline:
    """When one appeal must have been decided."""
    start = _appeal_start(limit, appeal)
    met_on = appeal.decided.on if appeal.decided else None
    kind, whose = DeadlineKind.APPEAL_ANSWER, Whose.AGENCY
    if limit.amount is None:
        return replace(
            without_limit(kind, whose, limit, start.on, met_on, _NO_ANSWER_LIMIT), event_id=appeal.began.id
        )
    row = reading.limit(LimitKind.APPEAL_EXTENSION)
    time = agency_time(reading, start, limit, row, appeal.extended, may_pause=False)
    return Deadline(
        kind=kind,
        whose=whose,
        due_on=time.count.due_on,
        state=reading.state_of(whose, time.count.due_on, met_on),
        started_on=start.on,
        met_on=met_on,
        limits=time.limits,
        steps=time.count.steps,
        says=" ".join(filter(None, (_ANSWERS, start.note, *time.notes))),
        event_id=appeal.began.id,
    )


def _appeal_start(limit: Limit, appeal: Appeal) -> ClockStart:
    if limit.starts is LimitStart.APPEAL_SENT:
        return ClockStart(appeal.began.on, "the appeal was sent")
    if appeal.received is not None:
        return ClockStart(appeal.received.on, "the appeal was received")
    return ClockStart(appeal.began.on, "the appeal was sent", note=_NO_RECEIPT)
