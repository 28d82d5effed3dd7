"""A search engine that keeps texts and reads all of them for every query: slow, short and plainly right.

It shares the analyzer and the weights with the real engines and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archive.ports import FacetCount, IndexedDocument, IndexedPage, PageHit, PageHits
from archive.rules.query import (
    All,
    And,
    Filters,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Same,
    Sort,
    Term,
    positive_leaves,
)
from archive.search.analysis import stem, tokenize
from archive.search.description import description_of
from archive.search.leaves import EXACT_SHARE
from archive.search.scoring import DESCRIPTION_WEIGHT, K1, SCORE_DIGITS, B


class Text:
    """The forms that stand at each position of a text."""

    def __init__(self, text: str) -> None:
        self.forms: dict[int, set[str]] = defaultdict(set)
        self._known: dict[Leaf, frozenset[int]] = {}
        for token in tokenize(text):
            self.forms[token.position].add(token.form)

    def starts(self, leaf: Leaf) -> frozenset[int]:
        """The positions where the leaf matches; remembered, or the tests would take minutes."""
        if leaf not in self._known:
            self._known[leaf] = frozenset(at for at in list(self.forms) if self.starts_at(at, leaf))
        return self._known[leaf]

    def starts_at(self, at: int, leaf: Leaf) -> bool:
        """Does the leaf match here?"""
        match leaf:
            case Term(word, exact):
                return self.has(at, word, exact=exact)
            case Prefix(start):
                return any(form.startswith(start) for form in self.forms[at])
            case Phrase(words, exact):
                return all(self.has(at + index, word, exact=exact) for index, word in enumerate(words))
            case Same(parts):
                return any(self.starts_at(at, part) for part in parts)

    def has(self, at: int, word: str, *, exact: bool) -> bool:
        """Does ``word`` stand at this position?"""
        forms = self.forms.get(at, set())
        return word in forms if exact else any(stem(form) == stem(word) for form in forms)

    def count(self, leaf: Leaf) -> float:
        """How often the leaf matches; a stem alone counts a little less than the very word."""
        count = float(len(self.starts(leaf)))
        if isinstance(leaf, Term) and not leaf.exact and count:
            exact = len(self.starts(Term(leaf.word, exact=True)))
            count = count * (1 - EXACT_SHARE) + EXACT_SHARE * exact
        return count


@dataclass(frozen=True)
class Leaflet:
    """A page with its document and what is said about it."""

    document: IndexedDocument
    page: IndexedPage
    text: Text
    description: Text

    @property
    def is_first(self) -> bool:
        """Whether the description counts as its own."""
        return self.page.page_number == min(page.page_number for page in self.document.pages)

    def own(self, leaf: Leaf) -> bool:
        """Does the page itself have it?"""
        return bool(self.text.starts(leaf)) or (self.is_first and bool(self.description.starts(leaf)))

    def has(self, leaf: Leaf) -> bool:
        """Does the page or its description have it?"""
        return bool(self.text.starts(leaf) or self.description.starts(leaf))

    def matches(self, tree: Node) -> bool:
        """The meaning of a tree."""
        leaves = list(positive_leaves(tree))
        return self.holds(tree) and (not leaves or any(map(self.own, leaves)))

    def holds(self, node: Node, *, text_only: bool = False) -> bool:
        match node:
            case And(parts):
                return all(self.holds(part, text_only=text_only) for part in parts)
            case Or(parts):
                return any(self.holds(part, text_only=text_only) for part in parts)
            case Not(part):
                return not self.holds(part, text_only=True)
            case All() | Nothing():
                return isinstance(node, All)
            case _ if text_only:
                return bool(self.text.starts(node))
            case _:
                return self.own(node) if in_quotes(node) else self.has(node)


def in_quotes(leaf: Leaf) -> bool:
    """Did it stand in quotation marks?"""
    if isinstance(leaf, Same):
        return all(in_quotes(part) for part in leaf.parts)
    return not isinstance(leaf, Prefix) and leaf.exact


class ReferenceEngine:
    """A ``SearchEngine`` in memory."""

    def __init__(self) -> None:
        self._indexes: dict[bool, dict[str, list[Leaflet]]] = {True: {}, False: {}}

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        include_unpublished: bool = False,
        document_id: str | None = None,
    ) -> PageHits:
        every = [
            leaflet
            for public in ((True, False) if include_unpublished else (True,))
            for leaflets in self._indexes[public].values()
            for leaflet in leaflets
        ]
        hits = [
            leaflet
            for leaflet in every
            if leaflet.matches(query.tree)
            and passes(leaflet.document, query.filters)
            and document_id in (None, leaflet.document.document_id)
        ]
        scored = [(leaflet, score(query.tree, leaflet, every)) for leaflet in hits]
        scored.sort(key=lambda pair: order(query.sort, *pair))
        return PageHits(
            hits=tuple(
                PageHit(leaflet.document.document_id, leaflet.page.page_number, points)
                for leaflet, points in scored[offset : offset + limit]
            ),
            total_pages=len(hits),
            total_documents=len({leaflet.document.document_id for leaflet in hits}),
            facets={name: facet(name, hits) for name in query.facets},
        )

    def replace_documents(self, documents: Iterable[IndexedDocument], *, public: bool) -> None:
        for document in documents:
            self.remove_documents([document.document_id])
            description = Text(description_of(document))
            self._indexes[public][document.document_id] = [
                Leaflet(document, page, Text(page.text), description) for page in document.pages
            ]

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        for index in self._indexes.values():
            for document_id in document_ids:
                index.pop(document_id, None)

    def rebuild(self, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        built = list(documents)
        self._indexes = {True: {}, False: {}}
        for document, public in built:
            self.replace_documents([document], public=public)
        return sum(len(document.pages) for document, _ in built)

    def iter_page_counts(self, *, public: bool) -> Iterator[tuple[str, int, int]]:
        for document_id, leaflets in self._indexes[public].items():
            if leaflets:
                yield document_id, leaflets[0].document.content_version, len(leaflets)

    def close(self) -> None:
        self._indexes = {True: {}, False: {}}


def score(tree: Node, leaflet: Leaflet, every: Sequence[Leaflet]) -> float:
    """BM25F over ``every`` page that is searched."""
    lengths = [len(one.text.forms) for one in every]
    average = sum(lengths) / len(lengths) or 1.0
    points = 0.0
    for leaf in positive_leaves(tree):
        frequency = sum(one.has(leaf) for one in every)
        rarity = math.log(1 + (len(every) - frequency + 0.5) / (frequency + 0.5))
        strength = leaflet.text.count(leaf) / (1 - B + B * len(leaflet.text.forms) / average)
        strength += DESCRIPTION_WEIGHT * min(leaflet.description.count(leaf), 1.0)
        points += rarity * strength * (K1 + 1) / (strength + K1)
    return round(points, SCORE_DIGITS)


def order(sort: Sort, leaflet: Leaflet, points: float) -> tuple[float, float, str, int]:
    document = leaflet.document
    day = document.received_day
    if document.dated_on:
        day = (document.dated_on - date(1970, 1, 1)).days
    first = {Sort.RELEVANCE: 0, Sort.NEWEST: -day, Sort.OLDEST: day}[sort]
    return first, -points, document.document_id, leaflet.page.page_number


def passes(document: IndexedDocument, filters: Filters) -> bool:
    chosen = all(getattr(document, name) in values for name, values in filters.by_facet().items())
    day = document.dated_on
    after = filters.after is None or (day is not None and day >= filters.after)
    before = filters.before is None or (day is not None and day <= filters.before)
    return chosen and after and before and document.document_id not in filters.without


def facet(name: str, hits: Sequence[Leaflet]) -> tuple[FacetCount, ...]:
    pages: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    for leaflet in hits:
        day = leaflet.document.dated_on
        value = (str(day.year) if day else "") if name == "year" else getattr(leaflet.document, name)
        if value:
            pages[value] += 1
            documents[value].add(leaflet.document.document_id)
    counts = [FacetCount(value, count, len(documents[value])) for value, count in pages.items()]
    return tuple(sorted(counts, key=lambda one: (-one.pages, one.value)))
