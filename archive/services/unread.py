"""The published pages that could not be read: search does not see them, so a reader must be able to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, Page
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.documents import DOCUMENTS_IN_WINDOW, clamp_window, public_documents
from archive.services.windows import Window

_WITH_GAPS = (ReadingStatus.PARTIAL, ReadingStatus.FAILED)


@dataclass(frozen=True, slots=True)
class UnreadPages:
    """A document and those of its pages that could not be read; none are known when no page could be."""

    document: Document
    page_numbers: tuple[int, ...]


def list_unread(session: Session, *, window: int = 1) -> Window[UnreadPages]:
    """One window of the documents that search sees only in part or not at all, by title."""
    documents = public_documents().where(Document.reading_status.in_(_WITH_GAPS))
    total = session.scalar(select(func.count()).select_from(documents.subquery())) or 0
    number = clamp_window(window, total, DOCUMENTS_IN_WINDOW)
    shown = session.scalars(
        documents.order_by(Document.title, Document.id)
        .limit(DOCUMENTS_IN_WINDOW)
        .offset((number - 1) * DOCUMENTS_IN_WINDOW)
    ).all()
    failed = session.execute(
        select(Page.document_id, Page.page_number)
        .where(Page.document_id.in_([one.id for one in shown]), Page.status == PageStatus.FAILED)
        .order_by(Page.page_number)
    )
    numbers: dict[str, list[int]] = {}
    for document_id, page_number in failed:
        numbers.setdefault(document_id, []).append(page_number)
    items = tuple(UnreadPages(document, tuple(numbers.get(document.id, ()))) for document in shown)
    return Window(items, number, DOCUMENTS_IN_WINDOW, total)
