"""The worker: reads what waits to be read, brings the index up to date, and sends letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.clock import Clock, now
from archive.database import Database
from archive.jobs.index_desk import rebuild_if_asked
from archive.jobs.post import PostRounds
from archive.jobs.queue import JobQueue
from archive.jobs.reading_desk import ReadingDesk
from archive.ports import SearchEngine, Storage
from archive.services.claims import end_old_claims
from archive.services.indexing import bring_index_up_to_date
from archive.services.job_leases import (
    MAX_ATTEMPTS,
    find_waiting_documents,
    queue_forgotten_documents,
)
from archive.services.same_records import look_for_waiting
from archive.services.screening import screen_waiting
from ingest.sandbox import Sandbox


def run_worker(
    *,
    database: Database,
    storage: Storage,
    engine: SearchEngine,
    queue: JobQueue,
    sandbox: Sandbox,
    post: PostRounds,
    clock: Clock = now,
    reviewers: int = 2,
    sweep_uploads: Callable[[], None] = lambda: None,
    make_copies: Callable[[], int] = lambda: 0,
) -> None:
    """Work until SIGTERM or SIGINT. Safe to kill at any moment."""
    desk = ReadingDesk(
        database=database,
        storage=storage,
        engine=engine,
        sandbox=sandbox,
        actor="worker",
        clock=clock,
        give_up_after=MAX_ATTEMPTS,
        reviewers=reviewers,
    )

    def read_waiting() -> None:
        sweep_uploads()
        while True:
            for _ in desk.read(_waiting(database, clock)):
                post.go_if_due()
            if not make_copies():  # a copy is a document that waits to be read
                break
        _make_up_for(database, clock)
        _see_to_the_index(database, engine, clock)
        post.go()

    queue.consume(read_waiting)


def _see_to_the_index(database: Database, engine: SearchEngine, clock: Clock) -> None:
    rebuild_if_asked(database, engine, clock)
    bring_index_up_to_date(database, engine)


def _make_up_for(database: Database, clock: Clock) -> None:
    """What was left out when documents were read by an older program, and what time has ended."""
    screen_waiting(database, at=clock())
    look_for_waiting(database, at=clock())
    with database.transaction() as session:
        end_old_claims(session, at=clock())


def _waiting(database: Database, clock: Clock) -> Iterator[str]:
    """Waiting documents, asked for again until there are none: more may come while we read."""
    offered: set[str] = set()
    while True:
        with database.transaction() as session:
            queue_forgotten_documents(session, at=clock())
            waiting = [
                document_id
                for document_id in find_waiting_documents(session, at=clock())
                if document_id not in offered
            ]
        if not waiting:
            return
        offered.update(waiting)
        yield from waiting
