"""Which letters make sense for a request now, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.rules.clock_values import ClockEvent, ClockQuestion
from archive.rules.clocks import deadlines_of
from archive.rules.laws import all_laws, get_law
from archive.rules.letter_drafts import letter_choices
from archive.rules.letter_values import LetterCase
from archive.rules.request_states import Outcome, RequestLetterKind
from tests.letter_cases import SENT, case_of, events_of


@pytest.mark.parametrize(
    ("events", "first"),
    [
        ((), RequestLetterKind.REQUEST),
        (events_of(None), RequestLetterKind.FOLLOW_UP),
        (events_of(Outcome.NO_RECORDS, appealed=True), RequestLetterKind.FOLLOW_UP),
    ],
)
def test_what_makes_sense_now_comes_first_and_says_why(
    events: tuple[ClockEvent, ...], first: RequestLetterKind
) -> None:
    choice = letter_choices(case_of(get_law("us"), events))[0]
    assert choice.kind is first
    assert choice.is_now
    assert choice.why.endswith(".")


def test_an_appeal_is_proposed_until_its_last_day() -> None:
    events = events_of(Outcome.GRANTED_IN_PART)
    answered_on = SENT + timedelta(40)
    for today, is_now in ((answered_on + timedelta(30), True), (answered_on + timedelta(400), False)):
        deadlines = deadlines_of(ClockQuestion(get_law("us"), events), today)
        case = LetterCase(get_law("us"), "ICE", today, events=events, deadlines=deadlines)
        choice = next(one for one in letter_choices(case) if one.kind is RequestLetterKind.APPEAL)
        assert choice.is_now is is_now, choice.why


def test_letters_that_a_law_has_nothing_for_are_not_offered() -> None:
    for law in all_laws():
        kinds = {choice.kind for choice in letter_choices(case_of(law))}
        assert (RequestLetterKind.FEE_WAIVER in kinds) is bool(law.fee_waiver)
        assert (RequestLetterKind.EXPEDITED in kinds) is bool(law.expedited_statute)
        assert (RequestLetterKind.COUNTY_AGREEMENTS in kinds) is (law.id != "us")
