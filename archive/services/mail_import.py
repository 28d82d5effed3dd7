"""E-mail files about a request: kept as they came, then written down as events by somebody who read them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production, RequestEvent, RequestFile, RequestMail
from archive.ports import Storage
from archive.rules.access import Viewer
from archive.rules.addresses import document_id_of
from archive.rules.mail_message import Attachment, Mail, MailNotReadable, read_mail
from archive.rules.request_errors import RequestPartNotFound
from archive.services.audit import record_event
from archive.services.documents import visible_documents
from archive.services.request_events import EventForm, add_event, attach_document
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_standings import touch_request
from archive.storage.keys import mail_key

MOST_MAIL_BYTES = 64 << 20  # an e-mail is read in memory; mail servers carry half of that at most


@dataclass(frozen=True, slots=True)
class MailFile:
    """An e-mail file as it was sent in, read and found to be one."""

    name: str
    data: bytes
    mail: Mail

    @property
    def sha256(self) -> str:
        """Of the bytes as received."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """An attachment and what became of it. ``document_id`` is empty unless the visitor may see it."""

    attachment: Attachment
    is_attached: bool
    document_id: str

    @property
    def is_waiting(self) -> bool:
        """Whether it can be a document and is not one of the event yet."""
        return self.attachment.is_pdf and not self.is_attached


@dataclass(frozen=True, slots=True)
class MailSheet:
    """A kept e-mail, read again. ``twin`` is an event of the request that was made of the same message."""

    row: RequestMail
    mail: Mail
    event: RequestEvent | None
    twin: RequestEvent | None
    attachments: tuple[AttachmentLine, ...]


def read_mail_file(name: str, data: bytes) -> MailFile:
    """Raises ``MailNotReadable``."""
    if len(data) > MOST_MAIL_BYTES:
        raise MailNotReadable(
            f"This e-mail is longer than is taken here: at most {MOST_MAIL_BYTES >> 20} MB.",
            help="Send what is attached to it as files.",
        )
    return MailFile(name, data, read_mail(data))


def store_mail(storage: Storage, file: MailFile) -> None:
    """Put the bytes in the store. They are safe when this returns; the rows may follow."""
    storage.put(mail_key(file.sha256), file.data)


def add_mail(
    session: Session, request: FoiaRequest, file: MailFile, *, viewer: Viewer, at: datetime
) -> tuple[list[RequestMail], bool]:
    """A row for the e-mail, and one for each within it; and whether they are new. Twice is once."""
    same = RequestMail.request_id == request.id, RequestMail.sha256 == file.sha256
    known = session.scalars(select(RequestMail).where(*same).order_by(RequestMail.part)).all()
    if known:
        return list(known), False
    rows = [
        RequestMail(
            request_id=request.id,
            sha256=file.sha256,
            byte_count=len(file.data),
            part=part,
            file_name=file.name[:1024],
            message_id=mail.message_id,
            received_at=at,
            received_by_id=viewer.account_id,
        )
        for part, mail in enumerate(file.mail.all_mails)
    ]
    session.add_all(rows)
    session.flush()
    subject, details = f"request/{request.id}", {"mail": rows[0].id, "sha256": file.sha256}
    record_event(session, "request_mail_added", subject, actor=viewer.name, at=at, details=details)
    touch_request(session, request, at=at)
    return rows, True


def mails_of(session: Session, request: FoiaRequest) -> Sequence[RequestMail]:
    """All e-mails of a request, the last received first; those within one below it."""
    asked = select(RequestMail).where(RequestMail.request_id == request.id)
    order = RequestMail.received_at.desc(), RequestMail.sha256, RequestMail.part
    return session.scalars(asked.order_by(*order)).all()


def get_mail(session: Session, request: FoiaRequest, mail_id: int) -> RequestMail:
    """Raises ``RequestPartNotFound``."""
    row = session.get(RequestMail, mail_id)
    if row is None or row.request_id != request.id:
        raise RequestPartNotFound
    return row


def open_mail(storage: Storage, row: RequestMail) -> Mail:
    """The e-mail of a row, from its file. Raises ``BlobNotFound``, ``MailNotReadable``."""
    mails = read_mail(storage.read(mail_key(row.sha256))).all_mails
    return mails[min(row.part, len(mails) - 1)]


def get_mail_sheet(
    session: Session, request: FoiaRequest, row: RequestMail, mail: Mail, viewer: Viewer
) -> MailSheet:
    """A kept e-mail with the event that was made of it, and what became of its attachments."""
    event = session.get(RequestEvent, row.event_id) if row.event_id else None
    lines = tuple(_line(session, event, one, viewer) for one in mail.attachments)
    return MailSheet(row, mail, event, _twin(session, request, row), lines)


def write_down_mail(
    session: Session,
    request: FoiaRequest,
    row: RequestMail,
    form: EventForm,
    *,
    number: str = "",
    viewer: Viewer,
    at: datetime,
) -> RequestEvent:
    """Make the event of an e-mail, and note the tracking number that it names, if one is given.

    An e-mail that has its event keeps it. Raises what ``add_event`` and ``add_number`` raise.
    """
    if row.event_id is not None and (known := session.get(RequestEvent, row.event_id)) is not None:
        return known
    event = add_event(session, request, form, viewer=viewer, at=at)
    row.event_id, row.set_aside_at = event.id, None
    if number.strip():
        add_number(session, request, NumberForm(number, given_on=form.happened_on), viewer=viewer, at=at)
    session.flush()
    return event


def attach_from_mail(
    session: Session,
    request: FoiaRequest,
    row: RequestMail,
    taken: Sequence[tuple[str, str]],
    *,
    at: datetime,
) -> None:
    """``taken`` are the attachments that became documents: (document id, name as it was attached)."""
    event = session.get(RequestEvent, row.event_id) if row.event_id else None
    if event is None:
        raise RequestPartNotFound
    for document_id, name in taken:
        attach_document(session, event, document_id, name=name)
    touch_request(session, request, at=at)


def set_mail_aside(
    session: Session, request: FoiaRequest, row: RequestMail, *, is_aside: bool, at: datetime
) -> None:
    """Say that an e-mail is no event, or that it may be one. It stays where it is."""
    row.set_aside_at = at if is_aside else None
    touch_request(session, request, at=at)


def _twin(session: Session, request: FoiaRequest, row: RequestMail) -> RequestEvent | None:
    if not row.message_id:
        return None
    same = RequestEvent.request_id == request.id, RequestEvent.message_id == row.message_id
    found: RequestEvent | None = session.scalar(
        select(RequestEvent).where(*same, RequestEvent.id != (row.event_id or 0)).limit(1)
    )
    return found


def _line(
    session: Session, event: RequestEvent | None, attachment: Attachment, viewer: Viewer
) -> AttachmentLine:
    document_id = document_id_of(hashlib.sha256(attachment.data).hexdigest())
    file = RequestFile.event_id == (event.id if event else 0), RequestFile.document_id == document_id
    is_attached = session.scalar(select(RequestFile.id).where(*file)) is not None
    seen = visible_documents(viewer).where(Document.id == document_id)
    shown = document_id if attachment.is_pdf and session.scalar(seen) is not None else ""
    return AttachmentLine(attachment, is_attached, shown)


def productions_to_choose(session: Session, request: FoiaRequest) -> Sequence[Production]:
    """The productions of a request, the last one first: what came with an e-mail may be one of them."""
    asked = select(Production).where(Production.request_id == request.id)
    return session.scalars(asked.order_by(Production.received_on.desc(), Production.id.desc())).all()
