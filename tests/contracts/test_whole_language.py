"""Two thousand trees of the whole language over hundreds of pages: the same pages, order and marks as by
reading every page."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.ports import IndexedDocument
from archive.rules.query import Filters, Query, Sort, positive_leaves
from archive.search.analysis import tokenize
from archive.search.hits import Span, find_spans
from archive.search.whoosh_engine import WhooshEngine
from tests.contracts.random_trees import FORMS, TreeMaker
from tests.contracts.reference_engine import ReferenceEngine
from tests.contracts.reference_page import Leaflet
from tests.contracts.search_examples import make_corpus, make_document

REAL = Path(__file__).parents[2] / ".." / "shared" / "texts" / "pages"
PAGES = 500
TREES = 2_000
WORDS_ON_A_PAGE = 150
MARKED_PAGES_EACH = 4


class Twins(NamedTuple):
    """The same pages in both engines."""

    engine: WhooshEngine
    reference: ReferenceEngine
    leaflets: list[Leaflet]
    forms: tuple[str, ...]


def real_documents(chance: random.Random) -> Iterator[IndexedDocument]:
    """Real public records, where there are any, as pages of ``WORDS_ON_A_PAGE`` words."""
    for number, path in enumerate(sorted(REAL.glob("*.txt"))):
        text = path.read_text("utf-8", "replace")
        cuts = [*(token.start for token in tokenize(text)[::WORDS_ON_A_PAGE]), len(text)]
        pages = {at: text[start:end] for at, (start, end) in enumerate(pairwise(cuts), 1)}
        some = dict(list(pages.items())[:20])
        yield make_document(chance, f"real{number:03}", path.stem.replace("-", " "), some)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """In several segments, with deleted pages."""
    documents = list(real_documents(random.Random(1)))
    made = iter(make_corpus(seed=11, count=PAGES))
    while sum(len(document.pages) for document in documents) < PAGES + 20:
        documents.append(next(made))
    engine, reference = WhooshEngine(tmp_path_factory.mktemp("index")), ReferenceEngine()
    for one in (engine, reference):
        for start in range(0, len(documents), 40):
            one.replace_documents(documents[start : start + 40], public=True)
        one.remove_documents([documents[3].document_id, documents[-1].document_id])
    leaflets = reference.leaflets(include_unpublished=False)
    assert len(leaflets) >= PAGES
    common = Counter(form for leaflet in leaflets for form in leaflet.text.forms)
    forms = (*FORMS, *(form for form, _ in common.most_common(60)), *sorted(common)[::50])
    yield Twins(engine, reference, leaflets, forms)
    engine.close()


@pytest.mark.parametrize("seed", range(10))
def test_the_same_pages_in_the_same_order_with_the_same_marks(twins: Twins, seed: int) -> None:
    chance = random.Random(seed)
    maker = TreeMaker(chance, twins.forms)
    for number in range(TREES // 10):
        query = Query("", maker.tree(), random_filters(chance), chance.choice(tuple(Sort)))
        assert_same_answers(twins, query)
        if number % 5 == 0:
            assert twins.engine.count_parts(query) == twins.reference.count_parts(query), query
        for leaflet in chance.sample(twins.leaflets, MARKED_PAGES_EACH):
            assert_same_marks(query, leaflet)


def random_filters(chance: random.Random) -> Filters:
    """Seldom any."""
    exemption = chance.choice(((), (), (), ("b7",), ("b6", "b7e")))
    return Filters(agency=chance.choice(((), (), ("ice", "dhs"))), exemption=exemption)


def assert_same_answers(twins: Twins, query: Query) -> None:
    """The same pages, totals and facets. The same order, but for scores that are equal within
    rounding."""
    expected = twins.reference.search(query, limit=10_000)
    found = twins.engine.search(query, limit=10_000)
    points = {(hit.document_id, hit.page_number): hit.score for hit in expected.hits}
    ranked = [(hit.document_id, hit.page_number) for hit in found.hits]
    assert set(ranked) == set(points), query
    assert [hit.score for hit in found.hits] == pytest.approx([points[page] for page in ranked], abs=2e-6), (
        query
    )
    assert (found.total_pages, found.total_documents) == (expected.total_pages, expected.total_documents)
    assert found.facets == expected.facets, query
    in_order = [points[page] for page in ranked]
    if query.sort is Sort.RELEVANCE:
        assert in_order == pytest.approx(sorted(in_order, reverse=True), abs=2e-6), query
    else:
        assert ranked == list(points), query


def assert_same_marks(query: Query, leaflet: Leaflet) -> None:
    """The engine's match positions are where the words stand."""
    expected = {
        Span(start, end, number)
        for number, leaf in enumerate(positive_leaves(query.tree))
        for start, end in leaflet.text.spans(leaf)
    }
    assert set(find_spans(query.tree, leaflet.page.text)) == expected, query
