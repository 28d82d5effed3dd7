"""Letters into the log: an archive without a mail server can still be tried out."""

from __future__ import annotations

import logging

from archive.mail.message import as_message
from archive.ports import Letter

_log = logging.getLogger(__name__)


class LogMailer:
    """A ``Mailer`` that writes each letter to the log, whole."""

    def __init__(self, *, sender: str, sender_name: str) -> None:
        self._sender, self._sender_name = sender, sender_name

    def send(self, letter: Letter) -> None:
        """See ``Mailer``. Never fails."""
        message = as_message(letter, sender=self._sender, sender_name=self._sender_name)
        _log.warning("a letter to %s: %s\n%s", message["To"], message["Subject"], letter.text)
