"""Lines become text, and every word knows where it stands in it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.layout import Line, RawWord, clean_text, compose_text
from ingest.page import Box


def line(text: str, *, top: float = 100.0, left: float = 72.0) -> Line:
    """Words of ten points a letter on one line."""
    words = []
    for word in text.split():
        words.append(RawWord(word, Box(left, top, left + 10.0 * len(word), top + 12.0)))
        left += 10.0 * (len(word) + 1)
    return tuple(words)


def lines(*texts: str, pitch: float = 14.0) -> list[Line]:
    return [line(text, top=100.0 + number * pitch) for number, text in enumerate(texts)]


def test_one_line_of_text_for_each_printed_line() -> None:
    text, words = compose_text(lines("The agency did", "not answer."))
    assert text == "The agency did\nnot answer."
    assert [word.text for word in words] == ["The", "agency", "did", "not", "answer."]


def test_a_word_broken_at_a_line_end_is_one_word_with_two_boxes() -> None:
    text, words = compose_text(lines("the whole commu-", "nity, it said"))
    assert text == "the whole community,\nit said"
    joined = words[2]
    assert joined.text == "community,"
    assert [box.top for box in joined.boxes] == [100.0, 114.0]


def test_a_line_that_held_only_the_rest_of_a_word_leaves_no_empty_line() -> None:
    assert compose_text(lines("a commu-", "nity", "of one"))[0] == "a community\nof one"


def test_a_word_may_run_over_three_lines() -> None:
    text, words = compose_text(lines("antidis-", "establish-", "ment"))
    assert text == "antidisestablishment"
    assert len(words[0].boxes) == 3


def test_a_paragraph_begins_after_a_wide_gap() -> None:
    texts = [line("one", top=100), line("two", top=114), line("three", top=142), line("four", top=156)]
    assert compose_text(texts)[0] == "one\ntwo\n\nthree\nfour"


def test_a_paragraph_begins_with_an_indent() -> None:
    texts = [line("one", top=100), line("two", top=114, left=100), line("three", top=128)]
    assert compose_text(texts)[0] == "one\n\ntwo\nthree"


def test_a_new_column_begins_a_paragraph() -> None:
    texts = [*lines("one", "two", "three"), line("four", top=100, left=300)]
    assert compose_text(texts)[0] == "one\ntwo\nthree\n\nfour"


def test_double_spacing_is_no_paragraph() -> None:
    assert compose_text(lines("one", "two", "three", pitch=28))[0] == "one\ntwo\nthree"


def test_the_readers_own_paragraphs_are_taken_over() -> None:
    assert compose_text(lines("one", "two", "three"), {0, 2})[0] == "one\ntwo\n\nthree"


def test_a_paragraph_that_starts_with_an_unreadable_line_starts_with_the_next() -> None:
    texts = [line("one"), (RawWord("\x00", Box(0, 0, 1, 1)),), line("two", top=128)]
    assert compose_text(texts, {1})[0] == "one\n\ntwo"


def test_control_characters_and_direction_overrides_never_come_out() -> None:
    word = RawWord("a\x00b\u202e\ud800\ufffec", Box(0, 0, 10, 10))
    assert compose_text([(word,)])[0] == "abc"


def test_text_is_composed_to_nfc() -> None:
    assert clean_text("Bogota\N{COMBINING ACUTE ACCENT}") == "Bogotá"


def test_the_surer_half_does_not_lend_its_confidence() -> None:
    box = Box(0, 0, 10, 10)
    _, words = compose_text([(RawWord("commu-", box, 0.9),), (RawWord("nity", box, 0.4),)])
    assert words[0].confidence == 0.4


_words = st.text(min_size=0, max_size=8) | st.sampled_from(
    ["commu-", "nity", "opt-", "out", "I-", "247", "-"]
)
_boxes = st.builds(
    lambda x, y: Box(x, y, x + 20, y + 10),
    st.floats(0, 600, allow_nan=False),
    st.floats(0, 780, allow_nan=False),
)
_lines = st.lists(st.lists(st.builds(RawWord, _words, _boxes), max_size=6).map(tuple), max_size=12)


@given(_lines)
def test_every_word_is_found_where_it_says(raw: list[Line]) -> None:
    text, words = compose_text(raw)
    end = 0
    for word in words:
        assert text[word.start : word.end] == word.text
        assert word.text
        assert not any(map(str.isspace, word.text))
        assert word.start >= end
        end = word.end
    assert "".join(word.text for word in words) == "".join(text.split())


@given(_lines)
def test_whatever_a_reader_finds_the_text_is_clean(raw: list[Line]) -> None:
    text, _ = compose_text(raw)
    assert unicodedata.normalize("NFC", text) == text
    assert all(character == "\n" or character.isprintable() for character in text)
    text.encode("utf-8")


@given(_lines)
def test_no_box_is_lost(raw: list[Line]) -> None:
    _, words = compose_text(raw)
    given_boxes = sum(bool("".join(clean_text(word.text).split())) for row in raw for word in row)
    assert sum(len(word.boxes) for word in words) == given_boxes
