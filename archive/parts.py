"""The parts of one running archive, and how they are joined from the settings.

HOUSE puts this in ``app``; it stands a floor lower so that the command line and the worker need no
Flask, and so that a view can name the type of what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.clock import Clock, now
from archive.database import Database, open_database
from archive.jobs.queue import JobQueue, open_queue
from archive.jobs.upload_desk import UploadDesk
from archive.mail import open_mailer
from archive.ports import Mailer, SearchEngine, Storage
from archive.search import open_engine
from archive.search.synonyms import SynonymBook, current_synonyms
from archive.settings import Settings, make_home
from archive.storage import open_storage
from archive.storage.incoming import IncomingFiles


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a door needs, opened."""

    settings: Settings
    database: Database
    storage: Storage
    engine: SearchEngine
    queue: JobQueue
    mailer: Mailer
    incoming: IncomingFiles
    clock: Clock = now

    @property
    def synonyms(self) -> SynonymBook:
        """The vocabulary that searches are widened with, as its file is at this moment."""
        return current_synonyms(self.settings.home)

    @property
    def upload_desk(self) -> UploadDesk:
        """Where files that people send are handed in."""
        return UploadDesk(
            database=self.database,
            storage=self.storage,
            queue=self.queue,
            incoming=self.incoming,
            most_mb=self.settings.most_upload_mb,
            quota_mb=self.settings.upload_quota_mb,
            clock=self.clock,
        )

    def close(self) -> None:
        """Let go of files and connections."""
        self.queue.close()
        self.engine.close()
        self.database.close()


def open_parts(settings: Settings) -> Parts:
    """Open the archive, making its home first if it is new."""
    make_home(settings)
    database = open_database(settings.database_url)
    return Parts(
        settings=settings,
        database=database,
        storage=open_storage(settings),
        engine=open_engine(settings),
        queue=open_queue(settings),
        mailer=open_mailer(settings),
        incoming=IncomingFiles(settings.home / "uploads"),
    )


@contextmanager
def opened_parts(settings: Settings) -> Iterator[Parts]:
    """``open_parts`` for as long as a command runs."""
    parts = open_parts(settings)
    try:
        yield parts
    finally:
        parts.close()
