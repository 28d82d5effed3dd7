"""Tables: a deployment log on landscape pages, and statistics that were printed sideways."""

from __future__ import annotations

import random
from datetime import date, timedelta

from reportlab.lib.pagesizes import landscape, letter
from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.figures import Jurisdiction, jurisdictions
from archive.samples.furniture import bates_stamp
from archive.samples.lines import Style
from archive.samples.paper import Furniture, Place
from archive.samples.redaction import RedactionLook
from archive.samples.story import BATES_PREFIX, FIRST_RELEASE, ICE

_LOG_ENTRIES = (
    "Letter with activation date sent to agency",
    "Call to agency; left message for [[b6,b7C|Lt. Whitaker-Boone]]",
    "Meeting held with sheriff and jail administrator; no concerns",
    "Statement of Intent returned",
    "Statement of Intent not returned; readiness sheet sent all the same",
    "Agency asks what happens if the board votes no. [[b5|Told: will check with HQ. HQ says do not answer.]]",
    "County counsel asks for copy of MOA; referred to SIB",
    "SIB refers county counsel to us",
    "ORI added to table by CJIS, effective next morning",
    "First match. [[b7E|Latent search disabled on flats below 1,150]]",
    "Agency does not want response message; SIB informed",
    "Board member asks to opt out; SC-12 [[b5|not filled in, per Deployment Branch]]",
    "Date moved 60 days at request of sheriff",
    "Public affairs told; reporter has FAQ of August 2009",
    "Test submission OK; IAR received by field office in 2 h 14 min",
)
_STATISTICS_ROWS_A_PAGE = 31
_COLUMNS = (  # name, points from the left
    ("Jurisdiction", 0),
    ("Activated", 150),
    ("Submissions", 265),
    ("Matches", 335),
    ("Level 1", 400),
    ("Level 2", 455),
    ("Level 3", 510),
    ("None", 565),
    ("Removed", 640),
)
_TEXT_COLUMNS = ("Jurisdiction", "Activated")


def deployment_log(first: int) -> SampleDocument:
    """Who was called, what was said, when the switch was thrown."""
    size = landscape(letter)
    style = Style(
        family="Courier",
        size=9.2,
        leading=1.34,
        left=44,
        right=44,
        top=62,
        bottom=58,
        page_size=size,
        look=RedactionLook.GREY,
        table_size=9.2,
    )
    pages = Manuscript(_log_text(), style, [_log_head, bates_stamp(BATES_PREFIX, first)]).pages()
    told = Description(
        "Secure Communities deployment log, March to June 2010",
        DocumentKind.LOG,
        ICE,
        date(2010, 6, 30),
        production=FIRST_RELEASE,
    )
    return SampleDocument("log-deployment-2010", told, pages, size=size)


def statistics() -> SampleDocument:
    """Drawn lying on its side with /Rotate, as spreadsheets come out of a printer driver."""
    rows = jurisdictions()
    chunks = [rows[at : at + _STATISTICS_ROWS_A_PAGE] for at in range(0, len(rows), _STATISTICS_ROWS_A_PAGE)]
    told = Description(
        "Monthly statistics by jurisdiction, through September 30, 2010",
        DocumentKind.REPORT,
        ICE,
        date(2010, 10, 15),
    )
    pages = [_statistics_page(chunk) for chunk in chunks]
    return SampleDocument("statistics-by-jurisdiction-2010-09", told, pages, rotate=90)


def _log_text() -> str:
    chance = random.Random(1214)  # noqa: S311 - sample entries, not a secret
    day, rows = (
        date(2010, 3, 1),
        ["|= 9 19 8 50 14", "| **Date** | **Jurisdiction** | **ORI** | **Entry** | **By** |"],
    )
    places = jurisdictions()
    for number in range(178):
        day += timedelta(days=chance.choice((0, 1, 1, 1, 2)))
        place = places[(number * 7) % len(places)]
        entry = _LOG_ENTRIES[chance.randrange(len(_LOG_ENTRIES))]
        by = chance.choice(("[[b6,b7C|D. Aguilar]]", "[[b6,b7C|T. Mbeki-Lowe]]", "Ostrander"))
        ori = f"{place.state}{chance.randrange(100, 990):03d}00"
        rows.append(f"| {day:%m/%d/%y} | {place.county}, {place.state} | {ori} | {entry} | {by} |")
    return "\n".join(rows)


def _log_head(canvas: Canvas, place: Place) -> None:
    canvas.setFont("Courier-Bold", 10)
    canvas.drawString(44, place.size[1] - 36, "SECURE COMMUNITIES DEPLOYMENT LOG  -  ALL REGIONS  -  FOUO")
    canvas.drawRightString(place.size[0] - 44, place.size[1] - 36, f"Sheet {place.number}/{place.count}")


def _statistics_page(rows: list[Jurisdiction]) -> Furniture:
    def draw(canvas: Canvas, place: Place) -> None:
        canvas.translate(place.size[0], 0)  # so that the page reads upright once /Rotate has turned it
        canvas.rotate(90)
        top = place.size[0] - 50
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(44, top, "Secure Communities: Monthly Statistics by Jurisdiction (made-up figures)")
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(
            44, top - 14, f"IDENT/IAFIS Interoperability, through September 30, 2010 - sheet {place.number}"
        )
        _statistics_row(canvas, top - 38, [name for name, _ in _COLUMNS], "Helvetica-Bold")
        for number, row in enumerate(rows):
            y = top - 54 - 14.4 * number
            if number % 2 == 0:
                canvas.setFillGray(0.92)
                canvas.rect(40, y - 4, 700, 14.4, stroke=0, fill=1)
                canvas.setFillGray(0)
            _statistics_row(canvas, y, _cells(row), "Helvetica")

    return draw


def _cells(row: Jurisdiction) -> list[str]:
    numbers = (row.submissions, row.matches, *row.removed, row.removed_in_all)
    return [f"{row.county}, {row.state}", row.activated, *(f"{number:,}" for number in numbers)]


def _statistics_row(canvas: Canvas, y: float, cells: list[str], font: str) -> None:
    canvas.setFont(font, 8.8)
    for cell, (name, x) in zip(cells, _COLUMNS, strict=True):
        if name in _TEXT_COLUMNS:
            canvas.drawString(44 + x, y, cell)
        else:
            canvas.drawRightString(44 + x + 48, y, cell)
