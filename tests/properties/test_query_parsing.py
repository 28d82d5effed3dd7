"""Every text is a tree or an error that helps; what is marked is what matches."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import BadQuery
from archive.rules.query import CONDITIONS, LEAVES, And, Node, Or, positive_leaves
from archive.search.analysis import analyse, fold, tokenize
from archive.search.hits import find_spans
from archive.search.query import parse_tree
from tests.contracts.reference_engine import Text
from tests.contracts.search_examples import PIECES, leaves, texts, trees

_pieces = st.sampled_from(
    (*PIECES, "(", ")", '"', "AND", "OR", "NOT", "-", "*", "deport*", "?", "“", "–", "§", " ")
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
    else:
        assert _asks_for_something(answer)


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
