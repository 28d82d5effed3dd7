"""The table of decisions, looked at from all sides."""

from __future__ import annotations

import itertools

import pytest

from archive.rules.access import PERMISSIONS, SEES
from archive.rules.statuses import Decision, Role, Visibility
from archive.rules.transitions import (
    DECIDED_BY,
    EVENTS,
    TRANSITIONS,
    UNDONE_BY,
    Need,
    ReviewAction,
    Transition,
    find_transition,
    is_settled,
    possible_actions,
)

SHOWN = {Visibility.PUBLISHED, Visibility.MEMBERS}


def test_a_state_and_an_action_lead_to_one_state() -> None:
    pairs = [(row.before, row.action) for row in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_whatever_is_shown_was_read_and_has_nothing_open() -> None:
    showing = [row for row in TRANSITIONS if row.after in SHOWN]
    assert showing
    for row in showing:
        assert row.needs >= {Need.READ, Need.SETTLED}, row


def test_what_everybody_saw_is_only_ever_withdrawn_and_with_a_reason() -> None:
    leaving = [row for row in TRANSITIONS if row.before == Visibility.PUBLISHED]
    assert {row.action for row in leaving} == {ReviewAction.WITHDRAW, ReviewAction.SEAL}
    for row in leaving:
        assert row.after == Visibility.WITHDRAWN
        assert Need.REASON in row.needs


def test_a_tombstone_is_only_ever_replaced_by_the_document() -> None:
    leaving = [row for row in TRANSITIONS if row.before == Visibility.WITHDRAWN]
    assert [(row.action, row.after) for row in leaving] == [(ReviewAction.RESTORE, Visibility.PUBLISHED)]


def name_of(row: Transition) -> str:
    """The same in every process: sets are told in any order."""
    return f"{row.action} from {row.before}"


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.action in UNDONE_BY], ids=name_of)
def test_every_decision_has_one_that_takes_it_back(row: Transition) -> None:
    undo = find_transition(row.after, UNDONE_BY[row.action])
    assert undo is not None
    seen_before, seen_after = SEES[row.before], SEES[undo.after]
    assert seen_after <= seen_before  # taking back never shows more than before


def test_from_every_state_there_is_a_way_to_every_other_that_people_choose() -> None:
    chosen = set(Visibility) - {Visibility.SEALED}
    for start in Visibility:
        reached, frontier = {start}, {start}
        while frontier:
            frontier = {row.after for row in TRANSITIONS if row.before in frontier} - reached
            reached |= frontier
        missing = chosen - reached
        # A document that everybody has seen stays where everybody can see what became of it.
        allowed = chosen if start in (Visibility.PUBLISHED, Visibility.WITHDRAWN) else set()
        assert missing <= allowed, (start, missing)


def test_every_action_is_recorded_under_a_name_of_its_own() -> None:
    assert set(EVENTS) == set(ReviewAction)
    assert len(set(EVENTS.values())) == len(EVENTS)


def test_only_editors_and_admins_decide() -> None:
    assert PERMISSIONS[DECIDED_BY] == {Role.EDITOR, Role.ADMIN}


def test_nobody_is_offered_to_seal_and_all_that_is_offered_is_in_the_table() -> None:
    for state, asked in itertools.product(Visibility, (True, False)):
        offered = possible_actions(state, asked=asked)
        assert ReviewAction.SEAL not in offered
        assert all(find_transition(state, action) for action in offered)
        assert offered  # there is always a way on
    assert ReviewAction.TAKE_BACK not in possible_actions(Visibility.UNPUBLISHED, asked=False)
    assert ReviewAction.TAKE_BACK in possible_actions(Visibility.UNPUBLISHED, asked=True)


@pytest.mark.parametrize(
    ("decision", "decided_by", "agreed_by", "reviewers", "settled"),
    [
        (None, None, None, 1, False),
        (None, None, None, 2, False),
        (Decision.HOLD, 1, None, 1, False),
        (Decision.HOLD, 1, 2, 2, False),
        (Decision.REDACT, 1, None, 1, True),
        (Decision.REDACT, 1, None, 2, True),
        (Decision.NOT_PRIVATE, 1, None, 1, True),
        (Decision.NOT_PRIVATE, 1, None, 2, False),
        (Decision.NOT_PRIVATE, 1, 1, 2, False),
        (Decision.NOT_PRIVATE, 1, 2, 2, True),
    ],
)
def test_when_a_finding_no_longer_stands_in_the_way(
    decision: Decision | None,
    decided_by: int | None,
    agreed_by: int | None,
    reviewers: int,
    settled: bool,
) -> None:
    assert (
        is_settled(decision, decided_by_id=decided_by, agreed_by_id=agreed_by, reviewers=reviewers) is settled
    )
