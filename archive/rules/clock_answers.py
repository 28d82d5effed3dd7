"""What is due before a decision: to acknowledge, to answer, to expedite, to ask for a ruling."""

from __future__ import annotations

from dataclasses import replace

from archive.rules.clock_extensions import agency_time
from archive.rules.clock_reading import Reading, without_limit
from archive.rules.clock_starts import ClockStart, receipt_start, request_start, start_of
from archive.rules.clock_timeline import ACKNOWLEDGEMENTS
from archive.rules.clock_values import ClockEvent, Deadline, DeadlineKind, DeadlineState, Whose
from archive.rules.law_values import Limit, LimitKind
from archive.rules.request_states import EventKind

_AGENCY = Whose.AGENCY
_ANSWERS = "The law gives the agency this long to decide whether it complies with the request."
_NO_ANSWER_LIMIT = "The law sets no number of days for the answer."
_ACKNOWLEDGES = "The law gives the agency this long to acknowledge the request, or to answer it."
_EXPEDITES = "The law gives the agency this long to decide whether the request goes before others."
_RULES = "An agency that wants to withhold records must ask for a ruling within this time."


def answer_deadline(reading: Reading) -> Deadline | None:
    """When the answer is due. None before anything was sent, or where the law says nothing of it.

    What happened after the answer does not count: a date that was met stays what it was.
    """
    answered = reading.timeline.first(EventKind.DETERMINED)
    return _due(reading, DeadlineKind.ANSWER, LimitKind.ANSWER, answered, _ANSWERS, _NO_ANSWER_LIMIT)


def ruling_deadline(reading: Reading) -> Deadline | None:
    """When a ruling of the attorney general must have been asked for. An answer makes it needless."""
    answered = reading.timeline.first(EventKind.DETERMINED)
    return _due(reading, DeadlineKind.RULING_ASKED, LimitKind.RULING, answered, _RULES, _RULES)


def acknowledgement_deadline(reading: Reading) -> Deadline | None:
    """When the request must have been acknowledged. Any answer is one."""
    limit = reading.limit(LimitKind.ACKNOWLEDGEMENT)
    start = receipt_start(reading)
    if limit is None or start is None:
        return None
    came = reading.timeline.first(*ACKNOWLEDGEMENTS)
    return _counted_simply(reading, DeadlineKind.ACKNOWLEDGEMENT, limit, start, came, _ACKNOWLEDGES)


def expedited_deadline(reading: Reading) -> Deadline | None:
    """When the agency must have decided on expedited processing; None when nobody asked for it."""
    limit = reading.limit(LimitKind.EXPEDITED)
    asked = reading.timeline.first(EventKind.EXPEDITED_ASKED)
    start = request_start(reading)
    if limit is None or asked is None or start is None:
        return None
    if asked.on > start.on:
        start = ClockStart(asked.on, "expedited processing asked for")
    decided = reading.timeline.first(EventKind.EXPEDITED_GRANTED, EventKind.EXPEDITED_DENIED)
    deadline = _counted_simply(reading, DeadlineKind.EXPEDITED_DECISION, limit, start, decided, _EXPEDITES)
    answered_on = reading.timeline.first_on(EventKind.DETERMINED)
    if decided is None and answered_on is not None and deadline.due_on and answered_on <= deadline.due_on:
        return replace(deadline, state=DeadlineState.LAPSED)
    return deadline


def _due(
    reading: Reading,
    kind: DeadlineKind,
    limit_kind: LimitKind,
    done: ClockEvent | None,
    says: str,
    no_limit: str,
) -> Deadline | None:
    """A time that may be extended and that may stand still."""
    limit = reading.limit(limit_kind)
    known = replace(reading, timeline=reading.timeline.before(done))
    start = (start_of(known, limit) or start_of(reading, limit)) if limit else None
    if limit is None or start is None:
        return None
    met_on = done.on if done else None
    if limit.amount is None:
        return without_limit(kind, _AGENCY, limit, start.on, met_on, no_limit)
    is_answer = limit_kind is LimitKind.ANSWER
    row = reading.limit(LimitKind.EXTENSION) if is_answer else None
    notices = known.timeline.all(EventKind.EXTENDED) if is_answer else ()
    time = agency_time(known, start, limit, row, notices, may_pause=True)
    return Deadline(
        kind=kind,
        whose=_AGENCY,
        due_on=time.count.due_on,
        state=reading.state_of(_AGENCY, time.count.due_on, met_on),
        started_on=start.on,
        met_on=met_on,
        limits=time.limits,
        steps=time.count.steps,
        says=" ".join(filter(None, (says, start.note, *time.notes))),
        remaining=time.count.remaining,
        event_id=done.id if done else None,
    )


def _counted_simply(
    reading: Reading, kind: DeadlineKind, limit: Limit, start: ClockStart, done: ClockEvent | None, says: str
) -> Deadline:
    met_on = done.on if done else None
    if limit.amount is None:
        return without_limit(kind, _AGENCY, limit, start.on, met_on, says)
    count = reading.count(start.on, start.why, limit, whose=_AGENCY)
    return Deadline(
        kind=kind,
        whose=_AGENCY,
        due_on=count.due_on,
        state=reading.state_of(_AGENCY, count.due_on, met_on),
        started_on=start.on,
        met_on=met_on,
        limits=(limit,),
        steps=count.steps,
        says=" ".join(filter(None, (says, start.note))),
    )
