"""Answers are kept as long as they are true and fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from archive.ports import IndexedDocument, IndexedPage
from archive.rules.query import All, Filters, Node, Or, Query, Sort, Term
from archive.search.answers import Answer, AnswerCache
from archive.search.ordering import Ordered
from archive.search.whoosh_engine import WhooshEngine
from tests.contracts.reference_engine import ReferenceEngine

QUERY = Query("", Term("word"))


def make(document_id: str, count: int) -> IndexedDocument:
    """A document of pages that differ in length."""
    pages = tuple(
        IndexedPage(document_id, number, "word " + "other " * (number % 7)) for number in range(1, count + 1)
    )
    return IndexedDocument(document_id, 1, "", "", received_day=len(document_id), pages=pages)


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[tuple[WhooshEngine, WhooshEngine]]:
    """One that keeps answers and one that does not, over the same pages."""
    keeping, forgetting = (
        WhooshEngine(tmp_path / "index"),
        WhooshEngine(tmp_path / "index", None, AnswerCache(0)),
    )
    keeping.replace_documents([make("a", 400), make("bb", 400)], public=True)
    keeping.replace_documents([make("ccc", 300)], public=True)
    yield keeping, forgetting
    keeping.close()
    forgetting.close()


@pytest.mark.parametrize("sort", list(Sort))
def test_windows_are_the_same_with_and_without_what_was_kept(
    engines: tuple[WhooshEngine, WhooshEngine], sort: Sort
) -> None:
    query = Query("", Term("word"), sort=sort)
    every = engines[1].search(query, limit=2_000).hits
    assert len(set(every)) == 1_100
    for offset in (0, 20, 700, 40, 1_090, 1_100, 60):
        for engine in engines:
            assert engine.search(query, limit=20, offset=offset).hits == every[offset : offset + 20]


def test_a_commit_is_seen_at_once(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    assert engines[0].search(QUERY, limit=1).total_pages == 1_100
    engines[0].remove_documents(["a"])
    assert engines[0].search(QUERY, limit=1).total_pages == 700


def test_answers_with_other_filters_or_in_other_documents_are_others(
    engines: tuple[WhooshEngine, WhooshEngine],
) -> None:
    for engine in engines:
        assert engine.search(QUERY, limit=1).total_pages == 1_100
        hidden = Query("", Term("word"), Filters(without=("a",)))
        assert engine.search(hidden, limit=1).total_pages == 700
        assert engine.search(QUERY, limit=1, document_id="ccc").total_pages == 300
        assert engine.search(QUERY, limit=0).hits == ()


def answer(hits: int) -> Answer:
    """An answer of so many hits."""
    ordered = Ordered(np.full(hits, "a"), np.zeros(hits, np.int64), np.zeros(hits))
    return Answer(ordered, hits, 1, {}, ())


def test_the_oldest_answers_make_room_and_one_that_does_not_fit_is_not_kept() -> None:
    cache = AnswerCache(10_000)
    for key in range(5):
        cache.keep(key, answer(10))
    assert cache.find(0) is None
    assert cache.find(4) is not None
    cache.keep("large", answer(10_000))
    assert cache.find("large") is None
    assert cache.find(4) is not None


def test_a_longer_answer_takes_the_place_of_a_shorter_one() -> None:
    cache = AnswerCache(10_000)
    for hits in range(1, 100):
        cache.keep("one", answer(hits))
    kept = cache.find("one")
    assert kept is not None
    assert len(kept.ordered) == 99


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("tree", [Term("word"), Or((Term("other"), Term("word"))), All()])
def test_many_hits_are_in_the_same_order_as_when_all_are_sorted(
    engines: tuple[WhooshEngine, WhooshEngine], tree: Node, sort: Sort
) -> None:
    reference = ReferenceEngine()
    reference.replace_documents([make("a", 400), make("bb", 400), make("ccc", 300)], public=True)
    query = Query("", tree, sort=sort)
    for offset, limit in ((0, 20), (0, 700), (590, 30), (1_080, 30)):
        expected = reference.search(query, limit=limit, offset=offset).hits
        for engine in engines:
            found = engine.search(query, limit=limit, offset=offset).hits
            assert [(hit.document_id, hit.page_number) for hit in found] == [
                (hit.document_id, hit.page_number) for hit in expected
            ]
