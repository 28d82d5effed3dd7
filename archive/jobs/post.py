"""The worker's rounds to the post: look for news of saved searches and for dates of requests that somebody is
to be reminded of; send what waits."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from archive.clock import Clock, now
from archive.database import Database
from archive.errors import ArchiveError
from archive.ports import Mailer, SearchEngine
from archive.services.alerts import note_news
from archive.services.letters import Sender
from archive.services.post_office import send_letters
from archive.services.request_reminders import note_reminders, send_reminders

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
        self._carry("letters about searches", self._carry_news)
        self._carry("reminders of dates", self._carry_reminders)

    def _carry(self, what: str, carry: Callable[[], None]) -> None:
        """What is wrong with one kind of letter holds up neither the other nor reading."""
        try:
            carry()
        except ArchiveError as error:
            _log.warning("%s wait: %s", what, error.sentence)
        except Exception:  # noqa: BLE001  reading goes on, whatever is wrong with a letter
            _log.exception("%s wait; reading goes on", what)

    def _carry_news(self) -> None:
        note_news(self._database, self._engine, at=self._clock())
        send_letters(self._database, self._engine, self._mailer, self._sender, at=self._clock())

    def _carry_reminders(self) -> None:
        note_reminders(self._database, at=self._clock())
        send_reminders(self._database, self._mailer, self._sender, at=self._clock())
