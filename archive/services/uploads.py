"""Step 1 of a page's life: received. The bytes are kept before anything else happens."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from sqlalchemy.orm import Session

from archive.models import Document
from archive.ports import Storage
from archive.rules.addresses import document_id_of
from archive.rules.statuses import DocumentKind, ReadingStatus, Visibility
from archive.services.audit import record_event
from archive.services.catalogue import find_or_add_agency, find_or_add_place, find_or_add_production
from archive.services.job_leases import queue_reading
from archive.storage.keys import original_key
from ingest.errors import EmptyFile

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Description:
    """What the person who adds a file says about it. Empty means: not said."""

    title: str = ""
    kind: DocumentKind | None = None
    dated_on: date | None = None
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    agency: str = ""
    place: str = ""
    state: str = ""
    production: str = ""
    production_title: str = ""
    tracking_number: str = ""
    vote: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose bytes are safe in the store."""

    sha256: str
    byte_count: int
    source_file: str

    @property
    def document_id(self) -> str:
        """Its address, which follows from the bytes."""
        return document_id_of(self.sha256)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person who added a file gets: its address, and whether it was there before."""

    document_id: str
    is_new: bool
    reading_status: ReadingStatus
    visibility: Visibility


def hash_file(path: Path) -> StoredFile:
    """The file's SHA-256 and length, read once, streamed. Raises ``EmptyFile``."""
    digest, byte_count = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            byte_count += len(chunk)
    if byte_count == 0:
        raise EmptyFile
    return StoredFile(digest.hexdigest(), byte_count, path.name)


def keep_original(storage: Storage, stored: StoredFile, path: Path) -> None:
    """Put the bytes in the store. They are safe when this returns; the row may follow."""
    storage.put_file(original_key(stored.sha256), path)


def find_received(session: Session, stored: StoredFile) -> Receipt | None:
    """The receipt of a file that is already in the archive."""
    document = session.get(Document, stored.document_id)
    return None if document is None else _receipt(document, is_new=False)


def receive_upload(
    session: Session,
    stored: StoredFile,
    description: Description,
    *,
    actor: str,
    at: datetime,
    publish: bool,
    uploaded_by_id: int | None = None,
    batch_id: str | None = None,
    received_on: date | None = None,
) -> Receipt:
    """Record a stored file and queue it to be read. The same bytes twice are one document.

    ``received_on``: the day the agency handed it over, as the uploader says.
    """
    document = session.get(Document, stored.document_id)
    if document is not None:
        return _receipt(document, is_new=False)
    document = _new_document(stored, at)
    document.uploaded_by_id, document.batch_id = uploaded_by_id, batch_id
    document.received_on = received_on
    session.add(document)
    describe(session, document, description)
    record_event(
        session,
        "document_received",
        document.id,
        actor=actor,
        at=at,
        details={"sha256": stored.sha256, "bytes": stored.byte_count},
    )
    queue_reading(session, document.id, at=at, publish=publish)
    return _receipt(document, is_new=True)


def _new_document(stored: StoredFile, at: datetime) -> Document:
    return Document(
        id=stored.document_id,
        sha256=stored.sha256,
        byte_count=stored.byte_count,
        source_file=stored.source_file,
        title=title_from_file_name(stored.source_file),
        reading_status=ReadingStatus.RECEIVED,
        visibility=Visibility.UNPUBLISHED,
        received_at=at,
        content_version=1,
        indexed_version=0,
    )


def describe(session: Session, document: Document, description: Description) -> None:
    """Set the fields that were said; leave the others alone."""
    for field in ("title", "kind", "dated_on", "sender", "recipient", "subject", "vote", "language"):
        if value := getattr(description, field):
            setattr(document, field, value)
    if description.agency:
        document.agency = find_or_add_agency(session, description.agency)
    if description.place:
        document.place = find_or_add_place(session, description.place, description.state)
    if description.production:
        document.production = find_or_add_production(
            session,
            description.production,
            title=description.production_title,
            tracking_number=description.tracking_number,
            agency=document.agency,
        )
    session.flush()


def title_from_file_name(source_file: str) -> str:
    """A readable stand-in until a title is known: ``opt-out_memo.pdf`` is ``opt-out memo``."""
    words = re.sub(r"[_\s]+", " ", PurePath(source_file).stem).strip()
    return words[:1000] or source_file[:1000] or "Untitled"


def _receipt(document: Document, *, is_new: bool) -> Receipt:
    return Receipt(document.id, is_new, document.reading_status, document.visibility)
