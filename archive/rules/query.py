"""What is asked of a search engine: a tree of words and how they are joined, with filters and an order.

A query is a value. It is made by ``archive.search.query`` from what a person typed, and every engine
answers the same tree with the same pages. Words stand here as the analyzer folded them (lower case,
no accents), so an engine only looks them up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """One word. Unless ``exact``, all words with the same stem will do (``deport``: ``deported``)."""

    word: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one directly after the other. ``exact`` when it stood in quotation marks: no stems."""

    words: tuple[str, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so."""

    start: str


@dataclass(frozen=True, slots=True)
class And:
    """All parts must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part or more must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Ways to write one thing: ``I-247`` as one token, or as ``I`` and ``247`` in a row. Counts once."""

    parts: tuple[Term | Phrase, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match ``part``."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every page."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No page."""


Leaf: TypeAlias = Term | Phrase | Prefix | Same
Node: TypeAlias = Leaf | And | Or | Not | All | Nothing
LEAVES = (Term, Phrase, Prefix, Same)


class Sort(StrEnum):
    """The order of page hits. Undated documents are sorted by the day they were received."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


FACETS = ("agency", "kind", "place", "production", "year")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page's document must be: slugs within one tuple are 'or', different filters 'and'.

    ``after`` and ``before`` are both included; undated documents are outside any date range.
    ``without`` are documents that must not be found although the index may still have them; it is no
    choice of the reader's.
    """

    agency: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    production: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    without: tuple[str, ...] = ()

    def by_facet(self) -> dict[str, tuple[str, ...]]:
        """The filters that choose values, by the facet's name, those that are set."""
        named = {name: getattr(self, name) for name in ("agency", "kind", "place", "production")}
        return {name: values for name, values in named.items() if values}

    def __bool__(self) -> bool:
        return bool(self.by_facet() or self.after or self.before)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question. ``text`` is what was typed, for showing it again."""

    text: str
    tree: Node
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = FACETS


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that are asked for (not those under a ``Not``), from left to right, each once."""
    yield from dict.fromkeys(_positive_leaves(node))


def _positive_leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, LEAVES):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _positive_leaves(part)
