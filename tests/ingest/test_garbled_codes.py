"""Codes that OCR garbled are told on pages that have others; what is none stays none."""

from __future__ import annotations

import pytest

from ingest.garbled_codes import mend_code
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.redaction_mending import BoxLabels, mend_boxes, mend_code_marks, mend_margins


@pytest.mark.parametrize(
    ("garbled", "code"),
    [
        ("(b)(6)", "b6"),
        ("(NS)", "b5"),
        ("(M5)", "b5"),
        ("(bYS)", "b5"),
        ("{b)({5)", "b5"),
        ("(OS)", "b5"),
        ("(bY(4)", "b4"),
        ("(NG)", "b6"),
        ("—(BYB)", "b6"),
        ("(BYC6)", "b6"),
        ("(NTC)", "b7c"),
        ("(YMC)", "b7c"),
        ("(b(7(C)", "b7c"),
        ("{o(7)(C),", "b7c"),
        ("(bx{7)(C)", "b7c"),
        ("(OK7H(d)", "b7d"),
        ("(DM 7KE)", "b7e"),
        ("(OX7HE)", "b7e"),
        ("(i)(2).", "j2"),
        ("(ki 2)", "k2"),
        ("87C", "b7c"),
        ("B7iE}", "b7e"),
        ("86", "b6"),
        ("BSAWP", "b5awp"),
    ],
)
def test_a_garbled_label_is_told(garbled: str, code: str) -> None:
    assert mend_code(garbled) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "N/A",
        "(N/A)",
        "Date",
        "(NATO)",
        "(see below)",
        "BOX",
        "(a)",
        "(D)",
        "8",
        "1990",
        "(555)",
        "(iv)",
    ],
)
def test_what_is_no_code_is_not_told(text: str) -> None:
    assert mend_code(text) == ""


BLACK = FoundBox(Box(100, 100, 200, 113), RedactionLook.BLACK, FoundBy.PICTURE, 0.75, needs_code=True)
FRAME = FoundBox(Box(100, 140, 200, 153), RedactionLook.FRAMED, FoundBy.PICTURE, 0.5, needs_code=True)
SURE = FoundRedaction(Box(300, 100, 400, 113), RedactionLook.BLACK, FoundBy.PICTURE, ("b6",), "(b)(6)", 0.97)


def word(text: str, x0: float, top: float = 102.0) -> LabelWord:
    return LabelWord(text, Box(x0, top, x0 + 5.0 * len(text), top + 9), is_ocr=True)


def test_codes_in_the_margin_are_mended_where_others_are_sure() -> None:
    texts = ("B7(E)", "Bs", "B6,87(C)", "B5DPP")
    margin = [word(text, 40, 100 + 30 * line) for line, text in enumerate(texts)]
    prose = word("86", 300)
    assert mend_margins([*margin[:2], prose], 612)[1].text == "Bs"
    mended = mend_margins([*margin, word("B6", 560), prose], 612)
    assert [label.text for label in mended] == ["B7(E)", "B5", "B6, B7(C)", "B5 DPP", "B6", "86"]


def test_a_box_with_a_garbled_label_counts_on_a_page_that_has_codes() -> None:
    labels = [BoxLabels(FRAME, ([word("(NTC)", 110, 142)], []))]
    assert mend_boxes((SURE,), labels, sure=1) == (SURE,)
    sure, mended = mend_boxes((SURE,), labels, sure=2)
    assert sure == SURE
    assert (mended.box, mended.codes, mended.code_text) == (FRAME.box, ("b7c",), "(NTC)")
    assert mended.confidence < 0.5


def test_a_black_line_with_something_unreadable_in_it_is_a_redaction_and_a_heading_is_none() -> None:
    (_, unread) = mend_boxes((SURE,), [BoxLabels(BLACK, ([word("oe;", 110)],))], sure=2)
    assert (unread.look, unread.codes) == (RedactionLook.BLACK, ())
    for box, readings in (
        (BLACK, ([word("SECTION THREE: PLACES", 110)],)),
        (BLACK, ()),
        (FRAME, ([word("oe;", 110, 142)],)),
        (FoundBox(Box(90, 100, 520, 113), RedactionLook.BLACK, FoundBy.PICTURE), ([word("oe;", 110)],)),
        (FoundBox(Box(90, 30, 120, 60), RedactionLook.BLACK, FoundBy.PICTURE), ([word("oe;", 95, 40)],)),
    ):
        assert mend_boxes((SURE,), [BoxLabels(box, readings)], sure=2) == (SURE,)


def code_mark(text: str, code: str, x0: float) -> FoundRedaction:
    return FoundRedaction(word(text, x0).box, RedactionLook.CODE, FoundBy.TEXT, (code,), text, 0.95)


def test_garbled_codes_of_a_line_join_those_beside_them() -> None:
    words = [word("of", 60), word("(b)(6),", 100), word("(o)(74C)", 138), word("who", 300)]
    marks = mend_code_marks(words, (SURE, SURE), [code_mark("(b)(6),", "b6", 100)], width_pt=612)
    (joined,) = marks
    assert joined.codes == ("b6", "b7c")
    assert (joined.box.x0, joined.box.x1) == (100, 138 + 40)


def test_the_strokes_of_a_frame_around_a_code_are_its_edges() -> None:
    words = [word("of", 60), word("[", 80), word("(b)(5)", 120), word("|", 190), word("who", 300)]
    (framed,) = mend_code_marks(words, (), [code_mark("(b)(5)", "b5", 120)], width_pt=612)
    assert (framed.box.x0, framed.box.x1) == (80, 195)
    words.insert(2, word("told", 92))
    (bare,) = mend_code_marks(words, (), [code_mark("(b)(5)", "b5", 120)], width_pt=612)
    assert bare.box.x0 == 120


def test_a_code_in_the_margin_beside_boxes_is_their_label() -> None:
    words = [word("(o)(74C)", 40), word("who", 300)]
    assert mend_code_marks(words, (SURE, SURE), (), width_pt=612) == ()
