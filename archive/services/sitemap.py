"""Every published document, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document
from archive.services.documents import public_documents

ADDRESSES_IN_A_FILE = 10_000  # of the 50,000 that the protocol allows (https://www.sitemaps.org)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A document and when it last changed."""

    document_id: str
    changed_at: datetime


def count_sitemaps(session: Session) -> int:
    """How many files it takes; one at least."""
    total = session.scalar(select(func.count()).select_from(public_documents().subquery())) or 0
    return max(1, -(-total // ADDRESSES_IN_A_FILE))


def iter_sitemap(session: Session, number: int) -> Iterator[SitemapEntry]:
    """The documents of file ``number``, from 1."""
    changed = func.coalesce(Document.published_at, Document.read_at, Document.received_at)
    rows = session.execute(
        public_documents()
        .with_only_columns(
            Document.id, Document.published_at, Document.read_at, Document.received_at, changed
        )
        .order_by(Document.id)
        .offset((number - 1) * ADDRESSES_IN_A_FILE)
        .limit(ADDRESSES_IN_A_FILE)
    )
    for row in rows:
        moments = [at for at in (row.published_at, row.read_at, row.received_at) if at is not None]
        yield SitemapEntry(row.id, max(moments))
