"""Takes files in as they come over the network: a part first, then the store, then the rows.

Stopped at any point, nothing is lost: what a sender was told is there was synced, and ``sweep`` settles
what has arrived whole. Settling may be done again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from archive.clock import Clock
from archive.database import Database
from archive.errors import ArchiveError, BlobDamaged, StorageUnavailable
from archive.jobs.queue import JobQueue
from archive.models import Upload
from archive.ports import Storage
from archive.rules.access import Viewer
from archive.rules.statuses import UploadOutcome
from archive.services.sending import (
    begin_upload,
    expire_uploads,
    fail_upload,
    find_open,
    find_unsettled,
    get_upload,
    give_up_upload,
    must_be_open,
    note_received,
    settle_upload,
)
from archive.services.upload_errors import (
    UploadOffsetWrong,
    UploadQuotaUsedUp,
    UploadTooLarge,
)
from archive.services.upload_quota import Allowance, allowance_of, promised_bytes
from archive.services.uploads import StoredFile, keep_original
from archive.storage.incoming import DiskFull, IncomingFiles, PartFile, UploadBusy
from ingest.errors import IngestError
from ingest.filetype import check_file
from ingest.limits import Limits

BYTES_BETWEEN_SYNCS = 32 << 20  # a file that comes in one piece loses no more than this
ROOM_KEPT_FREE_BYTES = 256 << 20  # for the database and the pictures of pages
CHECKSUMS = ("sha1", "sha256")


class UploadChecksumWrong(ArchiveError):
    code = "upload_checksum_wrong"
    sentence = "These bytes were damaged on their way."
    help = "Send them again."
    status = 460  # of the tus protocol


class _Limits(TypedDict):
    most_mb: int
    quota_mb: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says of the bytes of one request: ``algorithm`` is one of ``CHECKSUMS``."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class UploadDesk:
    """Where files are handed in. Made anew for each request: what lasts is in ``incoming``."""

    database: Database
    storage: Storage
    queue: JobQueue
    incoming: IncomingFiles
    most_mb: int
    quota_mb: int
    clock: Clock

    def allowance(self, viewer: Viewer) -> Allowance:
        """What this person may send now."""
        with self.database.reading() as session:
            return allowance_of(session, viewer.account_id or 0, **self._limits())

    def begin(self, viewer: Viewer, name: str, byte_count: int, *, batch_id: str | None = None) -> Upload:
        """Note that a file will come. Raises what ``Allowance.check`` raises, or ``DiskFull``."""
        with self.database.transaction() as session:
            allowance_of(session, viewer.account_id or 0, **self._limits()).check(byte_count)
            self._check_room(byte_count, promised_bytes(session))
            upload = begin_upload(
                session, name, byte_count, viewer=viewer, batch_id=batch_id, at=self.clock()
            )
        return upload if byte_count else self.finish(upload.id)

    def take(
        self,
        upload_id: str,
        viewer: Viewer,
        offset: int,
        chunks: Iterable[bytes],
        checksum: Checksum | None = None,
    ) -> Upload:
        """Take bytes that follow the first ``offset``; with the last one the file is settled.

        Raises ``UploadNotFound``, ``UploadOver``, ``UploadFinished``, ``UploadOffsetWrong``,
        ``UploadBusy``, ``UploadChecksumWrong``, ``UploadTooLarge`` (more than was announced), ``DiskFull``.
        """
        self._get_open(upload_id, viewer)
        with self.incoming.locked(upload_id) as part:
            upload = self._get_open(upload_id, viewer)
            have = min(upload.received_bytes, part.size)
            if offset != have:
                raise UploadOffsetWrong
            part.cut(have)
            upload = self._append(upload, part, chunks, checksum)
            is_whole = upload.received_bytes == upload.byte_count
            return self._settle(upload, part) if is_whole else upload

    def take_whole(
        self, viewer: Viewer, name: str, byte_count: int, chunks: Iterable[bytes], batch_id: str | None
    ) -> Upload:
        """Take a file of a plain form. A refusal is kept on its row, for whoever looks at the batch."""
        try:
            upload = self.begin(viewer, name, byte_count, batch_id=batch_id)
        except (UploadTooLarge, UploadQuotaUsedUp, DiskFull) as refusal:
            return self._note_refusal(viewer, name, byte_count, batch_id, refusal)
        return upload if not byte_count else self.take(upload.id, viewer, 0, chunks)

    def offset_of(self, upload_id: str, viewer: Viewer) -> Upload:
        """The upload, with what is safe of it. Settles one that is whole: its server was stopped then.

        Raises ``UploadNotFound``.
        """
        with self.database.reading() as session:
            upload = get_upload(session, upload_id, viewer)
        if upload.finished_at is None:
            if upload.received_bytes == upload.byte_count == self.incoming.size(upload_id):
                return self._finish_quietly(upload)
            upload.received_bytes = min(upload.received_bytes, self.incoming.size(upload_id))
        return upload

    def give_up(self, upload_id: str, viewer: Viewer) -> None:
        """Forget a file that is not whole yet.

        Raises ``UploadNotFound``, ``UploadFinished``, ``UploadBusy``.
        """
        with self.database.reading() as session:
            get_upload(session, upload_id, viewer)
        with self.incoming.locked(upload_id):
            with self.database.transaction() as session:
                give_up_upload(session, upload_id, viewer, at=self.clock())
            self.incoming.remove(upload_id)

    def finish(self, upload_id: str) -> Upload:
        """Settle a file that is whole. Raises ``UploadBusy``, ``StorageUnavailable``."""
        with self.incoming.locked(upload_id) as part:
            with self.database.reading() as session:
                upload = session.get_one(Upload, upload_id)
            if upload.finished_at is None and part.size >= upload.byte_count:
                return self._settle(upload, part)
            return upload

    def sweep(self) -> None:
        """Settle what is whole, end what nobody goes on with, take away parts that nobody needs."""
        with self.database.reading() as session:
            waiting = find_unsettled(session)
        for upload_id in waiting:
            try:
                self.finish(upload_id)
            except (UploadBusy, StorageUnavailable):
                continue  # the next sweep comes in a minute
        at = self.clock()
        with self.database.reading() as session:
            parts = self.incoming.ids()  # asked first: a part is made after its row
            needed = find_open(session, parts)
        for upload_id in set(parts) - needed:
            self.incoming.remove(upload_id)
        self._expire(at)

    def _expire(self, at: datetime) -> None:
        with self.database.transaction() as session:
            expired = expire_uploads(session, at=at)
        for upload_id in expired:
            self.incoming.remove(upload_id)

    def _limits(self) -> _Limits:
        return {"most_mb": self.most_mb, "quota_mb": self.quota_mb, "at": self.clock()}

    def _check_room(self, byte_count: int, promised: int) -> None:
        """A file needs its room twice for a moment: as a part, and in the store."""
        if self.incoming.free_bytes() < 2 * byte_count + promised + ROOM_KEPT_FREE_BYTES:
            raise DiskFull

    def _get_open(self, upload_id: str, viewer: Viewer) -> Upload:
        with self.database.reading() as session:
            return must_be_open(get_upload(session, upload_id, viewer))

    def _append(
        self, upload: Upload, part: PartFile, chunks: Iterable[bytes], checksum: Checksum | None
    ) -> Upload:
        """Write, hash and sync. Whatever goes wrong, the part is what the row says of it."""
        size = safe = part_began = min(upload.received_bytes, part.size)
        hasher = self.incoming.hasher_at(upload.id, part, size)
        check = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        for chunk in chunks:
            size += len(chunk)
            if size > upload.byte_count:
                raise UploadTooLarge("More bytes came than this file was said to have.")
            part.append(chunk)
            hasher.update(chunk)
            if check is not None:
                check.update(chunk)
            elif size - safe >= BYTES_BETWEEN_SYNCS:
                self._note(upload, part, size)
                safe = size
        if checksum and check and not hmac.compare_digest(check.digest(), checksum.digest):
            part.cut(part_began)
            raise UploadChecksumWrong
        upload = self._note(upload, part, size)
        self.incoming.keep_hasher(upload.id, size, hasher)
        return upload

    def _note(self, upload: Upload, part: PartFile, size: int) -> Upload:
        part.sync()
        with self.database.transaction() as session:
            return note_received(session, upload.id, size, at=self.clock())

    def _settle(self, upload: Upload, part: PartFile) -> Upload:
        """The order is the promise: bytes safe in the store, then the rows, then the part may go."""
        try:
            check_file(part.path, Limits())
            digest = self.incoming.hasher_at(upload.id, part, upload.byte_count).hexdigest()
            stored = StoredFile(digest, upload.byte_count, upload.file_name)
            keep_original(self.storage, stored, part.path)
        except (IngestError, BlobDamaged) as refusal:
            return self._refuse(upload.id, refusal)
        with self.database.transaction() as session:
            upload = settle_upload(session, upload.id, stored, at=self.clock())
        self.incoming.remove(upload.id)
        if upload.outcome == UploadOutcome.NEW:
            self.queue.enqueue_reading(upload.document_id or "")
        return upload

    def _refuse(self, upload_id: str, refusal: IngestError | BlobDamaged) -> Upload:
        with self.database.transaction() as session:
            upload = fail_upload(session, upload_id, refusal.code, refusal.sentence, at=self.clock())
        self.incoming.remove(upload_id)
        return upload

    def _note_refusal(
        self, viewer: Viewer, name: str, byte_count: int, batch_id: str | None, refusal: ArchiveError
    ) -> Upload:
        at = self.clock()
        with self.database.transaction() as session:
            upload = begin_upload(session, name, byte_count, viewer=viewer, batch_id=batch_id, at=at)
            return fail_upload(session, upload.id, refusal.code, refusal.sentence, at=at)

    def _finish_quietly(self, upload: Upload) -> Upload:
        try:
            return self.finish(upload.id)
        except (UploadBusy, StorageUnavailable):
            return upload
