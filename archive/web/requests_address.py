"""The list of requests that stands in the address bar, and the lists one step away from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from archive.errors import BadFilter
from archive.rules.addresses import requests_path, slug_of, with_parameters
from archive.rules.citation_states import Audience
from archive.rules.request_states import Outcome, RequestStatus
from archive.services.request_facets import MEMBERS_FACETS
from archive.services.request_filters import RequestFilters, RequestOrder

FACETS = ("overdue", "status", "outcome", "agency", "law", "year", "place", "responsible", "audience")
NAMES = ("q", *FACETS, "sort")
FACET_HEADINGS = {
    "overdue": "Clock",
    "status": "Status",
    "outcome": "Outcome",
    "agency": "Agency",
    "law": "Law",
    "year": "Year sent",
    "place": "Place",
    "responsible": "Responsible",
    "audience": "Who sees it",
}
ORDER_WORDS = {
    RequestOrder.NEWEST: "Newest",
    RequestOrder.DUE: "Next due",
    RequestOrder.WAITING: "Longest waiting",
}
_LONGEST = 200
Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RequestsAddress:
    """The parameters that say which requests, in a fixed order; not which window."""

    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]], *, is_member: bool) -> RequestsAddress:
        """Keep what the list knows, once each, without what is empty. Readers have no filter of members'
        matters: what they ask for with one is the list without it."""
        known = [name for name in NAMES if is_member or name not in MEMBERS_FACETS]
        kept = dict.fromkeys(
            (name, value.strip()[:_LONGEST]) for name, value in pairs if name in known and value.strip()
        )
        return cls(tuple(sorted(kept, key=lambda pair: NAMES.index(pair[0]))))

    @property
    def query_text(self) -> str:
        """The words."""
        return self.value("q")

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The chosen filters, each as (name, value)."""
        return tuple(pair for pair in self.parameters if pair[0] in FACETS)

    @property
    def beside_query(self) -> tuple[tuple[str, str], ...]:
        """Everything but the words: what new words keep."""
        return tuple(pair for pair in self.parameters if pair[0] != "q")

    def value(self, name: str) -> str:
        """The value of a parameter that is given once; empty when it is not."""
        return next((value for known, value in self.parameters if known == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter is chosen."""
        return (name, value) in self.parameters

    def path(self, window: int = 1) -> str:
        """This list, at one of its windows."""
        return _path([*self.parameters, *([("window", str(window))] if window > 1 else [])])

    def csv_path(self) -> str:
        """This list as a table."""
        return with_parameters(f"{requests_path()}.csv", self.parameters)

    def adding(self, name: str, value: str) -> str:
        """The same list with one filter more."""
        pairs = dict.fromkeys([*self.parameters, (name, value)])
        return _path(sorted(pairs, key=lambda pair: NAMES.index(pair[0])))

    def without(self, name: str, value: str) -> str:
        """The same list with one filter less."""
        return _path(pair for pair in self.parameters if pair != (name, value))

    def without_filters(self) -> str:
        """The words alone."""
        return _path(pair for pair in self.parameters if pair not in self.filters)

    def sorted_by(self, order: str) -> str:
        """The same list in another order."""
        kept = [pair for pair in self.parameters if pair[0] != "sort"]
        return _path(kept if order == RequestOrder.NEWEST else [*kept, ("sort", order)])

    def asked(self) -> RequestFilters:
        """As the services need it. Raises ``BadFilter`` for a word that no filter has."""
        return RequestFilters(
            text=self.query_text,
            agency=self._all("agency", slug_of),
            law=self._all("law", str.lower),
            status=self._all("status", _word_of(RequestStatus, "status")),
            outcome=self._all("outcome", _word_of(Outcome, "outcome")),
            year=self._all("year", _number),
            place=self._all("place", slug_of),
            responsible=self._all("responsible", _number),
            audience=self._all("audience", _word_of(Audience, "audience")),
            overdue=bool(self.value("overdue")),
            order=_word_of(RequestOrder, "order")(self.value("sort") or RequestOrder.NEWEST),
        )

    def _all(self, name: str, read: Callable[[str], Value]) -> tuple[Value, ...]:
        return tuple(dict.fromkeys(read(value) for known, value in self.parameters if known == name))


def _path(pairs: Iterable[tuple[str, str]]) -> str:
    return with_parameters(requests_path(), list(pairs))


def _word_of(words: type[Word], name: str) -> Callable[[str], Word]:
    def read(value: str) -> Word:
        try:
            return words(value.replace("-", "_"))
        except ValueError as error:
            help_text = f"Choose one of {', '.join(words)}."
            raise BadFilter(f"There is no {name} called {value}.", help=help_text) from error

    return read


def _number(value: str) -> int:
    """Nobody has the number 0, and no request was sent in the year 0."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
