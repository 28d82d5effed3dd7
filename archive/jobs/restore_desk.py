"""Makes an archive of a backup, in a new or empty home. Nothing counts before all of it was checked.

Everything is unpacked into a folder in the home, the tables are brought up to date, the index is built, and
then the entries move up. While that folder is there, no command opens the home (``settings.make_home``).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.database import known_revisions, open_database
from archive.errors import ArchiveError
from archive.jobs.backup_desk import sync_folder
from archive.ports import Storage
from archive.search import open_engine
from archive.services.indexing import rebuild_index
from archive.settings import RESTORING, Settings, load_settings
from archive.storage import open_storage
from archive.storage.backup_file import DATABASE, HOME_FILES, BackupDamaged, BackupReader, NotABackup
from archive.storage.keys import sha256_in

_SMALL_BYTES, _TOGETHER_BYTES, _TOGETHER = 4 << 20, 32 << 20, 64
_PASSED_OVER = {"lost+found"}  # an empty disk has it


class RestoreRefused(ArchiveError):
    """Restoring here would mix two archives, or cannot be done."""

    code = "restore_refused"
    sentence = "This backup cannot be restored here."
    status = 400
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of a backup. ``left_out``: keys of objects that were damaged before the backup was made.
    ``pages`` is what the new index has; None when it must be built by command."""

    home: Path
    made_at: str
    program_version: str
    members: int
    byte_count: int
    missing: int
    left_out: tuple[str, ...]
    pages: int | None


def restore_backup(path: Path, home: Path) -> Restored:
    """Make ``home`` the archive that ``path`` is a backup of.

    Raises ``BackupDamaged``, ``NotABackup``, ``RestoreRefused``, ``BadSetting`` (in the settings that were
    restored) and ``StorageUnavailable``; the home then is as it was before.
    """
    try:
        with path.open("rb") as file, _folder_aside(home) as aside:
            reader = BackupReader(file)
            left_out = tuple(_unpack(reader, aside))
            facts = reader.facts()
            settings = _settings_for(aside)
            pages = _finish(settings, str(facts["schema_revision"]))
            _move_up(aside, home)
    except OSError as error:
        raise RestoreRefused(
            f"The backup cannot be restored: {error.strerror or error}.", help="Check the file and the disk."
        ) from error
    return Restored(
        home=home,
        made_at=str(facts["made_at"]),
        program_version=str(facts["program_version"]),
        members=int(facts["members"]),
        byte_count=int(facts["bytes"]),
        missing=int(facts["missing"]),
        left_out=left_out,
        pages=pages,
    )


@contextmanager
def _folder_aside(home: Path) -> Iterator[Path]:
    """A folder in a home that has nothing else. A restore that was stopped before is begun anew."""
    was_there = home.exists()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if there := sorted(
        entry.name for entry in home.iterdir() if entry.name not in _PASSED_OVER | {RESTORING}
    ):
        raise RestoreRefused(
            f"{home} is not empty: it has {', '.join(there[:3])}.",
            help="Restore into a new folder with --home, and look at it before you use it.",
        )
    aside = home / RESTORING
    aside.mkdir(mode=0o700, exist_ok=True)
    with _held(aside):
        _empty(aside)
        try:
            yield aside
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            if not was_there:
                shutil.rmtree(home, ignore_errors=True)
            raise


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise RestoreRefused(
            "Another restore into this home is under way.", help="Wait until it has ended."
        ) from error
    finally:
        os.close(descriptor)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _unpack(reader: BackupReader, aside: Path) -> Iterator[str]:
    """Put everything where it belongs; gives the keys whose bytes are others than were once put in. Whether
    the backup was made so, or was damaged later, its manifest says at the end."""
    keeper: _Keeper | None = None
    for name, _, chunks in reader:
        if name == DATABASE or name in HOME_FILES:
            _write_file(aside / name, chunks)
            continue
        keeper = keeper or _Keeper(open_storage(_settings_for(aside)), aside / "large")
        if not keeper.keep(name, chunks):
            yield name
    if keeper:
        keeper.flush()


class _Keeper:
    """Puts objects into a store, small ones many at a time, in bounded memory."""

    def __init__(self, storage: Storage, large: Path) -> None:
        self._storage, self._large = storage, large
        self._small: dict[str, bytes] = {}
        self._bytes = 0

    def keep(self, key: str, chunks: Iterator[bytes]) -> bool:
        """Whether these are the bytes that the key names; others are not kept."""
        digest, first = hashlib.sha256(), b""
        for chunk in chunks:
            digest.update(chunk)
            first += chunk
            if len(first) > _SMALL_BYTES:
                return self._keep_large(key, first, chunks, digest)
        if digest.hexdigest() != sha256_in(key):
            return False
        self._small[key] = first
        self._bytes += len(first)
        if len(self._small) == _TOGETHER or self._bytes > _TOGETHER_BYTES:
            self.flush()
        return True

    def flush(self) -> None:
        """Put what waits."""
        self._storage.put_many(self._small.items())
        self._small.clear()
        self._bytes = 0

    def _keep_large(self, key: str, first: bytes, chunks: Iterator[bytes], digest: Any) -> bool:
        with self._large.open("wb") as file:
            file.write(first)
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        is_whole: bool = digest.hexdigest() == sha256_in(key)
        if is_whole:
            self._storage.put_file(key, self._large)
        self._large.unlink()
        return is_whole


def _write_file(path: Path, chunks: Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(descriptor)


def _settings_for(aside: Path) -> Settings:
    """The settings that the archive will have; its database must be the one that is restored."""
    settings = load_settings(aside)
    if settings.database_url != f"sqlite:///{aside / DATABASE}":
        raise RestoreRefused(
            "READING_ROOM_DATABASE_URL names a database outside the home.",
            help="This command restores into the home only: leave that setting out.",
        )
    return settings


def _finish(settings: Settings, revision: str) -> int | None:
    """Bring the tables up to date and build the index; the number of its pages. An index that the settings
    keep outside the home may be in use by another archive, and is left alone: None."""
    _check_revision(settings.home / DATABASE, revision)
    database = open_database(settings.database_url)
    try:
        if settings.search_url != f"whoosh://{settings.home / 'index'}":
            return None
        engine = open_engine(settings)
        try:
            return rebuild_index(database, engine)
        finally:
            engine.close()
    finally:
        database.close()


def _check_revision(path: Path, revision: str) -> None:
    """Raises ``NotABackup`` for tables that this program does not know."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        raise BackupDamaged("The database in this backup cannot be read.") from error
    if found != revision or revision not in known_revisions():
        raise NotABackup(
            f"A later version of this program made this backup (its tables are of {revision}).",
            help="Install that version, then restore.",
        )


def _move_up(aside: Path, home: Path) -> None:
    """The end of it: entries by name, then the folder goes whose presence keeps commands out."""
    for entry in sorted(aside.iterdir()):
        entry.rename(home / entry.name)
    sync_folder(home)
    aside.rmdir()
    sync_folder(home)
