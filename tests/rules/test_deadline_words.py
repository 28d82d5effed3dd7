"""A deadline in words, and its arithmetic line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.rules.clock_values import (
    ClockEvent,
    ClockQuestion,
    Deadline,
    DeadlineKind,
    DeadlineState,
    StepKind,
    Whose,
)
from archive.rules.clocks import deadlines_of
from archive.rules.deadline_choice import deadline_to_show, next_deadline
from archive.rules.deadline_words import (
    arithmetic_of,
    counted_after,
    is_in_one_year,
    is_urgent,
    sum_of,
    unit_of,
    where_of,
)
from archive.rules.law_values import Unit
from archive.rules.laws import get_law
from archive.rules.request_standing import standing_of
from archive.rules.request_states import EventKind, Outcome, RequestStatus

E = EventKind
RECEIVED = date(2026, 3, 2)  # a Monday: 20 workdays end on Monday 30 March
DUE = date(2026, 3, 30)


def deadlines(*events: ClockEvent, today: date, law: str = "us") -> tuple[Deadline, ...]:
    return deadlines_of(ClockQuestion(get_law(law), events), today)


def answer(*more: ClockEvent, today: date = RECEIVED) -> Deadline:
    sent = ClockEvent(E.SENT, RECEIVED), ClockEvent(E.ROUTED, RECEIVED)
    found = deadlines(*sent, *more, today=today)
    return next(one for one in found if one.kind is DeadlineKind.ANSWER)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 2), "in 20 workdays"),
        (date(2026, 3, 24), "in 4 workdays"),
        (date(2026, 3, 27), "in 1 workday"),
        (date(2026, 3, 29), "tomorrow"),
        (DUE, "today"),
        (date(2026, 3, 31), "1 day overdue"),
        (date(2026, 4, 11), "12 days overdue"),
    ],
)
def test_what_is_ahead_is_told_in_workdays_and_what_is_overdue_in_days(today: date, said: str) -> None:
    found = answer(today=today)
    assert found.due_on == DUE
    assert where_of(found, today) == said
    assert is_urgent(found) is (today > DUE)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 3, 30), ["suit filed 1 day early", "suit filed on 30 March 2026"]),
        (date(2026, 4, 7), ["suit filed on 7 April 2026", "suit filed on 7 April 2026"]),
    ],
)
def test_a_suit_that_was_filed_is_told_by_its_day(on: date, said: list[str]) -> None:
    sued = ClockEvent(E.ROUTED, RECEIVED), ClockEvent(E.SUED, on)
    suits = (DeadlineKind.EARLIEST_SUIT, DeadlineKind.LATEST_SUIT)
    found = [one for one in deadlines(*sued, today=on) if one.kind in suits]
    assert [where_of(one, on) for one in found] == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 3, 27), "answered 3 days early"),
        (DUE, "answered on the day"),
        (date(2026, 4, 1), "answered 2 days late"),
    ],
)
def test_what_was_met_says_how_late(on: date, said: str) -> None:
    determined = ClockEvent(E.DETERMINED, on, Outcome.GRANTED)
    assert where_of(answer(determined, today=date(2026, 5, 1)), date(2026, 5, 1)) == said


def test_a_stopped_clock_says_why_and_what_is_left() -> None:
    asked = ClockEvent(E.INFORMATION_ASKED, date(2026, 3, 9))
    said = where_of(answer(asked, today=date(2026, 4, 9)), date(2026, 4, 9))
    assert said.startswith("stopped: ")
    assert said.endswith("15 workdays left")  # 3, 4, 5, 6 and 9 March are counted


def test_a_law_without_a_limit_gets_no_invented_date() -> None:
    limitless = replace(answer(), state=DeadlineState.NO_LIMIT, due_on=None, steps=())
    assert where_of(limitless, RECEIVED) == "no fixed limit"
    assert arithmetic_of(limitless) == ()
    assert sum_of(limitless) == ""


def test_a_requesters_own_day_that_passed_is_nobodys_debt() -> None:
    own = replace(answer(today=date(2026, 4, 1)), whose=Whose.REQUESTER)
    assert where_of(own, date(2026, 4, 1)) == "passed 2 days ago"
    assert not is_urgent(own)


def test_the_sum_says_what_was_counted_and_what_was_left_out() -> None:
    asked = (
        ClockEvent(E.INFORMATION_ASKED, date(2026, 3, 9)),
        ClockEvent(E.INFORMATION_GIVEN, date(2026, 3, 11)),
    )
    said = sum_of(answer(*asked))
    assert said.startswith("20 workdays counted, ")
    assert "days left out while the clock stood" in said


def test_a_statute_is_named_once() -> None:
    named = [line.statute for line in arithmetic_of(answer()) if line.statute]
    assert len(named) == len(set(named)) > 0


DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(
    [E.RECEIVED, E.ROUTED, E.INFORMATION_ASKED, E.INFORMATION_GIVEN, E.FEES_ASKED, E.FEES_SETTLED, E.EXTENDED]
)


@given(DAYS, st.lists(st.tuples(KINDS, st.integers(0, 60)), max_size=6), st.integers(0, 200))
def test_the_arithmetic_on_screen_sums_up(
    sent_on: date, happened: list[tuple[EventKind, int]], later: int
) -> None:
    events = [ClockEvent(E.SENT, sent_on)]
    events += [
        ClockEvent(kind, sent_on + timedelta(days)) for kind, days in sorted(happened, key=lambda x: x[1])
    ]
    today = sent_on + timedelta(later)
    for one in deadlines(*events, today=today):
        lines = arithmetic_of(one)
        counted = [line.so_far for line in lines if line.so_far is not None]
        assert counted == sorted(counted)
        assert (counted[-1] if counted else 0) == sum(step.days for step in one.steps)
        assert is_in_one_year(one) in (True, False)
        assert where_of(one, today)
        if one.due_on and unit_of(one) is Unit.WORKDAYS and one.due_on > today:
            counts = [step for step in one.steps if step.kind is StepKind.COUNT]
            days = {
                step.first + timedelta(n) for step in counts for n in range((step.last - step.first).days + 1)
            }
            assert counted_after(one, today) == len([day for day in days if day > today])


def choice(*events: ClockEvent, today: date) -> Deadline | None:
    return deadline_to_show(deadlines(*events, today=today), standing_of(events).status)


def test_a_list_shows_the_answer_first_then_the_appeal_then_how_the_answer_came() -> None:
    sent = ClockEvent(E.SENT, RECEIVED)
    refused = ClockEvent(E.DETERMINED, date(2026, 3, 20), Outcome.DENIED)
    appealed = ClockEvent(E.APPEALED, date(2026, 4, 20))
    kinds = []
    for events, today in (
        ((sent,), date(2026, 6, 1)),
        ((sent, refused), date(2026, 4, 1)),
        ((sent, refused, appealed), date(2026, 5, 1)),
        ((sent, refused), date(2027, 4, 1)),
    ):
        found = choice(*events, today=today)
        assert found is not None
        kinds.append(found.kind)
    assert kinds == [
        DeadlineKind.ANSWER,
        DeadlineKind.APPEAL,
        DeadlineKind.APPEAL_ANSWER,
        DeadlineKind.ANSWER,
    ]


def test_a_case_in_court_shows_what_the_court_ordered() -> None:
    events = (
        ClockEvent(E.SENT, RECEIVED),
        ClockEvent(E.SUED, date(2026, 5, 1)),
        ClockEvent(E.COURT_ORDERED, date(2026, 6, 1), until_on=date(2026, 7, 1)),
    )
    found = choice(*events, today=date(2026, 6, 2))
    assert found is not None
    assert (found.kind, found.due_on) == (DeadlineKind.COURT_ORDER, date(2026, 7, 1))


def test_a_draft_shows_nothing_and_a_suit_is_no_appointment() -> None:
    assert deadline_to_show((), RequestStatus.DRAFT) is None
    found = deadlines(ClockEvent(E.SENT, RECEIVED), today=date(2026, 6, 1))
    assert next_deadline(found, date(2026, 6, 1)) is None
