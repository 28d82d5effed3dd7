"""Trees, documents and queries made at random: few words, so that they meet often."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import strategies as st

from archive.ports import IndexedDocument, IndexedPage
from archive.rules.query import And, Filters, Node, Not, Or, Phrase, Prefix, Query, Sort, Term
from archive.search.query import parse_tree

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
    "a@ice.gov",
    "U.S.C.",
    "cross-motion",
)
AGENCIES = ("", "ice", "dhs")
DAYS = (None, date(2010, 8, 17), date(2010, 12, 31), date(2011, 1, 1))

_form = st.sampled_from((*WORDS, "b7e", "i247", "247", "19cv7058", "exencion", "287g", "g"))
_terms = st.builds(Term, _form, st.booleans())
_phrases = st.builds(Phrase, st.lists(_form, min_size=2, max_size=3).map(tuple), st.booleans())
_prefixes = st.builds(Prefix, st.sampled_from(("de", "dep", "al", "count", "b7", "19", "op")))
_written = st.sampled_from(
    ("(b)(7)(E)", "opt-out", '"opt out"', "I-247", "19 Civ. 7058", "287(g)", '"287(g)"')
)
_sames = _written.map(parse_tree)
leaves = st.one_of(_terms, _phrases, _prefixes, _sames)


def _several(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(some.map(And), some.map(Or), parts.map(Not))


trees: st.SearchStrategy[Node] = st.recursive(leaves, _several, max_leaves=8)

filters = st.builds(
    Filters,
    agency=st.sampled_from(((), (), ("ice",), ("ice", "dhs"), ("fbi",))),
    kind=st.sampled_from(((), (), ("memo",))),
    after=st.sampled_from((None, None, date(2010, 12, 31))),
    before=st.sampled_from((None, None, date(2010, 12, 31))),
    without=st.sampled_from(((), (), ("document001", "document2"))),
)
queries = st.builds(Query, st.just(""), trees, filters, st.sampled_from(Sort))

texts = st.lists(st.sampled_from(PIECES), min_size=3, max_size=25).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> IndexedDocument:
    """A document of a few pages; the same few ids, so that later ones take the place of earlier ones."""
    document_id = f"document{draw(st.integers(0, 5))}"
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True))
    return IndexedDocument(
        document_id=document_id,
        content_version=draw(st.integers(1, 9)),
        title=draw(texts),
        source_file=draw(st.sampled_from(("memo.pdf", "county_detainer.pdf"))),
        agency=draw(st.sampled_from(AGENCIES)),
        agency_names=draw(st.sampled_from(((), ("the County",)))),
        kind=draw(st.sampled_from(("", "memo"))),
        dated_on=draw(st.sampled_from(DAYS)),
        received_day=draw(st.sampled_from((14_000, 20_000))),
        pages=tuple(IndexedPage(document_id, number, draw(texts)) for number in numbers),
    )


def make_corpus(seed: int, count: int) -> list[IndexedDocument]:
    """Documents at random, more and longer than hypothesis would make them; the same for one seed."""
    chance = random.Random(seed)

    def some(most: int) -> str:
        return " ".join(chance.choices(PIECES, k=chance.randint(0, most)))

    return [
        IndexedDocument(
            document_id=f"document{number:03}",
            content_version=1,
            title=some(4),
            source_file="memo.pdf",
            agency=chance.choice(AGENCIES),
            kind=chance.choice(("", "memo")),
            dated_on=chance.choice(DAYS),
            received_day=15_000,
            pages=tuple(
                IndexedPage(f"document{number:03}", page, some(40)) for page in range(1, chance.randint(2, 7))
            ),
        )
        for number in range(count)
    ]
