"""When somebody is reminded of a date: before it, when they or a court's order must be met; after it, when
an agency has not answered."""

from __future__ import annotations

from archive.rules.clock_values import DeadlineKind

BEFORE = frozenset({DeadlineKind.APPEAL, DeadlineKind.LATEST_SUIT, DeadlineKind.COURT_ORDER})
AFTER = frozenset({DeadlineKind.ANSWER, DeadlineKind.APPEAL_ANSWER})
DAYS_BEFORE = (7, 1)
# The day after, and then once a week, four times.
DAYS_AFTER = tuple(1 + 7 * week for week in range(5))
LONGEST_BEFORE = max(DAYS_BEFORE)
LONGEST_AFTER = max(DAYS_AFTER) + 6  # the last one may still be made up for


def reminder_step(kind: DeadlineKind, days_left: int) -> int | None:
    """Which reminder it is the time for: ``days_before`` of its row, negative when the date has passed.

    ``days_left`` is negative after the date. A reminder whose day was missed, because nothing ran then, is
    made up for until the next one's day; None: there is none now.
    """
    if kind in BEFORE and days_left >= 0:
        return min((days for days in DAYS_BEFORE if days >= days_left), default=None)
    if kind in AFTER and 0 < -days_left <= LONGEST_AFTER:
        return -max(days for days in DAYS_AFTER if days <= -days_left)
    return None
