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
class Wildcard:
    """All words of a shape: ``?`` is one letter or digit, ``*`` any number of them (``wom?n``)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """All words that become ``word`` with at most ``edits`` (1 or 2) letters put in, left out, changed,
    or two neighbours swapped (optimal string alignment distance)."""

    word: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Same:
    """Ways to say one thing, any of which will do, counted once: ``I-247`` as one token, or as ``I`` and
    ``247`` in a row; a word and its synonyms; a choice of words within a ``Near``."""

    parts: tuple[Word, ...]


class Within(StrEnum):
    """How near two things must stand."""

    WORDS = "words"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Link:
    """What must hold between two neighbours in a ``Near``. They never overlap.

    Within WORDS: at most ``distance`` words on, counted from the last word of the one that comes first
    to the first word of the other, so that 1 is the next word. Otherwise: in the same sentence or
    paragraph, from the first word to the last. ``ordered``: the left one comes first.
    """

    within: Within = Within.WORDS
    distance: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Things that stand near each other: a chain. Part ``n`` and part ``n + 1`` are joined by link ``n``.

    It matches where one place of each part can be chosen so that every link holds between neighbours.
    All stands in one text: in the page's, or in one field of what is said about its document.
    """

    parts: tuple[Term | Phrase | Prefix | Wildcard | Fuzzy | Same, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class InField:
    """Condition on the document: ``leaf`` matches in one field of what is said about it (see
    ``DESCRIBED_FIELDS``)."""

    field: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class HasValue:
    """Condition: a field has this value; ``*`` stands for any number of characters. ``kind``,
    ``production`` and ``request`` are the document's, ``source`` and ``lang`` the page's."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """Condition: a number lies in a range, both ends included; None is open, no value is outside.

    ``date``: days since 1970-01-01, the document's. ``pages``: how many the document has.
    ``redacted``: the share of the page's text that is withheld, in percent.
    """

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class BatesRange:
    """Condition on the page: its Bates number has this prefix (as ``archive.rules.bates.split_bates``
    folds it; '*' is any) and lies in ``first .. last``, both included."""

    prefix: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HasCode:
    """Condition on the page: an exemption is claimed on it, in the one spelling (``b7e``). ``b7`` is also
    claimed where ``b7e`` is."""

    code: str


@dataclass(frozen=True, slots=True)
class And:
    """All parts must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part or more must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` of the parts or more must match: what most of the words of a sentence find."""

    count: int
    parts: tuple[Leaf, ...]


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


Word: TypeAlias = Term | Phrase | Prefix | Wildcard | Fuzzy
Leaf: TypeAlias = Word | Same | Near
Condition: TypeAlias = InField | HasValue | Between | BatesRange | HasCode
Node: TypeAlias = Leaf | Condition | And | Or | AtLeast | Not | All | Nothing
LEAVES = (Term, Phrase, Prefix, Wildcard, Fuzzy, Same, Near)
CONDITIONS = (InField, HasValue, Between, BatesRange, HasCode)
DESCRIBED_FIELDS = ("title", "subject", "from", "to", "agency", "place", "file")


class Sort(StrEnum):
    """The order of page hits. Undated documents are sorted by the day they were received."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


FACETS = ("agency", "kind", "place", "production", "exemption", "year")
FILTERS = ("agency", "kind", "place", "production", "request", "exemption")  # those that choose values


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page's document must be: slugs within one tuple are 'or', different filters 'and'.

    ``exemption`` is the page's: codes in the one spelling, as in ``HasCode``.

    ``after`` and ``before`` are both included; undated documents are outside any date range.
    ``without`` are documents that must not be found although the index may still have them; it is no
    choice of the reader's.
    """

    agency: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    production: tuple[str, ...] = ()
    request: tuple[str, ...] = ()
    exemption: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    without: tuple[str, ...] = ()

    def by_facet(self) -> dict[str, tuple[str, ...]]:
        """The filters that choose values, by the facet's name, those that are set."""
        named = {name: getattr(self, name) for name in FILTERS}
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
    """The leaves that are asked for (not those under a ``Not``, nor conditions), from left to right, each
    once: what is scored and marked."""
    yield from dict.fromkeys(_positive_leaves(node))


def _positive_leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, LEAVES):
        yield node
    elif isinstance(node, And | Or | AtLeast):
        for part in node.parts:
            yield from _positive_leaves(part)
