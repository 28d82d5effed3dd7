"""What was withheld in one document, page by page and place by place; and a shelf's figures in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page, Redaction
from archive.rules.access import READER, Viewer
from archive.rules.redaction_figures import FigureFilters, PageTally
from archive.rules.redaction_states import EFFECTIVE
from archive.rules.statuses import PageStatus
from archive.services.documents import clamp_window, get_document
from archive.services.redaction_code_figures import CodeRow, count_codes
from archive.services.redaction_figures import get_total
from archive.services.redaction_figures_asked import Scope, scope_of
from archive.services.windows import Window
from ingest.redaction_found import PageDisposition

PAGES_IN_WINDOW = 25
MOST_ON_A_PAGE = 100  # are shown; the spreadsheet has all
TOP_CODES = 5


@dataclass(frozen=True, slots=True)
class NumberedRedaction:
    """One place and its number on its page, from 1."""

    number: int
    row: Redaction


@dataclass(frozen=True, slots=True)
class PageRedactions:
    """One page: what became of it, and each place where words are withheld; ``more`` are not listed."""

    page_number: int
    label: str
    failed: bool
    disposition: PageDisposition
    share: float
    codes: tuple[str, ...]
    redactions: tuple[NumberedRedaction, ...]
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
    scope = _alone(document)
    codes = count_codes(session, scope)
    tally = get_total(session, scope)
    total = tally.pages + tally.unread
    number = clamp_window(window, total, PAGES_IN_WINDOW)
    first = (number - 1) * PAGES_IN_WINDOW
    pages = tuple(_pages(session, document.id, first, PAGES_IN_WINDOW, MOST_ON_A_PAGE))
    shown = Window(pages, number, PAGES_IN_WINDOW, total)
    return DocumentRedactions(document, tally, codes.rows, codes.redactions, codes.without_code, shown)


def iter_document_redactions(session: Session, document_id: str) -> Iterator[PageRedactions]:
    """Every page of a document with every place; whoever asks has looked whether it may be seen."""
    first = 0
    while pages := _pages(session, document_id, first, PAGES_IN_WINDOW, None):
        yield from pages
        first += PAGES_IN_WINDOW


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
    session: Session, document_id: str, offset: int, limit: int, most: int | None
) -> list[PageRedactions]:
    columns = (
        *(Page.page_number, Page.bates, Page.printed_label, Page.status),
        *(Page.disposition, Page.withheld_share, Page.claimed_codes),
    )
    rows = session.execute(
        select(*columns)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
        .offset(offset)
        .limit(limit)
    ).all()
    places = _places(session, document_id, [row.page_number for row in rows])
    return [
        PageRedactions(
            row.page_number,
            row.bates or row.printed_label or str(row.page_number),
            row.status == PageStatus.FAILED,
            row.disposition,
            row.withheld_share,
            tuple(row.claimed_codes),
            tuple(places.get(row.page_number, ())[:most]),
            max(0, len(places.get(row.page_number, ())) - most) if most is not None else 0,
        )
        for row in rows
    ]


def _places(
    session: Session, document_id: str, page_numbers: Sequence[int]
) -> dict[int, list[NumberedRedaction]]:
    """The places on these pages, in the order in which they are kept."""
    rows = session.scalars(
        select(Redaction)
        .where(
            Redaction.document_id == document_id,
            Redaction.page_number.in_(page_numbers),
            Redaction.state.in_(EFFECTIVE),
        )
        .order_by(Redaction.page_number, Redaction.id)
    )
    found: dict[int, list[NumberedRedaction]] = {}
    counts: Counter[int] = Counter()
    for row in rows:
        counts[row.page_number] += 1
        found.setdefault(row.page_number, []).append(NumberedRedaction(counts[row.page_number], row))
    return found
