"""Boxes on born-digital pages: which stand for words, and which are rules, headings, cells or charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box
from ingest.redaction_found import FoundBy, RedactionLook
from tests.ingest.boxes_drawn import found_in, from_top
from tests.ingest.drawn import prose

CODE = "(b)(6), (b)(7)(C)"
PLACE = from_top(100, 56, 240, 72)


def withheld(
    *, fill: float | None, ink: float = 0.0, code: str = CODE, stroke: bool = False
) -> Callable[[Canvas], None]:
    """Draws prose and one box at ``PLACE`` with a code on it."""

    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.setFillGray(1.0 if fill is None else fill)
        canvas.setStrokeGray(0.2)
        canvas.rect(100, 56, 140, 16, stroke=int(stroke), fill=int(fill is not None))
        canvas.setFillGray(ink)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(108, 61, code)

    return page


@pytest.mark.parametrize(
    ("page", "look"),
    [
        (withheld(fill=0.0, ink=1.0), RedactionLook.BLACK),
        (withheld(fill=0.75), RedactionLook.GREY),
        (withheld(fill=1.0, stroke=True), RedactionLook.FRAMED),
        (withheld(fill=None, stroke=True), RedactionLook.FRAMED),
        (withheld(fill=1.0), RedactionLook.WHITE),
    ],
)
def test_a_box_with_its_code(tmp_path: Path, page: Callable[[Canvas], None], look: RedactionLook) -> None:
    (found,) = found_in(tmp_path, page)
    assert (found.look, found.found_by, found.codes) == (look, FoundBy.SHAPES, ("b6", "b7c"))
    assert found.box == PLACE
    assert found.code_text == CODE


def test_a_black_box_says_by_itself_that_words_were_taken_out(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, withheld(fill=0.0, code=""))
    assert (found.look, found.codes, found.box) == (RedactionLook.BLACK, (), PLACE)


@pytest.mark.parametrize("fill", [0.75, 1.0])
def test_a_grey_or_white_box_without_a_code_is_none(tmp_path: Path, fill: float) -> None:
    assert found_in(tmp_path, withheld(fill=fill, code="", stroke=True)) == ()


@pytest.mark.parametrize("fill", [0.0, 0.75, 1.0])
def test_a_box_with_other_words_is_a_heading_or_a_cell(tmp_path: Path, fill: float) -> None:
    page = withheld(fill=fill, ink=1.0 if fill == 0 else 0.0, code="Part A. Name and address", stroke=True)
    assert found_in(tmp_path, page) == ()


def test_white_painted_over_words_that_are_still_there(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(104, 60, "Jane Roe of Arlington")
        canvas.setFillGray(1.0)
        canvas.rect(100, 56, 140, 16, stroke=0, fill=1)
        canvas.setFillGray(0.0)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(150, 61, "(b)(5) DPP")

    (found,) = found_in(tmp_path, page)
    assert (found.look, found.codes) == (RedactionLook.WHITE, ("b5dpp",))


def four_lines(canvas: Canvas) -> None:
    prose(canvas)
    canvas.line(100, 56, 240, 56)
    canvas.line(100, 72, 240, 72)
    canvas.line(100, 56, 100, 72)
    canvas.line(240, 56, 240, 72)
    canvas.drawString(108, 60, "(b)(7)(E)")


def test_a_frame_of_four_lines(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, four_lines)
    assert (found.look, found.codes) == (RedactionLook.FRAMED, ("b7e",))


def test_a_picture_of_one_colour_is_a_box_and_a_photograph_is_none(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(104, 60, "Jane Roe")
        canvas.drawImage(ImageReader(Image.new("RGB", (8, 2), (0, 0, 0))), 100, 56, 140, 16)
        canvas.drawString(304, 60, "John Doe")
        canvas.drawImage(ImageReader(Image.linear_gradient("L")), 300, 40, 60, 40)

    (found,) = found_in(tmp_path, page)
    assert (found.look, found.box) == (RedactionLook.BLACK, PLACE)


def test_boxes_on_lines_that_follow_one_another_are_one_each(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        for number in range(4):
            canvas.rect(100, 100 - 14 * number, 120 + 10 * number, 13, stroke=0, fill=1)

    assert len(found_in(tmp_path, page)) == 4


def a_frame_made_of_two_boxes(canvas: Canvas) -> None:
    canvas.rect(98, 54, 144, 20, stroke=0, fill=1)
    canvas.setFillGray(1.0)
    canvas.rect(99, 55, 142, 18, stroke=0, fill=1)


def a_bar_chart(canvas: Canvas) -> None:
    for number, height in enumerate((40, 75, 20, 58)):
        canvas.rect(100 + 40 * number, 30, 24, height, stroke=0, fill=1)


def a_heavy_rule(canvas: Canvas) -> None:
    canvas.rect(72, 60, 468, 5.5, stroke=0, fill=1)


def boxes_to_tick(canvas: Canvas) -> None:
    canvas.rect(100, 60, 9, 9, stroke=1, fill=1)
    canvas.rect(180, 60, 9, 9, stroke=1, fill=0)
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(560, 60, "(b)(6)")


def a_shaded_column_of_codes(canvas: Canvas) -> None:
    canvas.setFillGray(0.8)
    canvas.rect(100, 30, 60, 80, stroke=0, fill=1)
    canvas.setFillGray(0.0)
    for number in range(5):
        canvas.drawString(104, 98 - 16 * number, "(b)(6)")


@pytest.mark.parametrize("drawn", [a_frame_made_of_two_boxes, a_bar_chart, a_heavy_rule, boxes_to_tick])
def test_what_is_no_box_over_words(tmp_path: Path, drawn: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        drawn(canvas)

    assert [found for found in found_in(tmp_path, page) if found.look != RedactionLook.CODE] == []


def test_a_shaded_column_is_no_box_but_its_codes_are_marks(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        a_shaded_column_of_codes(canvas)

    assert [found.look for found in found_in(tmp_path, page)] == [RedactionLook.CODE] * 5


def test_a_code_in_a_table_withholds_its_own_cell_only(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        for column in range(3):
            canvas.rect(100 + 100 * column, 56, 100, 18)
        canvas.drawString(204, 61, "(b)(6)")

    (found,) = found_in(tmp_path, page)
    assert found.codes == ("b6",)
    assert found.box.x0 > 195
    assert found.box.x1 < 305


def test_words_struck_through_and_markings_that_were_lifted(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 400, "The visit of Jane Roe was noted.")
        canvas.line(161, 404, 213, 404)
        canvas.drawString(100, 340, "For Official Use Only")
        canvas.line(100, 344, 218, 344)
        canvas.drawString(100, 300, "An underlined title")
        canvas.line(100, 298, 205, 298)

    (found,) = found_in(tmp_path, page)
    assert found.look == RedactionLook.STRUCK
    assert found.box.x0 == pytest.approx(161.4, abs=0.5)
    assert found.confidence < 0.7


def test_a_page_that_is_turned(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        withheld(fill=0.0, ink=1.0)(canvas)

    (found,) = found_in(tmp_path, page)
    assert (found.look, found.codes) == (RedactionLook.BLACK, ("b6", "b7c"))
    assert found.box == Box(56, 100, 72, 240)


def test_pages_without_codes_or_boxes_have_none(tmp_path: Path) -> None:
    assert found_in(tmp_path, prose) == ()
