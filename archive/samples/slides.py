"""A training deck as it was handed out: one slide a page, with the notes' codes in grey boxes."""

from __future__ import annotations

from datetime import date

from reportlab.lib.pagesizes import landscape, letter
from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, SampleDocument
from archive.samples.furniture import bates_stamp, draw_seal
from archive.samples.lines import Style, Text, broken_lines, set_line, tokens_of
from archive.samples.markup import read_text
from archive.samples.paper import Furniture, Place
from archive.samples.redaction import RedactionBox, RedactionLook, draw_redaction
from archive.samples.story import BATES_PREFIX, FIRST_RELEASE, ICE

_STYLE = Style(family="Helvetica", size=19, leading=1.35, look=RedactionLook.GREY)
_NOTE_SIZE = 15.0


def training_deck(first: int) -> SampleDocument:
    """Module 3, with the slide that said what was not so."""
    stamp = bates_stamp(BATES_PREFIX, first)
    pages = [_slide(text.strip().split("\n"), stamp) for text in read_text("slides").split("===")]
    told = Description(
        "Field coordinator training, module 3: what a jurisdiction needs to know",
        DocumentKind.OTHER,
        ICE,
        date(2010, 6, 14),
        production=FIRST_RELEASE,
    )
    return SampleDocument("slides-coordinator-training", told, pages, size=landscape(letter))


def _slide(lines: list[str], stamp: Furniture) -> Furniture:
    def draw(canvas: Canvas, place: Place) -> None:
        _background(canvas, place, lines[0])
        y = place.size[1] - (150 if place.is_first else 165)
        for line in lines[1:]:
            y = _slide_line(canvas, line, y)
        stamp(canvas, place)

    return draw


def _background(canvas: Canvas, place: Place, title: str) -> None:
    width, height = place.size
    canvas.setFillColorRGB(0.09, 0.16, 0.33)
    canvas.rect(40, height - 118, width - 80, 74, stroke=0, fill=1)
    canvas.setFillColorRGB(0.75, 0.6, 0.2)
    canvas.rect(40, height - 123, width - 80, 4, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(64, height - 89, title)
    canvas.setFillGray(0)
    canvas.rect(40, 56, width - 80, height - 100)
    draw_seal(canvas, width - 84, 96, 24, "SAMPLE - NOT A REAL SEAL -")
    canvas.setFont("Helvetica-Oblique", 9)
    canvas.drawString(56, 64, f"Law Enforcement Sensitive - For Official Use Only          {place.number}")


def _slide_line(canvas: Canvas, line: str, y: float) -> float:
    """One bullet, or a withheld note; answers where the next one starts."""
    bullet = line.startswith("- ")
    size = _STYLE.size if bullet else _NOTE_SIZE
    for number, words in enumerate(broken_lines(tokens_of(line.removeprefix("- "), _STYLE), 560, size)):
        if bullet and number == 0:
            canvas.setFont("Helvetica", size)
            canvas.drawString(76, y, "\u2022")
        for mark in set_line(words, 98 if bullet else 76, y, size):
            if isinstance(mark, Text):
                canvas.setFont(mark.font, mark.size)
                canvas.drawString(mark.x, mark.y, mark.text)
            elif isinstance(mark, RedactionBox):
                draw_redaction(canvas, mark, _STYLE.look)
        y -= size * _STYLE.leading
    return y - 12
