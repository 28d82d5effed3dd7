"""Step 8 of a page's life: published. Search learns of it by the document's content version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Document
from archive.rules.statuses import ReadingStatus, Visibility
from archive.services.audit import record_event


def publish_document(session: Session, document_id: str, *, actor: str, at: datetime) -> bool:
    """Show a document to everybody. False when it already is, was withdrawn, or nothing of it was read.

    A withdrawn document stays withdrawn: that was a person's decision, and adding the file again is
    not one to undo it.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise DocumentNotFound
    readable = document.reading_status in (ReadingStatus.READ, ReadingStatus.PARTIAL)
    if document.visibility != Visibility.UNPUBLISHED or not readable:
        return False
    document.visibility = Visibility.PUBLISHED
    document.published_at = at
    document.content_version += 1
    record_event(session, "document_published", document.id, actor=actor, at=at, details={})
    return True
