"""The counties' papers: two resolutions, an agenda and a hearing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.furniture import boxed_stamp, centred_letterhead, draw_seal, page_foot, punch_holes
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.paper import Furniture, Place
from archive.samples.scanning import Scanner
from archive.samples.story import ARLINGTON, ARLINGTON_BOARD, SANTA_CLARA, SANTA_CLARA_BOARD

_LINES_A_PAGE = 25


def county_documents() -> Iterator[SampleDocument]:
    """By date."""
    yield _agenda()
    yield _santa_clara_resolution()
    yield _arlington_resolution()
    yield _hearing()


def _agenda() -> SampleDocument:
    style = Style(family="Helvetica", size=10.4, leading=1.25, left=72, right=72, top=64)
    foot = page_foot("Board of Supervisors", numbered="Page {number} of {count}")
    pages = Manuscript(read_text("agenda-santa-clara"), style, [foot]).pages()
    told = Description(
        "Board of Supervisors agenda, 28 September 2010",
        DocumentKind.OTHER,
        SANTA_CLARA_BOARD,
        date(2010, 9, 28),
        SANTA_CLARA,
    )
    return SampleDocument("agenda-santa-clara-2010-09-28", told, pages)


def _santa_clara_resolution() -> SampleDocument:
    style = Style(size=12, leading=1.32, left=96, right=84, top=84, bottom=84, tab=80)
    furniture = [
        _ruled_margins,
        page_foot("Resolution on Secure Communities", numbered="Page {number} of {count}"),
    ]
    pages = Manuscript(read_text("resolution-santa-clara"), style, furniture).pages()
    told = Description(
        "Santa Clara County Resolution No. 2010-316 on Secure Communities (ayes 5, noes 0)",
        DocumentKind.RESOLUTION,
        SANTA_CLARA_BOARD,
        date(2010, 9, 28),
        SANTA_CLARA,
        vote="5-0",
    )
    return SampleDocument("resolution-santa-clara-2010-316", told, pages)


def _arlington_resolution() -> SampleDocument:
    """The certified copy, sealed, punched and scanned: no text layer at all."""
    style = Style(size=12.4, leading=1.36, left=92, right=92, top=90, bottom=84)
    head = centred_letterhead("COUNTY BOARD", "Arlington County, Virginia", rule=False)
    furniture = [
        head,
        _raised_seal,
        punch_holes(560, 230),
        boxed_stamp("CERTIFIED COPY", x=440, y_from_top=58, tilt=4),
    ]
    pages = Manuscript(read_text("resolution-arlington"), style, furniture, first_top=120).pages()
    told = Description(
        "Arlington County Board resolution on Secure Communities (5 to 0)",
        DocumentKind.RESOLUTION,
        ARLINGTON_BOARD,
        date(2010, 9, 28),
        ARLINGTON,
        vote="5-0",
    )
    return SampleDocument(
        "resolution-arlington-2010-09-28", told, pages, scanner=Scanner(seed=928, skew_degrees=1.3)
    )


def _hearing() -> SampleDocument:
    """A transcript: twenty-five numbered lines a page, as reporters type them."""
    style = Style(
        family="Courier", size=11.5, leading=2.15, left=120, right=66, top=88, bottom=104, paragraph_gap=0
    )
    furniture = [_line_numbers(style), page_foot(numbered="{number}")]
    pages = Manuscript(read_text("transcript"), style, furniture).pages()
    told = Description(
        "Hearing on Secure Communities, Public Safety and Justice Committee",
        DocumentKind.TRANSCRIPT,
        SANTA_CLARA_BOARD,
        date(2010, 12, 7),
        SANTA_CLARA,
    )
    return SampleDocument("transcript-santa-clara-hearing-2010-12-07", told, pages)


def _ruled_margins(canvas: Canvas, place: Place) -> None:
    """Pleading paper: a double rule at the left, one at the right."""
    canvas.setLineWidth(0.5)
    for x in (80, 83, place.size[0] - 72):
        canvas.line(x, 30, x, place.size[1] - 30)


def _raised_seal(canvas: Canvas, place: Place) -> None:
    if place.number == place.count:
        draw_seal(canvas, place.size[0] - 150, 190, 44, "SAMPLE SEAL - NOT A REAL COUNTY -")


def _line_numbers(style: Style) -> Furniture:
    def draw(canvas: Canvas, place: Place) -> None:
        canvas.setFont("Courier", 9.5)
        for number in range(_LINES_A_PAGE):
            canvas.drawRightString(104, place.size[1] - style.top - number * style.line, str(number + 1))
        canvas.setLineWidth(0.5)
        canvas.line(112, 30, 112, place.size[1] - 30)

    return draw
