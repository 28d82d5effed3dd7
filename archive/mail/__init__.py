"""Where letters go: a mail server, or the log."""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.errors import BadMailAddress, BadSetting
from archive.mail.log import LogMailer
from archive.mail.message import checked_address
from archive.ports import Mailer
from archive.settings import Settings


def open_mailer(settings: Settings) -> Mailer:
    """The mailer that ``READING_ROOM_MAIL_URL`` names. Connects to nothing. Raises ``BadSetting``."""
    sender, sender_name = _sender(settings), settings.site_name
    if settings.mail_url == "log:":
        return LogMailer(sender=sender, sender_name=sender_name)
    from archive.mail.smtp import SmtpMailer, parse_mail_url  # brings TLS: only who uses it pays

    return SmtpMailer(parse_mail_url(settings.mail_url), sender=sender, sender_name=sender_name)


def _sender(settings: Settings) -> str:
    if not settings.mail_from:
        host = urlsplit(settings.base_url).hostname or ""
        return f"no-reply@{host if '.' in host else 'localhost.localdomain'}"
    try:
        return checked_address(settings.mail_from)
    except BadMailAddress as error:
        raise BadSetting("READING_ROOM_MAIL_FROM is not a mail address.", help=error.help) from error
