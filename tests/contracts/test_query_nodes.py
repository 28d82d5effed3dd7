"""What each part of a query means, by example, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.ports import FacetCount, IndexedDocument, IndexedPage, LeafCount, SearchEngine, SimilarWord
from archive.rules.query import (
    And,
    AtLeast,
    BatesRange,
    Between,
    Condition,
    Filters,
    Fuzzy,
    HasCode,
    HasValue,
    InField,
    Leaf,
    Link,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Same,
    Term,
    Wildcard,
    Within,
)
from tests.contracts.search_examples import make

A, B, C = (Term(word, exact=True) for word in ("aaa", "bbb", "ccc"))


def pages(engine: SearchEngine, tree: Node, filters: Filters | None = None) -> list[int]:
    """The numbers of the pages that match."""
    return sorted(number for _, number in engine.matching_pages(Query("", tree, filters or Filters())))


def matching(engine: SearchEngine, leaf: Leaf, *texts: str) -> list[str]:
    """The texts that match."""
    engine.replace_documents([make("a", *texts)], public=True)
    return [texts[number - 1] for number in pages(engine, leaf)]


@pytest.mark.parametrize(
    ("leaf", "yes", "no"),
    [
        (Wildcard("wom?n"), ["woman", "Women"], ["womn", "womaan", "womans"]),
        (Wildcard("*tainer"), ["detainer", "tainer"], ["tainers"]),
        (Wildcard("de*ed"), ["deported", "deed"], ["ded", "deport"]),
        (Wildcard("*"), ["x"], []),
        (Fuzzy("secure"), ["secure", "secur", "secures", "sebure", "secuer"], ["esucer", "secu"]),
        (Fuzzy("secure", 2), ["secu", "esucre", "insecure"], ["sec", "insecured"]),
        (Prefix("de"), ["de", "deport"], ["d", "ade"]),
        (Same((Term("i247", exact=True), Phrase(("i", "247")))), ["I-247", "I 247", "I247"], ["247 I"]),
    ],
)
def test_shapes_of_words(engine: SearchEngine, leaf: Leaf, yes: list[str], no: list[str]) -> None:
    assert matching(engine, leaf, *yes, *no) == yes


def near(*parts: Term | Phrase | Prefix | Same, links: tuple[Link, ...]) -> Near:
    """A chain."""
    return Near(parts, links)


@pytest.mark.parametrize(
    ("leaf", "yes", "no"),
    [
        (near(A, B, links=(Link(distance=1),)), ["aaa bbb", "bbb aaa"], ["aaa x bbb", "aaa", "aaa. x. bbb"]),
        (near(A, B, links=(Link(distance=2),)), ["aaa x bbb", "bbb. Aaa"], ["aaa x x bbb"]),
        (near(A, B, links=(Link(distance=2, ordered=True),)), ["aaa x bbb"], ["bbb x aaa"]),
        (near(A, A, links=(Link(distance=3),)), ["aaa x aaa"], ["aaa", "aaa x x x aaa"]),
        (
            near(Phrase(("aaa", "bbb")), C, links=(Link(distance=1),)),
            ["aaa bbb ccc", "ccc aaa bbb"],
            ["aaa bbb x ccc", "aaa ccc bbb"],
        ),
        (near(Phrase(("aaa", "bbb")), B, links=(Link(distance=1),)), ["aaa bbb bbb"], ["aaa bbb"]),
        (
            near(A, B, links=(Link(Within.SENTENCE),)),
            ["aaa x x x x bbb. Ccc", "No. 7 aaa v. bbb"],
            ["aaa. Bbb"],
        ),
        (near(A, B, links=(Link(Within.SENTENCE, ordered=True),)), ["aaa x bbb"], ["bbb x aaa"]),
        (near(A, B, links=(Link(Within.PARAGRAPH),)), ["aaa.\nBbb"], ["aaa.\n\nBbb"]),
        (
            near(Phrase(("aaa", "bbb")), C, links=(Link(Within.SENTENCE),)),
            ["aaa bbb ccc"],
            ["aaa. Bbb ccc", "ccc aaa. Bbb"],
        ),
        (
            near(A, B, C, links=(Link(distance=1), Link(distance=1))),
            ["aaa bbb ccc", "ccc bbb aaa"],
            ["bbb aaa x ccc", "aaa bbb x bbb ccc", "bbb ccc"],
        ),
        (
            near(Same((A, Phrase(("x", "y")))), B, links=(Link(distance=1),)),
            ["aaa bbb", "x y bbb", "bbb x y"],
            ["x bbb y"],
        ),
    ],
)
def test_things_that_stand_near_each_other(
    engine: SearchEngine, leaf: Near, yes: list[str], no: list[str]
) -> None:
    assert matching(engine, leaf, *yes, *no) == yes


def described(**facts: object) -> IndexedDocument:
    """Three pages, of which only the second has 'detainer'."""
    return make("a", "first", "a detainer", "third", **facts)


def test_nearness_in_the_description_is_within_one_field(engine: SearchEngine) -> None:
    engine.replace_documents([described(title="opt x out", sender="the county")], public=True)
    opt, out, county = Term("opt"), Term("out"), Term("county")
    assert pages(engine, near(opt, out, links=(Link(distance=2),))) == [1]
    assert pages(engine, near(opt, out, links=(Link(Within.SENTENCE),))) == [1]
    assert pages(engine, near(out, county, links=(Link(Within.PARAGRAPH),))) == []
    assert pages(engine, near(out, county, links=(Link(distance=10**9),))) == []
    lent = And((near(opt, out, links=(Link(distance=2),)), Term("detainer")))
    assert pages(engine, lent) == [], "what stands near must be the page's own"


def test_most_of_the_words_are_enough(engine: SearchEngine) -> None:
    engine.replace_documents([make("a", "aaa bbb ccc", "aaa bbb", "aaa", "none")], public=True)
    assert pages(engine, AtLeast(2, (A, B, C))) == [1, 2]
    assert pages(engine, And((AtLeast(1, (A, B)), Not(AtLeast(3, (A, B, C)))))) == [2, 3]


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        (InField("title", Term("order")), [1, 2, 3]),
        (InField("title", Phrase(("detention", "orders"))), [1, 2, 3]),
        (InField("subject", Term("order")), []),
        (InField("from", Prefix("sher")), [1, 2, 3]),
        (InField("agency", Term("ice", exact=True)), [1, 2, 3]),
        (InField("agency", Phrase(("ice", "immigration"))), []),
        (HasValue("kind", "memo"), [1, 2, 3]),
        (HasValue("kind", "m*m*"), [1, 2, 3]),
        (HasValue("kind", "mem"), []),
        (HasValue("production", "*"), []),
        (HasValue("request", "2010-*-2674"), [1, 2, 3]),
        (HasValue("source", "ocr"), [2]),
        (HasValue("lang", "*"), [3]),
        (Between("date", date(2010, 5, 1).toordinal() - date(1970, 1, 1).toordinal(), None), [1, 2, 3]),
        (Between("date", None, 14_000), []),
        (Between("pages", 4, 4), [1, 2, 3]),
        (Between("redacted", 61), [3]),
        (Between("redacted", 1, 60), [1, 2]),
        (Between("redacted", 10**30), []),
        (BatesRange("ICE", 120, 121), [1, 2]),
        (BatesRange("*", 122, 10**30), [3]),
        (BatesRange("DHS", 0, 10**9), []),
        (HasCode("b7"), [2, 3]),
        (HasCode("b7e"), [2]),
        (HasCode("b7c"), [3]),
        (HasCode("b"), []),
    ],
)
def test_conditions(engine: SearchEngine, condition: Condition, numbers: list[int]) -> None:
    facts = described(
        title="Detention orders",
        sender="Sheriff of Denver",
        agency_names=("ICE", "Immigration and Customs Enforcement"),
        kind="memo",
        request="2010-foia-2674",
        dated_on=date(2010, 5, 1),
        page_count=4,
    )
    one, two, three = facts.pages
    stamped = (
        replace(one, bates="ICE-000120", codes=("b6",), redacted_percent=1),
        replace(two, bates="ice 000121", codes=("b7e",), source="ocr", redacted_percent=60),
        replace(three, bates="ICE.122", codes=("b6", "b7c"), redacted_percent=61, language="es"),
    )
    engine.replace_documents([replace(facts, pages=stamped), make("b", "x")], public=True)
    assert pages(engine, condition) == numbers
    assert pages(engine, And((condition, Term("detainer")))) == [number for number in numbers if number == 2]
    everything = [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    others = [page for page in everything if page not in {("a", number) for number in numbers}]
    assert list(engine.matching_pages(Query("", Not(condition)))) == others


def test_a_condition_neither_needs_a_word_of_the_page_nor_supplies_one(engine: SearchEngine) -> None:
    document = described(title="Massachusetts")
    coded = tuple(replace(page, codes=("b5",)) for page in document.pages)
    engine.replace_documents([replace(document, pages=coded)], public=True)
    lent, code = Term("massachusetts"), HasCode("b5")
    assert pages(engine, code) == [1, 2, 3]
    assert pages(engine, Or((lent, code))) == [1, 2, 3]
    assert pages(engine, And((lent, code))) == [1], "a word that was asked for must be the page's own"
    assert pages(engine, And((lent, code, Term("detainer")))) == [2]


def coded_pages() -> list[IndexedDocument]:
    """Two documents, four pages that claim exemptions."""
    claimed = {"a": (("b6",), ("b7e", "b6"), ("b7c",)), "b": (("b7e",), ())}
    return [
        replace(
            make(name),
            pages=tuple(IndexedPage(name, n, "x", codes=codes) for n, codes in enumerate(each, 1)),
        )
        for name, each in claimed.items()
    ]


def test_the_exemption_facet_counts_pages_and_documents_as_its_filter_finds_them(
    engine: SearchEngine,
) -> None:
    engine.replace_documents(coded_pages(), public=True)
    found = engine.search(Query("", Term("x")), limit=9).facets["exemption"]
    assert list(found) == [
        FacetCount("b7", 3, 2),
        FacetCount("b6", 2, 1),
        FacetCount("b7e", 2, 2),
        FacetCount("b7c", 1, 1),
    ]
    for count in found:
        filtered = engine.search(Query("", Term("x"), Filters(exemption=(count.value,))), limit=9)
        assert (filtered.total_pages, filtered.total_documents) == (count.pages, count.documents)
    both = engine.search(Query("", Term("x"), Filters(exemption=("b6", "b7c"))), limit=9)
    assert both.total_pages == 3


def test_what_a_states_section_is_within_is_counted_and_found(engine: SearchEngine) -> None:
    claimed = (("ny:87.2.e.iv",), ("ny:87.2.b", "1.4d"), ("b5dpp",), ())
    pages_of = tuple(IndexedPage("a", n, "x", codes=codes) for n, codes in enumerate(claimed, 1))
    engine.replace_documents([replace(make("a"), pages=pages_of)], public=True)
    found = engine.search(Query("", Term("x")), limit=9).facets["exemption"]
    counted = {count.value: count.pages for count in found}
    assert counted.items() >= {"ny": 2, "ny:87.2": 2, "ny:87.2.e": 1, "1.4": 1, "b5": 1, "b5dpp": 1}.items()
    for value, number in counted.items():
        assert len(pages(engine, HasCode(value))) == number


def test_the_request_can_be_filtered_by(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "x", request="2010-1"), make("b", "x", request="2010-2")], public=True
    )
    found = engine.search(Query("", Term("x"), Filters(request=("2010-2",))), limit=9)
    assert [hit.document_id for hit in found.hits] == ["b"]


def test_every_part_that_is_asked_for_is_counted_under_the_filters(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "aaa bbb", "aaa", kind="memo"), make("b", "aaa ccc"), make("c", "x", title="aaa")],
        public=True,
    )
    memo = HasValue("kind", "memo")
    tree = And((A, Or((B, memo)), AtLeast(1, (C, A)), Not(Term("x"))))
    assert list(engine.count_parts(Query("", tree))) == [
        LeafCount(A, 4),
        LeafCount(B, 1),
        LeafCount(memo, 2),
        LeafCount(C, 1),
    ]
    hidden = Filters(without=("a",))
    assert [count.pages for count in engine.count_parts(Query("", tree, hidden))] == [2, 0, 0, 1]


def test_similar_words_are_those_of_live_pages(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "detainer detainers", "detainer"), make("b", "retainer deraine"), make("c", "detained")],
        public=True,
    )
    engine.replace_documents([make("s", "detainee")], public=False)
    engine.remove_documents(["c"])
    assert list(engine.similar_words("detaner", limit=3)) == [
        SimilarWord("detainer", 2),
        SimilarWord("detainers", 1),
        SimilarWord("retainer", 1),
    ]
    assert [one.form for one in engine.similar_words("detainer", limit=9)] == [
        "detainers",
        "retainer",
        "deraine",
    ]
    assert [one.form for one in engine.similar_words("detainer", limit=9, without=("b",))] == ["detainers"]
    everything = engine.similar_words("detainer", limit=9, include_unpublished=True)
    assert "detainee" in [one.form for one in everything]
