"""Dates in letters: as they are written in the United States, with how they were counted in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from archive.rules.clock_values import Deadline, Step, StepKind

_WEEKEND = frozenset({"weekend", "Saturday", "Sunday"})


def letter_date(day: date) -> str:
    """``August 17, 2010``."""
    return f"{day:%B} {day.day}, {day.year}"


def in_days(days: int) -> str:
    """``1 day``, ``1,200 days``."""
    return f"{days:,} {'day' if days == 1 else 'days'}"


def counted_in_words(deadline: Deadline) -> str:
    """How the date was reached, from the same steps that pages show, in two or three sentences. A date that
    somebody named is said to be named."""
    start = next((step for step in deadline.steps if step.kind is StepKind.START), None)
    if start is None or not any(step.days for step in deadline.steps):
        return f"{deadline.says.rstrip('.')}." if deadline.says else ""
    given = " and ".join(f"{row.words} ({row.statute})" for row in deadline.limits if row.amount is not None)
    said = [f"The law gives {given}, counted from {letter_date(start.last)}, which is not counted itself."]
    said += _left_out(deadline.steps)
    said += [_stood(step) for step in deadline.steps if step.kind is StepKind.PAUSE]
    said += _moved(deadline.steps)
    return " ".join(said)


def _left_out(steps: Iterable[Step]) -> list[str]:
    closed = [step for step in steps if step.kind is StepKind.SKIP]
    named = [f"{step.reason} ({_span(step)})" for step in closed if step.reason not in _WEEKEND]
    weekends = ["Saturdays and Sundays"] if len(named) < len(closed) else []
    return [f"Left out are {_and([*weekends, *named])}."] if closed else []


def _stood(step: Step) -> str:
    statute = f" ({step.statute})" if step.statute else ""
    return f"The clock stood {_from_to(step)} because {step.reason}{statute}."


def _moved(steps: Iterable[Step]) -> list[str]:
    rolls = [step for step in steps if step.kind in (StepKind.ROLL, StepKind.BACK)]
    if not rolls:
        return []
    statute = f" ({rolls[0].statute})" if rolls[0].statute else ""
    where = "next" if rolls[0].kind is StepKind.ROLL else "last"
    return [f"The last day would be a closed one, so the {where} open day counts{statute}."]


def _span(step: Step) -> str:
    return letter_date(step.first) if step.first == step.last else _from_to(step).removeprefix("from ")


def _from_to(step: Step) -> str:
    if step.first == step.last:
        return f"on {letter_date(step.first)}"
    return f"from {letter_date(step.first)} to {letter_date(step.last)}"


def _and(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
