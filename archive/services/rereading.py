"""Documents that an earlier version of this program read: they are read again, to find what it finds now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, Page
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.job_leases import queue_reading

_ONCE_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)


def find_outdated(session: Session, reader_version: str) -> Sequence[str]:
    """The ids of documents with pages that another version read, in their order."""
    return session.scalars(
        select(Document.id)
        .where(
            Document.reading_status.in_(_ONCE_READ),
            select(Page.document_id)
            .where(
                Page.document_id == Document.id,
                Page.status == PageStatus.READ,
                Page.reader_version != reader_version,
            )
            .exists(),
        )
        .order_by(Document.id)
    ).all()


def queue_outdated(session: Session, reader_version: str, *, at: datetime) -> int:
    """Let them all be read again by the worker; what people decided stays. Returns how many there are."""
    outdated = find_outdated(session, reader_version)
    for document_id in outdated:
        queue_reading(session, document_id, at=at)
    return len(outdated)
