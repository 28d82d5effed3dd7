"""The search that stands in the address bar, and the addresses one step away from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.rules import query
from archive.rules.addresses import document_search_path, page_path, search_path, with_parameters

FACETS = query.FILTERS
DATES = ("after", "before")
SWITCHES = ("synonyms", "ocr", "shown")
NAMES = ("q", *FACETS, *DATES, "sort", *SWITCHES)


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """The parameters of a search that say what is looked for, in a fixed order; not which window."""

    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> SearchAddress:
        """Keep what search knows, once each, without what is empty."""
        known = dict.fromkeys(
            (name, value.strip()) for name, value in pairs if name in NAMES and value.strip()
        )
        return cls(tuple(sorted(known, key=lambda pair: NAMES.index(pair[0]))))

    @property
    def query_text(self) -> str:
        """What was typed."""
        return self.value("q")

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The chosen filters, each as (name, value)."""
        return tuple(pair for pair in self.parameters if pair[0] in (*FACETS, *DATES))

    @property
    def beside_query(self) -> tuple[tuple[str, str], ...]:
        """Everything but the words: what a new search keeps."""
        return tuple(pair for pair in self.parameters if pair[0] != "q")

    @property
    def beside_dates(self) -> tuple[tuple[str, str], ...]:
        """Everything but the dates: what a new choice of dates keeps."""
        return tuple(pair for pair in self.parameters if pair[0] not in DATES)

    def value(self, name: str) -> str:
        """The value of a parameter that is given once; empty when it is not."""
        return next((value for known, value in self.parameters if known == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter is chosen."""
        return (name, value) in self.parameters

    def path(self, window: int = 1) -> str:
        """This search, at a window of its results."""
        return search_path([*self.parameters, *([("window", str(window))] if window > 1 else [])])

    def adding(self, name: str, value: str) -> str:
        """The same search with one filter more."""
        return search_path(SearchAddress.from_pairs([*self.parameters, (name, value)]).parameters)

    def without(self, name: str, value: str) -> str:
        """The same search with one filter less."""
        return search_path(pair for pair in self.parameters if pair != (name, value))

    def asking(self, text: str) -> str:
        """The same search for other words."""
        return search_path(SearchAddress.from_pairs([("q", text), *self.beside_query]).parameters)

    def any_word(self) -> str:
        """The same search for pages with any of the words; empty unless plain words were typed."""
        words = self.query_text.split()
        plain = len(words) > 1 and all(word.isalnum() and not word.isupper() for word in words)
        return self.asking(" OR ".join(words)) if plain else ""

    def switched(self, name: str, value: str) -> str:
        """The same search with a switch (``synonyms=off``, ``ocr=on``, ``shown=published``) set, or not set
        when empty."""
        kept = [pair for pair in self.parameters if pair[0] != name]
        return search_path(SearchAddress.from_pairs([*kept, (name, value)]).parameters)

    def page(self, document_id: str, page_number: int, rank: int | None = None) -> str:
        """A page opened from this search; ``rank`` is its place among the page hits, from 0."""
        hit = [] if rank is None else [("hit", str(rank))]
        return with_parameters(page_path(document_id, page_number), [*self.parameters, *hit])

    def in_document(self, document_id: str) -> str:
        """All hits in one document, with the same switches."""
        switches = [pair for pair in self.parameters if pair[0] in SWITCHES]
        return with_parameters(document_search_path(document_id), [("q", self.query_text), *switches])

    def without_filters(self) -> str:
        """The words alone."""
        return search_path(pair for pair in self.parameters if pair not in self.filters)

    def is_year(self, year: str) -> bool:
        """Whether the dates are exactly this year."""
        return (self.value("after"), self.value("before")) == _year(year)

    def in_year(self, year: str) -> str:
        """The same search in one year, in place of other dates; out of it when it was chosen."""
        first, last = ("", "") if self.is_year(year) else _year(year)
        pairs = [*self.beside_dates, ("after", first), ("before", last)]
        return search_path(SearchAddress.from_pairs(pairs).parameters)

    def sorted_by(self, sort: str) -> str:
        """The same search in another order."""
        return search_path([*(pair for pair in self.parameters if pair[0] != "sort"), ("sort", sort)])


def _year(year: str) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"
