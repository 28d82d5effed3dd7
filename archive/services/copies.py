"""Copies that people ask for: redacted ones, parts of a file, pages turned or in another order.

A copy is a document of its own, read and reviewed like any other; what it was made of stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Document, DocumentCopy
from archive.rules.access import Viewer
from archive.rules.addresses import slug_of
from archive.rules.statuses import CopyKind, CopyState, ReadingStatus, Visibility
from archive.services.audit import record_event
from archive.services.documents import get_document
from archive.services.job_leases import queue_reading
from archive.services.uploads import StoredFile
from ingest.copying import BadRecipe, PageRecipe, Recipe, check_recipe, pages_from_rows, pages_to_rows

# Of the whole record: a part has its own.
_DESCRIBED = ("kind", "dated_on", "sender", "recipient", "subject", "vote", "language")
_CAME_WITH = ("agency_id", "place_id", "production_id", "received_on", "batch_id", "uploaded_by_id")


class CopyNotPossible(ArchiveError):
    code = "copy_not_possible"
    sentence = "This copy cannot be made."
    help = "Wait until the document is read, and choose pages that it has."
    status = 409


def ask_for_copy(
    session: Session,
    document_id: str,
    *,
    kind: CopyKind,
    pages: Sequence[PageRecipe],
    title: str,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> DocumentCopy:
    """Note that a copy is wanted; the worker makes it. ``title`` and ``reason`` are public.

    Raises ``DocumentNotFound`` for what ``viewer`` may not see, and ``CopyNotPossible``.
    """
    document = get_document(session, document_id, viewer)
    try:
        check_recipe(Recipe(tuple(pages)), document.page_count or 0)
    except BadRecipe as error:
        raise CopyNotPossible(error.sentence) from error
    copy = DocumentCopy(
        document_id=document_id,
        kind=kind,
        state=CopyState.ASKED,
        recipe=pages_to_rows(pages),
        title=title.strip()[:1000] or document.title,
        reason=reason.strip(),
        asked_by_id=viewer.account_id,
        asked_at=at,
    )
    session.add(copy)
    session.flush()
    details = {"copy": copy.id, "kind": str(kind), "pages": len(pages)}
    record_event(session, "copy_asked", document_id, actor=viewer.name, at=at, details=details)
    return copy


def copies_of(session: Session, document_id: str) -> Sequence[DocumentCopy]:
    """Copies that were asked for of a document, the newest first, whatever became of them."""
    return session.scalars(
        select(DocumentCopy).where(DocumentCopy.document_id == document_id).order_by(DocumentCopy.id.desc())
    ).all()


def find_waiting_copies(session: Session) -> Sequence[int]:
    """Copies that nobody has made yet, the oldest first."""
    return session.scalars(
        select(DocumentCopy.id).where(DocumentCopy.state == CopyState.ASKED).order_by(DocumentCopy.id)
    ).all()


def recipe_of(copy: DocumentCopy) -> Recipe:
    """What the sandbox is to make. Raises ``BadRecipe``."""
    return Recipe(pages_from_rows(copy.recipe), copy.kind == CopyKind.REDACTED, copy.title)


def file_name_of(copy: DocumentCopy) -> str:
    """The copy's own name: the original's may give away what was redacted."""
    return f"{slug_of(copy.title)}-{copy.kind}.pdf"


def record_copy(session: Session, copy_id: int, stored: StoredFile, *, at: datetime) -> str:
    """The copy's bytes are in the store: make it a document and queue it to be read. Again is no error."""
    copy = session.get_one(DocumentCopy, copy_id)
    if copy.state == CopyState.MADE:
        return copy.copy_id or stored.document_id
    original = session.get_one(Document, copy.document_id)
    if session.get(Document, stored.document_id) is None:
        session.add(_document_of(copy, original, stored, at=at))
        session.flush()
        queue_reading(session, stored.document_id, at=at)
    copy.state, copy.copy_id, copy.made_at = CopyState.MADE, stored.document_id, at
    copy.failure_code = copy.failure_sentence = None
    details = {"copy": copy.id, "kind": str(copy.kind), "of": original.id, "sha256": stored.sha256}
    record_event(session, "copy_made", stored.document_id, actor="worker", at=at, details=details)
    return stored.document_id


def fail_copy(session: Session, copy_id: int, code: str, sentence: str, *, at: datetime) -> None:
    """The copy could not be made; why stays on its row."""
    copy = session.get_one(DocumentCopy, copy_id)
    if copy.state == CopyState.ASKED:
        copy.state, copy.failure_code, copy.failure_sentence = CopyState.FAILED, code, sentence
        details = {"copy": copy.id, "code": code}
        record_event(session, "copy_failed", copy.document_id, actor="worker", at=at, details=details)


def _document_of(copy: DocumentCopy, original: Document, stored: StoredFile, *, at: datetime) -> Document:
    taken_over = _CAME_WITH if copy.kind == CopyKind.PART else (*_CAME_WITH, *_DESCRIBED)
    return Document(
        id=stored.document_id,
        sha256=stored.sha256,
        byte_count=stored.byte_count,
        source_file=stored.source_file,
        title=copy.title,
        reading_status=ReadingStatus.RECEIVED,
        visibility=Visibility.UNPUBLISHED,
        received_at=at,
        content_version=1,
        indexed_version=0,
        derived_from_id=original.id,
        copy_kind=copy.kind,
        copy_reason=copy.reason or None,
        **{field: getattr(original, field) for field in taken_over},
    )
