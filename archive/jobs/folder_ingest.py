"""Takes files and folders in: stores, queues, reads, publishes, and remembers what became of each."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.clock import Clock, now
from archive.database import Database
from archive.errors import BlobDamaged, NothingToIngest
from archive.jobs.queue import JobQueue
from archive.jobs.reading_desk import (
    DocumentElsewhere,
    DocumentFinished,
    DocumentOpened,
    PageRead,
    Progress,
    ReadingDesk,
)
from archive.ports import Storage
from archive.rules.statuses import ReadingStatus
from archive.services.finding_decisions import find_blocking
from archive.services.findings import say_not_private
from archive.services.job_leases import ask_for_publication, queue_reading
from archive.services.publication import publish_when_read
from archive.services.reading import Outcome, find_outcome
from archive.services.uploads import (
    Description,
    Receipt,
    StoredFile,
    find_received,
    hash_file,
    keep_original,
    receive_upload,
)
from ingest.errors import EmptyFile

CANNOT_OPEN = (
    "cannot_open",
    "This file cannot be opened. Check that you may read it, and that it is still there.",
)
_WITH_FAILURES = (ReadingStatus.PARTIAL, ReadingStatus.FAILED)
_FINISHED = (ReadingStatus.READ, *_WITH_FAILURES)


@dataclass(frozen=True, slots=True)
class FileToIngest:
    """A file, the name it is known by (relative to the folder that was given), and what is said of it."""

    path: Path
    name: str
    description: Description = field(default_factory=Description)
    publish: bool = False
    reviewed: bool = False  # somebody has looked: nothing in it is private


@dataclass(slots=True)
class IngestReport:
    """What became of each file; the object that ``ingest --json`` prints."""

    new: list[dict[str, object]] = field(default_factory=list)
    already_here: list[dict[str, object]] = field(default_factory=list)
    partial: list[dict[str, object]] = field(default_factory=list)
    failed: list[dict[str, object]] = field(default_factory=list)
    held_back: list[dict[str, object]] = field(default_factory=list)  # to be published, with open findings
    pages: int = 0
    seconds: float = 0.0

    @property
    def is_complete(self) -> bool:
        """Whether every page of every file could be read."""
        return not self.failed and not self.partial


def find_files(paths: Iterable[Path], *, home: Path) -> list[tuple[Path, str]]:
    """The PDFs at these paths, with the name each is known by: files as given, folders searched through.

    The archive's own ``home`` is passed over, should it lie in such a folder. Raises ``NothingToIngest``
    for a path that is not there.
    """
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            found += [(file, str(file.relative_to(path))) for file in _pdfs_below(path, home)]
        elif path.exists():
            found.append((path, path.name))
        else:
            raise NothingToIngest(f"There is no file or folder {path}.")
    return found


def describe_files(
    files: Iterable[tuple[Path, str]],
    *,
    described: Mapping[str, Description],
    agency: str,
    production: str,
    publish: bool,
    reviewed: bool = False,
) -> list[FileToIngest]:
    """Join each file with its row of the metadata CSV and with what was said for all of them."""
    result = []
    for path, name in files:
        row = described.get(name) or described.get(path.name) or Description()
        row = replace(row, agency=row.agency or agency, production=row.production or production)
        result.append(FileToIngest(path, name, row, publish, reviewed))
    return result


class FolderIngest:
    """One run over many files. Safe to stop at any moment and to run again."""

    def __init__(
        self,
        *,
        database: Database,
        storage: Storage,
        desk: ReadingDesk,
        actor: str,
        clock: Clock = now,
        retry: bool = False,
        reviewers: int = 2,
    ) -> None:
        self._database, self._storage, self._desk = database, storage, desk
        self._actor, self._clock, self._retry, self._reviewers = actor, clock, retry, reviewers
        self._name_of: dict[str, str] = {}
        self._to_be_published: set[str] = set()
        self.report = IngestReport()

    def run(self, files: Iterable[FileToIngest]) -> Iterator[Progress]:
        """Take these files in, telling what happens; ``report`` is complete at the end."""
        began = time.monotonic()
        try:
            for progress in self._desk.read(self._to_be_read(files)):
                self._note(progress)
                yield progress
        finally:
            self.report.seconds = round(time.monotonic() - began, 2)

    def queue(self, files: Iterable[FileToIngest], queue: JobQueue) -> None:
        """Store and queue these files for a running worker, without reading them here."""
        for document_id in self._to_be_read(files):
            queue.enqueue_reading(document_id)
            self.report.new.append({"file": self._name_of[document_id], "id": document_id, "pages": 0})

    def name_of(self, document_id: str) -> str:
        """The name of the file that the document came from in this run."""
        return self._name_of[document_id]

    def _to_be_read(self, files: Iterable[FileToIngest]) -> Iterator[str]:
        for file in files:
            document_id = self._take_in(file)
            if document_id is not None:
                yield document_id

    def _take_in(self, file: FileToIngest) -> str | None:
        """Store one file; its document's id if it must be read now."""
        try:
            stored = replace(hash_file(file.path), source_file=file.name)
            with self._database.reading() as session:
                known = find_received(session, stored)
            if known is not None:
                return self._take_in_again(file, known)
            keep_original(self._storage, stored, file.path)
        except (EmptyFile, BlobDamaged) as error:
            self._note_failure(file, error.code, error.sentence)
            return None
        except OSError:
            self._note_failure(file, *CANNOT_OPEN)
            return None
        return self._receive(file, stored)

    def _receive(self, file: FileToIngest, stored: StoredFile) -> str:
        with self._database.transaction() as session:
            receipt = receive_upload(
                session, stored, file.description, actor=self._actor, at=self._clock(), publish=file.publish
            )
        return self._will_read(file, receipt.document_id)

    def _take_in_again(self, file: FileToIngest, known: Receipt) -> str | None:
        """The same bytes came before: go on where that run stopped, or say that they are here."""
        document_id = known.document_id
        if document_id in self._name_of:  # a copy of a file of this run
            self._say_already_here(file, document_id)
            return None
        if known.reading_status not in _FINISHED:
            with self._database.transaction() as session:
                ask_for_publication(session, document_id, publish=file.publish)
            return self._will_read(file, document_id)
        if self._retry and known.reading_status in _WITH_FAILURES:
            with self._database.transaction() as session:
                queue_reading(session, document_id, at=self._clock(), publish=file.publish)
            return self._will_read(file, document_id)
        if known.reading_status == ReadingStatus.FAILED:
            with self._database.reading() as session:
                outcome = find_outcome(session, document_id)
            self._note_failure(file, outcome.code, outcome.sentence)
            return None
        if file.publish:
            self._publish_again(file, document_id)
        self._say_already_here(file, document_id)
        return None

    def _will_read(self, file: FileToIngest, document_id: str) -> str:
        self._name_of[document_id] = file.name
        if file.publish:
            self._to_be_published.add(document_id)
        if file.reviewed:
            self._desk.take_as_reviewed(document_id, actor=self._actor)
        return document_id

    def _publish_again(self, file: FileToIngest, document_id: str) -> None:
        """It was read before, and is to be shown now."""
        at = self._clock()
        with self._database.transaction() as session:
            if file.reviewed:
                say_not_private(session, document_id, actor=self._actor, at=at)
            publish_when_read(session, document_id, actor=self._actor, at=at, reviewers=self._reviewers)
        self._note_if_held_back(document_id, file.name)

    def _note_if_held_back(self, document_id: str, name: str) -> None:
        with self._database.reading() as session:
            number = len(find_blocking(session, document_id, reviewers=self._reviewers))
        if number:
            self.report.held_back.append({"file": name, "id": document_id, "findings": number})

    def _note(self, progress: Progress) -> None:
        match progress:
            case PageRead():
                self.report.pages += 1
            case DocumentElsewhere(document_id=document_id):
                self.report.already_here.append({"file": self._name_of[document_id], "id": document_id})
            case DocumentFinished(document_id=document_id, outcome=outcome):
                self._note_outcome(document_id, outcome)
            case DocumentOpened():
                pass

    def _note_outcome(self, document_id: str, outcome: Outcome) -> None:
        if document_id in self._to_be_published:
            self._note_if_held_back(document_id, self._name_of[document_id])
        about: dict[str, object] = {"file": self._name_of[document_id], "id": document_id}
        match outcome.status:
            case ReadingStatus.READ:
                self.report.new.append(about | {"pages": outcome.page_count})
            case ReadingStatus.PARTIAL:
                why = {"code": outcome.code, "sentence": outcome.sentence}
                self.report.partial.append(about | {"failed_pages": list(outcome.failed_pages)} | why)
            case _:
                del about["id"]
                self.report.failed.append(about | {"code": outcome.code, "sentence": outcome.sentence})

    def _note_failure(self, file: FileToIngest, code: str, sentence: str) -> None:
        self.report.failed.append({"file": file.name, "code": code, "sentence": sentence})

    def _say_already_here(self, file: FileToIngest, document_id: str) -> None:
        self.report.already_here.append({"file": file.name, "id": document_id})


def _pdfs_below(folder: Path, home: Path) -> Iterator[Path]:
    """In a stable order. Hidden folders and links to folders are left alone."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(parent) / name).resolve() != home
        )
        for name in sorted(names):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(parent) / name
