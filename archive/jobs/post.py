"""The worker's rounds to the post: look for news of saved searches, send what waits."""

from __future__ import annotations

import logging
import time

from archive.clock import Clock, now
from archive.database import Database
from archive.errors import ArchiveError
from archive.ports import Mailer, SearchEngine
from archive.services.alerts import note_news
from archive.services.letters import Sender
from archive.services.post_office import send_letters

_log = logging.getLogger(__name__)
SECONDS_BETWEEN_ROUNDS = 60.0


class PostRounds:
    """Called often, goes when it is time. Whatever goes wrong on a round is tried on the next one."""

    def __init__(
        self, database: Database, engine: SearchEngine, mailer: Mailer, sender: Sender, clock: Clock = now
    ) -> None:
        self._database, self._engine, self._mailer = database, engine, mailer
        self._sender, self._clock = sender, clock
        self._went_at = -SECONDS_BETWEEN_ROUNDS

    def go_if_due(self) -> None:
        """Between two documents that are read: a long night's reading must not hold letters up."""
        if time.monotonic() - self._went_at >= SECONDS_BETWEEN_ROUNDS:
            self.go()

    def go(self) -> None:
        """One round. Without a public address of the archive there is nothing to promise."""
        self._went_at = time.monotonic()
        if not self._sender.base_url:
            return
        try:
            note_news(self._database, self._engine, at=self._clock())
            send_letters(self._database, self._engine, self._mailer, self._sender, at=self._clock())
        except ArchiveError as error:
            _log.warning("letters wait: %s", error.sentence)
        except Exception:  # noqa: BLE001  reading goes on, whatever is wrong with a letter
            _log.exception("letters wait; reading goes on")
