"""Where dates stand, what made them, and what changes them: facts beside the counting itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

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
from archive.rules.laws import get_law
from archive.rules.request_states import EventKind, Outcome

TODAY = date(2025, 6, 2)
RECEIVED = ClockEvent(EventKind.RECEIVED, date(2025, 3, 3))
DUE = date(2025, 3, 31)  # twenty workdays on
DENIED = ClockEvent(EventKind.DETERMINED, date(2025, 3, 20), Outcome.DENIED, id=7)


def dates(
    *events: ClockEvent, law: str = "us", today: date = TODAY, agency: str = ""
) -> tuple[Deadline, ...]:
    return deadlines_of(ClockQuestion(get_law(law), events, agency), today)


def the(kind: DeadlineKind, deadlines: tuple[Deadline, ...]) -> Deadline:
    return next(one for one in deadlines if one.kind is kind)


def kinds(deadlines: tuple[Deadline, ...]) -> list[DeadlineKind]:
    return [one.kind for one in deadlines]


def happened(
    kind: EventKind,
    day: date,
    *,
    outcome: Outcome | None = None,
    until_on: date | None = None,
    days: int | None = None,
    id: int | None = None,
) -> ClockEvent:
    return ClockEvent(kind, day, outcome, until_on, days, id)


def test_a_draft_has_no_dates() -> None:
    assert dates() == ()
    assert dates(happened(EventKind.NOTED, date(2025, 3, 3))) == ()


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2025, 3, 3), DeadlineState.RUNNING),
        (DUE, DeadlineState.RUNNING),
        (date(2025, 4, 1), DeadlineState.MISSED),
    ],
)
def test_an_answer_is_missed_from_the_day_after(today: date, state: DeadlineState) -> None:
    assert the(DeadlineKind.ANSWER, dates(RECEIVED, today=today)).state is state


@pytest.mark.parametrize(
    ("today", "state"), [(DUE, DeadlineState.NOT_YET), (date(2025, 4, 1), DeadlineState.OPEN)]
)
def test_a_suit_is_open_from_its_day_on(today: date, state: DeadlineState) -> None:
    assert the(DeadlineKind.EARLIEST_SUIT, dates(RECEIVED, today=today)).state is state


@pytest.mark.parametrize(("day", "state"), [(31, DeadlineState.MET), (20, DeadlineState.MET)])
def test_an_answer_on_the_last_day_is_in_time(day: int, state: DeadlineState) -> None:
    answered = happened(EventKind.DETERMINED, date(2025, 3, day), outcome=Outcome.GRANTED)
    answer = the(DeadlineKind.ANSWER, dates(RECEIVED, answered))
    assert (answer.state, answer.met_on) == (state, answered.on)


def test_what_happens_after_the_answer_changes_nothing_of_its_date() -> None:
    later = (
        happened(EventKind.INFORMATION_ASKED, date(2025, 3, 21)),
        happened(EventKind.EXTENDED, date(2025, 3, 22)),
        happened(EventKind.ROUTED, date(2025, 3, 24)),
    )
    assert the(DeadlineKind.ANSWER, dates(RECEIVED, DENIED, *later)).due_on == DUE


def test_events_are_read_in_the_order_of_their_days() -> None:
    assert dates(DENIED, RECEIVED) == dates(RECEIVED, DENIED)


def test_what_became_void_stands_last() -> None:
    late = happened(EventKind.DETERMINED, date(2025, 4, 10), outcome=Outcome.DENIED)
    found = dates(RECEIVED, late)
    assert found[-1].state is DeadlineState.LAPSED
    assert found[-1].due_on == date(2025, 4, 1)
    assert "Oglesby" in found[-1].says
    assert the(DeadlineKind.EARLIEST_SUIT, found).due_on is None


def test_a_date_names_the_event_it_hangs_on() -> None:
    appealed = happened(EventKind.APPEALED, date(2025, 4, 14), id=9)
    found = dates(RECEIVED, DENIED, appealed)
    assert the(DeadlineKind.ANSWER, found).event_id == 7
    assert the(DeadlineKind.APPEAL, found).event_id == 7
    assert the(DeadlineKind.APPEAL_ANSWER, found).event_id == 9
    assert the(DeadlineKind.EARLIEST_SUIT, found).event_id == 9


def test_the_first_row_is_the_one_before_any_extension() -> None:
    late = happened(EventKind.ROUTED, date(2025, 3, 25))
    extended = happened(EventKind.EXTENDED, date(2025, 4, 10))
    limits = the(DeadlineKind.ANSWER, dates(RECEIVED, late, extended)).limits
    assert [row.kind for row in limits] == ["answer", "extension", "routing"]


def test_who_must_act_is_told() -> None:
    found = dates(RECEIVED, DENIED)
    assert the(DeadlineKind.ANSWER, found).whose is Whose.AGENCY
    assert the(DeadlineKind.APPEAL, found).whose is Whose.REQUESTER


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (happened(EventKind.EXTENDED, date(2025, 4, 3)), "came when the time was already over"),
        (happened(EventKind.EXTENDED, date(2025, 3, 20), days=30), "more time than the law allows"),
        (happened(EventKind.EXTENDED, date(2025, 3, 20), until_on=DUE), "named no later day"),
    ],
)
def test_a_notice_that_changed_less_than_it_said_is_told(event: ClockEvent, words: str) -> None:
    assert words in the(DeadlineKind.ANSWER, dates(RECEIVED, event)).says


def test_it_is_told_when_no_receipt_was_written_down() -> None:
    sent = happened(EventKind.SENT, date(2025, 3, 3))
    assert "No receipt was written down" in the(DeadlineKind.ANSWER, dates(sent)).says
    assert "No receipt" not in the(DeadlineKind.ANSWER, dates(sent, RECEIVED)).says


def test_an_estimate_moves_no_date() -> None:
    estimated = happened(EventKind.ESTIMATED, date(2025, 3, 20), until_on=date(2025, 9, 1))
    assert the(DeadlineKind.ANSWER, dates(RECEIVED, estimated)).due_on == DUE


def test_closing_the_file_ends_what_the_agency_owes_and_no_right_of_the_requester() -> None:
    closed = happened(EventKind.CLOSED, date(2025, 4, 20))
    appealed = happened(EventKind.APPEALED, date(2025, 4, 14))
    assert the(DeadlineKind.APPEAL, dates(RECEIVED, DENIED, closed)).state is DeadlineState.RUNNING
    waiting = the(DeadlineKind.APPEAL_ANSWER, dates(RECEIVED, DENIED, appealed, closed))
    assert waiting.state is DeadlineState.LAPSED


def test_withdrawing_ends_everything_and_opening_again_brings_it_back() -> None:
    withdrawn = happened(EventKind.WITHDRAWN, date(2025, 3, 25))
    again = happened(EventKind.REOPENED, date(2025, 3, 26))
    assert {one.state for one in dates(RECEIVED, withdrawn)} == {DeadlineState.LAPSED}
    assert DeadlineState.LAPSED not in {one.state for one in dates(RECEIVED, withdrawn, again)}


def test_what_was_missed_before_the_file_was_closed_stays_missed() -> None:
    closed = happened(EventKind.CLOSED, date(2025, 5, 1))
    assert the(DeadlineKind.ANSWER, dates(RECEIVED, closed)).state is DeadlineState.MISSED


def test_an_answer_in_time_makes_a_decision_on_expediting_needless() -> None:
    asked = happened(EventKind.EXPEDITED_ASKED, date(2025, 3, 3))
    answered = happened(EventKind.DETERMINED, date(2025, 3, 6), outcome=Outcome.GRANTED)
    found = the(DeadlineKind.EXPEDITED_DECISION, dates(RECEIVED, asked, answered))
    assert found.state is DeadlineState.LAPSED


def test_two_appeals_are_decided_one_after_the_other() -> None:
    second = happened(EventKind.DETERMINED, date(2025, 3, 27), outcome=Outcome.DENIED)
    found = dates(
        RECEIVED,
        DENIED,
        second,
        happened(EventKind.APPEALED, date(2025, 4, 1)),
        happened(EventKind.APPEALED, date(2025, 4, 2)),
        happened(EventKind.APPEAL_DECIDED, date(2025, 4, 20), outcome=Outcome.DENIED),
    )
    answers = [one for one in found if one.kind is DeadlineKind.APPEAL_ANSWER]
    assert [one.met_on for one in answers] == [date(2025, 4, 20), None]


def test_no_fixed_limit_has_no_date_and_says_the_words_of_the_law() -> None:
    answer = the(DeadlineKind.ANSWER, dates(RECEIVED, law="us-fl"))
    assert (answer.due_on, answer.state) == (None, DeadlineState.NO_LIMIT)
    assert answer.limits[0].words
    assert StepKind.COUNT not in {step.kind for step in answer.steps}


def test_new_york_counts_twenty_days_from_the_acknowledgement() -> None:
    came = happened(EventKind.ACKNOWLEDGED, date(2025, 3, 6))
    answer = the(DeadlineKind.ANSWER, dates(RECEIVED, came, law="us-ny"))
    assert (answer.started_on, answer.due_on) == (date(2025, 3, 6), date(2025, 4, 3))


@pytest.mark.parametrize("came_on", [None, date(2025, 3, 20)])
def test_new_york_counts_from_the_last_day_when_none_came_in_time(came_on: date | None) -> None:
    """Five business days end on Mar 10, twenty more on Apr 7."""
    came = (happened(EventKind.ACKNOWLEDGED, came_on),) if came_on else ()
    found = dates(RECEIVED, *came, law="us-ny")
    assert the(DeadlineKind.ACKNOWLEDGEMENT, found).due_on == date(2025, 3, 10)
    assert the(DeadlineKind.ANSWER, found).due_on == date(2025, 4, 7)


def test_a_day_that_the_law_lets_the_agency_name_is_named_and_not_counted() -> None:
    extended = happened(EventKind.EXTENDED, date(2025, 3, 28), until_on=date(2025, 7, 4))
    answer = the(DeadlineKind.ANSWER, dates(RECEIVED, extended, law="us-ny"))
    assert answer.due_on == date(2025, 7, 7)  # Independence Day, a Friday: Monday
    assert StepKind.FIXED in {step.kind for step in answer.steps}


@pytest.mark.parametrize("law", ["us-ct", "us-ny", "us-pa", "us-ut"])
def test_silence_that_must_be_appealed_may_be_from_the_last_day_on(law: str) -> None:
    missed_on = the(DeadlineKind.ANSWER, dates(RECEIVED, law=law)).due_on
    assert missed_on is not None
    before = the(DeadlineKind.APPEAL, dates(RECEIVED, law=law, today=missed_on))
    after = the(DeadlineKind.APPEAL, dates(RECEIVED, law=law, today=missed_on + timedelta(1)))
    assert (before.state, after.state) == (DeadlineState.NOT_YET, DeadlineState.RUNNING)
    assert before.due_on == after.due_on
    assert before.started_on == missed_on


@pytest.mark.parametrize("law", ["us", "us-dc", "us-il", "us-ma"])
def test_silence_that_opens_the_court_has_no_date_for_an_appeal(law: str) -> None:
    assert DeadlineKind.APPEAL not in kinds(dates(RECEIVED, law=law))


def test_texas_must_ask_for_a_ruling_in_ten_business_days() -> None:
    """San Jacinto Day, April 21, is closed: Apr 15-18 1-4, 22-25 5-8, 28-29 9-10."""
    found = dates(happened(EventKind.RECEIVED, date(2025, 4, 14)), law="us-tx")
    assert the(DeadlineKind.RULING_ASKED, found).due_on == date(2025, 4, 29)


def test_an_agency_without_rules_of_its_own_goes_by_the_law() -> None:
    assert dates(RECEIVED, DENIED, agency="the Office of Nothing") == dates(RECEIVED, DENIED)


def test_a_day_nobody_can_mean_is_left_out() -> None:
    extended = happened(EventKind.EXTENDED, date(2025, 3, 28), until_on=date(9999, 12, 31))
    assert the(DeadlineKind.ANSWER, dates(RECEIVED, extended, law="us-ny")).due_on == date(2025, 4, 7)
    assert dates(happened(EventKind.RECEIVED, date(9999, 12, 31))) == ()


def test_a_suit_too_soon_is_told() -> None:
    sued = happened(EventKind.SUED, date(2025, 3, 20))
    found = the(DeadlineKind.EARLIEST_SUIT, dates(RECEIVED, sued))
    assert found.met_on == date(2025, 3, 20)
    assert found.says.endswith("The suit was filed before this day.")
