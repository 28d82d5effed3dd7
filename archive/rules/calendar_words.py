"""A date of a request in plain words, for letters and calendars, where there is no page to open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from archive.rules.clock_values import DEADLINE_WORDS, Deadline, DeadlineState, Step, StepKind
from archive.rules.deadline_words import CHECKED_WORDS, UNIT_WORDS
from archive.rules.law_values import CheckedHow, Law, Limit, Unit
from archive.rules.law_words import how_checked

_DONE = frozenset({DeadlineState.MET, DeadlineState.MET_LATE})
_WEEKENDS = frozenset({"weekend", "Saturday", "Sunday"})


def day_in_words(day: date) -> str:
    """``17 August 2010``."""
    return f"{day.day} {day:%B %Y}"


def amount_in_words(amount: int, unit: Unit) -> str:
    """``20 workdays``, ``1 month``."""
    one, many = UNIT_WORDS[unit]
    return f"{amount:,} {one if amount == 1 else many}"


def sentence(text: str) -> str:
    """With a capital first letter and a full stop, as far as they are not there already."""
    said = text.strip()
    if not said:
        return ""
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"


def is_done(deadline: Deadline) -> bool:
    """Whether what was due has happened."""
    return deadline.state in _DONE


def head_of(deadline: Deadline, subject: str) -> str:
    """``Answer due: ICE, Secure Communities memos``; what is done says so first."""
    words = DEADLINE_WORDS[deadline.kind]
    said = f"done: {words}" if is_done(deadline) else words
    return f"{said[0].upper()}{said[1:]}: {subject}"


def subject_of(agency: str, title: str) -> str:
    """What a request is called on one line: ``ICE, Secure Communities memos``."""
    return ", ".join(part for part in (agency.strip(), title.strip()) if part)


def statutes_of(deadline: Deadline) -> tuple[str, ...]:
    """The statutes that a date was counted by, each once, in the order of its arithmetic."""
    said = [limit.statute for limit in deadline.limits] + [step.statute for step in deadline.steps]
    return tuple(dict.fromkeys(filter(None, said)))


def arithmetic_in_words(deadline: Deadline) -> tuple[str, ...]:
    """How the date was reached, in a few lines: the start, what counts, what was left out, each pause."""
    lines = [_start(step) for step in deadline.steps if step.kind is StepKind.START]
    lines += [_limit(limit) for limit in deadline.limits if limit.amount is not None]
    lines += _left_out(step for step in deadline.steps if step.kind is StepKind.SKIP)
    lines += [_other(step) for step in deadline.steps if step.kind in _OTHERS]
    return tuple(lines)


def advice_note(law: Law, limits: Sequence[Limit] = ()) -> str:
    """What stands beside a date that was counted by these rows: it is no legal advice, when they were last
    looked at, and whether the words of the law were in hand then."""
    known = [how_checked(law, limit) if limit in law.limits or limit.quote else None for limit in limits]
    is_compared = all(how is CheckedHow.COMPARED for how in known or [law.checked_how])
    how = CheckedHow.COMPARED if is_compared else CheckedHow.REMEMBERED
    checked = f"rows checked on {day_in_words(law.checked_on)}, {CHECKED_WORDS[how]}"
    return f"Not legal advice. {law.name}: {checked}."


def _start(step: Step) -> str:
    why = f" ({step.reason})" if step.reason else ""
    return f"Counted from {day_in_words(step.first)}{why}; that day itself is not counted."


def _limit(limit: Limit) -> str:
    amount = amount_in_words(limit.amount or 0, limit.unit)
    return f"{amount[0].upper()}{amount[1:]}: {limit.statute}."


def _left_out(steps: Iterable[Step]) -> list[str]:
    weekend_days, holidays = 0, []
    for step in steps:
        if step.reason in _WEEKENDS:
            weekend_days += (step.last - step.first).days + 1
        else:
            holidays.append(f"{step.reason} ({day_in_words(step.first)})")
    said = [f"{weekend_days:,} weekend {'day' if weekend_days == 1 else 'days'}"] if weekend_days else []
    return [f"Left out: {', '.join([*said, *holidays])}."] if said or holidays else []


def _other(step: Step) -> str:
    return _OTHERS[step.kind].format(
        first=day_in_words(step.first), last=day_in_words(step.last), why=step.reason
    )


_OTHERS: dict[StepKind, str] = {
    StepKind.PAUSE: "The clock stood still from {first} to {last}: {why}.",
    StepKind.ROLL: "Moved on to {last}: {why}.",
    StepKind.BACK: "Taken back to the open day before: {why}.",
    StepKind.FIXED: "{last}: {why}.",
}
