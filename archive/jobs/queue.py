"""The job queue on huey. It only wakes a worker up; the job table says what is to be done.

huey forgets the task it was running when it is killed, so nothing is ever found only here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from archive.errors import BadSetting
from archive.settings import Settings

SCHEME = "sqlite://"


class JobQueue:
    """A queue in an SQLite file of its own, so that waiting workers never lock the archive's database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._naming = threading.Lock()  # huey takes the name of a task once only
        self._waking: Any = None

    @cached_property
    def _huey(self) -> Any:
        from huey import SqliteHuey  # imported late: most commands never queue anything

        return SqliteHuey("reading-room", filename=str(self.path), fsync=True, results=False)

    def enqueue_reading(self, document_id: str) -> None:
        """Wake the worker up for this document."""
        with self._naming:
            self._waking = self._waking or self._wake_up_task(lambda _document_id: None)
        self._waking(document_id)

    def wake_up(self) -> None:
        """Wake the worker up: there is something to do beside reading."""
        self.enqueue_reading("")

    def consume(self, read_waiting: Callable[[], None]) -> None:
        """Run in the foreground: call ``read_waiting`` at once, for each wake-up, and every minute.

        The minute's call finds what a killed worker left. Ends on SIGTERM or SIGINT.
        """
        from huey import crontab

        self._wake_up_task(lambda _document_id: read_waiting())
        sweep = self._huey.periodic_task(crontab(minute="*"), name="read_waiting")(read_waiting)
        sweep()  # at once: the first sweep would else come up to a minute late
        self._huey.create_consumer(workers=1, worker_type="thread", check_worker_health=True).run()

    def close(self) -> None:
        """Close the queue's database, if it was ever opened."""
        if "_huey" in self.__dict__:
            self._huey.storage.close()

    def _wake_up_task(self, body: Callable[[str], None]) -> Any:
        return self._huey.task(name="read_document")(body)


def open_queue(settings: Settings) -> JobQueue:
    """The queue that the settings name. Raises ``BadSetting``."""
    url = settings.queue_url
    if not url.startswith(SCHEME):
        raise BadSetting(
            f"READING_ROOM_QUEUE_URL cannot be {url!r}.",
            help="Leave it out: the queue is then an SQLite file in the home.",
        )
    return JobQueue(Path(url.removeprefix(SCHEME)))
