"""Letters: the request, what the agency answered, the appeal, and what the Department told a county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.furniture import (
    boxed_stamp,
    centred_letterhead,
    federal_letterhead,
    later_page_head,
    page_foot,
    punch_holes,
)
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.misreading import misread_layer
from archive.samples.paper import Furniture
from archive.samples.scanning import Scanner
from archive.samples.signatories import signatory_rows
from archive.samples.story import CLINIC, COALITION, DHS, FIRST_RELEASE, ICE, SANTA_CLARA, SECOND_RELEASE

_LETTER = Style(size=11.4, leading=1.2, left=84, right=84, top=104, bottom=76, tab=40)
_CLINIC_HEAD = centred_letterhead(
    "HARBOR STREET LAW CLINIC",
    "410 Harbor Street, Suite 6, Oakland, California 94607",
    "Telephone (510) 555-0110",
)
_FOIA_HEAD = federal_letterhead(
    "Freedom of Information Act Office",
    "U.S. Immigration\nand Customs\nEnforcement",
    "500 12th Street, SW, STOP 5009\nWashington, DC 20536",
)
_FOIA_FOOT = page_foot("www.ice.gov", numbered="")


def letter_documents() -> Iterator[SampleDocument]:
    """In the order in which they were written."""
    yield _request()
    yield _acknowledgement()
    yield _county_answer()
    yield _sign_on_letter()
    yield _first_response()
    yield _appeal()
    yield _second_response()


def _pages(text: str, *furniture: Furniture, style: Style = _LETTER, top: float = 150) -> list[Furniture]:
    return Manuscript(text, style, furniture, first_top=top).pages()


def _request() -> SampleDocument:
    later = later_page_head("FOIA Officer, U.S. Immigration and Customs Enforcement", "February 3, 2010")
    pages = _pages(
        read_text("request-letter"), _CLINIC_HEAD, later, style=replace(_LETTER, size=12, leading=1.36)
    )
    told = Description(
        "FOIA request for records on Secure Communities",
        DocumentKind.REQUEST_LETTER,
        CLINIC,
        date(2010, 2, 3),
    )
    return SampleDocument("foia-request-secure-communities", told, pages)


def _acknowledgement() -> SampleDocument:
    later = later_page_head("ICE FOIA 10-2674")
    pages = _pages(read_text("acknowledgement"), _FOIA_HEAD, later, _FOIA_FOOT, top=168)
    told = Description(
        "Acknowledgement of FOIA request 10-2674", DocumentKind.RESPONSE_LETTER, ICE, date(2010, 2, 24)
    )
    return SampleDocument("foia-10-2674-acknowledgement", told, pages)


def _first_response() -> SampleDocument:
    later = later_page_head("ICE FOIA 10-2674, First Interim Release")
    pages = _pages(read_text("first-response-letter"), _FOIA_HEAD, later, _FOIA_FOOT, top=168)
    told = Description(
        "First interim response to FOIA request 10-2674",
        DocumentKind.RESPONSE_LETTER,
        ICE,
        date(2011, 1, 14),
        production=FIRST_RELEASE,
    )
    return SampleDocument("foia-10-2674-first-interim-response", told, pages)


def _second_response() -> SampleDocument:
    """A scan over which an old, poor OCR has left hidden words, each line where it stands."""
    furniture = [
        _FOIA_HEAD,
        later_page_head("ICE FOIA 10-2674, Second Interim Release"),
        boxed_stamp("RECEIVED", "MAY 12 2011", x=90, y_from_top=92, tilt=-5),
    ]
    text = read_text("second-response-letter")
    manuscript = Manuscript(text, replace(_LETTER, size=12, leading=1.36), furniture, first_top=168)
    told = Description(
        "Second interim response and decision on appeal, FOIA request 10-2674",
        DocumentKind.RESPONSE_LETTER,
        ICE,
        date(2011, 5, 9),
        production=SECOND_RELEASE,
    )
    return SampleDocument(
        "foia-10-2674-second-interim-response",
        told,
        manuscript.pages(),
        scanner=Scanner(seed=509, skew_degrees=0.7, jpeg_quality=34, grain=6),
        text_layer=misread_layer(manuscript.set(), seed=509),
    )


def _appeal() -> SampleDocument:
    later = later_page_head("FOIA Appeal, 10-2674", "February 25, 2011")
    pages = _pages(read_text("appeal-letter"), _CLINIC_HEAD, later)
    told = Description(
        "Appeal of the first interim determination, FOIA request 10-2674",
        DocumentKind.LETTER,
        CLINIC,
        date(2011, 2, 25),
    )
    return SampleDocument("foia-10-2674-appeal", told, pages)


def _county_answer() -> SampleDocument:
    """As the county kept it: received, punched and scanned in grey."""
    head = federal_letterhead(
        "Office of Intergovernmental Affairs", "Homeland\nSecurity", "Washington, DC 20528"
    )
    received = boxed_stamp("RECEIVED", "2010 OCT 12  P 2:41", "COUNTY COUNSEL", x=88, y_from_top=96, tilt=-3)
    style = replace(_LETTER, size=12.2, leading=1.4)
    furniture = [head, received, punch_holes(640, 190)]
    pages = _pages(read_text("county-answer-letter"), *furniture, style=style, top=176)
    told = Description(
        "Letter to Santa Clara County Counsel on leaving Secure Communities",
        DocumentKind.LETTER,
        DHS,
        date(2010, 10, 6),
        SANTA_CLARA,
    )
    scanner = Scanner(seed=1006, skew_degrees=1.2, jpeg_quality=38, grain=8, paper_grey=238)
    return SampleDocument("letter-dhs-to-santa-clara", told, pages, scanner=scanner)


def _sign_on_letter() -> SampleDocument:
    style = replace(_LETTER, table_size=10, size=11.6, leading=1.28)
    head = centred_letterhead(
        "END SECURE COMMUNITIES", "A letter from sixty organizations in nineteen states", rule=True
    )
    text = read_text("sign-on-letter") + "\n\n" + signatory_rows()
    pages = _pages(text, head, page_foot(), style=style, top=140)
    told = Description(
        "Sign-on letter of sixty organizations: end Secure Communities",
        DocumentKind.SIGN_ON_LETTER,
        COALITION,
        date(2010, 11, 30),
    )
    return SampleDocument("sign-on-letter-sixty-organizations", told, pages)
