"""Puts pages on paper: the sample mark on every one, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from archive.samples.lines import Style
from archive.samples.typesetting import SetPage

SAMPLE_MARK = "SAMPLE - made for Reading Room, not a real record"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document the page being drawn stands."""

    number: int
    count: int
    size: tuple[float, float]

    @property
    def is_first(self) -> bool:
        return self.number == 1


Furniture = Callable[[Canvas, Place], None]


def drawn_pdf(
    pages: Sequence[Furniture],
    *,
    title: str = "",
    size: tuple[float, float] = letter,
    rotate: int = 0,
    mark_grey: float = 0.3,
) -> bytes:
    """A PDF with each page drawn by its function. ``rotate`` (90) is written as /Rotate.

    ``mark_grey`` is how light the sample mark is: 0 for what will be scanned, or the scan loses it.
    """
    buffer = BytesIO()
    # reportlab takes the size as displayed, and turns it back for the MediaBox
    canvas = Canvas(buffer, pagesize=size[::-1] if rotate else size, invariant=True, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("Reading Room samples")
    canvas.setCreator("Reading Room")
    for number, draw in enumerate(pages, 1):
        if rotate:
            canvas.setPageRotation(rotate)
        place = Place(number, len(pages), size)
        canvas.saveState()
        draw(canvas, place)
        canvas.restoreState()
        _draw_mark(canvas, size, mark_grey)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def set_furnished(pages: Sequence[SetPage], style: Style, *furniture: Furniture) -> list[Furniture]:
    """Set pages as drawing functions, with their letterheads, stamps and page numbers."""

    def drawing(page: SetPage) -> Furniture:
        def draw(canvas: Canvas, place: Place) -> None:
            for part in furniture:
                canvas.saveState()
                part(canvas, place)
                canvas.restoreState()
            page.draw(canvas, style)

        return draw

    return [drawing(page) for page in pages]


def _draw_mark(canvas: Canvas, size: tuple[float, float], grey: float) -> None:
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica", 7.5)
    canvas.drawCentredString(size[0] / 2, 13, SAMPLE_MARK)
    canvas.setFillGray(0)
