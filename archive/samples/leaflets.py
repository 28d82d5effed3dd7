"""What the coalition printed: a flyer in Spanish and a newsletter in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.paper import Furniture, Place
from archive.samples.story import COALITION, SANTA_CLARA
from archive.samples.typesetting import SetPage, set_pages

_COLUMN_GAP = 22.0
_MARGIN = 54.0
_NAME = "THE BAY COUNTIES BULLETIN"


def leaflet_documents() -> Iterator[SampleDocument]:
    """By date."""
    yield _newsletter()
    yield _flyer()


def _flyer() -> SampleDocument:
    style = Style(family="Helvetica", size=13.6, leading=1.3, left=80, right=80, top=96, bottom=90)
    pages = Manuscript(read_text("flyer-spanish"), style, [_flyer_frame]).pages()
    told = Description(
        "Volante: ¿Qué es «Comunidades Seguras»?",
        DocumentKind.OTHER,
        COALITION,
        date(2010, 11, 8),
        SANTA_CLARA,
        language="es",
    )
    return SampleDocument("volante-comunidades-seguras", told, pages)


def _flyer_frame(canvas: Canvas, place: Place) -> None:
    canvas.setStrokeColorRGB(0.55, 0.1, 0.1)
    canvas.setLineWidth(5)
    canvas.roundRect(44, 44, place.size[0] - 88, place.size[1] - 88, 14)
    canvas.setFillColorRGB(0.55, 0.1, 0.1)
    canvas.rect(44, place.size[1] - 66, place.size[0] - 88, 22, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawCentredString(
        place.size[0] / 2, place.size[1] - 60, "CONOZCA SUS DERECHOS - INFORMACIÓN GRATUITA"
    )


def _newsletter() -> SampleDocument:
    width = (letter[0] - 2 * _MARGIN - _COLUMN_GAP) / 2
    style = Style(size=10.6, leading=1.24, left=0, right=0, top=136, bottom=72, page_size=(width, letter[1]))
    columns = set_pages(read_text("newsletter"), style)
    pages = [_spread(columns[at : at + 2], style, width) for at in range(0, len(columns), 2)]
    told = Description(
        "The Bay Counties Bulletin: two boards, one night, no noes",
        DocumentKind.OTHER,
        COALITION,
        date(2010, 10, 11),
    )
    return SampleDocument("newsletter-bay-counties-bulletin-2010-10", told, pages)


def _spread(columns: list[SetPage], style: Style, width: float) -> Furniture:
    def draw(canvas: Canvas, place: Place) -> None:
        _masthead(canvas, place)
        for number, column in enumerate(columns):
            canvas.saveState()
            canvas.translate(_MARGIN + number * (width + _COLUMN_GAP), 0)
            column.draw(canvas, style)
            canvas.restoreState()

    return draw


def _masthead(canvas: Canvas, place: Place) -> None:
    middle, top = place.size[0] / 2, place.size[1]
    canvas.setFont("Times-Bold", 30 if place.is_first else 16)
    canvas.drawCentredString(middle, top - 78, _NAME)
    canvas.setFont("Times-Italic", 9.5)
    canvas.drawCentredString(middle, top - 96, f"October 2010  -  Number 31  -  page {place.number}  -  free")
    canvas.setLineWidth(1)
    canvas.line(_MARGIN, top - 104, place.size[0] - _MARGIN, top - 104)
    canvas.setLineWidth(0.4)
    canvas.line(middle, 70, middle, top - 118)
