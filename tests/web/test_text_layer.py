"""The words over the picture."""

from __future__ import annotations

from archive.web.text_layer import TextLine, lay_out_text
from ingest.page import Box, Word
from tests.factories import lay_out


def _copied(line: TextLine) -> str:
    return "".join(piece.gap + piece.text for piece in line.pieces)


def test_a_printed_line_is_one_line_with_its_spaces() -> None:
    text = "Counties may not\nopt out."
    lines = lay_out_text(text, lay_out(text))
    assert [_copied(line) for line in lines] == ["Counties may not", "opt out."]


def test_a_word_stands_where_its_box_is() -> None:
    word = Word("opt", 0, 3, (Box(100.0, 200.0, 121.0, 212.0),))
    (line,) = lay_out_text("opt", [word])
    piece = line.pieces[0]
    assert (piece.x, piece.width, line.size) == (100.0, 21.0, 12.0)
    assert 200.0 < piece.baseline < 212.0


def test_a_hyphenated_word_is_on_both_lines_and_copied_whole() -> None:
    boxes = (Box(500, 100, 540, 112), Box(72, 116, 92, 128))
    (line,) = lay_out_text("deportation", [Word("deportation", 0, 11, boxes)])
    assert _copied(line) == "deportation"
    assert [piece.x for piece in line.pieces] == [500, 72]
    assert len(line.pieces[0].text) == 7  # two thirds of the width, two thirds of the letters


def test_a_word_up_the_margin_is_turned() -> None:
    text = "level DECLASSIFIED"
    words = [
        Word("level", 0, 5, (Box(72, 72, 100, 84),)),
        Word("DECLASSIFIED", 6, 18, (Box(590, 100, 602, 200),)),
    ]
    level, turned = lay_out_text(text, words)
    assert not level.turned
    assert turned.turned
    assert (turned.size, turned.pieces[0].width) == (12.0, 100.0)


def test_a_page_without_words_has_no_lines() -> None:
    assert lay_out_text("", []) == ()
