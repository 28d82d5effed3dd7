"""Days that somebody named: a court's orders, and what a production's cover letter promised."""

from __future__ import annotations

from datetime import date, timedelta

from archive.rules.clock_reading import Reading
from archive.rules.clock_values import ClockEvent, Deadline, DeadlineKind, Step, StepKind, Whose
from archive.rules.request_states import EventKind

_DAY = timedelta(days=1)
_ORDERED = "A court ordered this to be done by this day; the order says what, and it holds as it is written."
_PROMISED = "The last production's cover letter names this day for the next one."


def order_deadlines(reading: Reading) -> tuple[Deadline, ...]:
    """One for each order with a day. What is produced meets the oldest order that waits for it."""
    produced = list(reading.timeline.all(EventKind.PRODUCED, EventKind.DETERMINED))
    found = []
    for order in reading.timeline.all(EventKind.COURT_ORDERED):
        if order.until_on is None:
            continue
        later = reading.timeline.after(order).events
        met = next((event for event in produced if event in later), None)
        if met is not None:
            produced.remove(met)
        found.append(_named(reading, DeadlineKind.COURT_ORDER, order, order.until_on, met, _ORDERED))
    return tuple(found)


def production_deadline(reading: Reading, promised_on: date | None) -> Deadline | None:
    """The next production, as the last one promised it."""
    if promised_on is None:
        return None
    produced = reading.timeline.all(EventKind.PRODUCED)
    last = produced[-1] if produced else None
    return _named(reading, DeadlineKind.PRODUCTION, last, promised_on, None, _PROMISED)


def _named(
    reading: Reading,
    kind: DeadlineKind,
    named_by: ClockEvent | None,
    on: date,
    met: ClockEvent | None,
    says: str,
) -> Deadline:
    """A day as it was named, closed or not."""
    met_on = met.on if met else None
    return Deadline(
        kind=kind,
        whose=Whose.AGENCY,
        due_on=on,
        state=reading.state_of(Whose.AGENCY, on, met_on),
        started_on=named_by.on if named_by else None,
        met_on=met_on,
        limits=(),
        steps=_steps_to(named_by.on if named_by else None, on),
        says=says,
        event_id=named_by.id if named_by else None,
    )


def _steps_to(named_on: date | None, on: date) -> tuple[Step, ...]:
    due = Step(StepKind.DUE, on, on, 0, "")
    if named_on is None or named_on >= on:
        return (Step(StepKind.FIXED, on, on, 0, "the day that was named"), due)
    start = Step(StepKind.START, named_on, named_on, 0, "the day on which it was named")
    return (start, Step(StepKind.FIXED, named_on + _DAY, on, 0, "up to the day that was named"), due)
