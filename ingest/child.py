"""The life of a sandbox child: give up what it may do, read one job, send its events, end.

A child has one file, one way out, and nothing else: no secrets in its environment, no network, no file it
could write, a cap on memory and processor time. It ends with its parent.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import resource
import signal
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from ingest.copying import CopyTooLarge, recipe_from_json
from ingest.errors import IngestError, PageTooLarge, TooManyPages
from ingest.exhibit import Binding, exhibit_from_json, pages_in
from ingest.facts_process import find_facts
from ingest.frames import PieceWriter
from ingest.limits import Limits
from ingest.page import FileOpened
from ingest.pipeline import PageReader, ReadOptions
from ingest.wire import CopyMade, FileFailed, RangeDone, Sent, format_line

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_MAX_OPEN_FILES = 64
_CLOCK_SECONDS = 5  # beyond what the parent allows: only for a parent that has stopped looking


class Maker(Protocol):
    """Makes a new file from the one that the child has."""

    def write(self, file: PieceWriter) -> None:
        """Send it. Raises ``IngestError``."""


@dataclass(frozen=True, slots=True)
class ChildJob:
    """What a child is to do: read ``pages``; or, when ``opens``, say how many there are and read the first
    ``pages_per_child`` that are not in ``skip``; or draw one page ``render_width_px`` wide; or make the copy
    that ``recipe`` says (``Recipe`` as JSON), or the ``exhibit`` (``Exhibit`` as JSON)."""

    limits: Limits
    pages: tuple[int, ...] = ()
    opens: bool = False
    skip: tuple[int, ...] = ()
    images: bool = True
    ocr: bool = True
    render_width_px: int = 0
    recipe: dict[str, Any] | None = None
    exhibit: dict[str, Any] | None = None

    def to_bytes(self) -> bytes:
        """As one line."""
        return json.dumps(asdict(self), separators=(",", ":")).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, line: bytes) -> ChildJob:
        """Back from ``to_bytes``: this line comes from our own parent and is trusted."""
        data = json.loads(line)
        pages, skip = tuple(data.pop("pages")), tuple(data.pop("skip"))
        return cls(limits=Limits(**data.pop("limits")), pages=pages, skip=skip, **data)


def live(connection: socket.socket, file_descriptor: int, parent_pid: int) -> None:
    """All of a child's life after the fork. Returns when the job is done or the parent is gone."""
    _die_with(parent_pid)
    with connection.makefile("rb") as lines:
        job = ChildJob.from_bytes(lines.readline())
    _give_up_rights(job.limits, seconds=_cpu_seconds(job))
    if job.recipe is not None or job.exhibit is not None:
        connection.sendall(format_line(_make(job, file_descriptor, connection)))
        return
    for event in _work(job, file_descriptor):
        connection.sendall(format_line(event))


def pages_per_child(page_count: int, limits: Limits) -> int:
    """How many pages one child reads: opening a file of 10,000 pages again and again costs more than it."""
    return max(limits.pages_per_child, min(page_count // 40, 8 * limits.pages_per_child))


def pages_to_read(page_count: int, skip: frozenset[int]) -> list[int]:
    """The pages of a file without those to be skipped."""
    return [number for number in range(1, page_count + 1) if number not in skip]


def _work(job: ChildJob, file_descriptor: int) -> Iterator[Sent]:
    try:
        reader = PageReader(_map_file(file_descriptor), job.limits, ReadOptions(job.images, job.ocr))
        if job.render_width_px:
            yield reader.render_page(job.pages[0], job.render_width_px)
            return
        if job.opens:
            count = reader.file.page_count
            if count > job.limits.max_pages:
                raise TooManyPages
            yield FileOpened(count, reader.file.metadata(), find_facts(file_descriptor))
            pages = pages_to_read(count, frozenset(job.skip))[: pages_per_child(count, job.limits)]
            job = replace(job, pages=tuple(pages))
    except IngestError as error:
        yield FileFailed(error.code)
        return
    except MemoryError:
        yield FileFailed(PageTooLarge.code)
        return
    yield from reader.read_pages(job.pages)
    yield RangeDone()


def _make(job: ChildJob, file_descriptor: int, connection: socket.socket) -> Sent:
    """Send a new file in pieces; what is to be said after them."""
    pieces = PieceWriter(connection)
    try:
        _maker(job, _map_file(file_descriptor)).write(pieces)
        said: Sent = CopyMade(pieces.total)
    except IngestError as error:
        said = FileFailed(error.code)
    except MemoryError:
        said = FileFailed(CopyTooLarge.code)
    pieces.end()
    return said


def _maker(job: ChildJob, data: mmap.mmap) -> Maker:
    # imported here: their library is needed by few children
    if job.recipe is not None:
        from ingest.copy_maker import CopyMaker

        return CopyMaker(data, recipe_from_json(job.recipe), job.limits)
    exhibit = exhibit_from_json(job.exhibit or {})
    if isinstance(exhibit, Binding):
        from ingest.exhibit_binder import ExhibitBinder

        return ExhibitBinder(data, exhibit)
    from ingest.exhibit_maker import ExhibitMaker

    return ExhibitMaker(data, exhibit)


def _map_file(file_descriptor: int) -> mmap.mmap:
    # shared with the page cache: two children on one large file need it once
    size = os.fstat(file_descriptor).st_size
    return mmap.mmap(file_descriptor, size, prot=mmap.PROT_READ)


def _cpu_seconds(job: ChildJob) -> int:
    if job.recipe is not None or job.exhibit is not None:
        pages = len(job.recipe["pages"]) if job.recipe else pages_in(exhibit_from_json(job.exhibit or {}))
        return round(seconds_for_copy(pages, job.limits)) + _CLOCK_SECONDS
    pages = len(job.pages) or pages_per_child(job.limits.max_pages, job.limits)
    return round(job.limits.seconds_to_open + job.limits.seconds_per_page * pages) + _CLOCK_SECONDS


def _die_with(parent_pid: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died before we asked to be told
        os._exit(1)


def seconds_for_copy(pages: int, limits: Limits) -> float:
    """How long a copy of so many pages may take."""
    return limits.seconds_to_open + limits.seconds_per_page * pages


def _give_up_rights(limits: Limits, *, seconds: int) -> None:
    memory = _data_bytes() + limits.max_memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + _CLOCK_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MAX_OPEN_FILES, _MAX_OPEN_FILES))


def _data_bytes() -> int:
    """What this process holds already, as RLIMIT_DATA counts it (proc(5): statm's sixth field, in pages)."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  a kernel file, one line
        return int(file.read().split()[5]) * resource.getpagesize()
