"""Sends letters about accounts beside the answer: how long a mail server takes must not tell whether there
was a letter to send."""

from __future__ import annotations

import logging
import threading

from archive.errors import ArchiveError
from archive.ports import Letter
from archive.web.current import parts

_log = logging.getLogger(__name__)


def sends_letters() -> bool:
    """Whether letters reach anybody: the mail server and the public address are set up. A link that lets
    somebody in is not written into a log."""
    settings = parts().settings
    return bool(settings.base_url) and settings.mail_url != "log:"


def post_letter(letter: Letter) -> None:
    """Send it, once, in a thread of its own. That it failed is in the log, without its words; whoever waits
    for it asks again."""
    mailer = parts().mailer

    def send() -> None:
        try:
            mailer.send(letter)
        except ArchiveError as error:
            _log.warning("a letter about an account was not sent: %s", error.sentence)

    threading.Thread(target=send, name="account letter", daemon=True).start()
