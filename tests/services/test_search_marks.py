"""What is marked on the paper."""

from __future__ import annotations

from archive.models import Page
from archive.search.query import parse_query
from archive.services.search_marks import page_marks, page_spans
from archive.services.word_boxes import pack_words
from ingest.page import Box, Word

TEXT = "Counties may opt\nout of (b)(7)(E),(b)(6) now"


def box(column: float, line: float = 0, width: float = 8) -> Box:
    """A word's box: ten points a column, twelve a line."""
    return Box(10 * column, 12 * line, 10 * column + width, 12 * line + 10)


WORDS = (
    Word("Counties", 0, 8, (box(0),)),
    Word("may", 9, 12, (box(1),)),
    Word("opt", 13, 16, (box(2),)),
    Word("out", 17, 20, (box(0, 1),)),
    Word("of", 21, 23, (box(1, 1),)),
    Word("(b)(7)(E),(b)(6)", 24, 40, (box(2, 1),)),
    Word("now", 41, 44, (box(3, 1), box(0, 2))),
)
PAGE = Page(text=TEXT, word_boxes=pack_words(WORDS))


def test_spans_are_those_of_the_text() -> None:
    spans = page_spans(parse_query('"opt out" county'), TEXT)
    assert [TEXT[span.start : span.end] for span in spans] == ["Counties", "opt\nout"]


def test_a_word_is_marked_by_its_box() -> None:
    assert page_marks(parse_query("county"), PAGE) == (box(0),)


def test_a_phrase_is_one_box_on_each_line() -> None:
    assert page_marks(parse_query('"may opt out of"'), PAGE) == (
        Box(10, 0, 28, 10),
        Box(0, 12, 18, 22),
    )


def test_a_code_within_a_word_marks_the_word_once() -> None:
    assert page_marks(parse_query("b7E OR (b)(6)"), PAGE) == (box(2, 1),)


def test_a_word_broken_at_the_line_end_is_marked_in_both_places() -> None:
    assert page_marks(parse_query("now"), PAGE) == (box(3, 1), box(0, 2))


def test_what_is_excluded_is_not_marked() -> None:
    assert page_marks(parse_query("may NOT county"), PAGE) == (box(1),)


def test_a_page_without_words_has_no_marks() -> None:
    assert page_marks(parse_query("may"), Page(text="", word_boxes=b"")) == ()
