"""One file on its way in, from the first word about it to the document it became."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Account, Document, Upload, UploadBatch
from archive.rules.access import Viewer
from archive.rules.statuses import UploadOutcome
from archive.rules.upload_states import EXPIRED, EXPIRED_CODE
from archive.services.audit import record_event
from archive.services.documents import visible_documents
from archive.services.metadata_csv import description_of
from archive.services.upload_errors import (
    UploadBatchNotFound,
    UploadFinished,
    UploadNotFound,
    UploadOver,
)
from archive.services.uploads import Description, StoredFile, find_received, receive_upload

UPLOAD_LASTS = timedelta(days=7)  # without a byte


def begin_upload(
    session: Session, name: str, byte_count: int, *, viewer: Viewer, batch_id: str | None, at: datetime
) -> Upload:
    """A file of this length is about to be sent. Raises ``UploadBatchNotFound`` for other people's."""
    if batch_id is not None:
        get_batch(session, batch_id, viewer)
    upload = Upload(
        id=secrets.token_hex(16),
        account_id=viewer.account_id,
        batch_id=batch_id,
        file_name=name,
        byte_count=byte_count,
        received_bytes=0,
        created_at=at,
        changed_at=at,
    )
    session.add(upload)
    session.flush()
    return upload


def get_batch(session: Session, batch_id: str, viewer: Viewer) -> UploadBatch:
    """The viewer's own batch. Raises ``UploadBatchNotFound``."""
    batch = session.get(UploadBatch, batch_id)
    if batch is None or batch.account_id != viewer.account_id:
        raise UploadBatchNotFound
    return batch


def get_upload(session: Session, upload_id: str, viewer: Viewer) -> Upload:
    """The viewer's own upload. Raises ``UploadNotFound`` for absent and other people's alike."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.account_id != viewer.account_id:
        raise UploadNotFound
    return upload


def must_be_open(upload: Upload) -> Upload:
    """The upload, if bytes can be added to it. Raises ``UploadOver`` or ``UploadFinished``."""
    if upload.outcome == UploadOutcome.FAILED:
        raise UploadOver
    if upload.finished_at is not None:
        raise UploadFinished
    return upload


def note_received(session: Session, upload_id: str, received_bytes: int, *, at: datetime) -> Upload:
    """So many bytes are safe. Raises ``UploadNotFound`` when it was given up meanwhile."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise UploadNotFound
    upload.received_bytes, upload.changed_at = received_bytes, at
    session.flush()
    return upload


def settle_upload(session: Session, upload_id: str, stored: StoredFile, *, at: datetime) -> Upload:
    """All bytes are in the store: make the document, or find that it is here. Again is no error.

    'Already here' is said only of what the uploader may see. For a document that is hidden from them the
    receipt is that of a new file: whoever has a file must not learn from us who else had it.
    """
    upload = session.get_one(Upload, upload_id)
    if upload.finished_at is not None:
        return upload
    account = session.get_one(Account, upload.account_id)
    stored = replace(stored, source_file=upload.file_name)
    known = find_received(session, stored)
    upload.outcome = UploadOutcome.NEW
    if known is None:
        _receive(session, upload, account, stored, at=at)
    else:
        if _is_seen(session, known.document_id, Viewer(account.role, account.id, account.email)):
            upload.outcome = UploadOutcome.ALREADY_HERE
        _record(session, "file_sent_again", upload, account, at=at, document_id=known.document_id)
    upload.sha256, upload.document_id = stored.sha256, stored.document_id
    upload.received_bytes, upload.finished_at, upload.changed_at = upload.byte_count, at, at
    session.flush()
    return upload


def fail_upload(session: Session, upload_id: str, code: str, sentence: str, *, at: datetime) -> Upload:
    """The file was refused; why stays on its row. Again is no error."""
    upload = session.get_one(Upload, upload_id)
    if upload.finished_at is None:
        upload.outcome, upload.finished_at, upload.changed_at = UploadOutcome.FAILED, at, at
        upload.failure_code, upload.failure_sentence = code, sentence
        account = session.get_one(Account, upload.account_id)
        _record(session, "file_refused", upload, account, at=at, code=code)
    return upload


def give_up_upload(session: Session, upload_id: str, viewer: Viewer, *, at: datetime) -> None:
    """The sender does not want to go on. Raises ``UploadNotFound``, ``UploadFinished``."""
    upload = get_upload(session, upload_id, viewer)
    if upload.finished_at is not None and upload.outcome != UploadOutcome.FAILED:
        raise UploadFinished
    record_event(session, "upload_given_up", upload.id, actor=viewer.name, at=at, details={})
    session.delete(upload)
    session.flush()


def find_unsettled(session: Session) -> Sequence[str]:
    """Uploads whose last byte has arrived and that nobody has settled: their server was stopped."""
    return session.scalars(
        select(Upload.id)
        .where(Upload.finished_at.is_(None), Upload.received_bytes == Upload.byte_count)
        .order_by(Upload.created_at)
    ).all()


def expire_uploads(session: Session, *, at: datetime) -> Sequence[str]:
    """End uploads to which no byte came for ``UPLOAD_LASTS``; their rows tell it. Their ids."""
    old = session.scalars(
        select(Upload.id).where(
            Upload.finished_at.is_(None),
            Upload.received_bytes < Upload.byte_count,
            Upload.changed_at < at - UPLOAD_LASTS,
        )
    ).all()
    for upload_id in old:
        fail_upload(session, upload_id, EXPIRED_CODE, EXPIRED, at=at)
    return old


def find_open(session: Session, upload_ids: Sequence[str]) -> set[str]:
    """Those of these uploads that still need their part."""
    return set(
        session.scalars(select(Upload.id).where(Upload.id.in_(upload_ids), Upload.finished_at.is_(None)))
    )


def _receive(session: Session, upload: Upload, account: Account, stored: StoredFile, *, at: datetime) -> None:
    batch = session.get(UploadBatch, upload.batch_id) if upload.batch_id else None
    receive_upload(
        session,
        stored,
        _description(upload.file_name, batch),
        actor=account.email,
        at=at,
        publish=False,
        uploaded_by_id=account.id,
        batch_id=upload.batch_id,
        received_on=batch.received_on if batch else None,
    )


def _description(name: str, batch: UploadBatch | None) -> Description:
    """What the manifest says of this file, else what was said for all of them."""
    if batch is None:
        return Description()
    row = batch.manifest.get(name) or batch.manifest.get(name.rpartition("/")[2]) or {}
    said = description_of(row, "manifest")
    return replace(said, agency=said.agency or batch.agency, production=said.production or batch.production)


def _is_seen(session: Session, document_id: str, viewer: Viewer) -> bool:
    return session.scalar(visible_documents(viewer).where(Document.id == document_id)) is not None


def _record(
    session: Session, action: str, upload: Upload, account: Account, *, at: datetime, **about: str
) -> None:
    subject = about.pop("document_id", upload.id)
    details = {"upload": upload.id, **about}
    record_event(session, action, subject, actor=account.email, at=at, details=details)
