"""When somebody is reminded of a date."""

from __future__ import annotations

import pytest

from archive.rules.clock_values import DeadlineKind
from archive.rules.reminder_steps import reminder_step


@pytest.mark.parametrize(
    ("days_left", "step"),
    [(8, None), (7, 7), (6, 7), (2, 7), (1, 1), (0, 1), (-1, None), (-30, None)],
)
def test_an_appeal_is_reminded_of_7_days_and_1_day_before(days_left: int, step: int | None) -> None:
    assert reminder_step(DeadlineKind.APPEAL, days_left) == step


@pytest.mark.parametrize(
    ("days_left", "step"),
    [
        (1, None),
        (0, None),
        (-1, -1),
        (-7, -1),
        (-8, -8),
        (-14, -8),
        (-15, -15),
        (-22, -22),
        (-29, -29),
        (-35, -29),
        (-36, None),
        (-3650, None),
    ],
)
def test_an_answer_is_asked_after_on_the_day_after_and_then_four_times_a_week_apart(
    days_left: int, step: int | None
) -> None:
    assert reminder_step(DeadlineKind.ANSWER, days_left) == step


def test_no_one_is_reminded_of_what_is_no_limit_for_anybody() -> None:
    for kind in (DeadlineKind.EARLIEST_SUIT, DeadlineKind.ACKNOWLEDGEMENT, DeadlineKind.PRODUCTION):
        assert {reminder_step(kind, days) for days in range(-40, 10)} == {None}
