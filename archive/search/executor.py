"""Answers a query over segments: the hits in order, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import OSA

from archive.ports import LeafCount, PageHits, SimilarWord
from archive.rules.query import Filters, Query
from archive.search.answers import Answer, AnswerCache, answer_key
from archive.search.budget import Plan, make_plan
from archive.search.cache import ArrayCache
from archive.search.conditions import claims, passing_documents
from archive.search.evaluation import positive_parts
from archive.search.facets import count_facets
from archive.search.ordering import first_hits
from archive.search.scoring import Found, Searched, score
from archive.search.segment import TEXT, IntArray, LiveSegment, Mask

_FIRST_HITS = 60  # put in order at once: the next window is mostly asked for next


def execute(
    query: Query,
    segments: Sequence[LiveSegment],
    cache: ArrayCache,
    answers: AnswerCache,
    *,
    limit: int,
    offset: int = 0,
    document_id: str | None = None,
) -> PageHits:
    """The window ``offset .. offset + limit`` of the hits, with true totals and facet counts.

    Raises ``BadQuery`` when the query is more than can be answered (see ``archive.search.budget``).
    """
    end = offset + max(limit, 0)
    key = answer_key(query, segments, document_id)
    answer = answers.find(key)
    if answer is None or not answer.reaches(end):
        answer = _answer(query, segments, cache, document_id, max(_FIRST_HITS, end + end // 2))
        answers.keep(key, answer)
    return answer.window(offset, limit)


def _answer(
    query: Query, segments: Sequence[LiveSegment], cache: ArrayCache, document_id: str | None, count: int
) -> Answer:
    plan, searched = _prepare(query, segments, cache)
    found = [_find(part, query, document_id) for part in searched]
    score(query.tree, found)
    return Answer(
        ordered=first_hits(query.sort, found, count),
        total_pages=sum(len(part.pages) for part in found),
        total_documents=sum(len(part.documents.rows) for part in found),
        facets=count_facets(query.facets, found),
        warnings=plan.warnings,
    )


def matching_pages(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[tuple[str, int]]:
    """(document id, page number) of each page that matches, in order. Raises ``BadQuery``."""
    pages: list[tuple[str, int]] = []
    for part in _prepare(query, segments, cache)[1]:
        hits = _find(part, query, None).pages
        table, documents = part.segment.pages, part.segment.documents
        pages += zip(documents.ids[table.document[hits]].tolist(), table.number[hits].tolist(), strict=True)
    return sorted(pages)


def count_parts(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> list[LeafCount]:
    """The pages that have each part that is asked for. Raises ``BadQuery``."""
    totals = dict.fromkeys(positive_parts(query.tree), 0)
    for searched in _prepare(query, segments, cache)[1]:
        for part in totals:
            pages = searched.evaluation.has(part).pages
            totals[part] += len(_passing(searched, pages, query.filters, None))
    return [LeafCount(part, pages) for part, pages in totals.items()]


def _prepare(query: Query, segments: Sequence[LiveSegment], cache: ArrayCache) -> tuple[Plan, list[Searched]]:
    """What is worked out for a query that is cut must not be taken for the whole by another."""
    plan = make_plan(query.tree, segments, cache)
    used = ArrayCache() if plan.kept else cache
    seen = [_as_seen(segment, query.filters.without, cache) for segment in segments]
    return plan, [Searched(segment, used, plan.kept) for segment in seen]


def _as_seen(part: LiveSegment, without: tuple[str, ...], cache: ArrayCache) -> LiveSegment:
    """Documents that may not be seen count as deleted, so that no score hangs on them."""
    if not without:
        return part

    def work_out() -> tuple[Mask]:
        seen = passing_documents(part.segment.documents, Filters(without=without), None)
        return (part.live & seen[part.segment.pages.document],)

    (live,) = cache.get((part.segment.key, part.generation, "seen", without), work_out)
    return replace(part, live=live, unseen=without)


def _find(part: Searched, query: Query, document_id: str | None) -> Found:
    pages = part.evaluation.matches(query.tree).pages
    return Found.of(part, _passing(part, pages, query.filters, document_id))


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
