"""Makes an evidence pack: each file's pages by a child of the sandbox, bound by one more. One at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.errors import ArchiveError, BlobDamaged
from archive.exports.evidence_pack import Pack, PackFile
from archive.exports.evidence_pack_paper import Papers, draw_papers, first_pages
from archive.exports.evidence_pack_strips import draw_strips
from archive.ports import Storage
from archive.storage.keys import original_key
from ingest.errors import FileTooLarge, IngestError
from ingest.exhibit import Binding, ExhibitPage, ExhibitPart, Section
from ingest.limits import Limits
from ingest.sandbox import Sandbox

MOST_BYTES = 500 * 1000**2
MOST_SECONDS = 120.0  # a visitor waits for the answer, and a thread of the server with them
LIMITS = Limits(
    max_bytes=MOST_BYTES, max_memory_bytes=512 * 1024**2, seconds_to_open=10.0, seconds_per_page=2.0
)
_LOCK = ".lock"


class PackBusy(ArchiveError):
    code = "pack_busy"
    sentence = "Another pack is being made at this moment."
    help = "Try again in a few seconds."
    status = 503


class FileUnfit(ArchiveError):
    """Pages of a file cannot be taken: it is encrypted, damaged, or takes too long."""

    code = "file_unfit"
    sentence = "Pages of one of these files cannot be taken."
    help = "Leave the document out, and hand its file in as it is: download it from its page."
    status = 409


class PackTooMuch(ArchiveError):
    """It would be larger, or take longer, than one answer may."""

    code = "pack_too_much"
    sentence = "This pack is too much to be made at once."
    help = "Choose fewer pages, or make several packs."
    status = 409


def make_pack(pack: Pack, storage: Storage, folder: Path) -> BinaryIO:
    """The pack as an open file, which is gone when it is closed; nothing stays in ``folder``.

    Raises ``PackBusy``, ``PackTooMuch``, ``FileUnfit`` and ``BlobDamaged``, or what the store raises.
    """
    with _alone(folder) as work, Sandbox(readers=1, limits=LIMITS) as sandbox:
        return _Table(pack, draw_papers(pack), storage, sandbox, work).bind().open("rb")


@dataclass(frozen=True, slots=True)
class _Table:
    """Where one pack is put together: everything lies in the folder ``work``."""

    pack: Pack
    papers: Papers
    storage: Storage
    sandbox: Sandbox
    work: Path

    def bind(self) -> Path:
        """The pack, in ``work``."""
        pack, papers, bundle = self.pack, self.papers, self.work / "bundle.pdf"
        sections = [Section(len(papers.pdf), papers.page_count)]
        begun = time.monotonic()
        with bundle.open("xb") as file:
            file.write(papers.pdf)
            for one, first in zip(pack.files, first_pages(pack, papers.front_pages), strict=True):
                if time.monotonic() - begun > MOST_SECONDS or file.tell() > MOST_BYTES:
                    raise PackTooMuch
                sections.append(self._add_part(file, one, first))
        front, marks = papers.front_pages, papers.bookmarks
        binding = Binding(tuple(sections), front, pack.heading, pack.cover.made_at, marks)
        made = self.work / "pack.pdf"
        try:
            self.sandbox.make_exhibit(bundle, binding, made)
        except FileTooLarge as error:
            raise PackTooMuch from error
        except IngestError as error:
            raise FileUnfit(f"The pack could not be bound. {error.sentence}") from error
        return made

    def _add_part(self, bundle: BinaryIO, file: PackFile, first: int) -> Section:
        """Pages of one file; ``first`` is the number of the first of them in the pack."""
        part = self.work / "part.pdf"
        total = self.papers.page_count + self.pack.page_count
        pages = tuple(ExhibitPage(page.page_number, page.marks) for page in file.pages)
        strips = draw_strips(file, self.pack.heading, first, total)
        with self.storage.local_path(original_key(file.sha256)) as path:
            _check_bytes(path, file)
            try:
                self.sandbox.make_exhibit(path, ExhibitPart(pages, strips), part)
            except IngestError as error:
                raise FileUnfit(f"Pages of {file.document_id} cannot be taken. {error.sentence}") from error
        with part.open("rb") as made:
            shutil.copyfileobj(made, bundle)
        size = part.stat().st_size
        part.unlink()
        return Section(size, len(pages))


def _check_bytes(path: Path, file: PackFile) -> None:
    """The list of hashes says what is true now. Raises ``BlobDamaged``."""
    with path.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
            raise BlobDamaged


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """One pack at a time, in a folder that holds nothing an earlier one left. Raises ``PackBusy``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    work = folder / "work"
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PackBusy from error
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        os.close(lock)
