"""Keeps the children busy: over the files, and over the page ranges of one long file.

One thread and one selector. A child is watched by the page: whoever takes too long, breaks, or sends what
no honest child sends is ended; that page is a failure and another child goes on with the next one.
"""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Iterable, Iterator

from ingest.child import ChildJob, pages_per_child, pages_to_read
from ingest.errors import (
    IngestError,
    PageTooLarge,
    PageTooSlow,
    ReaderCrashed,
)
from ingest.events import Event, ReadTask, TaskDone, TaskFailed, TaskOpened, TaskPage
from ingest.filetype import check_file
from ingest.launcher import Death, Launcher, ZygoteDied
from ingest.limits import Limits
from ingest.page import FileOpened, PageFailure, PageReading
from ingest.reading_state import BusyChild, Reading, lost_seconds
from ingest.wire import FileFailed, RangeDone, Sent, page_failure, parse_line, sentence_for_file
from ingest.wire_checks import BadLine

_CHUNK_BYTES = 256 * 1024
_MAX_LOSSES = 1  # how often a file's children may be lost with the zygote before the file is blamed


class ReadingRun:
    """One call of ``Sandbox.read``."""

    def __init__(self, launcher: Launcher, limits: Limits, readers: int, tasks: Iterable[ReadTask]) -> None:
        self._launcher, self._limits, self._readers = launcher, limits, readers
        self._tasks = iter(tasks)
        self._selector = selectors.DefaultSelector()
        self._selector.register(launcher, selectors.EVENT_READ)
        self._readings: list[Reading] = []
        self._busy: dict[int, BusyChild] = {}

    def events(self) -> Iterator[Event]:
        """All events of all tasks. Closing it ends the children."""
        try:
            for event in self._events():
                left_at = time.monotonic()
                yield event
                self._give_time_back(time.monotonic() - left_at)
        finally:
            self._end_children()
            self._selector.close()

    def _events(self) -> Iterator[Event]:
        while True:
            try:
                yield from self._start_children()
                if not self._busy:
                    return
                yield from self._hear()
            except ZygoteDied:
                yield from self._start_again()

    # Starting ------------------------------------------------------------------------------------------

    def _start_children(self) -> Iterator[Event]:
        while len(self._busy) < self._readers:
            reading = next((reading for reading in self._readings if reading.ranges), None)
            if reading is not None:
                yield from self._start(reading, reading.ranges.popleft())
                continue
            task = next(self._tasks, None)
            if task is None:
                return
            yield from self._take(task)

    def _take(self, task: ReadTask) -> Iterator[Event]:
        try:
            check_file(task.path, self._limits)
        except IngestError as error:
            yield TaskFailed(task.key, error.code, error.sentence)
            return
        except OSError:
            yield TaskFailed(task.key, IngestError.code, IngestError.sentence)
            return
        reading = Reading(task)
        self._readings.append(reading)
        yield from self._start(reading, ())

    def _start(self, reading: Reading, pages: tuple[int, ...]) -> Iterator[Event]:
        task, opens = reading.task, not reading.is_opened
        job = ChildJob(
            limits=self._limits,
            pages=pages,
            opens=opens,
            skip=tuple(sorted(task.skip_pages)) if opens else (),
            images=task.images,
            ocr=task.ocr,
        )
        try:
            child = self._launcher.launch(task.path, job)
        except OSError:
            yield from self._fail(reading, IngestError.code)
            return
        except ZygoteDied:
            reading.ranges.appendleft(pages)
            raise
        now = time.monotonic()
        patience = (
            self._limits.seconds_to_open
            if opens
            else self._limits.seconds_per_page + 2 * reading.seconds_to_open + 1.0
        )
        self._busy[child.child_id] = BusyChild(child, reading, opens, deque(pages), now, now + patience)
        reading.children += 1
        self._selector.register(child, selectors.EVENT_READ, child.child_id)

    # Hearing -------------------------------------------------------------------------------------------

    def _hear(self) -> Iterator[Event]:
        waiting = [busy.deadline for busy in self._busy.values() if not busy.is_silent]
        timeout = max(0.0, min(waiting) - time.monotonic()) if waiting else None
        for key, _ in self._selector.select(timeout):
            busy = self._busy.get(key.data) if key.data else None
            if busy is not None:
                yield from self._receive(busy)
        for child_id, death in self._launcher.hear().items():
            if (busy := self._busy.get(child_id)) is not None:
                busy.death = death
        for busy in list(self._busy.values()):
            if not busy.is_silent and busy.deadline <= time.monotonic():
                self._end(busy, PageTooSlow.code)
            if busy.is_silent and (busy.is_done or busy.death is not None):
                yield from self._finish(busy)

    def _receive(self, busy: BusyChild) -> Iterator[Event]:
        try:
            chunk = busy.child.connection.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if not chunk:
            self._silence(busy)
            return
        start = len(busy.buffer)
        busy.buffer += chunk
        while (end := busy.buffer.find(b"\n", start)) >= 0:
            line, start = bytes(busy.buffer[:end]), 0
            del busy.buffer[: end + 1]
            try:
                yield from self._handle(busy, parse_line(line, self._limits))
            except BadLine:
                self._end(busy, ReaderCrashed.code)
            if busy.is_silent:
                return
        if len(busy.buffer) > self._limits.max_line_bytes:
            self._end(busy, ReaderCrashed.code)

    def _handle(self, busy: BusyChild, sent: Sent) -> Iterator[Event]:
        now = time.monotonic()
        taken, busy.since, busy.deadline = now - busy.since, now, now + self._limits.seconds_per_page
        match sent:
            case FileOpened() if busy.opens and not busy.reading.is_opened:
                self._opened(busy, sent, taken)
                yield TaskOpened(busy.reading.task.key, sent)
            case FileFailed() if not busy.reading.is_opened:
                busy.is_done = True
                yield from self._fail(busy.reading, sent.code)
            case PageReading() | PageFailure() if busy.owed and busy.owed[0] == sent.page_number:
                busy.owed.popleft()
                busy.reading.lost_seconds += lost_seconds(sent, taken)
                yield TaskPage(busy.reading.task.key, sent)
                yield from self._give_up_if_hopeless(busy.reading)
            case RangeDone() if busy.reading.is_opened and not busy.owed:
                busy.is_done = True
            case _:
                raise BadLine

    def _opened(self, busy: BusyChild, opened: FileOpened, seconds: float) -> None:
        if opened.page_count > self._limits.max_pages:
            raise BadLine
        reading = busy.reading
        reading.is_opened, reading.seconds_to_open = True, seconds
        pages = pages_to_read(opened.page_count, reading.task.skip_pages)
        size = pages_per_child(opened.page_count, self._limits)
        busy.owed = deque(pages[:size])
        reading.ranges.extend(tuple(pages[at : at + size]) for at in range(size, len(pages), size))

    # Ending --------------------------------------------------------------------------------------------

    def _end(self, busy: BusyChild, blame: str) -> None:
        """Kill a child; what it owes is settled when it is dead."""
        busy.blame = blame
        self._silence(busy)
        self._launcher.kill(busy.child)

    def _silence(self, busy: BusyChild) -> None:
        if not busy.is_silent:
            busy.is_silent = True
            self._selector.unregister(busy.child)
            busy.child.connection.close()

    def _finish(self, busy: BusyChild) -> Iterator[Event]:
        """A child is gone: blame the page it was at, and leave the rest of its pages to another."""
        del self._busy[busy.child.child_id]
        reading = busy.reading
        reading.children -= 1
        if not busy.is_done:
            reading.lost_seconds += time.monotonic() - busy.since
            code = busy.blame or self._blame(busy.death)
            if not reading.is_opened:
                yield from self._fail(reading, code)
            elif busy.owed:
                yield TaskPage(reading.task.key, page_failure(busy.owed.popleft(), code))
            if busy.owed:
                reading.ranges.appendleft(tuple(busy.owed))
            yield from self._give_up_if_hopeless(reading)
        if reading in self._readings and reading.is_opened and not reading.children and not reading.ranges:
            self._readings.remove(reading)
            yield TaskDone(reading.task.key)

    def _blame(self, death: Death | None) -> str:
        """pdfium ends its process when it gets no memory: then the page was too large, not the reader bad."""
        starved = death is not None and death.max_rss_bytes > self._limits.max_memory_bytes / 2
        return PageTooLarge.code if starved else ReaderCrashed.code

    def _give_up_if_hopeless(self, reading: Reading) -> Iterator[Event]:
        if reading.lost_seconds < self._limits.max_failed_seconds_per_file:
            return
        for pages in reading.ranges:
            for page_number in pages:
                yield TaskPage(reading.task.key, page_failure(page_number, PageTooSlow.code))
        reading.ranges.clear()
        for busy in list(self._busy.values()):
            if busy.reading is reading and not busy.is_silent:
                self._end(busy, PageTooSlow.code)

    def _fail(self, reading: Reading, code: str) -> Iterator[Event]:
        self._readings.remove(reading)
        yield TaskFailed(reading.task.key, code, sentence_for_file(code))

    def _start_again(self) -> Iterator[Event]:
        """The zygote is gone and all children with it: what they owed is tried once more."""
        self._selector.unregister(self._launcher)
        self._launcher.restart()
        self._selector.register(self._launcher, selectors.EVENT_READ)
        lost = list(self._busy.values())
        for reading in {busy.reading for busy in lost}:
            reading.losses += 1
        for busy in lost:
            self._silence(busy)
            if busy.is_done or busy.reading.losses > _MAX_LOSSES:
                yield from self._finish(busy)
                continue
            del self._busy[busy.child.child_id]
            busy.reading.children -= 1
            busy.reading.ranges.appendleft(tuple(busy.owed))

    def _give_time_back(self, seconds: float) -> None:
        """While the caller worked nobody looked: that time is not held against the children."""
        for busy in self._busy.values():
            busy.since += seconds
            busy.deadline += seconds

    def _end_children(self) -> None:
        for busy in self._busy.values():
            self._silence(busy)
            try:
                self._launcher.kill(busy.child)
            except ZygoteDied:
                return
