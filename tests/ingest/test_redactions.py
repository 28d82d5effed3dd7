"""Words that were painted over are still in the file, and are found there by both readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.colors import Color, black, navy, white
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box, Mark, MarkKind, PageReading, Reader
from ingest.redactions import PaintedWord, find_marks, merge_marks
from ingest.shapes import Shape, ShapeKind
from tests.ingest.drawn import draw, prose, read_page

BOX = Box(100, 100, 300, 120)
UNDER = Box(110, 104, 180, 116)


def hidden(box: Box) -> bool:
    return False


def seen(box: Box) -> bool:
    return True


def fill(order: int, *, dark: bool = True) -> Shape:
    return Shape(order, ShapeKind.FILL, BOX, dark)


def marks_of(page: PageReading) -> list[tuple[MarkKind, str]]:
    return [(mark.kind, mark.text) for mark in page.marks]


def test_a_word_painted_before_the_box_is_beneath_it() -> None:
    (mark,) = find_marks([fill(2)], [PaintedWord("Smith", UNDER, 1)], hidden)
    assert (mark.kind, mark.text) == (MarkKind.BOX_OVER_TEXT, "Smith")


def test_what_the_page_shows_is_not_hidden() -> None:
    assert find_marks([fill(2, dark=False)], [PaintedWord("Smith", UNDER, 1)], seen) == ()


def test_words_without_ink_are_beneath_whatever_the_order() -> None:
    (mark,) = find_marks([fill(1)], [PaintedWord("Smith", UNDER, 2, is_invisible=True)], hidden)
    assert mark.kind == MarkKind.BOX_OVER_TEXT


def test_a_code_on_the_box_does_not_show_the_name_beneath() -> None:
    words = [PaintedWord("Smith", UNDER, 1), PaintedWord("(b)(6)", UNDER, 3)]
    (mark,) = find_marks([fill(2)], words, seen)
    assert (mark.kind, mark.text) == (MarkKind.BOX_OVER_TEXT, "Smith")


def test_the_same_word_painted_again_on_the_box_is_not_hidden() -> None:
    words = [PaintedWord("Total", UNDER, 1), PaintedWord("Total", UNDER, 3)]
    assert find_marks([fill(2, dark=False)], words, hidden) == ()


def test_a_dark_box_with_nothing_beneath_is_a_dark_box() -> None:
    assert [mark.kind for mark in find_marks([fill(1)], [], hidden)] == [MarkKind.DARK_BOX]


@pytest.mark.parametrize(("label", "count"), [("(b)(6)", 1), ("b7C", 1), ("Redacted", 1), ("Name", 0)])
def test_a_heading_on_a_dark_bar_is_no_mark_but_a_ground_is(label: str, count: int) -> None:
    assert len(find_marks([fill(1)], [PaintedWord(label, UNDER, 2)], seen)) == count


def test_a_line_to_sign_on_is_not_hidden_text() -> None:
    assert find_marks([fill(2, dark=False)], [PaintedWord("_____", UNDER, 1)], hidden) == ()


def test_of_two_marks_for_one_box_the_one_with_words_is_kept() -> None:
    dark, over = Mark(MarkKind.DARK_BOX, BOX), Mark(MarkKind.BOX_OVER_TEXT, BOX, "Smith")
    assert merge_marks([dark], [over]) == (over,)
    assert merge_marks([over], [dark]) == (over,)


def black_box_over_live_text(canvas: Canvas) -> None:
    prose(canvas)
    canvas.drawString(100, 60, "John Smith lives here")
    canvas.setFillColor(black)
    canvas.rect(98, 56, 60, 16, stroke=0, fill=1)


def test_a_black_box_over_live_text_is_found_by_the_careful_reader(tmp_path: Path) -> None:
    page = read_page(draw(tmp_path / "black_box_over_live_text.pdf", black_box_over_live_text))
    assert page.reader == Reader.PDFPLUMBER
    assert marks_of(page) == [(MarkKind.BOX_OVER_TEXT, "John Smith")]
    assert "lives here" in page.text


def test_a_white_box_over_live_text_is_found(tmp_path: Path) -> None:
    def white_box(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(100, 60, "John Smith")
        canvas.setFillColor(white)
        canvas.rect(90, 50, 120, 24, stroke=0, fill=1)

    page = read_page(draw(tmp_path / "white_box_over_live_text.pdf", white_box))
    assert marks_of(page) == [(MarkKind.BOX_OVER_TEXT, "John Smith")]


def test_a_highlighter_hides_nothing(tmp_path: Path) -> None:
    def highlighter(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(100, 60, "John Smith")
        canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
        canvas.rect(90, 50, 120, 24, stroke=0, fill=1)

    page = read_page(draw(tmp_path / "highlighter.pdf", highlighter))
    assert (page.reader, page.marks) == (Reader.PDFIUM, ())


def test_a_table_heading_costs_no_careful_reading(tmp_path: Path) -> None:
    def heading(canvas: Canvas) -> None:
        prose(canvas)
        canvas.setFillColor(navy)
        canvas.rect(90, 50, 220, 24, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(100, 60, "Name and address")

    page = read_page(draw(tmp_path / "table_heading.pdf", heading))
    assert (page.reader, page.marks) == (Reader.PDFIUM, ())


def test_a_box_where_the_words_were_taken_out_is_a_dark_box(tmp_path: Path) -> None:
    def sound(canvas: Canvas) -> None:
        prose(canvas)
        canvas.rect(98, 56, 60, 16, stroke=0, fill=1)

    page = read_page(draw(tmp_path / "sound_redaction.pdf", sound))
    assert marks_of(page) == [(MarkKind.DARK_BOX, "")]
    assert page.marks[0].box == Box(98, 792 - 72, 158, 792 - 56)


def test_a_box_inside_a_form_is_found_where_it_is_displayed(tmp_path: Path) -> None:
    def in_a_form(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(200, 60, "John Smith")
        canvas.beginForm("cover")
        canvas.rect(0, 0, 60, 8, stroke=0, fill=1)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(196, 56)
        canvas.scale(2, 2)
        canvas.doForm("cover")
        canvas.restoreState()

    (mark,) = read_page(draw(tmp_path / "box_in_a_form.pdf", in_a_form)).marks
    assert (mark.kind, mark.text) == (MarkKind.BOX_OVER_TEXT, "John Smith")
    assert mark.box == Box(196, 792 - 72, 316, 792 - 56)


def test_a_redaction_never_applied_leaves_its_words(tmp_path: Path) -> None:
    import pikepdf

    path = draw(tmp_path / "redaction_never_applied.pdf", black_box_over_live_text)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Redact,
                    Rect=pikepdf.Array([70, 716, 140, 734]),
                )
            ]
        )
        pdf.save(path)
    page = read_page(path)
    assert (MarkKind.REDACT_ANNOTATION, "The agency") in marks_of(page)


def test_a_comment_box_drawn_over_a_name_hides_it_and_leaves_it(tmp_path: Path) -> None:
    import pikepdf

    def name(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(100, 60, "John Smith")

    path = draw(tmp_path / "comment_box_over_live_text.pdf", name)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        look = pdf.make_stream(b"0 g 0 0 120 24 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 120, 24])
        square = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=pikepdf.Array([90, 50, 210, 74]),
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(square)]))
        pdf.save(path)
    assert marks_of(read_page(path)) == [(MarkKind.BOX_OVER_TEXT, "John Smith")]
