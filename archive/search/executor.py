"""Answers a query over segments: the hits in order, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from rapidfuzz.distance import OSA

from archive.ports import FacetCount, LeafCount, PageHit, PageHits, SimilarWord
from archive.rules.query import Filters, Query, Sort, positive_leaves
from archive.search.cache import ArrayCache
from archive.search.evaluation import Evaluation
from archive.search.leaves import SegmentLeaves
from archive.search.scoring import Found, score
from archive.search.segment import NO_DAY, TEXT, FloatArray, IntArray, LiveSegment, Mask

_EPOCH = date(1970, 1, 1).toordinal()


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
        leaves = SegmentLeaves(segment.segment, cache)
        mask = Evaluation(leaves, segment.live).matches(query.tree)
        mask &= _allowed(segment, query.filters, document_id)
        found.append(Found.of(leaves, segment.live, np.flatnonzero(mask)))
    score(query.tree, found)
    return PageHits(
        hits=_window(query.sort, found, limit=limit, offset=offset),
        total_pages=sum(len(part.pages) for part in found),
        total_documents=sum(int((part.per_document > 0).sum()) for part in found),
        facets={name: _facet(name, found) for name in query.facets},
    )


def matching_pages(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[tuple[str, int]]:
    """(document id, page number) of each page that matches, in order."""
    found: list[tuple[str, int]] = []
    for segment in segments:
        mask = Evaluation(SegmentLeaves(segment.segment, cache), segment.live).matches(query.tree)
        mask &= _allowed(segment, query.filters, None)
        pages, documents = segment.segment.pages, segment.segment.documents
        hits = np.flatnonzero(mask)
        found += zip(documents.ids[pages.document[hits]].tolist(), pages.number[hits].tolist(), strict=True)
    return sorted(found)


def count_parts(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[LeafCount]:
    """The pages that have each part that is asked for."""
    totals = dict.fromkeys(positive_leaves(query.tree), 0)
    for segment in segments:
        evaluation = Evaluation(SegmentLeaves(segment.segment, cache), segment.live)
        allowed = _allowed(segment, query.filters, None)
        for part in totals:
            totals[part] += int((evaluation.has(part) & allowed).sum())
    return [LeafCount(part, pages) for part, pages in totals.items()]


def similar_words(
    word: str, segments: Sequence[LiveSegment], *, limit: int, without: Sequence[str]
) -> list[SimilarWord]:
    """Words spelled like ``word`` that stand on live pages."""
    totals: dict[tuple[int, str], int] = {}
    for part in segments:
        allowed = _allowed(part, Filters(without=tuple(without)), None) & part.live
        vocabulary = part.segment.vocabulary(TEXT)
        for number in vocabulary.like(word, 2):
            (form,) = vocabulary.forms(np.array([number]))
            pages = int(allowed[part.segment.matches(TEXT, np.array([number])).pages].sum())
            if pages and form != word:
                key = OSA.distance(word, form), form
                totals[key] = totals.get(key, 0) + pages
    ordered = sorted(totals.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return [SimilarWord(form, pages) for (_, form), pages in ordered[:limit]]


def _allowed(segment: LiveSegment, filters: Filters, document_id: str | None) -> Mask:
    """The pages whose document passes the filters."""
    documents = segment.segment.documents
    allowed = np.ones(len(documents.ids), np.bool_)
    for name, values in filters.by_facet().items():
        if name == "exemption":
            continue
        allowed &= documents.facets[name].is_in(values)
    if filters.after or filters.before:
        allowed &= documents.days != NO_DAY
    if filters.after:
        allowed &= documents.days >= filters.after.toordinal() - _EPOCH
    if filters.before:
        allowed &= documents.days <= filters.before.toordinal() - _EPOCH
    if filters.without:
        allowed &= ~np.isin(documents.ids, filters.without)
    if document_id is not None:
        allowed &= documents.ids == document_id
    passed: Mask = allowed[segment.segment.pages.document]
    return passed


def _window(sort: Sort, found: Sequence[Found], *, limit: int, offset: int) -> tuple[PageHit, ...]:
    """The hits in order; equal ones by document and page, so that windows never repeat or lose one."""
    if not found or limit < 1:
        return ()
    scores = np.concatenate([part.scores for part in found])
    rank = _rank(sort, found, scores)
    kept = _best(rank, offset + limit)
    segment = np.repeat(np.arange(len(found)), [len(part.pages) for part in found])[kept]
    page = np.concatenate([part.pages for part in found])[kept]
    ids = np.empty(len(kept), object)
    numbers = np.empty(len(kept), np.int64)
    for index, part in enumerate(found):
        here = segment == index
        pages, documents = part.leaves.segment.pages, part.leaves.segment.documents
        ids[here] = documents.ids[pages.document[page[here]]]
        numbers[here] = pages.number[page[here]]
    keys = [(-rank[one], -scores[one], ids[at], numbers[at]) for at, one in enumerate(kept)]
    order = sorted(range(len(kept)), key=keys.__getitem__)[offset : offset + limit]
    return tuple(PageHit(str(ids[at]), int(numbers[at]), float(scores[kept[at]])) for at in order)


def _rank(sort: Sort, found: Sequence[Found], scores: FloatArray) -> FloatArray:
    if sort is Sort.RELEVANCE:
        return scores
    days = [
        part.leaves.segment.documents.sort_days[part.leaves.segment.pages.document[part.pages]]
        for part in found
    ]
    sign = 1.0 if sort is Sort.NEWEST else -1.0
    return np.asarray(sign * np.concatenate(days), np.float64)


def _best(rank: FloatArray, count: int) -> IntArray:
    """Every hit that may be among the first ``count``: ties at the end are all kept."""
    if len(rank) <= count:
        return np.arange(len(rank))
    last = float(np.partition(rank, len(rank) - count)[len(rank) - count])
    best: IntArray = np.flatnonzero(rank >= last)
    return best


def _facet(name: str, found: Sequence[Found]) -> tuple[FacetCount, ...]:
    """Pages and documents for each value, the largest first; documents without a value are left out."""
    totals: dict[str, tuple[int, int]] = {}
    for part in found if name != "exemption" else ():
        values, codes = part.leaves.segment.documents.facets[name]
        pages = np.bincount(codes, part.per_document, minlength=len(values))
        documents = np.bincount(codes[part.per_document > 0], minlength=len(values))
        for value, more_pages, more_documents in zip(values, pages.tolist(), documents.tolist(), strict=True):
            before = totals.get(value, (0, 0))
            totals[value] = (before[0] + int(more_pages), before[1] + more_documents)
    counts = [FacetCount(value, *counted) for value, counted in totals.items() if value and counted[0]]
    return tuple(sorted(counts, key=lambda count: (-count.pages, count.value)))
