"""Two papers that hold private details, all made up: they wait in the review queue for somebody to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archive.rules.statuses import DocumentKind
from archive.samples.documents import Description, Manuscript, SampleDocument
from archive.samples.furniture import boxed_stamp, federal_letterhead
from archive.samples.lines import Style
from archive.samples.markup import read_text
from archive.samples.scanning import Scanner
from archive.samples.story import ICE, SANTA_CLARA, SECOND_RELEASE

_PAPER = Style(size=11.8, leading=1.3, left=84, right=84, top=104, bottom=76, tab=40)


def private_documents() -> Iterator[SampleDocument]:
    """By date."""
    yield _letter_for_own_file()
    yield _memo_on_five_cases()


def _letter_for_own_file() -> SampleDocument:
    received = boxed_stamp("RECEIVED", "2010 NOV 15", "FOIA OFFICE", x=400, y_from_top=80, tilt=3)
    pages = Manuscript(read_text("letter-for-own-file"), _PAPER, [received], first_top=110).pages()
    told = Description(
        "Request of a person for her own file",
        DocumentKind.REQUEST_LETTER,
        ICE,
        date(2010, 11, 8),
        SANTA_CLARA,
        SECOND_RELEASE,
        reviewed=False,
    )
    return SampleDocument("request-for-own-file-2010-11-08", told, pages)


def _memo_on_five_cases() -> SampleDocument:
    """Scanned, so that the boxes of what is found come from recognised words."""
    head = federal_letterhead(
        "Enforcement and Removal", "U.S. Immigration\nand Customs\nEnforcement", "San Jose"
    )
    style = replace(_PAPER, size=12)
    pages = Manuscript(read_text("memo-five-cases"), style, [head], first_top=176).pages()
    told = Description(
        "Memo on five cases that the County asked about",
        DocumentKind.MEMO,
        ICE,
        date(2010, 12, 2),
        SANTA_CLARA,
        SECOND_RELEASE,
        reviewed=False,
    )
    scanner = Scanner(seed=1202, skew_degrees=0.6)
    return SampleDocument("memo-five-cases-2010-12-02", told, pages, scanner=scanner)
