"""The calculator's answer in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.calculator_answer import summary_of
from archive.rules.calculator_form import read_form
from archive.rules.clock_values import ClockQuestion
from archive.rules.clocks import deadlines_of

SENT = {"sent": "2026-09-01"}  # a Tuesday: 20 workdays without Labor Day end on 30 September
LATE = {**SENT, "answered": "2026-10-05", "outcome": "denied"}


def summary(given: dict[str, str], today: date) -> str:
    asked = read_form(given)
    assert asked.is_complete
    return summary_of(deadlines_of(ClockQuestion(asked.law, asked.events, asked.agency), today), today)


COUNT = "20 workdays from 1 September 2026"
CAME_LATE = f"The answer was due on 30 September 2026 and came on 5 October 2026, 5 days late: {COUNT}."
IN_TIME = f"The answer was due on 30 September 2026 and came on 30 September 2026, in time: {COUNT}."
APPEAL = (
    "The last day to appeal is 31 December 2026 (in 86 days)."  # the 90th is a Sunday after New Year's Day
)
APPEAL_ANSWER = "The answer to the appeal is due on 5 November 2026 (in 19 workdays)."
MORE = f"The answer is due on 15 October 2026: {COUNT}, and 10 workdays more."  # Columbus Day is left out


@pytest.mark.parametrize(
    ("given", "today", "said"),
    [
        (SENT, date(2026, 9, 2), f"The answer is due on 30 September 2026: {COUNT}."),
        (SENT, date(2026, 9, 30), f"The answer is due on 30 September 2026: {COUNT}."),
        (SENT, date(2026, 10, 1), f"The answer was due on 30 September 2026: {COUNT}."),
        ({**SENT, "extended": "2026-09-20", "extended_days": "10"}, date(2026, 9, 25), MORE),
        ({**SENT, "answered": "2026-09-30", "outcome": "granted"}, date(2026, 10, 1), IN_TIME),
        (LATE, date(2026, 10, 6), f"{CAME_LATE} {APPEAL}"),
        (
            {**LATE, "appealed": "2026-10-06", "appeal_received": "2026-10-07"},
            date(2026, 10, 8),
            f"{CAME_LATE} {APPEAL_ANSWER}",
        ),
    ],
)
def test_a_summary_says_the_date_and_what_it_was_counted_by(
    given: dict[str, str], today: date, said: str
) -> None:
    assert summary(given, today) == said


def test_a_clock_that_stands_says_how_much_is_left_and_no_date() -> None:
    said = summary({**SENT, "fees_asked_1": "2026-09-08"}, date(2026, 9, 20))
    assert said.startswith("The clock is stopped: no date can be given until it starts again, with ")
    assert said.endswith(" workdays left.")
