"""What templates call the parts of a request: filters, registered with the pages of requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from archive.rules.clock_values import DEADLINE_WORDS, Deadline, DeadlineKind, DeadlineState
from archive.rules.deadline_words import (
    CHECKED_WORDS,
    STEP_WORDS,
    WHOSE_WORDS,
    arithmetic_of,
    is_in_one_year,
    is_urgent,
    sum_of,
    where_of,
)
from archive.rules.request_states import (
    EVENT_WORDS,
    FEE_CATEGORY_WORDS,
    NUMBER_RELATION_WORDS,
    NUMBER_WORDS,
    OUTCOME_WORDS,
    PERSON_WORDS,
    REQUEST_RELATION_WORDS,
    STATUS_WORDS,
    NumberRelation,
)
from archive.web.formats import format_date

_ALONE = frozenset({DeadlineKind.ACKNOWLEDGEMENT, DeadlineKind.ANSWER})  # of which a request has one


def clock_anchor(deadline: Deadline) -> str:
    """Where a date stands on the page of its request: ``clock-answer``, ``clock-court_order-12``."""
    parts = ["clock", str(deadline.kind)]
    if deadline.event_id is not None and deadline.kind not in _ALONE:
        parts.append(str(deadline.event_id))
    if deadline.state is DeadlineState.LAPSED:  # beside the one that took its place
        parts.append(f"was-{deadline.due_on}")
    return "-".join(parts)


def short_day(first: date, last: date) -> str:
    """The first of two days without what the second says again: ``3`` to 7 March 2011."""
    if first == last or first.year != last.year:
        return format_date(first)
    return str(first.day) if first.month == last.month else f"{first.day} {first:%B}"


def day_of_month(day: date) -> str:
    """``3 March``: where the year is said beside it."""
    return f"{day.day} {day:%B}"


def format_cents(cents: int) -> str:
    """US dollars: ``$1,234.50``."""
    return f"${cents // 100:,}.{cents % 100:02}"


def day_count(days: float) -> str:
    """A median of days: ``34``, ``34.5``."""
    return f"{days:,.1f}".removesuffix(".0")


NUMBER_CAME: dict[NumberRelation, str] = {
    NumberRelation.SPLIT: "split from {}",
    NumberRelation.MERGED: "{} was merged into it",
    NumberRelation.REFERRED: "referred from {}",
    NumberRelation.REPLACED: "replaces {}",
    NumberRelation.APPEALED: "appeal of {}",
    NumberRelation.TAKEN_TO_COURT: "suit about {}",
}


def number_came(relation: NumberRelation, other: str) -> str:
    """How a number came from another one, for who sees both."""
    return NUMBER_CAME[relation].format(other)


# Any: a filter takes whatever its template hands it.
REQUEST_FILTERS: dict[str, Callable[..., Any]] = {
    "arithmetic": arithmetic_of,
    "arithmetic_sum": sum_of,
    "cents": format_cents,
    "checked_how": CHECKED_WORDS.__getitem__,
    "clock_anchor": clock_anchor,
    "clock_where": where_of,
    "day_count": day_count,
    "day_of_month": day_of_month,
    "deadline_kind": DEADLINE_WORDS.__getitem__,
    "event_kind": EVENT_WORDS.__getitem__,
    "fee_category": FEE_CATEGORY_WORDS.__getitem__,
    "is_in_one_year": is_in_one_year,
    "is_urgent": is_urgent,
    "number_came": number_came,
    "number_kind": NUMBER_WORDS.__getitem__,
    "number_relation": NUMBER_RELATION_WORDS.__getitem__,
    "outcome": OUTCOME_WORDS.__getitem__,
    "person_role": PERSON_WORDS.__getitem__,
    "request_relation": REQUEST_RELATION_WORDS.__getitem__,
    "request_status": STATUS_WORDS.__getitem__,
    "short_day": short_day,
    "step_kind": STEP_WORDS.__getitem__,
    "whose": WHOSE_WORDS.__getitem__,
}
