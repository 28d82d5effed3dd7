"""Files on their way in: each in a part of its own, until its bytes are whole and safe in the store.

What a writer was told is in the part was fsynced before. One writer at a time has a part, over all
processes (flock(2)): the lock goes when its holder dies, however it dies.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from archive.errors import ArchiveError

_CHUNK_BYTES = 1 << 20
_ID = re.compile(r"[0-9a-f]{32}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SAMPLES, _SAMPLE_BYTES = 32, 256
_HASHERS_KEPT = 512  # files that are sent at the same time; a hasher takes some hundred bytes


class UploadBusy(ArchiveError):
    code = "upload_busy"
    sentence = "This file is being sent over another connection at this moment."
    help = "Wait until that one has ended, or close the other window; then go on."
    status = 423


class DiskFull(ArchiveError):
    code = "disk_full"
    sentence = "There is no room left for this file."
    help = "What has arrived so far is safe. Tell whoever runs this archive, and go on later."
    status = 507


class PartFile:
    """One part, held by one writer. Made by ``IncomingFiles.locked``."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self.path = path

    @property
    def size(self) -> int:
        """Bytes in the file, whether or not they are safe yet."""
        return os.fstat(self._descriptor).st_size

    def cut(self, size: int) -> None:
        """Forget what stands behind the first ``size`` bytes, and write on from there."""
        if self.size > size:
            os.ftruncate(self._descriptor, size)
        os.lseek(self._descriptor, size, os.SEEK_SET)

    def append(self, chunk: bytes) -> None:
        """Write behind what is there. Raises ``DiskFull``."""
        rest = memoryview(chunk)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFull from error
            raise

    def sync(self) -> None:
        """Make what was written survive a power cut. Raises ``DiskFull``."""
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFull from error
            raise

    def read_into(self, hasher: Any, start: int, end: int) -> None:
        """Hash the bytes from ``start`` to ``end``."""
        while start < end:
            chunk = os.pread(self._descriptor, min(_CHUNK_BYTES, end - start), start)
            if not chunk:
                raise OSError(errno.EIO, "the part is shorter than it was")
            hasher.update(chunk)
            start += len(chunk)


class IncomingFiles:
    """The parts, in a folder for its owner alone. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first part is."""
        self.folder = folder
        self._hashers: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def path(self, upload_id: str) -> Path:
        """Where a part is. Raises ``ValueError`` for what is no id of an upload."""
        if not _ID.fullmatch(upload_id):
            raise ValueError(f"not the id of an upload: {upload_id!r}")
        return self.folder / f"{upload_id}.part"

    def size(self, upload_id: str) -> int:
        """Bytes in the part; 0 when there is none."""
        try:
            return self.path(upload_id).stat().st_size
        except FileNotFoundError:
            return 0

    def samples(self, upload_id: str, end: int) -> list[tuple[int, bytes]]:
        """Bytes from all over the first ``end``, the last ones among them, each with where it begins: whoever
        goes on sending sees by them that it is the same file, all the way."""
        step = max(1, end // _SAMPLES)
        starts = {*range(0, end, step), max(0, end - _SAMPLE_BYTES)}
        try:
            with self.path(upload_id).open("rb") as file:
                return [
                    (start, _read_at(file, start, min(_SAMPLE_BYTES, end - start)))
                    for start in sorted(starts)
                ]
        except FileNotFoundError:
            return []

    @contextmanager
    def locked(self, upload_id: str) -> Iterator[PartFile]:
        """The part, made if it is not there, for one writer. Raises ``UploadBusy`` at once if it has one."""
        path = self.path(upload_id)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(descriptor, path)
            yield PartFile(descriptor, path)
        finally:
            os.close(descriptor)  # and the lock with it

    def hasher_at(self, upload_id: str, part: PartFile, offset: int) -> Any:
        """A SHA-256 of the first ``offset`` bytes: the one in memory, brought up to there from the file.

        Another process may have taken some of the bytes, or this one may be new.
        """
        with self._lock:
            known, hasher = self._hashers.pop(upload_id, (0, hashlib.sha256()))
        if known > offset:
            known, hasher = 0, hashlib.sha256()
        part.read_into(hasher, known, offset)
        return hasher

    def keep_hasher(self, upload_id: str, offset: int, hasher: Any) -> None:
        """Remember a hasher until more bytes come."""
        with self._lock:
            self._hashers[upload_id] = (offset, hasher)
            while len(self._hashers) > _HASHERS_KEPT:
                self._hashers.popitem(last=False)

    def remove(self, upload_id: str) -> None:
        """Take a part away. Twice is no error."""
        with self._lock:
            self._hashers.pop(upload_id, None)
        self.path(upload_id).unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """The uploads that have a part."""
        if not self.folder.is_dir():
            return []
        return sorted(path.stem for path in self.folder.glob("*.part") if _ID.fullmatch(path.stem))

    def free_bytes(self) -> int:
        """Room on the disk where the parts are."""
        folder = self.folder
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free


def _read_at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UploadBusy from error
    try:
        is_there = path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        is_there = False
    if not is_there:  # whoever had it before took it away while we opened it
        raise UploadBusy
