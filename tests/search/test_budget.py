"""A query that is too wide is answered in part and says so, or is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import BadQuery
from archive.ports import IndexedDocument, IndexedPage
from archive.rules.query import And, Fuzzy, Link, Near, Node, Or, Prefix, Query, Term, Wildcard
from archive.search import budget
from archive.search.whoosh_engine import WhooshEngine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    """Pages 1 to 9, where page n has the words word1 ... wordn; in two segments."""
    opened = WhooshEngine(tmp_path / "index")
    for document_id, numbers in (("a", range(1, 6)), ("b", range(6, 10))):
        pages = tuple(
            IndexedPage(document_id, number, " ".join(f"word{n}" for n in range(1, number + 1)))
            for number in numbers
        )
        opened.replace_documents([IndexedDocument(document_id, 1, "", "", pages=pages)], public=True)
    yield opened
    opened.close()


def pages(engine: WhooshEngine, tree: Node) -> set[int]:
    """The pages that match."""
    return {hit.page_number for hit in engine.search(Query("", tree), limit=99).hits}


def warnings(engine: WhooshEngine, tree: Node) -> tuple[str, ...]:
    """What is said to have been left out."""
    return engine.search(Query("", tree), limit=0).warnings


def test_what_is_within_the_budget_is_searched_whole(engine: WhooshEngine) -> None:
    assert pages(engine, Prefix("word")) == set(range(1, 10))
    assert warnings(engine, Prefix("word")) == ()


def test_a_wide_word_keeps_its_most_frequent_forms(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = Wildcard("word?")
    monkeypatch.setattr(budget, "MAX_POSTINGS", 17)  # word1 is on nine pages, word2 on eight
    found = engine.search(Query("", wide), limit=99)
    assert found.warnings == (
        "word? stands for too many words: only the 2 most frequent of them were searched.",
    )
    kept = Or((Term("word1", exact=True), Term("word2", exact=True)))
    assert {hit.page_number for hit in found.hits} == pages(engine, kept)


def test_one_form_is_always_searched(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_POSTINGS", 1)
    assert pages(engine, And((Prefix("word"), Term("word9", exact=True)))) == {9}


def test_narrow_words_are_not_cut_for_wide_ones(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MAX_POSTINGS", 20)
    tree = Or((Prefix("word9"), Prefix("word")))
    assert [warning.split()[0] for warning in warnings(engine, tree)] == ["word*"]
    assert 9 in pages(engine, And((Prefix("word9"), Prefix("word"))))


def test_what_was_cut_for_one_query_is_whole_in_the_next(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = And((Prefix("word"), Term("word9")))
    with monkeypatch.context() as small:
        small.setattr(budget, "MAX_POSTINGS", 1)
        assert warnings(engine, late)
    assert warnings(engine, Or((Prefix("word"), Term("none")))) == ()


def test_too_many_words_that_need_the_whole_vocabulary_are_refused(engine: WhooshEngine) -> None:
    many = tuple(Wildcard(f"*{number}") for number in range(20)) + tuple(
        Fuzzy(f"word{number}") for number in range(20)
    )
    with pytest.raises(BadQuery, match="more than 24 words") as refused:
        engine.search(Query("", Or(many)), limit=1)
    assert refused.value.help


def test_common_words_near_each_other_are_refused_when_they_are_too_common(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Near((Term("word1"), Term("word2")), (Link(distance=5),))
    assert pages(engine, chain) == set(range(2, 10))
    monkeypatch.setattr(budget, "MAX_PLACES", 16)
    with pytest.raises(BadQuery, match="nearly every page"):
        engine.search(Query("", And((chain, Term("word3")))), limit=1)
