"""A line a file: how far it is, in words, and what its uploader is asked to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, DocumentNote, Page, Upload
from archive.rules.access import Viewer
from archive.rules.statuses import NoteKind, PageStatus, ReadingStatus, UploadOutcome, Visibility
from archive.rules.upload_states import EXPIRED_CODE, EXPIRED_HELP, UploadState
from archive.services.documents import visible_documents

RECEIVED = "received; an editor decides"
_READ_FAILED_HELP = "Do what it says, then send the new file. An editor sees that this one could not be read."
_NOT_KEPT = "It was not kept."


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One file. ``document_id`` is set when there is something to open for whoever looks."""

    upload_id: str
    file_name: str
    byte_count: int
    received_bytes: int
    state: UploadState
    words: str
    sentence: str = ""
    help: str = ""
    document_id: str | None = None
    is_asked: bool = False  # ``sentence`` is an editor's question

    def as_json(self) -> dict[str, object]:
        """What scripts are told."""
        return {
            "id": self.upload_id,
            "file": self.file_name,
            "bytes": self.byte_count,
            "received_bytes": self.received_bytes,
            "state": self.state.value,
            "words": self.words,
            "sentence": self.sentence,
            "help": self.help,
            "document": self.document_id,
        }


@dataclass(slots=True)
class _Known:
    """What the viewer may see of the documents that the files became."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    failed_pages: Mapping[str, int] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)


def lines_of(session: Session, uploads: Sequence[Upload], viewer: Viewer) -> list[UploadLine]:
    """A line for each upload, in their order.

    What is told of a document is what the viewer may see of it; a hidden one is 'received', like any
    that nobody has looked at.
    """
    ids = [upload.document_id for upload in uploads if upload.document_id]
    documents = session.scalars(visible_documents(viewer).where(Document.id.in_(ids))).all()
    known = _Known(
        documents={document.id: document for document in documents},
        pages=_count_pages(session, [one.id for one in documents], PageStatus.READ),
        failed_pages=_count_pages(session, [one.id for one in documents], PageStatus.FAILED),
        questions=_questions(session, [one.id for one in documents if one.asked_at is not None]),
    )
    return [_line(upload, known) for upload in uploads]


def _line(upload: Upload, known: _Known) -> UploadLine:
    if upload.outcome == UploadOutcome.FAILED:
        expired = upload.failure_code == EXPIRED_CODE
        help_ = EXPIRED_HELP if expired else _NOT_KEPT
        return _said(upload, UploadState.NEEDS_YOU, "not taken", upload.failure_sentence or "", help_)
    if upload.finished_at is None:
        if upload.received_bytes < upload.byte_count:
            return _said(upload, UploadState.SENDING, "not all of it has arrived")
        return _said(upload, UploadState.RECEIVED, RECEIVED)
    document = known.documents.get(upload.document_id or "")
    if document is None:
        return _said(upload, UploadState.RECEIVED, RECEIVED)
    if document.asked_at is not None:
        return _asked(upload, document, known)
    if document.reading_status == ReadingStatus.FAILED and document.visibility == Visibility.UNPUBLISHED:
        return _said(
            upload,
            UploadState.NEEDS_YOU,
            "could not be read",
            document.failure_sentence or "",
            _READ_FAILED_HELP,
            document=document,
        )
    if upload.outcome == UploadOutcome.ALREADY_HERE:
        return _said(upload, UploadState.ALREADY_HERE, "already in the archive", document=document)
    return _new(upload, document, known)


def _new(upload: Upload, document: Document, known: _Known) -> UploadLine:
    if document.visibility == Visibility.PUBLISHED:
        return _said(upload, UploadState.PUBLISHED, "published", document=document)
    if document.visibility == Visibility.MEMBERS:
        return _said(upload, UploadState.PUBLISHED, "shown to members", document=document)
    if document.visibility != Visibility.UNPUBLISHED:  # editors see how it was decided
        return _said(upload, UploadState.RECEIVED, document.visibility.value, document=document)
    if document.reading_status == ReadingStatus.RECEIVED:
        return _said(upload, UploadState.RECEIVED, RECEIVED)
    if document.reading_status == ReadingStatus.READING:
        return _said(upload, UploadState.READING, _reading_words(document, known), document=document)
    return _said(upload, UploadState.IN_REVIEW, "in review", _unread(document, known), document=document)


def _asked(upload: Upload, document: Document, known: _Known) -> UploadLine:
    return UploadLine(
        upload.id,
        upload.file_name,
        upload.byte_count,
        upload.received_bytes,
        UploadState.NEEDS_YOU,
        "an editor asks",
        known.questions.get(document.id, ""),
        "Answer here; the document then goes back to the editors.",
        document.id,
        is_asked=True,
    )


def _said(
    upload: Upload,
    state: UploadState,
    words: str,
    sentence: str = "",
    help_: str = "",
    *,
    document: Document | None = None,
) -> UploadLine:
    return UploadLine(
        upload.id,
        upload.file_name,
        upload.byte_count,
        upload.received_bytes,
        state,
        words,
        sentence,
        help_,
        document.id if document else None,
    )


def _reading_words(document: Document, known: _Known) -> str:
    done = known.pages.get(document.id, 0) + known.failed_pages.get(document.id, 0)
    if not document.page_count:
        return "being opened"
    return f"reading page {min(done + 1, document.page_count):,} of {document.page_count:,}"


def _unread(document: Document, known: _Known) -> str:
    failed = known.failed_pages.get(document.id, 0)
    if not failed:
        return ""
    return f"{failed:,} of {document.page_count or 0:,} pages could not be read; an editor sees which."


def _count_pages(session: Session, ids: Sequence[str], status: PageStatus) -> dict[str, int]:
    rows = session.execute(
        select(Page.document_id, func.count())
        .where(Page.document_id.in_(ids), Page.status == status)
        .group_by(Page.document_id)
    )
    return {document_id: count for document_id, count in rows}  # noqa: C416  a row is no pair to mypy


def _questions(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The last question about each."""
    rows = session.execute(
        select(DocumentNote.document_id, DocumentNote.text)
        .where(DocumentNote.document_id.in_(ids), DocumentNote.kind == NoteKind.QUESTION)
        .order_by(DocumentNote.id)
    )
    return {document_id: text for document_id, text in rows}  # noqa: C416  a row is no pair to mypy
