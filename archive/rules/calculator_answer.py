"""What the calculator answers, in a sentence: the date, and what it was counted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from archive.rules.calendar_words import amount_in_words, day_in_words
from archive.rules.clock_values import DEADLINE_WORDS, Deadline, DeadlineKind, DeadlineState
from archive.rules.deadline_words import unit_of, where_of

_HEADS: dict[DeadlineKind, str] = {
    DeadlineKind.ANSWER: "The answer",
    DeadlineKind.APPEAL_ANSWER: "The answer to the appeal",
}
_OPEN = frozenset({DeadlineState.RUNNING, DeadlineState.MISSED, DeadlineState.PAUSED})


def summary_of(deadlines: Sequence[Deadline], today: date) -> str:
    """One sentence about the answer, and one about what comes after it, when that is still open."""
    answer = next((one for one in deadlines if one.kind is DeadlineKind.ANSWER), None)
    said = [_answer(answer, today)] if answer else []
    for kind in (DeadlineKind.APPEAL, DeadlineKind.APPEAL_ANSWER):
        later = next((one for one in deadlines if one.kind is kind and one.state in _OPEN), None)
        if later is not None and later.due_on is not None:
            said.append(_later(later, today))
    return " ".join(said)


def count_in_words(deadline: Deadline) -> str:
    """``20 workdays from 1 February 2011, and 10 workdays more``; empty for what is not counted."""
    amounts = [(limit.amount, limit.unit) for limit in deadline.limits if limit.amount is not None]
    if not amounts or deadline.started_on is None:
        return ""
    first, *more = (amount_in_words(amount, unit) for amount, unit in amounts)
    said = f"{first} from {day_in_words(deadline.started_on)}"
    return ", and ".join([said, *(f"{amount} more" for amount in more)])


def _answer(answer: Deadline, today: date) -> str:
    if answer.state is DeadlineState.NO_LIMIT:
        words = "; ".join(limit.words for limit in answer.limits if limit.words)
        return f"The law sets no fixed limit for the answer{f': {words}' if words else ''}."
    if answer.due_on is None:
        left = amount_in_words(answer.remaining, unit_of(answer)) if answer.remaining else ""
        rest = f", with {left} left" if left else ""
        return f"The clock is stopped: no date can be given until it starts again{rest}."
    due = f"{_is(answer, today)} due on {day_in_words(answer.due_on)}"
    count = f": {said}" if (said := count_in_words(answer)) else ""
    return f"The answer {due}{_came(answer)}{count}."


def _is(deadline: Deadline, today: date) -> str:
    return "was" if deadline.met_on or (deadline.due_on is not None and deadline.due_on < today) else "is"


def _came(answer: Deadline) -> str:
    if answer.met_on is None or answer.due_on is None:
        return ""
    late = (answer.met_on - answer.due_on).days
    how = f"{late:,} {'day' if late == 1 else 'days'} late" if late > 0 else "in time"
    return f" and came on {day_in_words(answer.met_on)}, {how}"


def _later(deadline: Deadline, today: date) -> str:
    assert deadline.due_on is not None
    head = _HEADS.get(deadline.kind)
    words = f"{head} {_is(deadline, today)} due on" if head else _requesters(deadline, today)
    return f"{words} {day_in_words(deadline.due_on)} ({where_of(deadline, today)})."


def _requesters(deadline: Deadline, today: date) -> str:
    words = DEADLINE_WORDS[deadline.kind]
    return f"The {words} {_is(deadline, today)}"
