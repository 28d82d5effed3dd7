"""Answers a query over segments: the hits in order, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from archive.ports import LeafCount, PageHits, SimilarWord
from archive.rules.query import Filters, Query
from archive.search.cache import ArrayCache
from archive.search.conditions import claims, passing_documents
from archive.search.evaluation import positive_parts
from archive.search.facets import count_facets
from archive.search.ordering import first_hits
from archive.search.scoring import Found, Searched, score
from archive.search.segment import TEXT, IntArray, LiveSegment, Mask


def execute(
    query: Query,
    segments: Sequence[LiveSegment],
    cache: ArrayCache,
    *,
    limit: int,
    offset: int = 0,
    document_id: str | None = None,
) -> PageHits:
    """The window ``offset .. offset + limit`` of the hits, with true totals and facet counts."""
    found = []
    for segment in segments:
        part = Searched(segment, cache)
        pages = part.evaluation.matches(query.tree).pages
        pages = _passing(part, pages, query.filters, document_id)
        found.append(Found(part, pages, np.zeros(len(pages))))
    score(query.tree, found)
    ordered = first_hits(query.sort, found, offset + max(limit, 0))
    return PageHits(
        hits=ordered.window(offset, limit),
        total_pages=sum(len(part.pages) for part in found),
        total_documents=sum(_count_documents(part) for part in found),
        facets=count_facets(query.facets, found),
    )


def matching_pages(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[tuple[str, int]]:
    """(document id, page number) of each page that matches, in order."""
    found: list[tuple[str, int]] = []
    for segment in segments:
        part = Searched(segment, cache)
        hits = _passing(part, part.evaluation.matches(query.tree).pages, query.filters, None)
        pages, documents = segment.segment.pages, segment.segment.documents
        found += zip(documents.ids[pages.document[hits]].tolist(), pages.number[hits].tolist(), strict=True)
    return sorted(found)


def count_parts(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[LeafCount]:
    """The pages that have each part that is asked for."""
    totals = dict.fromkeys(positive_parts(query.tree), 0)
    for segment in segments:
        searched = Searched(segment, cache)
        for part in totals:
            pages = searched.evaluation.has(part).pages
            totals[part] += len(_passing(searched, pages, query.filters, None))
    return [LeafCount(part, pages) for part, pages in totals.items()]


def similar_words(
    word: str, segments: Sequence[LiveSegment], *, limit: int, without: Sequence[str]
) -> list[SimilarWord]:
    """Words spelled like ``word`` that stand on live pages."""
    totals: dict[str, int] = {}
    for part in segments:
        table = part.segment.documents
        allowed = passing_documents(table, Filters(without=tuple(without)), None)
        seen = part.live & allowed[part.segment.pages.document]
        vocabulary = part.segment.vocabulary(TEXT)
        numbers = vocabulary.like(word, 2)
        for number, form in zip(numbers.tolist(), vocabulary.forms(numbers), strict=True):
            pages = int(seen[part.segment.matches(TEXT, np.array([number])).pages].sum())
            if pages and form != word:
                totals[form] = totals.get(form, 0) + pages
    ordered = sorted(totals.items(), key=lambda item: (OSA.distance(word, item[0]), -item[1], item[0]))
    return [SimilarWord(form, pages) for form, pages in ordered[:limit]]


def _passing(part: Searched, pages: IntArray, filters: Filters, document_id: str | None) -> IntArray:
    """The pages that are not deleted and pass the filters."""
    pages = part.alive(pages)
    table = part.segment.pages
    if filters or filters.without or document_id is not None:
        key = (part.segment.key, "passing", filters, document_id)
        (documents,) = part.cache.get(key, lambda: _documents(part, filters, document_id))
        pages = pages[documents[table.document[pages]]]
    if filters.exemption:
        pages = pages[claims(table.codes, filters.exemption)[pages]]
    return pages


def _documents(part: Searched, filters: Filters, document_id: str | None) -> tuple[Mask]:
    return (passing_documents(part.segment.documents, filters, document_id),)


def _count_documents(found: Found) -> int:
    if not len(found.pages):
        return 0
    documents = np.bincount(found.part.segment.pages.document[found.pages])
    return int(np.count_nonzero(documents))
