"""Words and boxes from the text layer, where they are seen on the page as displayed."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import Limits
from ingest.page import Box, MarkKind, PageFailure, Reader, TextSource, Word
from tests.ingest.drawn import draw, prose, read_here, read_page


def find(words: tuple[Word, ...], text: str) -> Box:
    (word,) = [word for word in words if word.text == text]
    (box,) = word.boxes
    return box


def corner_word(canvas: Canvas) -> None:
    prose(canvas)
    canvas.drawString(100, 60, "corner")


def test_a_word_is_where_it_is_printed(tmp_path: Path) -> None:
    page = read_page(draw(tmp_path / "plain.pdf", corner_word))
    box = find(page.words, "corner")
    assert box.x0 == pytest.approx(100, abs=1)
    assert box.x1 == pytest.approx(100 + 36, abs=3)  # six letters of Helvetica at 12 points
    assert box.top < 792 - 60 < box.bottom
    assert (page.source, page.reader) == (TextSource.TEXT_LAYER, Reader.PDFIUM)


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [
        (90, (792, 612), (60, 100)),
        (180, (612, 792), (512, 60)),
        (270, (792, 612), (732, 512)),
    ],
)
def test_boxes_turn_with_the_page(
    tmp_path: Path, turn: int, size: tuple[float, float], corner: tuple[float, float]
) -> None:
    path = draw(tmp_path / "turned.pdf", corner_word)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    page = read_page(path)
    box = find(page.words, "corner")
    assert (page.width_pt, page.height_pt) == size
    nearest = min(
        abs(x - corner[0]) + abs(y - corner[1]) for x in (box.x0, box.x1) for y in (box.top, box.bottom)
    )
    assert nearest < 6


def test_boxes_count_from_the_cropped_page(tmp_path: Path) -> None:
    path = draw(tmp_path / "cropped.pdf", corner_word)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([50, 40, 562, 752])
        pdf.save(path)
    page = read_page(path)
    box = find(page.words, "corner")
    assert (page.width_pt, page.height_pt) == (512, 712)
    assert box.x0 == pytest.approx(50, abs=1)
    assert box.top < 752 - 60 < box.bottom


def test_words_beside_the_page_are_a_mark_and_not_text(tmp_path: Path) -> None:
    def draw_beside(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(700, 400, "secret words")

    page = read_page(draw(tmp_path / "words_beside_the_page.pdf", draw_beside))
    assert "secret" not in page.text
    assert [(mark.kind, mark.text) for mark in page.marks] == [(MarkKind.OFF_PAGE_TEXT, "secret words")]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def columns(canvas: Canvas) -> None:
        for left, name in ((72, "left"), (330, "right")):
            for number in range(20):
                canvas.drawString(left, 700 - 16 * number, f"{name} column line {number}")

    text = read_page(draw(tmp_path / "columns.pdf", columns)).text
    assert text.index("left column line 19") < text.index("right column line 0")


def test_words_of_form_fields_are_part_of_the_page(tmp_path: Path) -> None:
    def form(canvas: Canvas) -> None:
        prose(canvas)
        canvas.acroForm.textfield(value="Travis County", x=100, y=60, width=200, height=20)

    assert "Travis County" in read_page(draw(tmp_path / "form.pdf", form)).text


def test_a_page_of_too_many_characters_is_a_failure(tmp_path: Path) -> None:
    path = draw(tmp_path / "plain.pdf", prose)
    page = read_here(path, limits=Limits(max_characters_per_page=100))
    assert isinstance(page, PageFailure)
    assert page.code == "page_too_large"


def test_printed_page_labels_are_kept(tmp_path: Path) -> None:
    path = draw(tmp_path / "labelled.pdf", prose, prose)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r, St=3)])
        )
        pdf.save(path)
    assert read_page(path, page_number=2).printed_label == "iv"


@pytest.mark.real
def test_three_columns_of_the_federal_register_are_read_in_order(corpus: Path) -> None:
    page = read_page(corpus / "faa_federal-register_2020-17221.pdf", page_number=15)
    lines = page.text.split("\n")
    first = next(
        number for number, line in enumerate(lines) if line.startswith("(2) Before using any approved")
    )
    assert lines[first + 1].startswith("notify your appropriate principal inspector")


@pytest.mark.real
def test_rows_of_a_turned_table_are_lines(corpus: Path) -> None:
    page = read_page(corpus / "fbi_nics-background-checks_2015-11_rotated.pdf")
    assert "Alaska 209 3,062 3,209 191 184" in page.text
    boxes = {word.text: word.boxes[0] for word in page.words}
    alabama, wyoming = boxes["Alabama"], boxes["Wyoming"]
    assert alabama.bottom - alabama.top > alabama.x1 - alabama.x0  # the page lies on its side
    assert alabama.x0 > wyoming.x0
    assert alabama.top == pytest.approx(wyoming.top, abs=1)
