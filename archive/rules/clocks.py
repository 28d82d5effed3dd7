"""Every date of a public-records request, from what happened to it and from its law. Not legal advice.

Pure: the same events and the same law give the same dates on every day; ``today`` decides only where a date
stands. How dates are counted, and what of it is convention, is in docs/why/clocks.md.
"""

from __future__ import annotations

from datetime import date

from archive.rules.clock_answers import (
    acknowledgement_deadline,
    answer_deadline,
    expedited_deadline,
    ruling_deadline,
)
from archive.rules.clock_appeals import appeal_answer_deadlines, appeal_deadlines
from archive.rules.clock_orders import order_deadlines, production_deadline
from archive.rules.clock_reading import Reading, read_question
from archive.rules.clock_suits import suit_deadlines
from archive.rules.clock_values import ClockQuestion, Deadline, DeadlineState


def deadlines_of(question: ClockQuestion, today: date) -> tuple[Deadline, ...]:
    """The dates there are, in the order of a request's way; what something else made void comes last.

    Nothing that the law says nothing of, and nothing before the request was sent. Raises nothing, in whatever
    order events are given.
    """
    reading = read_question(question, today)
    answer, appeal_answers = answer_deadline(reading), appeal_answer_deadlines(reading)
    found = (
        acknowledgement_deadline(reading),
        expedited_deadline(reading),
        ruling_deadline(reading),
        answer,
        *appeal_deadlines(reading, answer),
        *appeal_answers,
        *_suits(reading, answer, appeal_answers),
        *order_deadlines(reading),
        production_deadline(reading, question.next_production_on),
    )
    return tuple(sorted((one for one in found if one is not None), key=_is_void))


def _suits(
    reading: Reading, answer: Deadline | None, appeal_answers: tuple[Deadline, ...]
) -> tuple[Deadline, ...]:
    """What an agency does once it was sued changes nothing about when it could be."""
    if reading.sued is None:
        return suit_deadlines(reading, answer, appeal_answers)
    before = reading.before_suit()
    return suit_deadlines(before, answer_deadline(before), appeal_answer_deadlines(before))


def _is_void(deadline: Deadline) -> bool:
    return deadline.state is DeadlineState.LAPSED
