"""Which holidays a place's law knows, place by place, with the statute: the review of a library's days.

A library of holidays tells when offices are shut. What a time limit leaves out is less, or something else: so
each place says here which of the library's days are no legal holidays, and where one that falls on a weekend
goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Moves(StrEnum):
    """Where a holiday goes that falls on a weekend."""

    BOTH = "both"  # Saturday to Friday, Sunday to Monday
    SUNDAY = "sunday"  # Sunday to Monday; a Saturday is lost
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class AddedHoliday:
    """A day of each year that the library does not know."""

    name: str
    month: int
    day: int
    since: int

    def day_in(self, year: int) -> date:
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class CalendarReview:
    """``subdivision`` is the library's name of the place; None: the federal days. ``not_counted`` are the
    library's names of days that are no legal holidays there, ``called`` better names, ``moved`` holidays that
    move in another way than the rest."""

    subdivision: str | None
    statute: str
    moves: Moves
    not_counted: frozenset[str] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, Moves] = field(default_factory=dict)
    added: tuple[AddedHoliday, ...] = ()


_FEDERAL = CalendarReview(
    None,
    "5 U.S.C. 6103(a); 5 U.S.C. 6103(b); Exec. Order No. 11582",
    Moves.BOTH,
    called={
        "Juneteenth National Independence Day": "Juneteenth",
        "Martin Luther King Jr. Day": "Birthday of Martin Luther King, Jr.",
    },
)

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC"
)
_MORE_STATES = "ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"

REVIEWS: dict[str, CalendarReview] = {"us": _FEDERAL} | {
    f"us-{state.lower()}": CalendarReview(state, "", Moves.BOTH)
    for state in f"{_STATES} {_MORE_STATES}".split()
}
