"""Whatever a page says and whatever is taken from it: the words are found where they stand, and other words
are never proven."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.rules.citation_check import PageNow, check_record
from archive.rules.citation_record import CitationRecord, CitedPart, text_sha256_of
from archive.rules.quote_context import context_of
from archive.rules.quote_folding import fold_strictly, fold_with_places, squeeze
from archive.rules.quotes import find_exactly, find_quote, page_text
from tests.factories import NOON, lay_out

SNIPPETS = """
the county may not opt out of it (b)(6) co-operate “so” isn’t — - $1,000 5-0 50 2010 A. § 1357(g) oﬃce
MEMORANDUM café Não 情報公開 was/is e.g., voluntary.
"""
SEEN = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
TOKENS = st.sampled_from(SNIPPETS.split()) | st.text(SEEN, min_size=1, max_size=6)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n"])
PAGES = st.lists(st.tuples(TOKENS, GAPS), min_size=2, max_size=40).map(
    lambda pairs: unicodedata.normalize("NFC", "".join(token + gap for token, gap in pairs)).strip()
)


def cite(text: str, start: int, end: int) -> tuple[CitationRecord, PageNow]:
    """The words from ``start`` to ``end`` as they are cited, and their page."""
    words = tuple(lay_out(text))
    exact = squeeze(text[start:end])
    prefix, suffix = context_of(text, (start, end), find_exactly(page_text(text), exact))
    boxes = tuple(box for word in words if word.start < end and word.end > start for box in word.boxes)
    part = CitedPart(1, "1", exact, prefix, suffix, start, end, boxes)
    record = CitationRecord("0" * 64, (part,), "text_layer", "pdfium", "1", text_sha256_of([text]), NOON)
    return record, PageNow(text, words, "text_layer", "pdfium", "1")


def a_span(data: st.DataObject, text: str) -> tuple[int, int, list[str]]:
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = spans[first][0], spans[last][1]
    return start, end, text[start:end].split()


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_folding_with_places_folds_alike(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold_strictly(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)


@settings(max_examples=400, deadline=None)
@given(PAGES, st.data())
def test_words_of_a_page_are_found_and_verify_where_they_stand(text: str, data: st.DataObject) -> None:
    start, end, tokens = a_span(data, text)
    quote = " ".join(tokens)
    assume(fold_strictly(quote))
    found = find_quote(page_text(text), quote)
    assert (start, end) in [match.ranges[0] for match in found]
    record, page = cite(text, start, end)
    check = check_record(record, {1: page}, citation_id=record.id)
    assert check.state == "matches"
    assert check.parts[0].boxes == record.parts[0].boxes


@settings(max_examples=400, deadline=None)
@given(PAGES, st.data())
def test_other_words_are_never_proven(text: str, data: st.DataObject) -> None:
    start, end, tokens = a_span(data, text)
    (place, *_) = find_exactly(page_text(text), " ".join(tokens)) or [(start, end)]
    record, page = cite(text, *place)
    tokens = record.parts[0].exact.split()
    at = data.draw(st.integers(0, len(tokens) - 1))
    how = data.draw(st.sampled_from(["changed", "dropped", "moved", "added"]))
    word = tokens.pop(at)
    if how == "changed":
        tokens.insert(at, data.draw(TOKENS))
    elif how == "moved":
        tokens.insert(data.draw(st.integers(0, len(tokens))), word)
    elif how == "added":
        tokens[at:at] = [word, data.draw(TOKENS)]
    exact = squeeze(" ".join(tokens))
    assume(exact and exact != record.parts[0].exact)
    forged = replace(record, parts=(replace(record.parts[0], exact=exact),))
    assert not check_record(forged, {1: page}).is_proven, "with a number of its own"
    assert check_record(forged, {1: page}, citation_id=record.id).state == "altered"


@settings(max_examples=200, deadline=None)
@given(PAGES, PAGES, st.data())
def test_a_page_that_says_something_else_proves_nothing(text: str, other: str, data: st.DataObject) -> None:
    start, end, tokens = a_span(data, text)
    record, _ = cite(text, start, end)
    assume(
        fold_strictly(" ".join(tokens)) and fold_strictly(record.parts[0].exact) not in fold_strictly(other)
    )
    page = PageNow(other, tuple(lay_out(other)), "text_layer", "pdfium", "2")
    check = check_record(record, {1: page})
    assert check.state == "differs"
    assert check.parts[0].boxes == record.parts[0].boxes, "the paper has not changed"


@settings(max_examples=100, deadline=None)
@given(PAGES, st.text(max_size=40))
def test_anything_may_be_typed(text: str, quote: str) -> None:
    for match in find_quote(page_text(text), quote, slips=True, grow=True):
        assert all(0 <= start < end <= len(text) for start, end in match.ranges)
