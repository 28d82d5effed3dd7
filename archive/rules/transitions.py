"""From which state a document goes to which, by what, and what that needs: the one table of decisions.

Whoever decides needs ``Action.REVIEW``. Each decision has one that takes it back (``UNDONE_BY``). What was
shown to everybody never vanishes without a word: it leaves ``PUBLISHED`` through ``WITHDRAW`` alone, which
needs a reason that stands at its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.rules.access import Action
from archive.rules.statuses import Decision, Visibility

DECIDED_BY = Action.REVIEW


class ReviewAction(StrEnum):
    """What an editor decides about a document."""

    PUBLISH = "publish"
    SHOW_TO_MEMBERS = "show_to_members"
    HOLD = "hold"
    REJECT = "reject"
    SEND_BACK = "send_back"
    TAKE_BACK = "take_back"  # to review, as if nothing had been decided
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    SEAL = "seal"  # follows from publishing a redacted copy; nobody presses it


class Need(StrEnum):
    """What a decision needs beside the right to decide."""

    READ = "read"  # the document is read, and its private details were looked for since
    SETTLED = "settled"  # no finding is open, and none says that something is to be redacted
    REASON = "reason"  # in words, for everybody
    QUESTION = "question"  # in words, for whoever sent the document in
    ASKED = "asked"  # a question is waiting for its answer


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    action: ReviewAction
    before: Visibility
    after: Visibility
    needs: frozenset[Need] = frozenset()


_SHOWING = frozenset({Need.READ, Need.SETTLED})
_V = Visibility


def _rows(
    action: ReviewAction, before: tuple[Visibility, ...], after: Visibility, *needs: Need
) -> tuple[Transition, ...]:
    return tuple(Transition(action, state, after, frozenset(needs)) for state in before)


TRANSITIONS: tuple[Transition, ...] = (
    *_rows(ReviewAction.PUBLISH, (_V.UNPUBLISHED, _V.MEMBERS, _V.HELD), _V.PUBLISHED, *_SHOWING),
    *_rows(ReviewAction.SHOW_TO_MEMBERS, (_V.UNPUBLISHED, _V.HELD), _V.MEMBERS, *_SHOWING),
    *_rows(ReviewAction.HOLD, (_V.UNPUBLISHED, _V.MEMBERS), _V.HELD),
    *_rows(ReviewAction.REJECT, (_V.UNPUBLISHED, _V.MEMBERS, _V.HELD), _V.REJECTED),
    *_rows(ReviewAction.SEND_BACK, (_V.UNPUBLISHED, _V.HELD), _V.UNPUBLISHED, Need.QUESTION),
    *_rows(ReviewAction.TAKE_BACK, (_V.UNPUBLISHED,), _V.UNPUBLISHED, Need.ASKED),
    *_rows(ReviewAction.TAKE_BACK, (_V.MEMBERS, _V.HELD, _V.REJECTED, _V.SEALED), _V.UNPUBLISHED),
    *_rows(ReviewAction.WITHDRAW, (_V.PUBLISHED,), _V.WITHDRAWN, Need.REASON),
    *_rows(ReviewAction.RESTORE, (_V.WITHDRAWN,), _V.PUBLISHED, *_SHOWING),
    *_rows(ReviewAction.SEAL, (_V.UNPUBLISHED, _V.MEMBERS, _V.HELD), _V.SEALED),
    # The address of what was public keeps saying what became of it: a tombstone, not a silence.
    *_rows(ReviewAction.SEAL, (_V.PUBLISHED,), _V.WITHDRAWN, Need.REASON),
)
_BY_STATE = {(row.before, row.action): row for row in TRANSITIONS}

UNDONE_BY: dict[ReviewAction, ReviewAction] = {
    ReviewAction.PUBLISH: ReviewAction.WITHDRAW,
    ReviewAction.SHOW_TO_MEMBERS: ReviewAction.TAKE_BACK,
    ReviewAction.HOLD: ReviewAction.TAKE_BACK,
    ReviewAction.REJECT: ReviewAction.TAKE_BACK,
    ReviewAction.SEND_BACK: ReviewAction.TAKE_BACK,
    ReviewAction.WITHDRAW: ReviewAction.RESTORE,
    ReviewAction.RESTORE: ReviewAction.WITHDRAW,
}

# What each decision writes into the audit log.
EVENTS: dict[ReviewAction, str] = {
    ReviewAction.PUBLISH: "document_published",
    ReviewAction.SHOW_TO_MEMBERS: "document_shown_to_members",
    ReviewAction.HOLD: "document_held",
    ReviewAction.REJECT: "document_rejected",
    ReviewAction.SEND_BACK: "document_sent_back",
    ReviewAction.TAKE_BACK: "document_taken_back",
    ReviewAction.WITHDRAW: "document_withdrawn",
    ReviewAction.RESTORE: "document_restored",
    ReviewAction.SEAL: "document_sealed",
}


def find_transition(before: Visibility, action: ReviewAction) -> Transition | None:
    """Where ``action`` leads from here; None when it cannot be done here."""
    return _BY_STATE.get((before, action))


def possible_actions(before: Visibility, *, asked: bool) -> tuple[ReviewAction, ...]:
    """What an editor can decide about a document in this state; ``asked``: a question is open."""
    return tuple(
        row.action
        for row in TRANSITIONS
        if row.before == before and row.action != ReviewAction.SEAL and (asked or Need.ASKED not in row.needs)
    )


def is_settled(
    decision: Decision | None, *, decided_by_id: int | None, agreed_by_id: int | None, reviewers: int
) -> bool:
    """Whether a finding no longer stands in the way: somebody decided, and where two must agree that it
    is not private, another person did. ``HOLD`` is a decision that settles nothing."""
    if decision == Decision.REDACT:
        return True
    if decision != Decision.NOT_PRIVATE:
        return False
    return reviewers < 2 or (agreed_by_id is not None and agreed_by_id != decided_by_id)
