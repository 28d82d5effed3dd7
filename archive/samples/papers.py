"""Memos, e-mails with codes in the margin, an agreement, a desk reference and a court declaration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.furniture import boxed_stamp, federal_letterhead, page_foot, pen_stroke, running_stamp
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.paper import Furniture, Place
from archive.samples.redaction import RedactionLook
from archive.samples.scanning import Scanner
from archive.samples.story import COURT, DHS, ICE, ILLINOIS
from archive.samples.typesetting import Figure

_CAPTION_ROWS = (
    ("HARBOR STREET LAW CLINIC and BAY COUNTIES", ""),
    ("CIVIL LIBERTIES COALITION,", "No. 10 Civ. 0000 (SMP)"),
    ("", ""),
    ("                         Plaintiffs,", "DECLARATION OF"),
    ("          - against -", "DWIGHT A. LARRABEE"),
    ("", ""),
    ("U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT,", "ECF case (sample)"),
    ("                         Defendant.", ""),
)


def paper_documents() -> Iterator[SampleDocument]:
    """By date."""
    yield _agreement()
    yield _privacy_sheet()
    yield _procedure_memo()
    yield _margin_emails()
    yield _declaration()


def _agreement() -> SampleDocument:
    """Copied from a copy: black and white, hardly askew."""
    style = Style(size=11.3, leading=1.2, left=84, right=84, top=84, bottom=80, table_size=10.5)
    foot = page_foot("MOA: ICE / Illinois State Police", numbered="{number}")
    figures = {"signatures": Figure(36, _two_signatures, lines_below=6)}
    pages = Manuscript(read_text("moa-illinois"), style, [foot], figures=figures).pages()
    told = Description(
        "Memorandum of Agreement between ICE and the Illinois State Police",
        DocumentKind.AGREEMENT,
        ICE,
        date(2009, 11, 20),
        ILLINOIS,
    )
    return SampleDocument("agreement-ice-illinois-state-police", told, pages, scanner=Scanner(1102, 0.5))


def _two_signatures(canvas: Canvas, x: float, y: float, width: float) -> None:
    pen_stroke(canvas, "thornbury", x + 8, y + 8)
    pen_stroke(canvas, "keating", x + width / 2 + 8, y + 8)


def _privacy_sheet() -> SampleDocument:
    style = Style(family="Helvetica", size=10.3, leading=1.3, top=64, bottom=64)
    pages = Manuscript(read_text("privacy-notice"), style, [page_foot("Desk Reference, sheet 14")]).pages()
    told = Description(
        "Privacy Act exemptions: a page for those who review records",
        DocumentKind.OTHER,
        DHS,
        date(2009, 12, 1),
        published=False,  # so that the demo has something that only its editors see
    )
    return SampleDocument("desk-reference-privacy-act-exemptions", told, pages)


def _procedure_memo() -> SampleDocument:
    style = Style(size=10.8, leading=1.14, left=76, right=76, top=72, bottom=60, tab=134)
    head = federal_letterhead(
        "Secure Communities Program Office",
        "U.S. Immigration\nand Customs\nEnforcement",
        "500 12th Street, SW\nWashington, DC 20536",
    )
    text = read_text("opt-out-procedure")
    pages = Manuscript(text, style, [head, page_foot("www.ice.gov", numbered="")], first_top=164).pages()
    told = Description(
        'Setting the Record Straight on "Opting Out": procedure for jurisdictions',
        DocumentKind.MEMO,
        ICE,
        date(2010, 8, 17),
    )
    return SampleDocument("memo-opt-out-procedure", told, pages)


def _margin_emails() -> SampleDocument:
    """The manner of another department: empty frames, and the codes out in the margin."""
    style = Style(
        family="Helvetica",
        size=10,
        leading=1.28,
        left=60,
        right=96,
        top=96,
        tab=64,
        look=RedactionLook.MARGIN,
    )
    furniture = [
        running_stamp(
            "UNCLASSIFIED   Sample Department   Case No. S-2011-00417   Doc No. S05739000   Date: 06/30/2011",
            font="Helvetica",
            size=7.5,
        ),
        boxed_stamp("RELEASE IN", "PART B5,B6", x=474, y_from_top=58),
        page_foot(numbered="UNCLASSIFIED"),
    ]
    pages = Manuscript(read_text("response-margin-emails"), style, furniture).pages()
    told = Description(
        "E-mail chain: clearing the letter to Santa Clara County", DocumentKind.EMAIL, DHS, date(2010, 10, 5)
    )
    return SampleDocument("emails-clearing-the-hatherley-letter", told, pages)


def _declaration() -> SampleDocument:
    style = Style(size=12.5, leading=2.1, left=90, right=90, top=90, bottom=84, paragraph_gap=0)
    header = "Case 1:10-cv-00000-SMP   Document 132   Filed 08/31/11   Page {number} of {count}"
    furniture: list[Furniture] = [_ecf(header), _caption, page_foot(numbered="{number}", skip_first=True)]
    pages = Manuscript(read_text("declaration"), style, furniture, first_top=300).pages()
    told = Description(
        "Declaration of Dwight A. Larrabee on the search and the exemptions",
        DocumentKind.COURT_PAPER,
        COURT,
        date(2011, 8, 30),
    )
    return SampleDocument("declaration-larrabee", told, pages)


def _ecf(header: str) -> Furniture:
    stamp = running_stamp(header, font="Helvetica", size=9, y_from_top=18)

    def draw(canvas: Canvas, place: Place) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.75)
        stamp(canvas, place)

    return draw


def _caption(canvas: Canvas, place: Place) -> None:
    if not place.is_first:
        return
    top = place.size[1] - 84
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(90, top, "UNITED STATES DISTRICT COURT")
    canvas.drawString(90, top - 15, "SOUTHERN DISTRICT OF NEW YORK (SAMPLE CAPTION)")
    canvas.drawString(90, top - 32, "-" * 62 + "x")
    for number, (left, right) in enumerate(_CAPTION_ROWS):
        y = top - 48 - 15 * number
        canvas.drawString(90, y, left)
        canvas.drawString(372, y, ":")
        canvas.drawString(392, y, right)
    canvas.drawString(90, top - 48 - 15 * len(_CAPTION_ROWS), "-" * 62 + "x")
