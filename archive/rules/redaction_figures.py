"""Figures of what was withheld: how pages are counted, and how little is said of a few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from archive.rules.exemptions import wider_exemptions
from archive.rules.statuses import DocumentKind

FEWEST_LOOKED_AT = 30  # of fewer, no share is told: one mistake more would be another answer
# What a search is asked for the pages of a figure; of a page, search knows the share that is withheld.
SEARCH_RELEASED = "redacted:0"
SEARCH_IN_PART = "redacted:1..99"
SEARCH_IN_FULL = "redacted:100"
_IN_MARKS = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class FigureFilters:
    """Of what the figures are. ``agency`` and ``production`` are slugs, ``exemption`` a code in the one
    spelling: then only pages count on which it, or a part of it, is claimed. ``shown`` 'published': as
    everybody may see them, whoever asks."""

    agency: str = ""
    production: str = ""
    year: str = ""  # four digits, of the document's date
    kind: DocumentKind | None = None
    exemption: str = ""
    shown: str = ""

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The filters as an address has them, those that are set."""
        named = [(field.name, str(getattr(self, field.name) or "")) for field in fields(self)]
        return [pair for pair in named if pair[1]]

    def having(self, **more: str) -> list[tuple[str, str]]:
        """The parameters of the same figures with other values for some filters; empty takes one off."""
        return [pair for pair in {**dict(self.parameters), **more}.items() if pair[1]]

    def search(self, text: str = "", **more: str) -> list[tuple[str, str]]:
        """The parameters of the search that shows these pages; ``text`` is what is asked for besides."""
        asked = dict(self.having(**more))
        if year := asked.pop("year", ""):
            asked |= {"after": f"{year}-01-01", "before": f"{year}-12-31"}
        return [("q", text), *asked.items()] if text else list(asked.items())


@dataclass(frozen=True, slots=True)
class PageTally:
    """Documents, and those of their pages that could be read, by what became of them in their release.

    ``share_sum`` adds up the share of each page's lines of text that is withheld, 0..1.
    """

    documents: int = 0
    redacted: int = 0  # documents of which anything is withheld
    pages: int = 0
    released: int = 0
    in_part: int = 0
    withheld: int = 0
    referred: int = 0
    unread: int = 0  # pages that could not be read: nobody knows what is withheld on them
    share_sum: float = 0.0

    def __add__(self, other: PageTally) -> PageTally:
        names = (field.name for field in fields(PageTally))
        return PageTally(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def share(self) -> float:
        """How much of a page's text is withheld on the average, 0..1."""
        return self.share_sum / self.pages if self.pages else 0.0

    @property
    def in_full(self) -> int:
        """Pages of which nothing is shown: withheld, or referred to another agency."""
        return self.withheld + self.referred

    def part_of_pages(self, count: int) -> float:
        """``count`` as a part of the pages, 0..1."""
        return count / self.pages if self.pages else 0.0


@dataclass(frozen=True, slots=True)
class Precision:
    """How right the program was, where people have looked.

    ``looked_at`` were found by it; of these ``were`` are redactions, and of those ``codes_right`` had the
    codes that the person left standing. ``missed`` were marked by people and not found.
    """

    looked_at: int = 0
    were: int = 0
    codes_right: int = 0
    missed: int = 0

    def __add__(self, other: Precision) -> Precision:
        return Precision(
            self.looked_at + other.looked_at,
            self.were + other.were,
            self.codes_right + other.codes_right,
            self.missed + other.missed,
        )


def right_in_words(right: int, of: int) -> str:
    """``98 of 100 (98 %)``; of a few, that they are too few to say."""
    if not of:
        return "none looked at"
    if of < FEWEST_LOOKED_AT:
        return f"{right:,} of {of:,}: too few to say"
    return f"{right:,} of {of:,} ({_percent(right, of)} %)"


def _percent(right: int, of: int) -> int:
    """Rounded, but all and none are said of all and none alone."""
    return round(100 * right / of) if right in (0, of) else min(99, max(1, round(100 * right / of)))


@lru_cache(maxsize=4096)
def codes_in(listed: str) -> tuple[str, ...]:
    """The codes in a JSON list of codes as the database has it; a code holds no quotation mark."""
    return tuple(_IN_MARKS.findall(listed))


def with_wider(codes: Iterable[str]) -> set[str]:
    """These exemptions and those that they are parts of: with ``b7e`` also ``b7``."""
    found = set(codes)
    return found.union(*map(wider_exemptions, found))
