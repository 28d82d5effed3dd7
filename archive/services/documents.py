"""Published documents as the site shows them. Every read of the public side starts at one query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, DocumentWithdrawn, PageNotFound
from archive.models import Document, FieldProposal, Page
from archive.rules.access import OWN_PEOPLE_SEE, READER, Action, Viewer, seen_by
from archive.rules.addresses import is_document_id
from archive.rules.statuses import PageStatus, Visibility
from archive.services.windows import Window
from ingest.redaction_found import PageDisposition

THUMBNAILS_IN_WINDOW = 48
TEXT_PAGES_IN_WINDOW = 20
DOCUMENTS_IN_WINDOW = 30
RAIL_BEFORE, RAIL_AFTER = 3, 8


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page as a thumbnail needs it: without its text and words, which may be long."""

    page_number: int
    label: str
    failed: bool
    width_pt: float
    height_pt: float
    has_thumbnail: bool
    disposition: PageDisposition = PageDisposition.RELEASED


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list, with its first page as a thumbnail when that could be read."""

    document: Document
    first_page: PageSummary | None


@dataclass(frozen=True, slots=True)
class PageFailures:
    """The pages that could not be read for one reason."""

    sentence: str
    page_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """Everything a document's own page says. ``proposed`` maps a field to the page it was read from."""

    document: Document
    proposed: Mapping[str, int]
    failures: tuple[PageFailures, ...]
    sources: tuple[tuple[str, str, int], ...]  # (text source, reader, pages)
    thumbnails: Window[PageSummary]
    bates_range: tuple[str, str]  # empty texts when the pages bear no Bates numbers


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One page with what stands around it. ``rail`` are its neighbours, itself among them."""

    document: Document
    page: Page
    rail: tuple[PageSummary, ...]

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.page.page_number - 1 if self.page.page_number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        last = self.document.page_count or 0
        return self.page.page_number + 1 if self.page.page_number < last else None


def public_documents() -> Select[Document]:
    """The one query for what everybody may see. Nothing else on the public side reads documents."""
    return select(Document).where(Document.visibility == Visibility.PUBLISHED)


def visible_documents(viewer: Viewer) -> Select[Document]:
    """The documents that ``viewer`` may see: ``may_see`` of the permission table, as a query."""
    condition: ColumnElement[bool] = Document.visibility.in_(seen_by(viewer))
    if viewer.may(Action.DESCRIBE):
        own = or_(Document.uploaded_by_id == viewer.account_id, Document.claimed_by_id == viewer.account_id)
        condition = or_(condition, own & Document.visibility.in_(OWN_PEOPLE_SEE))
    return select(Document).where(condition)


def get_document(session: Session, document_id: str, viewer: Viewer = READER) -> Document:
    """A document that ``viewer`` may see. Raises ``DocumentNotFound`` for absent and hidden ones alike,
    and ``DocumentWithdrawn`` for one that was shown and withdrawn."""
    if not is_document_id(document_id):
        raise DocumentNotFound
    document = session.scalar(visible_documents(viewer).where(Document.id == document_id))
    if document is None:
        raise _why_not(session, document_id)
    return document


def get_page(
    session: Session, document_id: str, page_number: int, viewer: Viewer = READER
) -> tuple[Document, Page]:
    """A page of a document that ``viewer`` may see. Raises as ``get_document``, or ``PageNotFound``."""
    document = get_document(session, document_id, viewer)
    if not 0 < page_number <= (document.page_count or 0):
        raise PageNotFound
    page = session.get(Page, (document_id, page_number))
    if page is None:
        raise PageNotFound
    return document, page


def find_first_page(session: Session, document_id: str) -> Page:
    """A document's first page; one without anything on it while it has not been read."""
    found = session.get(Page, (document_id, 1))
    return found or Page(document_id=document_id, page_number=1, text="", source="none")


def get_document_sheet(
    session: Session, document_id: str, *, viewer: Viewer = READER, window: int = 1
) -> DocumentSheet:
    """A document with its facts and one window of thumbnails. Raises as ``get_document`` does."""
    document = get_document(session, document_id, viewer)
    return DocumentSheet(
        document=document,
        proposed=_proposed_fields(session, document_id),
        failures=_failures(session, document_id),
        sources=_sources(session, document_id),
        thumbnails=_page_window(session, document, window),
        bates_range=_bates_range(session, document),
    )


def get_page_sheet(
    session: Session, document_id: str, page_number: int, viewer: Viewer = READER
) -> PageSheet:
    """A page of a document and its neighbours. Raises as ``get_page`` does."""
    document, page = get_page(session, document_id, page_number, viewer)
    first = max(1, min(page_number - RAIL_BEFORE, (document.page_count or 1) - RAIL_BEFORE - RAIL_AFTER))
    rail = _pages_between(session, document_id, first, first + RAIL_BEFORE + RAIL_AFTER)
    return PageSheet(document, page, rail)


def get_text_window(
    session: Session, document_id: str, *, viewer: Viewer = READER, window: int = 1
) -> tuple[Document, Window[Page]]:
    """A document's pages with their text, a window at a time. Raises as ``get_document`` does."""
    document = get_document(session, document_id, viewer)
    total = document.page_count or 0
    number = clamp_window(window, total, TEXT_PAGES_IN_WINDOW)
    pages = session.scalars(
        select(Page)
        .where(Page.document_id == document_id)
        .order_by(Page.page_number)
        .offset((number - 1) * TEXT_PAGES_IN_WINDOW)
        .limit(TEXT_PAGES_IN_WINDOW)
    )
    return document, Window(tuple(pages), number, TEXT_PAGES_IN_WINDOW, total)


def list_documents(session: Session, documents: Select[Document], *, window: int = 1) -> Window[DocumentRow]:
    """One window of ``documents`` (made from ``public_documents``), newest first, undated ones last."""
    total = session.scalar(select(func.count()).select_from(documents.subquery())) or 0
    number = clamp_window(window, total, DOCUMENTS_IN_WINDOW)
    rows = session.scalars(
        documents.order_by(Document.dated_on.desc().nulls_last(), Document.title, Document.id)
        .offset((number - 1) * DOCUMENTS_IN_WINDOW)
        .limit(DOCUMENTS_IN_WINDOW)
    )
    return Window(as_rows(session, rows.all()), number, DOCUMENTS_IN_WINDOW, total)


def as_rows(session: Session, documents: Sequence[Document]) -> tuple[DocumentRow, ...]:
    """These documents with their first pages, in the same order."""
    wanted = Page.document_id.in_([document.id for document in documents]), Page.page_number == 1
    first = dict(_summaries(session, *wanted))
    return tuple(DocumentRow(document, first.get(document.id)) for document in documents)


def clamp_window(window: int, total: int, size: int) -> int:
    """The nearest window there is: an old link into a list that became shorter still shows something."""
    return max(1, min(window, -(-total // size)))


def _why_not(session: Session, document_id: str) -> DocumentNotFound | DocumentWithdrawn:
    """A tombstone says when and why, and nothing of what was there."""
    row = session.execute(
        select(Document.withdrawn_at, Document.withdrawn_reason).where(
            Document.id == document_id,
            Document.visibility == Visibility.WITHDRAWN,
            Document.published_at.is_not(None),
        )
    ).one_or_none()
    if row is None or row.withdrawn_at is None:
        return DocumentNotFound()
    day = f"{row.withdrawn_at.day} {row.withdrawn_at:%B %Y}"
    return DocumentWithdrawn(f"This document was withdrawn on {day}.", help=row.withdrawn_reason or "")


def _proposed_fields(session: Session, document_id: str) -> dict[str, int]:
    rows = session.execute(
        select(FieldProposal.field, FieldProposal.page_number).where(
            FieldProposal.document_id == document_id, FieldProposal.confirmed_at.is_(None)
        )
    )
    return {row.field: row.page_number for row in rows}


def _failures(session: Session, document_id: str) -> tuple[PageFailures, ...]:
    rows = session.execute(
        select(Page.failure_sentence, Page.page_number)
        .where(Page.document_id == document_id, Page.status == PageStatus.FAILED)
        .order_by(Page.page_number)
    )
    grouped: dict[str, list[int]] = {}
    for sentence, page_number in rows:
        grouped.setdefault(sentence or "", []).append(page_number)
    return tuple(PageFailures(sentence, tuple(numbers)) for sentence, numbers in grouped.items())


def _sources(session: Session, document_id: str) -> tuple[tuple[str, str, int], ...]:
    rows = session.execute(
        select(Page.source, Page.reader, func.count())
        .where(Page.document_id == document_id, Page.status == PageStatus.READ)
        .group_by(Page.source, Page.reader)
        .order_by(func.count().desc())
    )
    return tuple((source, reader, count) for source, reader, count in rows)


def _page_window(session: Session, document: Document, window: int) -> Window[PageSummary]:
    total = document.page_count or 0
    number = clamp_window(window, total, THUMBNAILS_IN_WINDOW)
    first = (number - 1) * THUMBNAILS_IN_WINDOW + 1
    summaries = _pages_between(session, document.id, first, first + THUMBNAILS_IN_WINDOW - 1)
    return Window(summaries, number, THUMBNAILS_IN_WINDOW, total)


def _summaries(session: Session, *where: ColumnElement[bool]) -> Iterator[tuple[str, PageSummary]]:
    columns = (
        Page.document_id,
        Page.page_number,
        Page.bates,
        Page.printed_label,
        Page.status,
        Page.width_pt,
        Page.height_pt,
        Page.thumbnail_key,
        Page.disposition,
    )
    for row in session.execute(select(*columns).where(*where).order_by(Page.document_id, Page.page_number)):
        yield (
            row.document_id,
            PageSummary(
                page_number=row.page_number,
                label=row.bates or row.printed_label or str(row.page_number),
                failed=row.status == PageStatus.FAILED,
                width_pt=row.width_pt,
                height_pt=row.height_pt,
                has_thumbnail=row.thumbnail_key is not None,
                disposition=row.disposition,
            ),
        )


def _pages_between(session: Session, document_id: str, first: int, last: int) -> tuple[PageSummary, ...]:
    where = Page.document_id == document_id, Page.page_number.between(first, last)
    return tuple(page for _, page in _summaries(session, *where))


def _bates_range(session: Session, document: Document) -> tuple[str, str]:
    """The first and the last Bates number; empty when the pages bear none."""
    stamped = select(Page.bates).where(Page.document_id == document.id, Page.bates.is_not(None)).limit(1)
    first = session.scalar(stamped.order_by(Page.page_number))
    last = session.scalar(stamped.order_by(Page.page_number.desc()))
    return first or "", last or ""
