"""The first release: forty stamped pages in nine files, and the memo as the second release shows it.

As in real releases, the numbering has a fault of each kind: three numbers were never produced, and the last
file carries two numbers again. The appeal asks for the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.furniture import (
    bates_stamp,
    boxed_stamp,
    federal_letterhead,
    page_foot,
    punch_holes,
    running_stamp,
)
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.paper import Furniture, Place, set_furnished
from archive.samples.redaction import RedactionLook
from archive.samples.scanning import Scanner, TextLine
from archive.samples.story import BATES_PREFIX, FBI, FIRST_RELEASE, ICE, SANTA_CLARA, SECOND_RELEASE
from archive.samples.typesetting import set_pages

LEGAL_HEAD = federal_letterhead(
    "Office of the Principal Legal Advisor",
    "U.S. Immigration\nand Customs\nEnforcement",
    "500 12th Street, SW\nWashington, DC 20536",
)
_EMAIL = Style(family="Helvetica", size=9.9, leading=1.22, left=66, right=66, top=60, tab=80)
_MEMO = Style(size=11.8, leading=1.34, left=76, right=76, top=70, bottom=74, tab=134)
FIRST_PAGE = 1201
NEVER_PRODUCED = range(1231, 1234)  # between the log and the slides
NUMBERED_AGAIN = range(1240, 1242)  # the last two slides, and the form after them
_SECOND_RELEASE_FIRST_PAGE = 4871


def emails_santa_clara(first: int) -> SampleDocument:
    """Whether a county that never agreed can be switched off again."""
    style = replace(_EMAIL, size=10.8, leading=1.34)
    stamp = bates_stamp(BATES_PREFIX, first)
    pages = Manuscript(read_text("emails-santa-clara"), style, [stamp]).pages()
    told = Description(
        "E-mail chain: Santa Clara activation - county counsel called again",
        DocumentKind.EMAIL,
        ICE,
        date(2010, 5, 20),
        SANTA_CLARA,
        FIRST_RELEASE,
    )
    return SampleDocument("emails-santa-clara-activation", told, pages)


def memo_first_release(first: int) -> SampleDocument:
    """The June memo with its advice withheld under exemption 5."""
    return SampleDocument(
        "memo-is-participation-mandatory",
        Description(
            "Secure Communities: Is Participation Mandatory?",
            DocumentKind.MEMO,
            ICE,
            date(2010, 6, 2),
            production=FIRST_RELEASE,
        ),
        _memo_pages(_MEMO, first),
    )


def memo_second_release() -> SampleDocument:
    """The same memo released again: exemption 5 is no longer claimed."""
    style = replace(_MEMO, shown_codes=frozenset({"b5"}), look=RedactionLook.FRAMED)
    return SampleDocument(
        "memo-is-participation-mandatory-second-release",
        Description(
            "Secure Communities: Is Participation Mandatory? (second release)",
            DocumentKind.MEMO,
            ICE,
            date(2010, 6, 2),
            production=SECOND_RELEASE,
        ),
        _memo_pages(style, _SECOND_RELEASE_FIRST_PAGE),
    )


def talking_points(first: int) -> SampleDocument:
    """Copied more than once on the way: a black-and-white scan without any text."""
    style = replace(_EMAIL, size=11, look=RedactionLook.FRAMED, left=80, right=80, top=84)
    stamp = boxed_stamp("DRAFT", x=470, y_from_top=60, tilt=7)
    furniture = [stamp, punch_holes(700, 400, 95), bates_stamp(BATES_PREFIX, first)]
    pages = Manuscript(read_text("talking-points-opt-out"), style, furniture).pages()
    told = Description(
        'Internal talking points: "Opting out" (draft 3)',
        DocumentKind.OTHER,
        ICE,
        date(2010, 7, 20),
        production=FIRST_RELEASE,
    )
    return SampleDocument("talking-points-opt-out", told, pages, scanner=Scanner(seed=720, skew_degrees=1.1))


def emails_messaging(first: int) -> SampleDocument:
    """E-mails with one page withheld in full: a slip sheet stands in its place."""
    style = replace(_EMAIL, look=RedactionLook.GREY)
    before, after = read_text("emails-messaging").split("@slip")
    stamp = bates_stamp(BATES_PREFIX, first)
    set_before = set_furnished(set_pages(before.rstrip("=\n "), style), style, stamp)
    set_after = set_furnished(set_pages(after.lstrip("=\n "), style), style, stamp)
    told = Description(
        "E-mail chain: opt-out messaging and the IDENT query",
        DocumentKind.EMAIL,
        ICE,
        date(2010, 7, 27),
        production=FIRST_RELEASE,
    )
    return SampleDocument("emails-opt-out-messaging", told, [*set_before, _slip_sheet(stamp), *set_after])


def cjis_fax(first: int) -> SampleDocument:
    """A fax of which only the production's own stamp is text."""
    style = Style(family="Times", size=12.3, leading=1.42, left=84, right=84, top=110, bottom=80, tab=70)
    fax = running_stamp(
        "JUL-28-2010  09:14   FBI CJIS DIVISION BIU          304 555 0107        P.{number:02d}/{count:02d}",
        y_from_top=22,
    )
    pages = Manuscript(
        read_text("letter-cjis-ident-query"), style, [fax, page_foot(), punch_holes(560, 250)]
    ).pages()
    told = Description(
        "Letter on suppressing the IDENT query for a single identifier",
        DocumentKind.LETTER,
        FBI,
        date(2010, 7, 28),
        production=FIRST_RELEASE,
    )

    def stamps(number: int) -> list[TextLine]:
        return [TextLine(440, 27, 9, f"{BATES_PREFIX}{first + number - 1:07d}")]

    scanner = Scanner(seed=728, skew_degrees=0.9, specks=0.0007)
    return SampleDocument("letter-cjis-ident-query-fax", told, pages, scanner=scanner, text_layer=stamps)


def note_for_the_file(first: int) -> SampleDocument:
    """Typed on a machine that was old already, and released with black boxes that say nothing."""
    style = Style(family="Courier", size=11, leading=1.75, left=90, right=80, top=96, tab=100)
    style = replace(style, look=RedactionLook.BLACK)
    furniture = [punch_holes(690, 396, 102), bates_stamp(BATES_PREFIX, first)]
    pages = Manuscript(read_text("note-arlington-visit"), style, furniture).pages()
    told = Description(
        "Note for the file: visit to Arlington County",
        DocumentKind.MEMO,
        ICE,
        date(2010, 10, 21),
        production=FIRST_RELEASE,
    )
    scanner = Scanner(seed=1019, skew_degrees=1.6, jpeg_quality=38, paper_grey=232, ink_grey=60, grain=7)
    return SampleDocument("note-for-the-file-arlington", told, pages, scanner=scanner)


def numbered(makers: Sequence[Callable[[int], SampleDocument]], first: int) -> Iterator[SampleDocument]:
    """Each file of a release takes up the numbers where the one before it ended."""
    for make in makers:
        document = make(first)
        yield document
        first += len(document.pages)


def _memo_pages(style: Style, first: int) -> list[Furniture]:
    furniture = [
        LEGAL_HEAD,
        boxed_stamp("ATTORNEY WORK PRODUCT", "PRIVILEGED", x=84, y_from_top=66, tilt=2),
        page_foot("www.ice.gov", skip_first=True),
        bates_stamp(BATES_PREFIX, first),
    ]
    return Manuscript(read_text("memo-is-participation-mandatory"), style, furniture, first_top=164).pages()


def _slip_sheet(stamp: Furniture) -> Furniture:
    """What stands for a page withheld in full."""

    def draw(canvas: Canvas, place: Place) -> None:
        stamp(canvas, place)
        middle, height = place.size[0] / 2, place.size[1]
        canvas.setLineWidth(1.5)
        canvas.rect(96, height - 470, place.size[0] - 192, 200)
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawCentredString(middle, height - 320, "PAGE WITHHELD IN FULL")
        canvas.setFont("Helvetica", 12)
        lines = ("One page withheld in its entirety", "pursuant to 5 U.S.C. 552", "(b)(5), (b)(7)(E)")
        for number, line in enumerate(lines):
            canvas.drawCentredString(middle, height - 356 - 22 * number, line)
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(
            middle, height - 440, "The pages before and after this one were released in part."
        )

    return draw
