"""Looks for what may be private in a document, and keeps what was found until people have decided.

Looking takes a while for a long document, so it can be done before the transaction that writes it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from archive.database import Database
from archive.errors import DocumentNotFound
from archive.models import Document, Finding, Page
from archive.rules.statuses import Decision, PageStatus, ReadingStatus
from archive.services.file_screening import is_of_a_field, screen_fields_of, screen_file
from archive.services.page_screening import screen_page
from archive.services.screening_notes import Note, with_fingerprints

PAGES_AT_A_TIME = 50
_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)


def screen_document(session: Session, document_id: str, *, at: datetime) -> int:
    """Look through a document anew; how many findings are open.

    Decisions stay: what was decided is kept as long as it is found, and longer. Findings that nobody has
    decided go when they are no longer found. Raises ``DocumentNotFound``.
    """
    return record_screening(session, document_id, look_through_pages(session, document_id), at=at)


def look_through_pages(session: Session, document_id: str) -> Sequence[Note]:
    """What may be private on the pages. Writes nothing."""
    pages = session.scalars(
        select(Page)
        .where(Page.document_id == document_id, Page.status == PageStatus.READ)
        .order_by(Page.page_number)
        .options(load_only(Page.page_number, Page.text, Page.hidden_text, Page.word_boxes, Page.marks))
        .execution_options(yield_per=PAGES_AT_A_TIME)
    )
    return [note for page in pages for note in screen_page(page)]


def record_screening(session: Session, document_id: str, of_pages: Iterable[Note], *, at: datetime) -> int:
    """Keep what was found on the pages, with what the file and its fields say; how many are open.

    Raises ``DocumentNotFound``.
    """
    document = _document(session, document_id)
    notes = [*screen_file(document.pdf_facts), *screen_fields_of(document), *of_pages]
    known = _known(session, document_id)
    _record(session, document, notes, known, at=at)
    document.screened_at = at
    session.flush()
    return _count_open(session, document_id)


def screen_fields(session: Session, document_id: str, *, at: datetime) -> int:
    """Look again through what people wrote about a document; how many findings of all are open.

    Cheap: no page is read. Does nothing before the whole document has been looked through.
    Raises ``DocumentNotFound``.
    """
    document = _document(session, document_id)
    if document.screened_at is not None:
        known = [
            finding
            for finding in _known(session, document_id)
            if is_of_a_field(finding.kind, finding.page_number)
        ]
        _record(session, document, screen_fields_of(document), known, at=at)
        session.flush()
    return _count_open(session, document_id)


def screen_waiting(database: Database, *, at: datetime, limit: int = 20) -> int:
    """Look through documents that were read before there was a screening; how many were done."""
    with database.reading() as session:
        waiting = session.execute(
            select(Document.id, Document.content_version)
            .where(Document.screened_at.is_(None), Document.reading_status.in_(_READ))
            .order_by(Document.received_at)
            .limit(limit)
        ).all()
    for document_id, version in waiting:
        with database.reading() as session:
            notes = look_through_pages(session, document_id)
        with database.transaction() as session:
            document = session.get(Document, document_id)
            if document is not None and document.content_version == version:  # else it is read anew just now
                record_screening(session, document_id, notes, at=at)
    return len(waiting)


def _record(
    session: Session, document: Document, notes: Iterable[Note], known: Sequence[Finding], *, at: datetime
) -> None:
    rows = {finding.fingerprint: finding for finding in known}
    found = dict(with_fingerprints(notes))
    for fingerprint, finding in rows.items():
        field_is_new = is_of_a_field(finding.kind, finding.page_number)
        if fingerprint not in found and (finding.decision is None or field_is_new):
            session.delete(finding)
    for fingerprint, note in found.items():
        row = rows.get(fingerprint)
        if row is None:
            row = Finding(document_id=document.id, fingerprint=fingerprint, found_at=at)
            session.add(row)
        elif row.decision is not None:  # it stays as it was when somebody looked at it
            continue
        row.kind, row.page_number, row.text = note.kind, note.page_number, note.text
        row.boxes = [list(box) for box in note.boxes]
        row.score, row.reason = note.score, note.reason


def _known(session: Session, document_id: str) -> Sequence[Finding]:
    return session.scalars(select(Finding).where(Finding.document_id == document_id)).all()


def _count_open(session: Session, document_id: str) -> int:
    """Not decided, or on hold."""
    decisions = session.scalars(select(Finding.decision).where(Finding.document_id == document_id))
    return sum(decision in (None, Decision.HOLD) for decision in decisions)


def _document(session: Session, document_id: str) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise DocumentNotFound
    return document
