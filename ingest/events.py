"""What goes into the sandbox and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.page import FileOpened, PageFailure, PageReading


@dataclass(frozen=True)
class ReadTask:
    """One file to be read. ``key`` is the caller's own name for it and comes back with each event.

    ``skip_pages`` have been read before. Without ``ocr`` a scanned page keeps what text layer it has.
    """

    key: str
    path: Path
    skip_pages: frozenset[int] = frozenset()
    images: bool = True
    ocr: bool = True


@dataclass(frozen=True)
class TaskOpened:
    """The file opened; comes once, before any page."""

    key: str
    opened: FileOpened


@dataclass(frozen=True)
class TaskPage:
    """A page was read or could not be. Pages come in any order."""

    key: str
    page: PageReading | PageFailure


@dataclass(frozen=True)
class TaskFailed:
    """The file could not be opened, or reading it had to be given up. The task's last event."""

    key: str
    code: str
    sentence: str


@dataclass(frozen=True)
class TaskDone:
    """Every page was tried. The task's last event."""

    key: str


Event = TaskOpened | TaskPage | TaskFailed | TaskDone
