"""Reads untrusted PDFs in child processes that have nothing to lose. See ``Sandbox``."""

from __future__ import annotations

import os
import selectors
import time
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ingest.child import ChildJob, seconds_for_copy
from ingest.copying import Recipe, recipe_to_json
from ingest.errors import IngestError, PageTooSlow, ReaderCrashed
from ingest.events import Event, ReadTask, TaskDone, TaskFailed, TaskOpened, TaskPage
from ingest.exhibit import Exhibit, exhibit_to_json, pages_in
from ingest.filetype import check_file
from ingest.frames import PieceReader
from ingest.launcher import Child, Launcher, ZygoteDied
from ingest.limits import Limits
from ingest.page import PageImage
from ingest.reading_run import ReadingRun
from ingest.wire import KNOWN_ERRORS, CopyMade, FileFailed, Sent, parse_line
from ingest.wire_checks import BadLine

__all__ = [
    "READER_VERSION",
    "Event",
    "ReadTask",
    "Sandbox",
    "TaskDone",
    "TaskFailed",
    "TaskOpened",
    "TaskPage",
]

READER_VERSION = "3"  # kept with each page; raised when the same page would be read otherwise

_CHUNK_BYTES = 256 * 1024
COPY_MEMORY_BYTES = 1536 * 1024**2  # the pages of a copy are in memory until it is written


class Sandbox:
    """Child processes that read PDFs, ``readers`` at a time (0: one for each core).

    A process that holds no file and no secrets imports the libraries once and forks a child for each
    file, or for each 25 pages of a long one. Children have limits on memory, processor time, open files
    and file size, no network where the kernel allows that, and end with their parent. For use by one
    thread at a time.
    """

    def __init__(self, *, readers: int = 0, limits: Limits | None = None) -> None:
        self._readers = readers or os.cpu_count() or 1
        self._limits = limits or Limits()
        self._launcher = Launcher()

    @property
    def restarts(self) -> int:
        """How often the process that forks the children had to be started again: 0 in a sound house."""
        return self._launcher.restarts

    def read(self, tasks: Iterable[ReadTask]) -> Generator[Event]:
        """Read files, several at a time; ``tasks`` are pulled as there is room for more.

        Pages come as they are read, in any order; each task ends with one ``TaskDone`` or ``TaskFailed``.
        Nothing is read ahead while the caller is busy beyond what fits into a pipe. Closing the iterator
        ends the children.
        """
        yield from ReadingRun(self._launcher, self._limits, self._readers, tasks).events()

    def render_page(self, path: Path, page_number: int, width_px: int) -> PageImage:
        """One page as WebP, as wide as asked for if the limits allow it. Raises ``IngestError``."""
        check_file(path, self._limits)
        job = ChildJob(limits=self._limits, pages=(page_number,), render_width_px=width_px)
        child = self._launch(path, job)
        try:
            sent = self._receive(child, self._limits.seconds_to_open + self._limits.seconds_per_page)
        finally:
            child.connection.close()
        if not isinstance(sent, PageImage):
            raise ReaderCrashed
        return sent

    def make_copy(self, path: Path, recipe: Recipe, destination: Path) -> None:
        """Write the copy that ``recipe`` says to ``destination``, which must not be there yet.

        It is whole and synced when this returns, and not there when this raises ``IngestError``.
        """
        limits = replace(self._limits, max_memory_bytes=COPY_MEMORY_BYTES)
        job = ChildJob(limits=limits, recipe=recipe_to_json(recipe))
        self._make(path, job, destination, seconds_for_copy(len(recipe.pages), limits))

    def make_exhibit(self, path: Path, exhibit: Exhibit, destination: Path) -> None:
        """Write the part or the bound exhibit to ``destination``, as ``make_copy`` does."""
        job = ChildJob(limits=self._limits, exhibit=exhibit_to_json(exhibit))
        self._make(path, job, destination, seconds_for_copy(pages_in(exhibit), self._limits))

    def close(self) -> None:
        """End all processes of this sandbox."""
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _launch(self, path: Path, job: ChildJob) -> Child:
        try:
            return self._launcher.launch(path, job)
        except ZygoteDied:
            self._launcher.restart()
            return self._launcher.launch(path, job)

    def _make(self, path: Path, job: ChildJob, destination: Path, seconds: float) -> None:
        check_file(path, self._limits)
        try:
            with destination.open("xb") as file:
                self._take(path, job, file, seconds)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            raise
        except BaseException:
            destination.unlink()
            raise

    def _take(self, path: Path, job: ChildJob, file: BinaryIO, seconds: float) -> None:
        child = self._launch(path, job)
        pieces = PieceReader(child.connection, time.monotonic() + seconds)
        try:
            total = pieces.copy_pieces(file, self._limits.max_bytes)
            sent = self._parse(pieces.read_line(self._limits.max_line_bytes))
        except IngestError:
            self._launcher.kill(child)
            raise
        finally:
            pieces.close()
            child.connection.close()
        if sent != CopyMade(total):
            raise ReaderCrashed

    def _receive(self, child: Child, seconds: float) -> Sent:
        return self._parse(self._receive_line(child, seconds))

    def _parse(self, line: bytes) -> Sent:
        try:
            sent = parse_line(line, self._limits)
        except BadLine as error:
            raise ReaderCrashed from error
        if isinstance(sent, FileFailed):
            raise KNOWN_ERRORS[sent.code]
        return sent

    def _receive_line(self, child: Child, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        buffer = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(child, selectors.EVENT_READ)
            while not buffer.endswith(b"\n"):
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self._launcher.kill(child)
                    raise PageTooSlow
                chunk = child.connection.recv(_CHUNK_BYTES)
                buffer += chunk
                if not chunk or len(buffer) > self._limits.max_line_bytes:
                    self._launcher.kill(child)
                    raise ReaderCrashed
        return bytes(buffer)
