"""Reads documents: claims them, sends them through the sandbox, records pages, keeps the index up.

One thread. The sandbox's children do the reading on all cores while this writes rows in short
transactions; SQLite has one writer, so none is open while a page is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from archive.clock import Clock, now
from archive.database import Database
from archive.errors import JobLost
from archive.models import Document
from archive.ports import SearchEngine, Storage
from archive.rules.statuses import ReadingStatus
from archive.services.findings import say_not_private
from archive.services.indexing import bring_index_up_to_date
from archive.services.job_leases import claim_reading, finish_job, release_job, renew_lease
from archive.services.publication import publish_when_read, withhold_what_was_found
from archive.services.reading import (
    Outcome,
    begin_reading,
    fail_reading,
    finish_reading,
    images_of,
    record_opened,
    record_pages,
)
from archive.services.same_records import look_for_same_records
from archive.services.screening import look_through_pages, record_screening
from archive.services.sketches import forget_sketches
from archive.storage.keys import original_key
from ingest.errors import ReaderCrashed
from ingest.page import FileOpened, PageFailure, PageReading
from ingest.sandbox import (
    READER_VERSION,
    Event,
    ReadTask,
    Sandbox,
    TaskDone,
    TaskFailed,
    TaskOpened,
    TaskPage,
)

PAGES_PER_TRANSACTION = 24
SECONDS_PER_TRANSACTION = 2.0
SECONDS_BETWEEN_RENEWALS = 30.0  # a quarter of the lease
PAGES_PER_INDEX_COMMIT = 500
SECONDS_PER_INDEX_COMMIT = 15.0


@dataclass(frozen=True, slots=True)
class DocumentOpened:
    """Progress: the number of pages is known; ``already_read`` of them from an interrupted run."""

    document_id: str
    page_count: int
    already_read: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """Progress: one page was tried."""

    document_id: str
    page_number: int


@dataclass(frozen=True, slots=True)
class DocumentFinished:
    """Progress: the document is read, partial or failed."""

    document_id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class DocumentElsewhere:
    """Progress: somebody else is reading this document."""

    document_id: str


_LastStep = Callable[[Session, datetime], Outcome]
Progress = DocumentOpened | PageRead | DocumentFinished | DocumentElsewhere


@dataclass(slots=True)
class _OnTheDesk:
    """A document being read: its lease, and pages not yet written."""

    document_id: str
    job_id: int
    token: str
    publish: bool
    already_read: int
    file: ExitStack
    opened: FileOpened | None = None
    pages: list[PageReading | PageFailure] = field(default_factory=list)
    written_at: float = field(default_factory=time.monotonic)

    def should_be_written(self) -> bool:
        waited = time.monotonic() - self.written_at
        return len(self.pages) >= PAGES_PER_TRANSACTION or waited >= SECONDS_PER_TRANSACTION


class ReadingDesk:
    """Where documents are read. Not for use by two threads at once."""

    def __init__(
        self,
        *,
        database: Database,
        storage: Storage,
        engine: SearchEngine,
        sandbox: Sandbox,
        actor: str,
        clock: Clock = now,
        give_up_after: int | None = None,
        reviewers: int = 2,
    ) -> None:
        self._database, self._storage, self._engine = database, storage, engine
        self._sandbox, self._actor, self._clock = sandbox, actor, clock
        self._give_up_after, self._reviewers = give_up_after, reviewers
        self._reviewed: dict[str, str] = {}
        self._desk: dict[str, _OnTheDesk] = {}
        self._news: list[Progress] = []
        self._pages_unindexed = 0
        self._indexed_at = self._renewed_at = time.monotonic()

    def take_as_reviewed(self, document_id: str, *, actor: str) -> None:
        """Somebody has looked at this file before and says that nothing in it is private."""
        self._reviewed[document_id] = actor

    def read(self, document_ids: Iterable[str]) -> Iterator[Progress]:
        """Read these documents, several at a time; ids are pulled as there is room for more.

        When the iterator is closed or interrupted, what was read so far is written and the jobs are
        put back. Whoever runs next goes on from there.
        """
        try:
            with closing(self._sandbox.read(self._tasks(document_ids))) as events:
                for event in events:
                    self._take(event)
                    self._renew_leases()
                    yield from self._tell()
            yield from self._tell()
        finally:
            self._clear_desk()
        self._update_index()

    def _tell(self) -> Iterator[Progress]:
        news, self._news = self._news, []
        yield from news

    def _tasks(self, document_ids: Iterable[str]) -> Iterator[ReadTask]:
        for document_id in document_ids:
            task = self._put_on_desk(document_id)
            if task is not None:
                yield task

    def _put_on_desk(self, document_id: str) -> ReadTask | None:
        with self._database.transaction() as session:
            job = claim_reading(session, document_id, at=self._clock())
            document = session.get(Document, document_id)
            if job is None or document is None:
                self._news.append(DocumentElsewhere(document_id))
                return None
            skip = begin_reading(session, document_id, reader_version=READER_VERSION)
            attempts, sha256 = job.attempts, document.sha256
            held = _OnTheDesk(
                document_id, job.id, job.lease_token or "", job.publish_when_read, len(skip), ExitStack()
            )
        self._desk[document_id] = held
        if self._give_up_after is not None and attempts > self._give_up_after:
            self._fail(held, ReaderCrashed.code, ReaderCrashed.sentence)
            return None
        path = held.file.enter_context(self._storage.local_path(original_key(sha256)))
        return ReadTask(key=document_id, path=path, skip_pages=skip)

    def _take(self, event: Event) -> None:
        held = self._desk.get(event.key)
        if held is None:  # its lease was lost: whoever has it now reads it again
            return
        try:
            self._handle(held, event)
        except JobLost:
            self._take_off_desk(held)
            self._news.append(DocumentElsewhere(held.document_id))

    def _handle(self, held: _OnTheDesk, event: Event) -> None:
        match event:
            case TaskOpened(opened=opened):
                held.opened = opened
                self._news.append(DocumentOpened(held.document_id, opened.page_count, held.already_read))
            case TaskPage(page=page):
                held.pages.append(page)
                self._news.append(PageRead(held.document_id, page.page_number))
                if held.should_be_written():
                    self._write(held)
            case TaskFailed(code=code, sentence=sentence):
                self._fail(held, code, sentence)
            case TaskDone():
                self._finish(held)

    def _write(self, held: _OnTheDesk, last_step: _LastStep | None = None) -> Outcome | None:
        """Images first, then the rows that name them, in one transaction with ``last_step``."""
        self._storage.put_many([item for page in held.pages for item in images_of(page)])
        at = self._clock()
        with self._database.transaction() as session:
            renew_lease(session, held.job_id, held.token, at=at, made_progress=bool(held.pages))
            if held.opened is not None:
                record_opened(session, held.document_id, held.opened)
            record_pages(session, held.document_id, held.pages, at=at, reader_version=READER_VERSION)
            outcome = None if last_step is None else last_step(session, at)
        self._pages_unindexed += len(held.pages)
        held.pages, held.opened, held.written_at = [], None, time.monotonic()
        return outcome

    def _finish(self, held: _OnTheDesk) -> None:
        """The pages are looked through before the transaction that says what was found: it stays short."""
        self._write(held)
        with self._database.reading() as session:
            notes = look_through_pages(session, held.document_id)

        def last_step(session: Session, at: datetime) -> Outcome:
            outcome = finish_reading(session, held.document_id, at=at)
            forget_sketches(session, held.document_id)
            record_screening(session, held.document_id, notes, at=at)
            if held.document_id in self._reviewed:
                actor = self._reviewed[held.document_id]
                say_not_private(session, held.document_id, actor=actor, at=at)
            failed = outcome.status == ReadingStatus.FAILED
            failure = (outcome.code, outcome.sentence) if failed else None
            finish_job(session, held.job_id, held.token, at=at, failure=failure)
            settle = publish_when_read if held.publish else withhold_what_was_found
            settle(session, held.document_id, actor=self._actor, at=at, reviewers=self._reviewers)
            return outcome

        self._end(held, last_step)

    def _fail(self, held: _OnTheDesk, code: str, sentence: str) -> None:
        def last_step(session: Session, at: datetime) -> Outcome:
            finish_job(session, held.job_id, held.token, at=at, failure=(code, sentence))
            return fail_reading(session, held.document_id, code, sentence, at=at)

        self._end(held, last_step)

    def _end(self, held: _OnTheDesk, last_step: _LastStep) -> None:
        outcome = self._write(held, last_step)
        self._take_off_desk(held)
        if outcome is not None:
            self._news.append(DocumentFinished(held.document_id, outcome))
            if outcome.status != ReadingStatus.FAILED:
                look_for_same_records(self._database, held.document_id, at=self._clock())
        waited = time.monotonic() - self._indexed_at
        if self._pages_unindexed >= PAGES_PER_INDEX_COMMIT or waited >= SECONDS_PER_INDEX_COMMIT:
            self._update_index()

    def _renew_leases(self) -> None:
        """Also of documents that wait for their turn in the sandbox and so bring no pages."""
        if time.monotonic() - self._renewed_at < SECONDS_BETWEEN_RENEWALS:
            return
        self._renewed_at = time.monotonic()
        for held in list(self._desk.values()):
            try:
                with self._database.transaction() as session:
                    renew_lease(session, held.job_id, held.token, at=self._clock())
            except JobLost:
                self._take_off_desk(held)
                self._news.append(DocumentElsewhere(held.document_id))

    def _take_off_desk(self, held: _OnTheDesk) -> None:
        held.file.close()
        self._desk.pop(held.document_id, None)

    def _clear_desk(self) -> None:
        """We were stopped: write what was read, put the jobs back for whoever comes next."""
        for held in list(self._desk.values()):
            try:
                self._write(held)
                with self._database.transaction() as session:
                    release_job(session, held.job_id, held.token)
            except JobLost:
                pass
            self._take_off_desk(held)

    def _update_index(self) -> None:
        bring_index_up_to_date(self._database, self._engine)
        self._pages_unindexed, self._indexed_at = 0, time.monotonic()
