"""What the doctor looks at: what the database names against what the store and the index have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError, BlobNotFound
from archive.models import AuditEntry, Document, Page, RequestMail
from archive.ports import SearchEngine, Storage
from archive.services.audit import find_broken_entry
from archive.services.audit_log import find_unlogged_states
from archive.services.indexing import compare_index
from archive.storage.keys import mail_key, original_key

_CHUNK_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is off. ``code`` is stable; ``subject`` is a document id, an object key or ''."""

    code: str
    subject: str
    sentence: str


def check_store(session: Session, storage: Storage) -> Iterator[Finding]:
    """Every file and e-mail as received and every page image: is it there, and is it what was put in?"""
    for document_id, sha256, name in session.execute(
        select(Document.id, Document.sha256, Document.source_file).order_by(Document.id)
    ):
        yield from _check_blob(storage, original_key(sha256), sha256, f"{name} ({document_id})")
    for sha256 in session.scalars(select(RequestMail.sha256).distinct().order_by(RequestMail.sha256)):
        yield from _check_blob(storage, mail_key(sha256), sha256, "an e-mail of a request")
    for key, document_id, number in _image_keys(session):
        sha256 = key.rpartition("/")[2].partition(".")[0]
        yield from _check_blob(storage, key, sha256, f"the image of page {number} of {document_id}")


def check_index(session: Session, engine: SearchEngine) -> Iterator[Finding]:
    """Does the index have what the database has, no more and no less?"""
    for difference in compare_index(session, engine):
        yield Finding(f"index_{difference.code}", difference.document_id, difference.sentence)


def check_audit(session: Session) -> Iterator[Finding]:
    """Does each entry of the audit log follow from the one before it, and does each document stand as the
    last decision about it says? A chain alone does not show that entries were cut off at its end."""
    broken = find_broken_entry(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    if broken is not None:
        yield Finding(
            "audit_chain_broken",
            str(broken.id),
            f"Entry {broken.id} of the audit log was changed, or one before it was removed.",
        )
    for document_id, state, logged in find_unlogged_states(session):
        yield Finding(
            "audit_disagrees",
            document_id,
            f"Document {document_id} is {state}, but the audit log's last decision says {logged}.",
        )


def _image_keys(session: Session) -> Iterator[tuple[str, str, int]]:
    columns = (Page.image_key, Page.large_image_key, Page.thumbnail_key)
    for row in session.execute(select(Page.document_id, Page.page_number, *columns)):
        for key in row[2:]:
            if key:
                yield key, row[0], row[1]


def _check_blob(storage: Storage, key: str, sha256: str, what: str) -> Iterator[Finding]:
    digest = hashlib.sha256()
    try:
        for chunk in storage.iter_range(key, 0, storage.size(key)):
            digest.update(chunk)
    except BlobNotFound:
        yield Finding("blob_missing", key, f"The store has lost {what}.")
        return
    except ArchiveError as error:
        yield Finding(error.code, key, f"The store cannot give {what}: {error.sentence}")
        return
    if digest.hexdigest() != sha256:
        yield Finding("blob_damaged", key, f"The store has other bytes than were put in for {what}.")
