"""Makes a backup while the archive is in use: one file, as everything was at one moment.

The database is copied first, as it is at that moment; then the objects that its rows name. An object is in
the store before a row names it, never changes and is never deleted, so what the copy names is there.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from archive import __version__
from archive.clock import Clock, now
from archive.database import Database
from archive.errors import ArchiveError, BlobNotFound
from archive.ports import Storage
from archive.storage.backup_file import DATABASE, HOME_FILES, BackupWriter
from archive.storage.keys import mail_key, original_key, sha256_in

_CHUNK_BYTES = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_IMAGES = " UNION ".join(
    f"SELECT {column} AS key FROM page WHERE {column} IS NOT NULL AND {column} != ''"  # noqa: S608  our own names
    for column in ("image_key", "large_image_key", "thumbnail_key")
)


class BackupRefused(ArchiveError):
    """A backup that cannot be made in this way."""

    code = "backup_refused"
    sentence = "This backup cannot be made."
    status = 400
    exit_code = 2


class BackupFailed(ArchiveError):
    """What went wrong while it was written. No file is left under its name."""

    code = "backup_failed"
    sentence = "The backup could not be written."


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What is in a new backup. ``missing`` and ``damaged`` are keys of objects that the store could not give
    as they were put in; all the others are in it."""

    path: Path
    members: int
    byte_count: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


def make_backup(
    database: Database,
    storage: Storage,
    home: Path,
    path: Path,
    *,
    force: bool = False,
    clock: Clock = now,
) -> BackupMade:
    """Write a backup to ``path``, for its owner alone: it has the secret key and what is not published.

    Under its name there is a whole backup or none; an older one there is replaced with ``force`` only.
    Raises ``BackupRefused``, ``BackupFailed``, ``StorageUnavailable``.
    """
    if database.url.get_backend_name() != "sqlite":
        raise BackupRefused(
            "This command knows how to copy an SQLite database only.",
            help="Use the tools of your database server, then copy the file store.",
        )
    if path.is_dir() or (os.path.lexists(path) and not force):
        raise BackupRefused(f"{path} is there already.", help="Choose another name, or add --force.")
    try:
        with _new_file(path) as file, TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            copy = Path(folder) / DATABASE
            _copy_database(database, copy)
            return _write(file, copy, storage, home, path, clock)
    except OSError as error:
        raise _in_words(error, path) from error


def _write(file: BinaryIO, copy: Path, storage: Storage, home: Path, path: Path, clock: Clock) -> BackupMade:
    made_at = clock()
    writer = BackupWriter(file, int(made_at.timestamp()))
    missing, damaged = [], []
    _add_file(writer, DATABASE, copy)
    for name in HOME_FILES:
        if (home / name).is_file():
            _add_file(writer, name, home / name)
    with closing(sqlite3.connect(copy)) as connection:
        for key in _keys(connection):
            try:
                size = storage.size(key)
                member = writer.add(key, size, storage.iter_range(key, 0, size))
            except BlobNotFound:
                missing.append(key)
                continue
            if member.sha256 != sha256_in(key):
                damaged.append(key)
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    writer.finish(
        {
            "made_at": made_at.isoformat(),
            "program_version": __version__,
            "schema_revision": revision,
            "missing": len(missing),
            "damaged": len(damaged),
        }
    )
    return BackupMade(path, writer.members, writer.bytes_written, tuple(missing), tuple(damaged))


def _copy_database(database: Database, copy: Path) -> None:
    """SQLite's online backup, in one step: others go on reading and writing meanwhile, and the copy has
    nothing of what they write (sqlite.org/backup.html)."""
    pooled = database.engine.raw_connection()
    try:
        source: Any = pooled.driver_connection
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            if target.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise BackupFailed(
                    "The database is damaged, so no backup was made of it.",
                    help="Restore the last backup into another home, and compare.",
                )
    except sqlite3.Error as error:
        raise BackupFailed(f"The database could not be copied: {error}.") from error
    finally:
        pooled.close()


def _keys(connection: sqlite3.Connection) -> Iterator[str]:
    """Every object that a row names, once, by key: ``images/``, ``mails/``, ``originals/``."""
    for (key,) in connection.execute(f"{_IMAGES} ORDER BY key"):
        yield key
    for (sha256,) in connection.execute("SELECT DISTINCT sha256 FROM request_mail ORDER BY sha256"):
        yield mail_key(sha256)
    for (sha256,) in connection.execute("SELECT DISTINCT sha256 FROM document ORDER BY sha256"):
        yield original_key(sha256)


def _add_file(writer: BackupWriter, name: str, path: Path) -> None:
    with path.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        writer.add(name, size, iter(lambda: source.read(_CHUNK_BYTES), b""))


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file under another name that gets its own at the end, synced; removed when that is not reached."""
    aside = path.with_name(path.name + ".part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(f"Another backup is being written to {path}.", help="Wait for it.") from error
        try:
            file.truncate()
            yield file
            file.flush()
            os.fsync(descriptor)
            aside.rename(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _in_words(error: OSError, path: Path) -> BackupFailed:
    if error.errno in _FULL:
        return BackupFailed("The disk is full.", help=f"Make room where {path} is to be, then do it again.")
    reason = os.strerror(error.errno or errno.EIO)
    return BackupFailed(f"The backup cannot be written to {path}: {reason}.", help="Check the folder.")
