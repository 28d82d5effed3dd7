"""What the index of published documents holds at a moment, so that a count can be told and told again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, Page
from archive.ports import SearchEngine
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.documents import public_documents


@dataclass(frozen=True, slots=True)
class IndexState:
    """``digest`` is the SHA-256 of a line a searched document, sorted: its id, its version in the archive
    and its searched pages, with single spaces. The same digest is the same set of searched pages.

    ``waiting`` are published documents whose newest state is not in the index yet.
    ``changed_at`` is when a published document was last published or read.
    """

    documents: int
    pages: int
    unreadable_pages: int
    waiting: int
    changed_at: datetime | None
    digest: str


def index_state(session: Session, engine: SearchEngine) -> IndexState:
    """The state of the public index, as far as it may be shown. Raises ``IndexUnavailable``."""
    columns = (Document.id, Document.content_version, Document.indexed_version)
    versions = {
        document_id: version == indexed
        for document_id, version, indexed in session.execute(public_documents().with_only_columns(*columns))
    }
    searched = sorted(one for one in engine.iter_page_counts(public=True) if one[0] in versions)
    lines = "".join(f"{document_id} {version} {pages}\n" for document_id, version, pages in searched)
    return IndexState(
        documents=len(searched),
        pages=sum(pages for _, _, pages in searched),
        unreadable_pages=unreadable_pages(session),
        waiting=sum(not is_indexed for is_indexed in versions.values()),
        changed_at=_changed_at(session),
        digest=hashlib.sha256(lines.encode()).hexdigest(),
    )


def unreadable_pages(session: Session) -> int:
    """How many published pages could not be read and are not searched.

    Only partly read documents are looked into, so that this stays quick in a large archive.
    """
    partial = public_documents().where(Document.reading_status == ReadingStatus.PARTIAL).subquery()
    failed = select(func.count()).select_from(Page).join(partial, partial.c.id == Page.document_id)
    return session.scalar(failed.where(Page.status == PageStatus.FAILED)) or 0


def _changed_at(session: Session) -> datetime | None:
    public = public_documents().subquery()
    latest = session.execute(select(func.max(public.c.published_at), func.max(public.c.read_at))).one()
    return max((moment for moment in latest if moment is not None), default=None)
