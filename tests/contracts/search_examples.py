"""Documents and queries made at random: few words, so that they meet often."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from archive.ports import IndexedDocument, IndexedPage, PageHits
from archive.rules.query import Filters, Leaf, Node, Query, Sort
from tests.contracts.random_trees import TreeMaker

WORDS = ("opt", "out", "deported", "deporting", "aliens", "alien", "county", "counties", "detainer", "the")
PIECES = (
    *WORDS,
    "opt-out",
    "(b)(7)(E)",
    "b7E",
    "I-247",
    "19 Civ. 7058",
    "19-cv-07058",
    "Éxención",
    "287(g)",
    "\n\n",
    "deported. The county",
    "a@ice.gov",
    "U.S.C.",
    "cross-motion",
)
DAYS = (None, date(2010, 8, 17), date(2010, 12, 31), date(2011, 1, 1))
_CODES = ((), (), ("b6",), ("b7c", "b7e"), ("b7",), ("b5", "b7e", "k2"))
_FACTS = {
    "agency": ("", "ice", "dhs"),
    "agency_names": ((), ("the County",), ("County of Aliens", "Opt")),
    "kind": ("", "memo"),
    "place": ("", "denver"),
    "place_name": ("", "Counties, The"),
    "production": ("", "ice-2011", "ice-2012"),
    "request": ("", "2010-foia-2674"),
    "sender": ("", "the county"),
    "recipient": ("", "Alien Detainer"),
    "subject": ("", "Opt out. Opt-out of 287(g)"),
    "source_file": ("memo.pdf", "county_detainer.pdf"),
    "dated_on": DAYS,
    "received_day": (14_000, 20_000),
}

_chances = st.randoms(use_true_random=False)
leaves: st.SearchStrategy[Leaf] = _chances.map(lambda chance: TreeMaker(chance).leaf())
trees: st.SearchStrategy[Node] = _chances.map(lambda chance: TreeMaker(chance).tree())

filters = st.builds(
    Filters,
    agency=st.sampled_from(((), (), ("ice",), ("ice", "dhs"), ("fbi",))),
    kind=st.sampled_from(((), (), ("memo",))),
    request=st.sampled_from(((), (), (), ("2010-foia-2674",))),
    exemption=st.sampled_from(((), (), (), ("b7",), ("b7e", "b6"))),
    after=st.sampled_from((None, None, date(2010, 12, 31))),
    before=st.sampled_from((None, None, date(2010, 12, 31))),
    without=st.sampled_from(((), (), ("document001", "document2"))),
)
queries = st.builds(Query, st.just(""), trees, filters, st.sampled_from(Sort))

texts = st.lists(st.sampled_from(PIECES), min_size=3, max_size=25).map(" ".join)


def make(document_id: str, *texts: str, **facts: object) -> IndexedDocument:
    """A document with these pages."""
    document = IndexedDocument(document_id, 1, title="", source_file="")
    pages = tuple(IndexedPage(document_id, number, text) for number, text in enumerate(texts, 1))
    return replace(document, pages=pages, **facts)  # type: ignore[arg-type]  # any field of it


def pages_of(hits: PageHits) -> list[tuple[str, int]]:
    """The hits without their scores."""
    return [(hit.document_id, hit.page_number) for hit in hits.hits]


def make_page(chance: random.Random, document_id: str, page_number: int, text: str) -> IndexedPage:
    """A page with this text, its facts at random."""
    return IndexedPage(
        document_id=document_id,
        page_number=page_number,
        text=text,
        source=chance.choice(("text_layer", "ocr")),
        bates=chance.choice(("", f"ICE-{page_number + 120:06}", f"ICE FOIA 10.{page_number + 100}")),
        codes=chance.choice(_CODES),
        redacted_percent=chance.choice((0, 30, 60, 61, 100)),
        language=chance.choice(("", "en", "es")),
    )


def make_document(
    chance: random.Random, document_id: str, title: str, pages: dict[int, str]
) -> IndexedDocument:
    """A document with these texts, its facts at random."""
    document = IndexedDocument(
        document_id=document_id,
        content_version=chance.randint(1, 9),
        title=title,
        source_file="",
        page_count=len(pages) + chance.randint(0, 2),
        pages=tuple(make_page(chance, document_id, number, text) for number, text in pages.items()),
    )
    facts = {name: chance.choice(values) for name, values in _FACTS.items()}
    return replace(document, **facts)  # type: ignore[arg-type]  # each fact is of its own type


@st.composite
def documents(draw: st.DrawFn) -> IndexedDocument:
    """A document of a few pages; the same few ids, so that later ones take the place of earlier ones."""
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True))
    pages = {number: draw(texts) for number in numbers}
    return make_document(draw(_chances), f"document{draw(st.integers(0, 5))}", draw(texts), pages)


def make_corpus(seed: int, count: int) -> list[IndexedDocument]:
    """Documents at random, more and longer than hypothesis would make them; the same for one seed."""
    chance = random.Random(seed)

    def some(most: int) -> str:
        return " ".join(chance.choices(PIECES, k=chance.randint(0, most)))

    return [
        make_document(
            chance,
            f"document{number:03}",
            some(4),
            {page: some(40) for page in range(1, chance.randint(2, 7))},
        )
        for number in range(count)
    ]
