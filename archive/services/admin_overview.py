"""What whoever runs the archive wants to know at a glance: room, files, queue, index, the last check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.errors import ArchiveError
from archive.models import Account, Document, DocumentCopy, Job, Page, Upload
from archive.ports import SearchEngine, Storage
from archive.rules.statuses import CopyState, JobKind, JobState, ReadingStatus, Visibility
from archive.services.indexing import count_stale_documents

LAST_CHECK = "last-check.json"
LOW_DISK_BYTES = 2 * 1024**3
UPLOADS_SHOWN = 200

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Check:
    """When ``reading-room check`` last ran, and how many things it found to be off."""

    at: datetime
    off: int


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that the home is on, in bytes; ``database_bytes`` includes what SQLite keeps beside it."""

    free_bytes: int
    total_bytes: int
    database_bytes: int

    @property
    def is_low(self) -> bool:
        """Whether room must be made before files are added."""
        return self.free_bytes < LOW_DISK_BYTES


@dataclass(frozen=True, slots=True)
class Overview:
    """The archive in numbers. ``stored_bytes`` are files as received, page pictures not counted."""

    by_visibility: Mapping[Visibility, int]
    by_reading: Mapping[ReadingStatus, int]
    jobs: Mapping[JobState, int]
    waiting_copies: int
    unfinished_uploads: int
    stored_files: int
    stored_bytes: int
    behind_public: int
    behind_others: int

    @property
    def documents(self) -> int:
        """All documents, whatever their state."""
        return sum(self.by_visibility.values())


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One of the two indexes: what is in it, and how many documents have a newer state than it knows."""

    name: str
    documents: int
    pages: int
    behind: int


@dataclass(frozen=True, slots=True)
class StorePart:
    """Objects of the store below one prefix."""

    name: str
    objects: int
    stored_bytes: int


def get_overview(session: Session) -> Overview:
    """Counts from the database alone, so that it is quick in a large archive."""
    size = func.coalesce(func.sum(Document.byte_count), 0)
    files = session.execute(select(func.count(Document.id), size)).one()
    public, others = count_stale_documents(session)
    return Overview(
        by_visibility=_counts(session, Document.visibility),
        by_reading=_counts(session, Document.reading_status),
        jobs=_counts(session, Job.state),
        waiting_copies=_count(session, DocumentCopy.id, DocumentCopy.state == CopyState.ASKED),
        unfinished_uploads=_count(session, Upload.id, Upload.finished_at.is_(None)),
        stored_files=files[0],
        stored_bytes=files[1],
        behind_public=public,
        behind_others=others,
    )


def look_at_disk(home: Path) -> Disk:
    """How much room there is."""
    usage = shutil.disk_usage(home)
    database = sum(file.stat().st_size for file in home.glob("*.sqlite3*") if file.is_file())
    return Disk(usage.free, usage.total, database)


def index_parts(session: Session, engine: SearchEngine) -> tuple[IndexPart, ...]:
    """Both indexes; empty when the index does not answer."""
    public, others = count_stale_documents(session)
    try:
        return (
            _index_part(engine, "published", behind=public, public=True),
            _index_part(engine, "not published", behind=others, public=False),
        )
    except ArchiveError:
        return ()


def count_store(storage: Storage) -> tuple[StorePart, ...]:
    """Every object, counted and added up by what it is. Reads the whole list: seconds in a large archive."""
    found: dict[str, list[int]] = {}
    for key in storage.iter_keys():
        counted = found.setdefault(key.partition("/")[0], [0, 0])
        counted[0] += 1
        counted[1] += storage.size(key)
    return tuple(StorePart(name, objects, size) for name, (objects, size) in sorted(found.items()))


def count_images(session: Session) -> int:
    """Pages with a picture, as the database knows."""
    return _count(session, Page.page_number, Page.image_key.is_not(None))


def unfinished_uploads(session: Session) -> Sequence[tuple[Upload, str]]:
    """Files that began to arrive and have not, the newest first, each with who sends it."""
    rows = session.execute(
        select(Upload, Account.email)
        .join(Account, Account.id == Upload.account_id)
        .where(Upload.finished_at.is_(None))
        .order_by(Upload.changed_at.desc())
        .limit(UPLOADS_SHOWN)
    )
    return [(upload, email) for upload, email in rows]


def note_check(home: Path, *, at: datetime, off: int) -> None:
    """Remember that the archive was checked."""
    (home / LAST_CHECK).write_text(json.dumps({"at": at.isoformat(), "off": off}), "utf-8")


def find_last_check(home: Path) -> Check | None:
    """None when it was never checked."""
    try:
        noted = json.loads((home / LAST_CHECK).read_text("utf-8"))
        return Check(datetime.fromisoformat(noted["at"]), int(noted["off"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_rebuilding(session: Session) -> bool:
    """Whether a rebuild of the index was asked for and has not ended."""
    where = Job.kind == JobKind.REBUILD_INDEX, Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    return _count(session, Job.id, *where) > 0


def _index_part(engine: SearchEngine, name: str, *, behind: int, public: bool) -> IndexPart:
    counted = [pages for _, _, pages in engine.iter_page_counts(public=public)]
    return IndexPart(name, len(counted), sum(counted), behind)


def _counts(session: Session, column: InstrumentedAttribute[State]) -> dict[State, int]:
    rows = session.execute(select(column, func.count()).group_by(column))
    return {state: count for state, count in rows if count}


def _count(session: Session, column: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(column)).where(*where)) or 0
