"""What was withheld on a page, from the file to the values that are kept of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import Limits
from ingest.page import Box, PageReading
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, RedactionLook
from ingest.redaction_search import without_cells
from ingest.wire import format_line, parse_line
from ingest.wire_checks import BadLine
from tests.ingest.drawn import draw, prose, read_page

FOUND = FoundRedaction(
    Box(72.0, 100.0, 300.0, 114.0),
    RedactionLook.BLACK,
    FoundBy.SHAPES,
    ("b3", "b7e"),
    "(b)(3), (b)(7)(E)",
    0.97,
    "8 U.S.C. 1202(f)",
)


def withheld(folder: Path, label: str) -> tuple[FoundRedaction, ...]:
    def page(canvas: Canvas) -> None:
        canvas.drawString(
            72, 700, "The officer who was asked about it did not know of a county that had left."
        )
        canvas.rect(100, 300, 260, 16, fill=1)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(104, 304, label)

    return read_page(draw(folder / "page.pdf", page), images=True).redactions


def test_the_statute_behind_exemption_3_is_named(tmp_path: Path) -> None:
    (found,) = withheld(tmp_path, "(b)(3): 8 USC 1202(f)")
    assert (found.codes, found.statute) == (("b3",), "8 U.S.C. 1202(f)")
    (found,) = withheld(tmp_path, "(b)(6), (b)(7)(C)")
    assert (found.codes, found.statute) == (("b6", "b7c"), "")


def test_a_sheet_in_place_of_a_page_is_the_whole_page(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(150, 500, "2 pages withheld in full under")
        canvas.drawString(150, 480, "5 U.S.C. 552(b)(5) and (b)(7)(E)")

    (found,) = read_page(draw(tmp_path / "slip.pdf", page), images=True).redactions
    assert (found.look, found.box) == (RedactionLook.WHOLE_PAGE, Box(0, 0, 612, 792))
    assert found.codes == ("b5", "b7e")


def test_a_cell_around_a_black_box_and_specks_within_it_are_none() -> None:
    cell = FoundBox(Box(40, 90, 211, 126), RedactionLook.FRAMED, FoundBy.PICTURE, needs_code=True)
    black = FoundBox(Box(45, 108, 202, 121), RedactionLook.BLACK, FoundBy.PICTURE)
    speck = FoundBox(Box(60, 110, 80, 119), RedactionLook.GREY, FoundBy.PICTURE, needs_code=True)
    beside = FoundBox(Box(220, 90, 391, 126), RedactionLook.FRAMED, FoundBy.PICTURE, needs_code=True)
    assert without_cells((cell, black, speck, beside)) == (black, beside)


def reading(*redactions: FoundRedaction, folder: Path) -> PageReading:
    return replace(read_page(draw(folder / "plain.pdf", prose)), redactions=redactions)


def test_redactions_cross_from_the_child_as_they_are(tmp_path: Path) -> None:
    sent = reading(FOUND, replace(FOUND, codes=(), statute="", look=RedactionLook.STRUCK), folder=tmp_path)
    assert parse_line(format_line(sent), Limits()) == sent


@pytest.mark.parametrize(
    ("place", "lie"),
    [
        (0, [1, 2, 3]),
        (1, "purple"),
        (2, "guess"),
        (3, ["b6'; --"]),
        (3, [6]),
        (3, ["b6"] * 21),
        (4, "x" * 301),
        (5, 1.5),
        (6, "x" * 201),
    ],
)
def test_a_redaction_that_is_not_as_it_should_be_is_refused(tmp_path: Path, place: int, lie: object) -> None:
    data = json.loads(format_line(reading(FOUND, folder=tmp_path)))
    data["redactions"][0][place] = lie
    with pytest.raises(BadLine):
        parse_line(json.dumps(data).encode(), Limits())
