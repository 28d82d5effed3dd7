"""What a calendar program is told of one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archive.rules.calendar_words import (
    advice_note,
    arithmetic_in_words,
    day_in_words,
    head_of,
    is_done,
    sentence,
    statutes_of,
)
from archive.rules.clock_values import Deadline, DeadlineState
from archive.rules.law_values import Law

PAST = timedelta(days=60)  # so long a date that has passed stays in a calendar


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day, its words and its name. ``uid`` stays the same while the date it is of moves. ``changed_at``:
    when what it hangs on was last changed. ``has_alarm``: the program reminds three days before."""

    uid: str
    due_on: date
    summary: str
    description: str
    url: str
    changed_at: datetime
    has_alarm: bool


def is_in_calendar(deadline: Deadline, today: date) -> bool:
    """Whether a date belongs into a calendar: there is one, it is not long past, and it is not void. What
    was done stays, marked as done, for ``PAST``."""
    if deadline.due_on is None or deadline.due_on < today - PAST or deadline.state is DeadlineState.LAPSED:
        return False
    return not is_done(deadline) or deadline.met_on is None or deadline.met_on >= today - PAST


def entry_of(
    deadline: Deadline,
    law: Law,
    *,
    uid: str,
    subject: str,
    url: str,
    changed_at: datetime,
    has_alarm: bool,
) -> CalendarEntry:
    """One date of one request; it must have a ``due_on``. ``subject``: what the request is called."""
    if deadline.due_on is None:
        raise ValueError("a calendar holds dates alone")
    return CalendarEntry(
        uid=uid,
        due_on=deadline.due_on,
        summary=head_of(deadline, subject),
        description="\n".join([*_said(deadline), advice_note(law, deadline.limits), url]),
        url=url,
        changed_at=changed_at,
        has_alarm=has_alarm and not is_done(deadline),
    )


def _said(deadline: Deadline) -> Sequence[str]:
    lines = [sentence(deadline.says), *arithmetic_in_words(deadline)]
    told = " ".join(lines)
    if further := [statute for statute in statutes_of(deadline) if statute not in told]:
        lines.append(f"Also: {', '.join(further)}.")
    if is_done(deadline) and deadline.met_on is not None:
        lines.append(f"Done on {day_in_words(deadline.met_on)}.")
    return [line for line in lines if line]
