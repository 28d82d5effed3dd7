"""A deadline in words, and its arithmetic line by line, as every page that shows one says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState, Step, StepKind, Whose
from archive.rules.law_values import CheckedHow, Unit

UNIT_WORDS: dict[Unit, tuple[str, str]] = {
    Unit.WORKDAYS: ("workday", "workdays"),
    Unit.DAYS: ("day", "days"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
}
WHOSE_WORDS: dict[Whose, str] = {
    Whose.AGENCY: "the agency must act",
    Whose.REQUESTER: "the requester may act",
}
CHECKED_WORDS: dict[CheckedHow, str] = {
    CheckedHow.COMPARED: "compared with the words of the law",
    CheckedHow.REMEMBERED: "not compared with the words of the law",
}
STEP_WORDS: dict[StepKind, str] = {
    StepKind.START: "counted from",
    StepKind.COUNT: "counted",
    StepKind.SKIP: "not counted",
    StepKind.PAUSE: "clock stopped",
    StepKind.ROLL: "moved on",
    StepKind.BACK: "taken back",
    StepKind.FIXED: "named",
    StepKind.DUE: "the date",
}
DONE_WORDS: dict[DeadlineKind, str] = {
    DeadlineKind.ACKNOWLEDGEMENT: "acknowledged",
    DeadlineKind.ANSWER: "answered",
    DeadlineKind.EXPEDITED_DECISION: "decided",
    DeadlineKind.APPEAL: "appealed",
    DeadlineKind.APPEAL_ANSWER: "decided",
    DeadlineKind.RULING_ASKED: "asked",
    DeadlineKind.EARLIEST_SUIT: "suit filed",
    DeadlineKind.LATEST_SUIT: "suit filed",
    DeadlineKind.COURT_ORDER: "done",
    DeadlineKind.PRODUCTION: "came",
}
_SUITS = frozenset({DeadlineKind.EARLIEST_SUIT, DeadlineKind.LATEST_SUIT})


@dataclass(frozen=True, slots=True)
class ArithmeticLine:
    """One step of a deadline as a row of a table. ``so_far`` is the count after it; None where it adds
    nothing to it."""

    step: Step
    adds: str  # '5 workdays'
    so_far: int | None
    statute: str  # only where it is named for the first time


def arithmetic_of(deadline: Deadline) -> tuple[ArithmeticLine, ...]:
    """Every step with the count after it: the last count is what the law gives."""
    lines, so_far, named = [], 0, {""}
    for step in deadline.steps:
        so_far += step.days
        adds = _amount(step.days, unit_of(deadline)) if step.days else ""
        statute = "" if step.statute in named else step.statute
        named.add(step.statute)
        lines.append(ArithmeticLine(step, adds, so_far if step.days else None, statute))
    return tuple(lines)


def is_in_one_year(deadline: Deadline) -> bool:
    """Whether the year need not be said with every step."""
    return len({day.year for step in deadline.steps for day in (step.first, step.last)}) < 2


def sum_of(deadline: Deadline) -> str:
    """The arithmetic in one sentence: '20 workdays counted, 10 closed days left out'. Empty for a date that
    was named and not counted."""
    counted = sum(step.days for step in deadline.steps)
    if not counted:
        return ""
    parts = [f"{_amount(counted, unit_of(deadline))} counted"]
    for kind, words in (
        (StepKind.SKIP, "left out because they are closed"),
        (StepKind.PAUSE, "left out while the clock stood"),
        (StepKind.ROLL, "added because the last day is closed"),
        (StepKind.BACK, "taken back because the last day is closed"),
    ):
        days = sum(_length(step) for step in deadline.steps if step.kind is kind)
        parts += [f"{_amount(days, Unit.DAYS)} {words}"] if days else []
    return ", ".join(parts)


def where_of(deadline: Deadline, today: date) -> str:
    """Where it stands on a day: 'in 4 workdays', '12 days overdue', 'answered 2 days late',
    'no fixed limit'."""
    due_on = deadline.due_on
    match deadline.state:
        case DeadlineState.PAUSED:
            return _stopped(deadline)
        case DeadlineState.NO_LIMIT:
            return "no fixed limit"
        case DeadlineState.LAPSED:
            return "no longer applies"
        case DeadlineState.OPEN:
            return "may be filed now" if deadline.kind in _SUITS else "open now"
        case DeadlineState.NOT_YET if due_on is None:
            return "not yet"
        case DeadlineState.MET | DeadlineState.MET_LATE:
            return _met(deadline)
        case DeadlineState.MISSED if due_on:
            return _missed(deadline, (today - due_on).days)
    return _ahead(deadline, today) if due_on else ""


def is_urgent(deadline: Deadline) -> bool:
    """Whether an agency owes what was due already."""
    return deadline.state is DeadlineState.MISSED and deadline.whose is Whose.AGENCY


def unit_of(deadline: Deadline) -> Unit:
    """What is counted; days when its rows count different things."""
    units = {limit.unit for limit in deadline.limits if limit.amount is not None}
    return units.pop() if len(units) == 1 else Unit.DAYS


def counted_after(deadline: Deadline, today: date) -> int:
    """How many of the days that count lie after ``today``."""
    counts = (step for step in deadline.steps if step.kind is StepKind.COUNT)
    return sum(max(0, (step.last - max(step.first - timedelta(1), today)).days) for step in counts)


def _ahead(deadline: Deadline, today: date) -> str:
    assert deadline.due_on is not None
    days = (deadline.due_on - today).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    workdays = counted_after(deadline, today) if unit_of(deadline) is Unit.WORKDAYS else 0
    return f"in {_amount(workdays, Unit.WORKDAYS) if workdays else _amount(days, Unit.DAYS)}"


def _missed(deadline: Deadline, days: int) -> str:
    if deadline.whose is Whose.AGENCY:
        return f"{_amount(days, Unit.DAYS)} overdue"
    return f"passed {_amount(days, Unit.DAYS)} ago"


def _met(deadline: Deadline) -> str:
    if deadline.met_on is None or deadline.due_on is None:
        return "done"
    days, done = (deadline.met_on - deadline.due_on).days, DONE_WORDS[deadline.kind]
    is_in_time = days >= 0 if deadline.kind is DeadlineKind.EARLIEST_SUIT else days <= 0
    if deadline.kind in _SUITS and is_in_time:
        return f"{done} on {deadline.met_on.day} {deadline.met_on:%B %Y}"
    if days > 0:
        return f"{done} {_amount(days, Unit.DAYS)} late"
    return f"{done} {_amount(-days, Unit.DAYS)} early" if days else f"{done} on the day"


def _stopped(deadline: Deadline) -> str:
    """The reason is that of the last time the clock was stopped."""
    reasons = [step.reason for step in deadline.steps if step.kind is StepKind.PAUSE]
    left = f", {_amount(deadline.remaining, unit_of(deadline))} left" if deadline.remaining else ""
    return f"stopped: {reasons[-1]}{left}" if reasons else f"stopped{left}"


def _amount(number: int, unit: Unit) -> str:
    one, many = UNIT_WORDS[unit]
    return f"{number:,} {one if number == 1 else many}"


def _length(step: Step) -> int:
    return (step.last - step.first).days + 1
