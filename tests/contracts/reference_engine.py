"""A search engine that keeps texts and reads all of them for every query: slow, short and plainly right.

It shares the analyzer, the starts of sentences and the weights with the real engines and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from archive.ports import (
    FacetCount,
    IndexedDocument,
    LeafCount,
    PageHit,
    PageHits,
    SimilarWord,
)
from archive.rules.query import (
    CONDITIONS,
    LEAVES,
    And,
    AtLeast,
    Condition,
    Leaf,
    Node,
    Or,
    Query,
    Sort,
    positive_leaves,
)
from archive.search.scoring import DESCRIPTION_WEIGHT, K1, SCORE_DIGITS, B
from tests.contracts.reference_page import Leaflet, day_of, facet_values, passes
from tests.contracts.reference_text import Text, distance


class ReferenceEngine:
    """A ``SearchEngine`` in memory."""

    def __init__(self) -> None:
        self._indexes: dict[bool, dict[str, list[Leaflet]]] = {True: {}, False: {}}
        self._frequencies: dict[tuple[Hashable, Leaf], int] = {}

    def leaflets(self, *, include_unpublished: bool) -> list[Leaflet]:
        """All pages that a search sees."""
        indexes = [self._indexes[public] for public in ((True, False) if include_unpublished else (True,))]
        return [leaflet for index in indexes for leaflets in index.values() for leaflet in leaflets]

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        include_unpublished: bool = False,
        document_id: str | None = None,
    ) -> PageHits:
        unseen = query.filters.without
        every = [
            one
            for one in self.leaflets(include_unpublished=include_unpublished)
            if one.document.document_id not in unseen
        ]
        hits = [
            leaflet
            for leaflet in every
            if passes(leaflet, query.filters)
            and document_id in (None, leaflet.document.document_id)
            and leaflet.matches(query.tree)
        ]
        rarities = self._rarities(query.tree, every, (include_unpublished, unseen))
        average = sum(one.text.length for one in every) / max(len(every), 1) or 1.0
        scored = [(leaflet, score(leaflet, rarities, average)) for leaflet in hits]
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

    def _rarities(self, tree: Node, every: Sequence[Leaflet], searched: Hashable) -> dict[Leaf, float]:
        rarities = {}
        for leaf in positive_leaves(tree):
            key = (searched, leaf)
            if key not in self._frequencies:
                self._frequencies[key] = sum(one.has(leaf) for one in every)
            frequency = self._frequencies[key]
            rarities[leaf] = math.log(1 + (len(every) - frequency + 0.5) / (frequency + 0.5))
        return rarities

    def matching_pages(self, query: Query, *, include_unpublished: bool = False) -> list[tuple[str, int]]:
        found = self.search(query, limit=10**6, include_unpublished=include_unpublished)
        return sorted((hit.document_id, hit.page_number) for hit in found.hits)

    def count_parts(self, query: Query, *, include_unpublished: bool = False) -> list[LeafCount]:
        passing = [
            one
            for one in self.leaflets(include_unpublished=include_unpublished)
            if passes(one, query.filters)
        ]
        return [
            LeafCount(part, sum(one.has(part) for one in passing))
            for part in dict.fromkeys(asked_for(query.tree))
        ]

    def similar_words(
        self, word: str, *, limit: int, without: Sequence[str] = (), include_unpublished: bool = False
    ) -> list[SimilarWord]:
        pages: Counter[str] = Counter()
        for leaflet in self.leaflets(include_unpublished=include_unpublished):
            if leaflet.document.document_id not in without:
                pages.update(leaflet.text.forms)
        near = [(distance(form, word), -count, form) for form, count in pages.items()]
        return [SimilarWord(form, -count) for edits, count, form in sorted(near) if 0 < edits <= 2][:limit]

    def replace_documents(self, documents: Iterable[IndexedDocument], *, public: bool) -> None:
        for document in documents:
            self.remove_documents([document.document_id])
            description = Text.describing(document)
            self._indexes[public][document.document_id] = [
                Leaflet(document, page, Text(page.text), description) for page in document.pages
            ]

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        self._frequencies = {}
        for index in self._indexes.values():
            for document_id in document_ids:
                index.pop(document_id, None)

    def rebuild(self, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        built = list(documents)
        self._indexes = {True: {}, False: {}}
        for document, public in built:
            self.replace_documents([document], public=public)
        return sum(len(document.pages) for document, _ in built)

    def tidy(self) -> None:
        """Nothing gets untidy here."""

    def iter_page_counts(self, *, public: bool) -> Iterator[tuple[str, int, int]]:
        for document_id, leaflets in self._indexes[public].items():
            if leaflets:
                yield document_id, leaflets[0].document.content_version, len(leaflets)

    def close(self) -> None:
        self._indexes = {True: {}, False: {}}


def asked_for(node: Node) -> Iterator[Leaf | Condition]:
    """The leaves and conditions that are under no NOT."""
    if isinstance(node, (*LEAVES, *CONDITIONS)):
        yield node
    elif isinstance(node, And | Or | AtLeast):
        for part in node.parts:
            yield from asked_for(part)


def score(leaflet: Leaflet, rarities: dict[Leaf, float], average: float) -> float:
    """BM25F."""
    points = 0.0
    for leaf, rarity in rarities.items():
        strength = leaflet.text.count(leaf) / (1 - B + B * leaflet.text.length / average)
        strength += DESCRIPTION_WEIGHT * min(leaflet.description.count(leaf), 1.0)
        points += rarity * strength * (K1 + 1) / (strength + K1)
    return round(points, SCORE_DIGITS)


def order(sort: Sort, leaflet: Leaflet, points: float) -> tuple[float, float, str, int]:
    day = day_of(leaflet.document)
    if day is None:
        day = leaflet.document.received_day
    first = {Sort.RELEVANCE: 0, Sort.NEWEST: -day, Sort.OLDEST: day}[sort]
    return first, -points, leaflet.document.document_id, leaflet.page.page_number


def facet(name: str, hits: Sequence[Leaflet]) -> tuple[FacetCount, ...]:
    pages: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    for leaflet in hits:
        for value in facet_values(name, leaflet):
            pages[value] += 1
            documents[value].add(leaflet.document.document_id)
    counts = [FacetCount(value, count, len(documents[value])) for value, count in pages.items()]
    return tuple(sorted(counts, key=lambda one: (-one.pages, one.value)))
