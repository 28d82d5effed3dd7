"""Which of a request's dates a list shows, where there is room for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.request_states import RequestStatus

OPEN_STATES = frozenset(
    {DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.MISSED, DeadlineState.NO_LIMIT}
)
# What an agency owes and a requester may lose. When a suit may be brought first and last is no appointment.
COMING_KINDS = frozenset(DeadlineKind) - {DeadlineKind.EARLIEST_SUIT, DeadlineKind.LATEST_SUIT}
OWED_KINDS = (DeadlineKind.ANSWER, DeadlineKind.APPEAL_ANSWER)
IN_COURT_KINDS = (DeadlineKind.COURT_ORDER, DeadlineKind.PRODUCTION)


def deadline_to_show(deadlines: Sequence[Deadline], status: RequestStatus) -> Deadline | None:
    """The date that matters most now: what is still owed, by the stage a request has reached; else what
    the requester may still do; else how the answer came. None for a draft."""
    if status is RequestStatus.CLOSED:
        return next((one for one in deadlines if one.kind is DeadlineKind.ANSWER), None)
    stages: tuple[tuple[DeadlineKind, ...], ...] = (OWED_KINDS, IN_COURT_KINDS, (DeadlineKind.APPEAL,))
    if status is RequestStatus.IN_COURT:
        stages = (IN_COURT_KINDS, OWED_KINDS)
    for kinds in stages:
        open_ones = [one for one in deadlines if one.kind in kinds and one.state in OPEN_STATES]
        if found := _first_due([one for one in open_ones if not _is_lost(one)]):
            return found
    return next((one for one in deadlines if one.kind is DeadlineKind.ANSWER), None)


def next_deadline(deadlines: Sequence[Deadline], today: date) -> Deadline | None:
    """The next date that is still to come, whoever it is for."""
    coming = [
        one
        for one in deadlines
        if one.kind in COMING_KINDS
        and one.state is DeadlineState.RUNNING
        and one.due_on is not None
        and one.due_on >= today
    ]
    return _first_due(coming)


def _is_lost(deadline: Deadline) -> bool:
    """The time to appeal that has passed is no news."""
    return deadline.kind is DeadlineKind.APPEAL and deadline.state is DeadlineState.MISSED


def _first_due(deadlines: Sequence[Deadline]) -> Deadline | None:
    return min(deadlines, key=lambda one: one.due_on or date.max, default=None)
