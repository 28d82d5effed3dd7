"""Makes the copies that people asked for. Stopped at any point, nothing is half made: it is made again."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from archive.clock import Clock, now
from archive.database import Database
from archive.errors import ArchiveError
from archive.models import Document, DocumentCopy
from archive.ports import Storage
from archive.services.copies import fail_copy, file_name_of, find_waiting_copies, recipe_of, record_copy
from archive.services.uploads import hash_file, keep_original
from archive.storage.keys import original_key
from ingest.errors import IngestError
from ingest.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class CopyDesk:
    """``folder`` is for copies while they are made: it holds what is not published, so it is in the home."""

    database: Database
    storage: Storage
    sandbox: Sandbox
    folder: Path
    clock: Clock = now

    def make_waiting(self) -> int:
        """Make what waits; how many were made. 0 also when another worker is at it."""
        with self.database.reading() as session:
            waiting = find_waiting_copies(session)
        if not waiting:
            return 0
        with self._alone() as alone:
            return sum(self._make(copy_id) for copy_id in waiting) if alone else 0

    def _make(self, copy_id: int) -> bool:
        with self.database.reading() as session:
            copy = session.get_one(DocumentCopy, copy_id)
            sha256 = session.get_one(Document, copy.document_id).sha256
        destination = self.folder / f"{copy_id}.pdf"
        try:
            with self.storage.local_path(original_key(sha256)) as path:
                self.sandbox.make_copy(path, recipe_of(copy), destination)
            stored = replace(hash_file(destination), source_file=file_name_of(copy))
            keep_original(self.storage, stored, destination)
        except (IngestError, ArchiveError) as error:
            with self.database.transaction() as session:
                fail_copy(session, copy_id, error.code, error.sentence, at=self.clock())
            return False
        finally:
            destination.unlink(missing_ok=True)
        with self.database.transaction() as session:
            record_copy(session, copy_id, stored, at=self.clock())
        return True

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """One worker at a time, in a folder that holds nothing an earlier one left."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            for left in self.folder.glob("*.pdf"):
                left.unlink(missing_ok=True)
            yield True
        finally:
            os.close(lock)
