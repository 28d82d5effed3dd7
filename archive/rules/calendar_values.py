"""What is written down about the holidays of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.rules.calendar_days import DayRule
from archive.rules.law_values import CheckedHow


class Moves(StrEnum):
    """Where a holiday goes that falls on a weekend."""

    BOTH = "both"  # Saturday to Friday, Sunday to Monday
    SUNDAY = "sunday"  # Sunday to Monday; one on a Saturday stays there
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class AddedDay:
    """A holiday that the federal law does not know, in the years from ``since`` up to and with ``until``;
    of every ``every`` years, counted from ``since``."""

    name: str
    rule: DayRule
    since: int = 1
    until: int = 9999
    every: int = 1

    def is_kept_in(self, year: int) -> bool:
        return self.since <= year <= self.until and (year - self.since) % self.every == 0


@dataclass(frozen=True, slots=True)
class CalendarReview:
    """The federal legal holidays, ``without`` those that this place does not know from a year on, and with
    what it adds. ``called``: the place's own names of federal days. ``moved``: days that move in another way
    than the rest; ``later``: the year from which it knows a federal day."""

    statute: str
    checked_how: CheckedHow
    moves: Moves = Moves.BOTH
    without: Mapping[str, int] = field(default_factory=dict)
    later: Mapping[str, int] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, Moves] = field(default_factory=dict)
    added: tuple[AddedDay, ...] = ()
    note: str = ""

    def knows(self, name: str, year: int) -> bool:
        """Whether a federal day is one here in ``year``."""
        return self.later.get(name, 0) <= year < self.without.get(name, 10_000)
