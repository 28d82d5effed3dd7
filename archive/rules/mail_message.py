"""An e-mail file (RFC 5322, MIME) as values. Whatever is in it is data: nothing is run, opened or fetched.

What cannot be understood is left out and said; a file that asks too much is refused with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from archive.errors import ArchiveError
from archive.rules.mail_text import MOST_TEXT_CHARACTERS, clean_text, text_of_html
from archive.rules.upload_names import clean_file_name

MOST_PARTS = 200
MOST_DEPTH = 12  # of mails within mails, and of parts within parts
MOST_HEADER_CHARACTERS = 10_000
_MOST_BOUNDARIES = 100  # each costs time on every line that follows
_PDF = b"%PDF-"
_PDF_BEGINS_WITHIN = 1024  # ISO 32000, annex H of Adobe's: a reader takes a header so far in
_HEADER_LINE = re.compile(rb"^[\x21-\x39\x3b-\x7e]+:", re.MULTILINE)
_KNOWN_HEADER = re.compile(rb"^(?:from|to|date|subject|message-id|received|content-type):", re.I | re.M)


class MailNotReadable(ArchiveError):
    """The file is no e-mail, or asks too much."""

    code = "mail_not_readable"
    sentence = "This file is not an e-mail."
    help = "Save the message from your mail program as a file that ends in .eml, and send that."
    status = 400


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in an e-mail, as it was attached. ``name`` is safe to show."""

    name: str
    content_type: str
    data: bytes

    @property
    def is_pdf(self) -> bool:
        """Whether it can be a document here: by its bytes, whatever it is called."""
        return _PDF in self.data[:_PDF_BEGINS_WITHIN]


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail. ``sent_at`` keeps the sender's offset; ``says_offset``: whether one was written.

    ``text`` is plain; ``is_from_html``: it was read off HTML. ``inner`` are the e-mails within it, in order.
    ``remarks`` are sentences about what could not be read.
    """

    sent_at: datetime | None
    says_offset: bool
    sender: str
    recipients: str
    subject: str
    message_id: str
    text: str
    is_from_html: bool
    attachments: tuple[Attachment, ...]
    inner: tuple[Mail, ...]
    remarks: tuple[str, ...]

    @property
    def sent_on(self) -> date | None:
        """The day on which it was sent, where it was sent: not moved to another time zone."""
        return self.sent_at.date() if self.sent_at else None

    @property
    def all_mails(self) -> tuple[Mail, ...]:
        """This one and those within it, from the outside in."""
        return (self, *(each for mail in self.inner for each in mail.all_mails))


class _ShortHeaders(policy.EmailPolicy):
    """``policy.default``, but for headers so long that to understand them would take minutes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MOST_HEADER_CHARACTERS]


_POLICY = _ShortHeaders(utf8=True)


def read_mail(data: bytes) -> Mail:
    """The e-mail in these bytes. Raises ``MailNotReadable``."""
    if not data.strip():
        raise MailNotReadable("This file is empty.")
    if not _HEADER_LINE.match(data.lstrip()[:2000]) or not _KNOWN_HEADER.search(data[:1_000_000]):
        raise MailNotReadable
    if data.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise _too_much("More parts lie in each other in this e-mail than anybody would put there by hand.")
    try:
        message = _parsed(data)
        parts = sum(1 for _ in message.walk())
        if parts > MOST_PARTS:
            raise _too_much(f"This e-mail has {parts:,} parts; {MOST_PARTS} is the most that is read.")
        return _mail_of(message, depth=0)
    except MailNotReadable:
        raise
    except RecursionError as error:
        raise _too_deep() from error
    except Exception as error:  # the parser fails in ways of its own on what was made to break it
        raise MailNotReadable("This e-mail is damaged and cannot be read.") from error


def _parsed(data: bytes) -> Message[Any, Any]:
    """By the new rules; by the old ones, which understand less, where the new ones fail on a header."""
    try:
        return BytesParser(EmailMessage, policy=_POLICY).parsebytes(data)
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001  see above
        return BytesParser(policy=policy.compat32).parsebytes(data)


def _mail_of(message: Message[Any, Any], depth: int) -> Mail:
    if depth > MOST_DEPTH:
        raise _too_deep()
    remarks: list[str] = []
    if any(part.defects for part in message.walk()):
        remarks.append("It is not whole, or not built as it should be: compare it with what was sent.")
    sent_at, says_offset = _sent_at(message, remarks)
    mail = Mail(
        sent_at=sent_at,
        says_offset=says_offset,
        sender=_people(message, "From", 500),
        recipients="; ".join(filter(None, (_people(message, name, 500) for name in ("To", "Cc"))))[:1000],
        subject=_header(message, "Subject")[:500],
        message_id=_header(message, "Message-ID").strip("<> ")[:900],
        text="",
        is_from_html=False,
        attachments=(),
        inner=(),
        remarks=(),
    )
    return _with_parts(mail, message, depth, remarks)


def _with_parts(mail: Mail, message: Message[Any, Any], depth: int, remarks: list[str]) -> Mail:
    plain: list[str] = []
    html: list[str] = []
    attachments: list[Attachment] = []
    inner: list[Mail] = []
    for part in _leaves(message, 0):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner += [_mail_of(within, depth + 1) for within in _within(part)]
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            (plain if kind == "text/plain" else html).append(_text(part, remarks))
        elif (attachment := _attachment(part, len(attachments) + 1)).data:
            attachments.append(attachment)
    said = clean_text("\n\n".join(plain))
    is_from_html = not said and bool(html)
    return replace(
        mail,
        text=said or text_of_html("\n".join(html)),
        is_from_html=is_from_html,
        attachments=tuple(attachments),
        inner=tuple(inner),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _leaves(part: Message[Any, Any], depth: int) -> Iterator[Message[Any, Any]]:
    """The parts that hold something. A mail within is one of them, and is not looked into here."""
    if depth > MOST_DEPTH:
        raise _too_deep()
    children = part.get_payload() if part.get_content_maintype() == "multipart" else None
    if not isinstance(children, list):
        yield part
        return
    for child in children:
        if isinstance(child, Message):
            yield from _leaves(child, depth + 1)


def _within(part: Message[Any, Any]) -> list[Message[Any, Any]]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_attached(part: Message[Any, Any]) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except Exception:  # noqa: BLE001  a header that was made to break the parser says nothing
        return False


def _text(part: Message[Any, Any], remarks: list[str]) -> str:
    data = _bytes(part)[: 4 * MOST_TEXT_CHARACTERS]
    named = str(part.get_param("charset", "") or "")
    for charset in (named, "utf-8"):
        try:
            return data.decode(charset or "ascii")
        except (LookupError, UnicodeError, ValueError):
            continue
    if named:
        remarks.append(f"Its text is said to be in {named[:40]!r} and is not: some letters may be wrong.")
    return data.decode("cp1252", "replace")


def _attachment(part: Message[Any, Any], number: int) -> Attachment:
    kind = part.get_content_type()
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001  as above
        name = ""
    name = clean_file_name(name).rpartition("/")[2][:300] if name.strip() else ""
    ending = ".pdf" if kind == "application/pdf" else ""
    return Attachment(name or f"attachment {number}{ending}", kind[:100], _bytes(part))


def _bytes(part: Message[Any, Any]) -> bytes:
    """What the part holds; what is not rightly encoded is given as far as it goes."""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  as above
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _header(message: Message[Any, Any], name: str) -> str:
    """A header in words; '' for one that is missing, or that nobody can read."""
    try:
        value = message.get(name)
        said = "" if value is None else str(value)
    except Exception:  # noqa: BLE001  as above
        said = ""
    shown = "".join(char if char.isprintable() else " " for char in said)
    return " ".join(shown.split())


def _people(message: Message[Any, Any], name: str, most: int) -> str:
    said = _header(message, name)
    people = [f"{who} <{address}>" if who else address for who, address in getaddresses([said])]
    return ", ".join(person for person in people if person.strip())[:most] or said[:most]


def _sent_at(message: Message[Any, Any], remarks: list[str]) -> tuple[datetime | None, bool]:
    said = _header(message, "Date")
    if not said:
        remarks.append("It does not say when it was sent.")
        return None, False
    try:
        sent_at = parsedate_to_datetime(said)
        sent_at.astimezone(UTC)  # raises for what is at the edge of all years
    except (TypeError, ValueError, IndexError, OverflowError):
        remarks.append(f"Its date is written {said[:60]!r}, which is no date.")
        return None, False
    # RFC 5322, 3.3: '-0000' says that the time is UTC and nothing of where the sender is.
    return sent_at, sent_at.tzinfo is not None


def _too_much(sentence: str) -> MailNotReadable:
    return MailNotReadable(sentence, help="Save what matters of it as a message of its own.")


def _too_deep() -> MailNotReadable:
    return _too_much(f"E-mails lie in each other more than {MOST_DEPTH} deep in this file.")
