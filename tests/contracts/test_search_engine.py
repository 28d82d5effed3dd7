"""What every search engine promises, run on Whoosh and on the reference that reads the texts themselves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.ports import IndexedDocument, SearchEngine
from archive.rules.query import Filters, Query, Sort
from archive.search.query import parse_query
from archive.search.whoosh_engine import WhooshEngine
from tests.contracts.reference_engine import ReferenceEngine
from tests.contracts.search_examples import documents, make, make_corpus, pages_of, queries


def find(engine: SearchEngine, text: str, **options: bool) -> list[tuple[str, int]]:
    """The pages that match, in document order."""
    return sorted(pages_of(engine.search(parse_query(text), limit=100, **options)))  # type: ignore[arg-type]  # flags


def test_an_empty_engine_finds_nothing(engine: SearchEngine) -> None:
    found = engine.search(parse_query("detainer"), limit=10)
    assert (found.hits, found.total_pages, found.total_documents) == ((), 0, 0)


def test_words_are_all_required_and_found_by_their_stem(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "Aliens were deported.", "One alien."), make("b", "deporting an alien")], public=True
    )
    assert find(engine, "deport aliens") == [("a", 1), ("b", 1)]


def test_an_exact_phrase_is_not_stemmed(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "the county opts out"), make("b", "counties may opt out")], public=True
    )
    assert find(engine, '"opt out"') == [("b", 1)]
    assert find(engine, '"counties may"') == [("b", 1)]
    assert find(engine, "opt out") == [("a", 1), ("b", 1)]


def test_operators_brackets_and_prefixes(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "alpha beta", "alpha gamma", "delta deltoid", "nothing")], public=True
    )
    assert find(engine, "alpha NOT beta") == [("a", 2)]
    assert find(engine, "alpha (beta OR gamma)") == [("a", 1), ("a", 2)]
    assert find(engine, "beta OR delt*") == [("a", 1), ("a", 3)]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("withheld under (b)(7)(E).", "b7E"),
        ("withheld under b7E", "(b)(7)(E)"),
        ("[b7E]", '"(b)(7)(E)"'),
        ("(b)(6),(b)(7)(C)", "(b)(7)(c)"),
        ("(b)(6)(b)(7)(c)", "b6"),
        ("(bX7XC)", "(b)(7)(C)"),
        ("under Exemption 7(E) of the Act", "(b)(7)(E)"),
        ("Section 287(g) agreement", "287(g)"),
        ("the 287g program", "287(g)"),
        ("Form I-247, Detainer", "I247"),
        ("form I 247", "I-247"),
        ("8 U.S.C. § 1226(a)", "§ 1226(a)"),
        ("8 U.S.C. § 1226(a)", "usc 1226"),
        ("ICE FOIA 10-2674.0001234", "10-2674.0001234"),
        ("ICE FOIA 10-2674.0001234", "0001234"),
        ("No. 19-cv-07058 (PGG)", "19 Civ. 7058"),
        ("19 Civ. 7058 (PGG)", "1:19-cv-7058"),
        ("case 2025-ICLI-00019", "2025-icli-00019"),
        ("write to john.doe@ice.dhs.gov.", "John.Doe@ice.dhs.gov"),
        ("write to john.doe@ice.dhs.gov.", "doe"),
        ("an opt-out letter", "opt out"),
        ("they may opt out", "opt-out"),
        ("la exención aplicable", "exencion"),
        ("la exencion aplicable", "exenci\u00f3n"),
        ("the ﬁnal ﬁgure", "final figure"),
        ("the defendant’s motion", '"defendant motion"'),
    ],
)
def test_one_thing_is_found_however_it_is_written(engine: SearchEngine, written: str, asked: str) -> None:
    engine.replace_documents([make("a", written), make("b", "other words")], public=True)
    assert find(engine, asked) == [("a", 1)]


def test_what_is_said_about_a_document_belongs_to_its_first_page(engine: SearchEngine) -> None:
    memo = make("a", "first", "a detainer", "third", title="Napolitano letter", source_file="hq_2011.pdf")
    engine.replace_documents([memo], public=True)
    assert find(engine, "Napolitano") == [("a", 1)]
    assert find(engine, "hq") == [("a", 1)]
    assert find(engine, "Napolitano detainer") == [("a", 2)], "the title may supply a word"
    assert find(engine, '"Napolitano" detainer') == [], "what is in quotation marks must be on the page"
    assert find(engine, "detainer NOT Napolitano") == [("a", 2)], "NOT looks at the page alone"


def test_filters_are_or_within_and_and_between(engine: SearchEngine) -> None:
    engine.replace_documents(
        [
            make("a", "x", agency="ice", kind="memo", dated_on=date(2010, 8, 17)),
            make("b", "x", agency="dhs", kind="memo", dated_on=date(2011, 1, 1)),
            make("c", "x", agency="dhs", kind="letter"),
        ],
        public=True,
    )

    def filtered(**chosen: object) -> list[str]:
        query = parse_query("x", Filters(**chosen))  # type: ignore[arg-type]  # by name
        return sorted(document for document, _ in pages_of(engine.search(query, limit=9)))

    assert filtered(agency=("ice", "dhs")) == ["a", "b", "c"]
    assert filtered(agency=("dhs",), kind=("memo",)) == ["b"]
    assert filtered(agency=("fbi",)) == []
    assert filtered(after=date(2010, 8, 17), before=date(2010, 12, 31)) == ["a"]


def test_totals_and_facets_are_true_whatever_the_window(engine: SearchEngine) -> None:
    engine.replace_documents(
        [make("a", "x", "x", agency="ice", dated_on=date(2010, 8, 17)), make("b", "x", agency="dhs")],
        public=True,
    )
    found = engine.search(parse_query("x"), limit=1)
    assert (len(found.hits), found.total_pages, found.total_documents) == (1, 3, 2)
    assert [(one.value, one.pages, one.documents) for one in found.facets["agency"]] == [
        ("ice", 2, 1),
        ("dhs", 1, 1),
    ]
    assert [(one.value, one.pages) for one in found.facets["year"]] == [("2010", 2)]


def test_windows_cover_all_hits_once(engine: SearchEngine) -> None:
    engine.replace_documents([make(f"d{number}", *["same words"] * 3) for number in range(7)], public=True)
    query = parse_query("same")
    windows = [pages_of(engine.search(query, limit=4, offset=offset)) for offset in range(0, 24, 4)]
    assert [hit for window in windows for hit in window] == [
        (f"d{number}", page) for number in range(7) for page in (1, 2, 3)
    ]


def test_newest_and_oldest_use_the_day_of_receipt_for_undated_documents(engine: SearchEngine) -> None:
    engine.replace_documents(
        [
            make("old", "x", dated_on=date(1975, 3, 24)),
            make("new", "x", dated_on=date(2025, 8, 7)),
            make("undated", "x", received_day=(date(2012, 1, 1) - date(1970, 1, 1)).days),
        ],
        public=True,
    )
    order = [hit.document_id for hit in engine.search(parse_query("x", sort=Sort.NEWEST), limit=9).hits]
    assert order == ["new", "undated", "old"]
    assert [
        hit.document_id for hit in engine.search(parse_query("x", sort=Sort.OLDEST), limit=9).hits
    ] == order[::-1]


def test_a_document_is_replaced_whole(engine: SearchEngine) -> None:
    engine.replace_documents([make("a", "before", "before")], public=True)
    engine.replace_documents([make("a", "after", content_version=2)], public=True)
    assert find(engine, "before") == []
    assert find(engine, "after") == [("a", 1)]
    assert list(engine.iter_page_counts(public=True)) == [("a", 2, 1)]


def test_a_document_is_in_one_index_only(engine: SearchEngine) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    engine.replace_documents([make("a", "word")], public=False)
    assert find(engine, "word") == []
    assert find(engine, "word", include_unpublished=True) == [("a", 1)]
    engine.replace_documents([make("a", "word")], public=True)
    assert find(engine, "word") == [("a", 1)]
    assert list(engine.iter_page_counts(public=False)) == []


def test_removed_documents_are_gone_from_both_indexes(engine: SearchEngine) -> None:
    engine.replace_documents([make("a", "word"), make("b", "word")], public=True)
    engine.replace_documents([make("c", "word")], public=False)
    engine.remove_documents(["a", "c", "never there"])
    assert find(engine, "word", include_unpublished=True) == [("b", 1)]


def test_a_search_within_one_document(engine: SearchEngine) -> None:
    engine.replace_documents([make("a", "word", "word"), make("b", "word")], public=True)
    found = engine.search(parse_query("word"), limit=9, document_id="a")
    assert pages_of(found) == [("a", 1), ("a", 2)]
    assert found.total_pages == 2


def test_nothing_of_an_unpublished_page_shows_in_a_public_search(engine: SearchEngine) -> None:
    """Not in hits, totals, facets, nor in scores: how rare a word is would tell that it was there."""
    public = [make(f"p{number}", "canary detainer county", "county", agency="ice") for number in range(3)]
    engine.replace_documents(public, public=True)
    asked = [
        parse_query(text) for text in ("canary", "county NOT canary", "can*", "secret", "detainer OR secret")
    ]
    before = [engine.search(query, limit=50) for query in asked]
    engine.replace_documents([make("s", *["canary secret detainer"] * 5, agency="dhs")], public=False)
    assert [engine.search(query, limit=50) for query in asked] == before


def test_nothing_of_a_removed_page_shows_in_a_public_search(engine: SearchEngine) -> None:
    public = [make(f"p{number}", "canary detainer county", "county") for number in range(3)]
    engine.replace_documents(public, public=True)
    query = parse_query("canary OR county")
    before = engine.search(query, limit=50)
    engine.replace_documents([make("s", *["canary canary"] * 5)], public=True)
    assert engine.search(query, limit=50) != before
    engine.remove_documents(["s"])
    assert engine.search(query, limit=50) == before


def test_a_rebuild_puts_new_indexes_in_place_of_the_old(engine: SearchEngine) -> None:
    engine.replace_documents([make("old", "word")], public=True)
    pages = engine.rebuild([(make("a", "word", "word"), True), (make("b", "word"), False)])
    assert pages == 3
    assert find(engine, "word") == [("a", 1), ("a", 2)]
    assert find(engine, "word", include_unpublished=True) == [("a", 1), ("a", 2), ("b", 1)]


def test_the_old_index_answers_while_a_new_one_is_built(engine: SearchEngine) -> None:
    engine.replace_documents([make("old", "word")], public=True)
    seen = []

    def slow() -> Iterator[tuple[IndexedDocument, bool]]:
        yield make("new", "word"), True
        seen.append(find(engine, "word"))

    engine.rebuild(slow())
    assert seen == [[("old", 1)]]
    assert find(engine, "word") == [("new", 1)]


def test_searches_in_other_threads_go_on_during_commits_and_rebuilds(engine: SearchEngine) -> None:
    steady = make("steady", "constant word")
    engine.replace_documents([steady], public=True)
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            try:
                found = find(engine, "constant")
            except Exception as error:  # noqa: BLE001  a thread's error must reach the test
                wrong.append(error)
                return
            if found != [("steady", 1)]:
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(2)] if isinstance(engine, WhooshEngine) else []
    for thread in threads:
        thread.start()
    for number in range(12):
        engine.replace_documents([make(f"d{number}", "other word")], public=True)
        if number % 5 == 4:
            engine.rebuild([(steady, True)])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def _operations() -> st.SearchStrategy[list[tuple[str, list[IndexedDocument]]]]:
    batch = st.lists(documents(), max_size=3, unique_by=lambda document: document.document_id)
    kinds = st.sampled_from(("publish", "publish", "publish", "keep back", "remove", "rebuild"))
    return st.lists(st.tuples(kinds, batch), min_size=1, max_size=5)


def _apply(engine: SearchEngine, operations: list[tuple[str, list[IndexedDocument]]]) -> None:
    for kind, batch in operations:
        if kind == "publish":
            engine.replace_documents(batch, public=True)
        elif kind == "keep back":
            engine.replace_documents(batch, public=False)
        elif kind == "remove":
            engine.remove_documents([document.document_id for document in batch])
        else:
            engine.rebuild([(document, True) for document in batch])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(operations=_operations(), asked=st.lists(queries, min_size=12, max_size=12), everything=st.booleans())
def test_whoosh_keeps_what_the_reference_keeps(
    tmp_path_factory: pytest.TempPathFactory,
    operations: list[tuple[str, list[IndexedDocument]]],
    asked: list[Query],
    everything: bool,
) -> None:
    """Whatever is published, kept back, removed and rebuilt, in whatever order."""
    whoosh, reference = WhooshEngine(tmp_path_factory.mktemp("index")), ReferenceEngine()
    _apply(whoosh, operations)
    _apply(reference, operations)
    for query in asked:
        assert_alike(whoosh, reference, query, include_unpublished=everything)
    for public in (True, False):
        counts = [sorted(one.iter_page_counts(public=public)) for one in (whoosh, reference)]
        assert counts[0] == counts[1]
    whoosh.close()


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshEngine, ReferenceEngine]:
    """Both engines with the same 60 documents, in Whoosh in several segments with deleted pages."""
    whoosh, reference = WhooshEngine(tmp_path_factory.mktemp("index")), ReferenceEngine()
    corpus = make_corpus(seed=7, count=60)
    for engine in (whoosh, reference):
        for start in range(0, 60, 12):
            engine.replace_documents(corpus[start : start + 12], public=True)
        engine.replace_documents(make_corpus(seed=8, count=20), public=True)
        engine.replace_documents(make_corpus(seed=9, count=5), public=False)
        engine.remove_documents(["document010", "document030"])
    return whoosh, reference


@settings(max_examples=300, deadline=None)
@given(query=queries, everything=st.booleans())
def test_whoosh_finds_what_the_reference_finds(
    twins: tuple[WhooshEngine, ReferenceEngine], query: Query, everything: bool
) -> None:
    """Hits, order, scores, totals and facets of any tree."""
    assert_alike(*twins, query, include_unpublished=everything)


def assert_alike(
    engine: SearchEngine, reference: ReferenceEngine, query: Query, *, include_unpublished: bool
) -> None:
    """The same answer, scores within rounding."""
    expected = reference.search(query, limit=7, offset=1, include_unpublished=include_unpublished)
    found = engine.search(query, limit=7, offset=1, include_unpublished=include_unpublished)
    assert pages_of(found) == pages_of(expected)
    scores = [hit.score for hit in expected.hits]
    assert [hit.score for hit in found.hits] == pytest.approx(scores, abs=2e-6)
    assert replace(found, hits=()) == replace(expected, hits=())
