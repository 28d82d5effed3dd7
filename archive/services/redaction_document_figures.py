"""What was withheld in one document, page by page and place by place; and a shelf's figures in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page, Redaction
from archive.rules.access import READER, Viewer
from archive.rules.redaction_figures import FigureFilters, PageTally
from archive.rules.statuses import PageStatus
from archive.services.documents import clamp_window, get_document, get_page
from archive.services.redaction_code_figures import CodeRow, count_codes
from archive.services.redaction_figures import get_total
from archive.services.redaction_figures_asked import Scope, scope_of
from archive.services.redaction_sheet import NumberedMark
from archive.services.redactions import list_redactions
from archive.services.windows import Window
from ingest.redaction_found import PageDisposition

PAGES_IN_WINDOW = 25
MOST_ON_A_PAGE = 100  # are shown among others; all of them when the page is asked for alone
TOP_CODES = 5


@dataclass(frozen=True, slots=True)
class PageRedactions:
    """One page: what became of it, and each place where words are withheld; ``more`` are not listed."""

    page_number: int
    label: str
    failed: bool
    disposition: PageDisposition
    share: float
    codes: tuple[str, ...]
    redactions: tuple[NumberedMark, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ShortFigures:
    """The figures that stand on the page of a document, a production or an agency; ``codes`` are the
    exemptions claimed on most pages, and ``other_codes`` how many more are claimed."""

    tally: PageTally
    codes: tuple[CodeRow, ...]
    other_codes: int
    redactions: int


@dataclass(frozen=True, slots=True)
class DocumentRedactions:
    """All that is known to be withheld in a document, with a window of its pages."""

    document: Document
    tally: PageTally
    codes: tuple[CodeRow, ...]
    redactions: int
    without_code: int
    pages: Window[PageRedactions]


def get_document_redactions(
    session: Session, document_id: str, viewer: Viewer = READER, *, window: int = 1
) -> DocumentRedactions:
    """A document's figures and a window of its pages. Raises as ``get_document`` does."""
    document = get_document(session, document_id, viewer)
    total = document.page_count or 0
    number = clamp_window(window, total, PAGES_IN_WINDOW)
    first = (number - 1) * PAGES_IN_WINDOW + 1
    pages = _pages(session, document.id, first, first + PAGES_IN_WINDOW - 1, MOST_ON_A_PAGE)
    return _told(session, document, Window(tuple(pages), number, PAGES_IN_WINDOW, total))


def get_page_redactions(
    session: Session, document_id: str, page_number: int, viewer: Viewer = READER
) -> DocumentRedactions:
    """A document's figures and one of its pages, with every place. Raises as ``get_page`` does."""
    document, _ = get_page(session, document_id, page_number, viewer)
    pages = _pages(session, document.id, page_number, page_number, None)
    return _told(session, document, Window(tuple(pages), 1, 1, 1))


def iter_document_redactions(session: Session, document_id: str) -> Iterator[PageRedactions]:
    """Every page of a document with every place; whoever asks has looked whether it may be seen."""
    first = 1
    while pages := _pages(session, document_id, first, first + PAGES_IN_WINDOW - 1, None):
        yield from pages
        first += PAGES_IN_WINDOW


def _told(session: Session, document: Document, pages: Window[PageRedactions]) -> DocumentRedactions:
    scope = _alone(document)
    codes = count_codes(session, scope)
    tally = get_total(session, scope)
    return DocumentRedactions(document, tally, codes.rows, codes.redactions, codes.without_code, pages)


def get_short_figures(session: Session, filters: FigureFilters, viewer: Viewer = READER) -> ShortFigures:
    """What is said of a production or an agency on its own page."""
    return _short(session, scope_of(session, filters, viewer))


def get_short_figures_of_document(session: Session, document: Document) -> ShortFigures:
    """What is said of a document on its own page; whoever asks has looked whether it may be seen."""
    return _short(session, _alone(document))


def _short(session: Session, scope: Scope) -> ShortFigures:
    codes = count_codes(session, scope)
    top, others = codes.rows[:TOP_CODES], codes.rows[TOP_CODES:]
    return ShortFigures(get_total(session, scope), top, len(others), codes.redactions)


def _alone(document: Document) -> Scope:
    return Scope(select(Document.id).where(Document.id == document.id))


def _pages(
    session: Session, document_id: str, first: int, last: int, most: int | None
) -> list[PageRedactions]:
    columns = (
        *(Page.page_number, Page.bates, Page.printed_label, Page.status),
        *(Page.disposition, Page.withheld_share, Page.claimed_codes),
    )
    here = Page.document_id == document_id, Page.page_number.between(first, last)
    rows = session.execute(select(*columns).where(*here).order_by(Page.page_number))
    return [_page(row, list_redactions(session, document_id, row.page_number), most) for row in rows.all()]


def _page(row: Any, places: Sequence[Redaction], most: int | None) -> PageRedactions:
    return PageRedactions(
        row.page_number,
        row.bates or row.printed_label or str(row.page_number),
        row.status == PageStatus.FAILED,
        row.disposition,
        row.withheld_share,
        tuple(row.claimed_codes),
        tuple(NumberedMark(number, place) for number, place in enumerate(places[:most], 1)),
        max(0, len(places) - most) if most is not None else 0,
    )
