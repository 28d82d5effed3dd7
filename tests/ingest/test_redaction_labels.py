"""Codes come to the boxes that they are claimed for: in them, beside them, in the margin at their height."""

from __future__ import annotations

from ingest.margin_codes import margin_strips
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.redaction_labels import label_boxes

WIDTH, HEIGHT = 612.0, 792.0


def box(x0: float, top: float, x1: float, bottom: float, *, needs_code: bool = True) -> FoundBox:
    look = RedactionLook.FRAMED if needs_code else RedactionLook.BLACK
    return FoundBox(Box(x0, top, x1, bottom), look, FoundBy.PICTURE, 0.8, needs_code)


def words(text: str, x0: float, top: float, *, start: int = 0, is_ocr: bool = False) -> list[LabelWord]:
    """Words of one line, 10 points high, 5 points a letter."""
    found: list[LabelWord] = []
    for part in text.split():
        place = Box(x0, top, x0 + 5 * len(part), top + 10)
        found.append(LabelWord(part, place, start, is_ocr))
        x0, start = place.x1 + 2.5, start + len(part) + 1 if start >= 0 else -1
    return found


def labelled(boxes: list[FoundBox], labels: list[LabelWord], *, is_ocr: bool = False) -> list[FoundRedaction]:
    return list(label_boxes(boxes, labels, width_pt=WIDTH, height_pt=HEIGHT, is_ocr=is_ocr))


def codes_of(found: list[FoundRedaction]) -> list[tuple[str, ...]]:
    return [one.codes for one in found]


PROSE = words("The sheriff of the county was told of it by the office of the state", 80, 100)


def test_a_code_in_its_box() -> None:
    (found,) = labelled([box(100, 200, 300, 214)], [*PROSE, *words("(b)(6), (b)(7)(C)", 140, 202)])
    assert (found.codes, found.code_text) == (("b6", "b7c"), "(b)(6), (b)(7)(C)")
    assert found.confidence > 0.9


def test_a_label_on_two_lines() -> None:
    labels = [*words("(b)(6)", 140, 202), *words("(b)(7)(C)", 140, 214)]
    assert codes_of(labelled([box(100, 200, 300, 228)], labels)) == [("b6", "b7c")]


def test_each_of_two_boxes_that_touch_has_its_own() -> None:
    labels = [*words("(b)(6)", 104, 202), *words("(b)(7)(E)", 204, 202)]
    assert codes_of(labelled([box(100, 200, 200, 214), box(200, 200, 300, 214)], labels)) == [
        ("b6",),
        ("b7e",),
    ]


def test_words_beneath_a_box_are_no_part_of_its_label() -> None:
    labels = [*words("Jane Roe of Arlington", 104, 202), *words("(b)(5) DPP", 130, 202, start=500)]
    assert codes_of(labelled([box(100, 200, 300, 214, needs_code=False)], labels)) == [("b5dpp",)]


def test_a_dark_box_stays_without_a_code_and_a_frame_does_not() -> None:
    assert codes_of(labelled([box(100, 200, 300, 214, needs_code=False)], PROSE)) == [()]
    assert labelled([box(100, 200, 300, 214)], PROSE) == []


def test_a_frame_with_words_is_a_cell() -> None:
    labels = words("Name of the officer, see (b)(6) below", 104, 202)
    assert labelled([box(100, 200, 400, 214)], labels) == []


def test_a_code_beside_its_box() -> None:
    assert codes_of(labelled([box(100, 200, 300, 214)], words("b7E", 306, 202))) == [("b7e",)]


def test_a_code_in_running_text_is_no_label_of_a_box_near_it() -> None:
    labels = words("(b)(6) says the statute and goes on to say so", 306, 202)
    assert labelled([box(100, 200, 300, 214)], labels) == []


def test_codes_in_the_margin_serve_the_boxes_at_their_height() -> None:
    boxes = [box(300, 200, 540, 214), box(80, 218, 540, 280), box(80, 400, 540, 430)]
    labels = [*PROSE, *words("B5", 575, 202), *words("B6", 575, 409)]
    assert codes_of(labelled(boxes, labels)) == [("b5",), ("b5",), ("b6",)]


def test_codes_one_below_the_other_are_claimed_together() -> None:
    boxes = [box(80, 200, 540, 214), box(80, 216, 500, 230)]
    labels = [*PROSE, *words("1.4(D)", 565, 197), *words("B1", 565, 209), *words("B7(D)", 565, 221)]
    assert codes_of(labelled(boxes, labels)) == [("1.4d", "b1", "b7d")] * 2


def test_codes_each_at_the_height_of_its_own_line_are_claimed_apart() -> None:
    boxes = [box(150, 200, 300, 212), box(150, 214, 300, 226), box(150, 228, 300, 240)]
    labels = [*PROSE, *words("B6", 575, 201), *words("B5", 575, 215), *words("B7(E)", 570, 229)]
    assert codes_of(labelled(boxes, labels)) == [("b6",), ("b5",), ("b7e",)]


def test_the_left_margin_serves_as_well() -> None:
    assert codes_of(labelled([box(80, 200, 540, 214)], [*PROSE, *words("B7(A)", 10, 202)])) == [("b7a",)]


def test_a_stamp_about_the_whole_document_is_no_label() -> None:
    labels = [*PROSE, *words("RELEASE IN PART", 480, 60), *words("B5,B6", 480, 72)]
    assert labelled([box(100, 62, 300, 84)], labels) == []


def test_labels_that_readers_ran_together_over_a_line_end() -> None:
    boxes = [box(100, 200, 160, 210, needs_code=False), box(160, 212, 240, 222, needs_code=False)]
    jammed = LabelWord("(7)(b)", Box(145, 200, 175, 222), 10)
    labels = [*words("(b)", 112, 200), jammed, *words("(7)(E)", 180, 212, start=17), *PROSE]
    assert codes_of(labelled(boxes, labels)) == [("b7",), ("b7e",)]


def test_what_ocr_read_out_of_the_box_is_better_than_what_it_read_on_the_page() -> None:
    page = words("riMldWhiM", 110, 202, is_ocr=True)
    read = words("(b)(7)(E)", 110, 202, start=-1, is_ocr=True)
    assert codes_of(labelled([box(100, 200, 300, 214)], [*page, *read], is_ocr=True)) == [("b7e",)]


def test_nothing_comes_of_nothing() -> None:
    assert labelled([], PROSE) == []
    assert labelled([box(100, 200, 300, 214)], []) == []


def test_the_margins_beside_frames_are_looked_at_once_more() -> None:
    left, right = margin_strips([box(80, 200, 540, 214), box(90, 300, 500, 340)], WIDTH, HEIGHT)
    assert (left.box, right.box) == (Box(0, 170, 77, 370), Box(543, 170, WIDTH, 370))


def test_no_margin_is_looked_at_beside_black_boxes_or_the_cells_of_a_form() -> None:
    assert margin_strips([box(80, 200, 540, 214, needs_code=False)], WIDTH, HEIGHT) == ()
    cells = [box(80, 100 + 15 * row, 540, 114 + 15 * row) for row in range(40)]
    assert margin_strips(cells, WIDTH, HEIGHT) == ()
