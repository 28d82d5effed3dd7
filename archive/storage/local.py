"""Keeps objects as files in one folder. What ``put`` has returned for survives a power cut.

The order is the promise: write aside, fsync the file, rename, fsync the folder. A crash between any two
steps leaves a whole file under its key or none, and at most something in ``.tmp`` to sweep.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from archive.clock import Clock, now
from archive.errors import BlobDamaged, BlobNotFound, StorageUnavailable
from archive.storage.batches import AT_ONCE, in_batches
from archive.storage.keys import is_key, sha256_in

ABANDONED_AFTER_SECONDS = 24 * 3600
_CHUNK_BYTES = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class LocalStorage:
    """Files under ``root``, each at its key. Implements ``archive.ports.Storage``."""

    def __init__(self, root: Path) -> None:
        """Open the store, making its folder if it is new. Raises ``StorageUnavailable``."""
        self._root = root.resolve()
        self._aside = self._root / ".tmp"  # no key starts with a dot
        self._safe_folders: set[Path] = set()
        self._lock = threading.Lock()
        with _told_in_words(self._root):
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._aside.mkdir(mode=0o700, exist_ok=True)

    def put(self, key: str, data: bytes) -> None:
        """See ``Storage.put``. Raises ``BlobDamaged`` when the key does not name these bytes."""
        with self._writing() as aside:
            self._settle([self._stage(aside, key, len(data), [data])])

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> None:
        """See ``Storage.put_many``: files are synced side by side, each folder once a batch."""
        for batch in in_batches(items):
            # the pool is left first: nobody writes any more when the folder aside is cleared
            with self._writing() as aside, ThreadPoolExecutor(AT_ONCE) as pool:
                staged = [pool.submit(self._stage, aside, key, len(data), [data]) for key, data in batch]
                self._settle([future.result() for future in staged])

    def put_file(self, key: str, path: Path) -> None:
        """See ``Storage.put_file``. Raises ``OSError`` when ``path`` itself cannot be read."""
        with path.open("rb") as source, self._writing() as aside:
            chunks = iter(lambda: source.read(_CHUNK_BYTES), b"")
            self._settle([self._stage(aside, key, os.fstat(source.fileno()).st_size, chunks)])

    def read(self, key: str) -> bytes:
        """See ``Storage.read``."""
        with self._reading(key) as path:
            return path.read_bytes()

    def iter_range(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """See ``Storage.iter_range``."""
        self.size(key)  # a missing key is told now, not when the first chunk is asked for
        return self._iter_chunks(key, start, length)

    def size(self, key: str) -> int:
        """See ``Storage.size``."""
        with self._reading(key) as path:
            return path.stat().st_size

    def exists(self, key: str) -> bool:
        """See ``Storage.exists``."""
        try:
            self.size(key)
        except BlobNotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        """See ``Storage.delete``. Durable on return."""
        with suppress(BlobNotFound), self._reading(key) as path:
            path.unlink()
            _sync_folder(path.parent)

    def iter_keys(self, prefix: str = "") -> Iterator[str]:
        """See ``Storage.iter_keys``. Whatever else lies in the folder is passed over."""
        with _told_in_words(prefix):
            yield from self._iter_folder("", prefix)

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """See ``Storage.local_path``: the stored file itself, which is read-only."""
        self.size(key)
        yield self._path(key)

    def sweep(self, clock: Clock = now) -> None:
        """Remove what writers left behind that were killed more than 24 hours ago."""
        oldest = clock().timestamp() - ABANDONED_AFTER_SECONDS
        with _told_in_words(self._aside):
            for entry in os.scandir(self._aside):
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    shutil.rmtree(entry.path, ignore_errors=True)

    def _path(self, key: str) -> Path:
        sha256_in(key)
        path = self._root / key
        if not path.resolve().is_relative_to(self._root):
            raise StorageUnavailable(f"A link leads {key} out of the file store.", help="Remove the link.")
        return path

    @contextmanager
    def _reading(self, key: str) -> Iterator[Path]:
        """The file of a key. A store whose folder is gone (a disk not mounted) has not lost a file."""
        path = self._path(key)
        with _told_in_words(key):
            try:
                yield path
            except FileNotFoundError as error:
                if self._root.is_dir():
                    raise BlobNotFound from error
                raise

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        """A folder of its own to write aside in; what is still in it at the end is removed."""
        with _told_in_words(self._root), TemporaryDirectory(dir=self._aside) as folder:
            yield Path(folder)

    def _stage(self, aside: Path, key: str, size: int, chunks: Iterable[bytes]) -> tuple[Path | None, Path]:
        """Write the bytes aside and sync them; None when the store has them. And where they belong."""
        path = self._path(key)
        if path.is_file() and path.stat().st_size == size:
            return None, path
        staged = aside / uuid4().hex
        digest = hashlib.sha256()
        with staged.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
            if digest.hexdigest() != sha256_in(key):
                raise BlobDamaged("The file changed while it was being stored.", help="Add it again.")
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
        return staged, path

    def _settle(self, staged: list[tuple[Path | None, Path]]) -> None:
        """Move synced files to their places, and make the moves durable."""
        folders = {path.parent for _, path in staged}
        for folder in folders:
            self._make_safe_folder(folder)
        for aside, path in staged:
            if aside is not None:
                aside.rename(path)
        for folder in folders:  # also for what was there: who moved it may not have come to its sync yet
            _sync_folder(folder)

    def _make_safe_folder(self, folder: Path) -> None:
        """Make a folder whose own name survives a power cut, up to the root. Once a process."""
        if folder in self._safe_folders:
            return
        if folder != self._root:
            self._make_safe_folder(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
        with self._lock:
            self._safe_folders.add(folder)

    def _iter_chunks(self, key: str, start: int, length: int) -> Iterator[bytes]:
        with self._reading(key) as path, path.open("rb") as file:
            file.seek(start)
            while length > 0 and (chunk := file.read(min(length, _CHUNK_BYTES))):
                length -= len(chunk)
                yield chunk

    def _iter_folder(self, folder: str, prefix: str) -> Iterator[str]:
        """Keys below ``folder``, sorted. Names on one level have one length, so folders sort like keys."""
        for entry in sorted(os.scandir(self._root / folder), key=lambda entry: entry.name):
            name = folder + entry.name
            if entry.is_dir() and entry.path != str(self._aside):
                if name.startswith(prefix) or prefix.startswith(name + "/"):
                    yield from self._iter_folder(name + "/", prefix)
            elif name.startswith(prefix) and is_key(name):
                yield name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told_in_words(what: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _in_words(error, what) from error


def _in_words(error: OSError, what: object) -> StorageUnavailable:
    if error.errno in _FULL:
        return StorageUnavailable(
            "The disk of the file store is full.", help="Make room, then do it again: nothing was half kept."
        )
    return StorageUnavailable(
        f"The file store cannot use {what}: {os.strerror(error.errno or errno.EIO)}.",
        help="Check the disk and who owns the folder.",
    )
