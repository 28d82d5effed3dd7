"""Letters to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.errors import BadSetting, LetterRefused, MailUnavailable
from archive.mail.message import as_message
from archive.ports import Letter

TIMEOUT_SECONDS = 20
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_WANTED = "Write smtp://user:password@host:587?starttls, smtps://user:password@host or log:."


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a mail server is and how it is spoken to: ``tls`` is 'none', 'starttls' or 'at_once'."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


def parse_mail_url(url: str) -> MailServer:
    """Read ``smtp://`` and ``smtps://``. Raises ``BadSetting``, which never holds the password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadSetting("READING_ROOM_MAIL_URL is not an address.", help=_WANTED) from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.query not in ("", "starttls"):
        raise BadSetting("READING_ROOM_MAIL_URL is not the address of a mail server.", help=_WANTED)
    tls = "at_once" if parts.scheme == "smtps" else "starttls" if parts.query else "none"
    if parts.username and tls == "none" and parts.hostname not in _HERE:
        raise BadSetting(
            "READING_ROOM_MAIL_URL would send its password in the clear.",
            help="Add ?starttls, or use smtps://.",
        )
    usual = {"at_once": 465, "starttls": 587, "none": 25}[tls]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or usual, tls, user, password)


class SmtpMailer:
    """A ``Mailer`` that opens a connection for each letter: there are few, and far between."""

    def __init__(self, server: MailServer, *, sender: str, sender_name: str) -> None:
        self._server = server
        self._sender, self._sender_name = sender, sender_name

    def send(self, letter: Letter) -> None:
        """See ``Mailer``."""
        message = as_message(letter, sender=self._sender, sender_name=self._sender_name)
        try:
            connection = self._connect()
            try:
                self._greet(connection)
                connection.send_message(message)
            finally:
                _part(connection)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(next(iter(error.recipients.values()))[0]) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(f"The mail server at {self._server.host} does not take letters.") from error

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "at_once":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)

    def _greet(self, connection: smtplib.SMTP) -> None:
        if self._server.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if self._server.user:
            connection.login(self._server.user, self._server.password)


def _part(connection: smtplib.SMTP) -> None:
    """What goes wrong while parting is no failure of the letter, which was taken or refused before."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _refusal(code: int) -> LetterRefused:
    """RFC 5321, 4.2.1: 5yz is for good, 4yz for now (a full mailbox, a server that delays strangers)."""
    return LetterRefused(for_good=500 <= code < 600)
