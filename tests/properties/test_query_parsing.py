"""Every text is a tree or an error that helps; what is marked is what matches."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import BadQuery
from archive.rules.query import CONDITIONS, LEAVES, And, Node, Or, positive_leaves
from archive.rules.query_words import describe
from archive.search.analysis import analyse, fold, tokenize
from archive.search.hits import find_spans
from archive.search.ocr_variants import tolerate_ocr
from archive.search.query import MAX_LENGTH, parse_tree, plain_parts
from archive.search.synonyms import SHIPPED, SynonymBook
from tests.contracts.reference_text import Text
from tests.contracts.search_examples import PIECES, leaves, texts, trees

_BOOK = SynonymBook.load(SHIPPED)
SIGNS = (
    *("/5", "+5", "/s", "+p", "w/5", "/0", "~", "~2", "~9", "~>5", "wom?n", "*tainer", "secuer~"),
    *("agency:", "title:(", "ex:", "ex:(b)(6)", "date:", "year:", "bates:", "kind:", "agancy:", "redacted:"),
    *(
        "2010-05",
        "2010..2009",
        "..",
        ">",
        "<=",
        "60%",
        "ICE-000120",
        "ICE-*",
        "5/17/2010",
        "soon",
        "memo",
        ",",
    ),
)
_pieces = st.sampled_from(
    (*PIECES, *SIGNS, "(", ")", '"', "AND", "OR", "NOT", "-", "*", "deport*", "?", "“", "–", "§", " ")
)
_queries = st.one_of(
    st.text(max_size=40),
    st.lists(_pieces, max_size=15).map("".join),
    st.lists(_pieces, max_size=15).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(_queries)
@example("İ*")
@example('-"')
@example("a\x00b")
@example("\ud800")
def test_every_text_is_a_tree_or_an_error_that_helps(text: str) -> None:
    answer = _parse(text)
    if isinstance(answer, BadQuery):
        assert answer.help
        assert answer.position is not None
        assert 0 <= answer.position <= len(text)
        assert answer.repaired is None or not isinstance(_parse(answer.repaired), BadQuery)
    else:
        assert _asks_for_something(answer)


@settings(max_examples=200, deadline=None)
@given(_queries)
def test_every_tree_can_be_widened_and_said_in_words(text: str) -> None:
    answer = _parse(text)
    if isinstance(answer, BadQuery):
        assert plain_parts(text) is None or answer.sentence
        return
    widened = tolerate_ocr(_BOOK.expand(answer)[0])
    assert _asks_for_something(widened)
    for leaf in (*positive_leaves(widened), *(plain_parts(text) or ())):
        assert describe(leaf)


@pytest.mark.parametrize("piece", [*SIGNS, "a.", "(b", "((", "a/", '"', "a* ", "exemption 1 ", "NOT ", "- "])
def test_the_longest_query_is_understood_at_once(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    started = time.process_time()
    _parse(text)
    assert time.process_time() - started < 1.0  # 12 mendings at most; the machine may be busy


def _asks_for_something(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_asks_for_something, node.parts))
    return isinstance(node, (*LEAVES, *CONDITIONS))


def _parse(text: str) -> Node | BadQuery:
    try:
        return parse_tree(text)
    except BadQuery as error:
        return error


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), texts))
@example("ǰ½ﬀ①e\u0301\u00ad-x")
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = tokenize(text)
    for token in tokens:
        assert token.form
        assert 0 <= token.start < token.end <= len(text)
        assert not text[token.start].isspace()
    positions, length, *_ = analyse(text)
    assert all(0 <= place < length for places in positions.values() for place in places)
    assert {(form, place) for form, places in positions.items() for place in places} == {
        (token.form, token.position) for token in tokens
    }


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@settings(max_examples=200, deadline=None)
@given(leaves, texts)
def test_a_page_is_marked_exactly_when_it_matches(leaf: object, text: str) -> None:
    spans = find_spans(leaf, text)  # type: ignore[arg-type]  # leaves are nodes
    assert bool(spans) == bool(Text(text).starts(leaf))  # type: ignore[arg-type]  # the same


@settings(max_examples=100, deadline=None)
@given(trees, texts)
def test_marks_are_in_text_order_and_name_their_part(tree: object, text: str) -> None:
    spans = find_spans(tree, text)  # type: ignore[arg-type]  # trees are nodes
    assert list(spans) == sorted(spans, key=lambda span: (span.start, -span.end, span.leaf))
    count = len(list(positive_leaves(tree)))  # type: ignore[arg-type]  # the same
    assert all(span.leaf < count and text[span.start : span.end].strip() for span in spans)
