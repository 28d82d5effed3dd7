"""What is known of each file being read and each child at work, while a ``ReadingRun`` runs."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from ingest.events import ReadTask
from ingest.launcher import Child, Death
from ingest.page import PageFailure, PageReading, TextSource

# What a page may take before its time counts as lost. Ten times an honest page, so that a long file is
# never refused for its length, and a file made of slow pages comes to an end.
_PATIENCE_TEXT_SECONDS = 2.0
_PATIENCE_OCR_SECONDS = 6.0


@dataclass(slots=True, eq=False)
class Reading:
    """A file being read: the ranges nobody has taken yet, and the time that was lost on it."""

    task: ReadTask
    ranges: deque[tuple[int, ...]] = field(default_factory=deque)
    is_opened: bool = False
    seconds_to_open: float = 0.0
    children: int = 0
    lost_seconds: float = 0.0
    losses: int = 0


@dataclass(slots=True, eq=False)
class BusyChild:
    """A child at work: the pages it still owes, in order."""

    child: Child
    reading: Reading
    opens: bool
    owed: deque[int]
    since: float
    deadline: float
    buffer: bytearray = field(default_factory=bytearray)
    is_done: bool = False
    is_silent: bool = False  # nothing more will come from it
    blame: str = ""
    death: Death | None = None


def lost_seconds(sent: PageReading | PageFailure, seconds: float) -> float:
    """How much of a page's time is held against its file."""
    if isinstance(sent, PageFailure):
        return seconds
    by_ocr = sent.source == TextSource.OCR
    return max(0.0, seconds - (_PATIENCE_OCR_SECONDS if by_ocr else _PATIENCE_TEXT_SECONDS))
