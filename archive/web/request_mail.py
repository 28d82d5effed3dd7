"""E-mail files about a request: sent in, read, and written down as events by a person."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import FoiaRequest, RequestMail, Upload
from archive.rules.access import Action, requires
from archive.rules.addresses import request_mail_path
from archive.rules.mail_message import Attachment, Mail
from archive.rules.mail_proposals import propose_event
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_events import GROUPS
from archive.rules.request_states import Outcome
from archive.rules.statuses import UploadOutcome
from archive.rules.upload_names import clean_file_name
from archive.services.foia_requests import get_request
from archive.services.mail_import import (
    MOST_MAIL_BYTES,
    MailFile,
    add_mail,
    attach_from_mail,
    get_mail,
    get_mail_sheet,
    mails_of,
    open_mail,
    productions_to_choose,
    read_mail_file,
    set_mail_aside,
    store_mail,
    write_down_mail,
)
from archive.services.upload_batches import BatchDetails, open_batch
from archive.services.upload_errors import NoFilesChosen
from archive.storage.keys import mail_key
from archive.web.byte_ranges import send_object
from archive.web.current import parts, reading
from archive.web.headers import SANDBOX_POLICY
from archive.web.identity import viewer
from archive.web.large_bodies import takes_files
from archive.web.request_mail_form import event_form, values_of
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("request_mail", __name__)
_SHOWN_AGAIN = (400, 409)


@dataclass(frozen=True, slots=True)
class MailTaken:
    """What became of one file: ``mail_id`` 0 when it was not taken, and why."""

    name: str
    mail_id: int = 0
    is_new: bool = False
    problem: ArchiveError | None = None


@blueprint.app_template_global("request_mails")
def request_mails(asked: FoiaRequest) -> list[RequestMail]:
    """The e-mails of a request, for members; nothing for anybody else."""
    if not viewer().may(Action.READ_REQUESTS):
        return []
    with reading() as session:
        return list(mails_of(session, asked))


@blueprint.get("/requests/<slug>/mail")
@requires(Action.KEEP_REQUESTS)
def show(slug: str) -> str:
    """Where e-mail files are sent in, and those that are here."""
    return _list_page(slug)


@blueprint.post("/requests/<slug>/mail")
@requires(Action.KEEP_REQUESTS)
@takes_files
def send(slug: str) -> ResponseReturnValue:
    """Keep each file that is an e-mail; a single one is opened at once."""
    with reading() as session:
        get_request(session, slug, viewer())
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _list_page(slug, NoFilesChosen()), NoFilesChosen.status
    taken = [
        _take(slug, clean_file_name(file.filename or ""), file.stream.read(MOST_MAIL_BYTES + 1))
        for file in files
    ]
    refused = next((one.problem for one in taken if one.problem), None)
    if refused is not None or len(taken) > 1:
        return _list_page(slug, taken=taken), refused.status if refused else 200
    return _to(slug, taken[0].mail_id)


@blueprint.get("/requests/<slug>/mail/<int(max=999999999):mail_id>")
@requires(Action.KEEP_REQUESTS)
def show_mail(slug: str, mail_id: int) -> str:
    """What an e-mail says, what is proposed to be written down, and what is attached to it."""
    return _mail_page(slug, mail_id)


@blueprint.post("/requests/<slug>/mail/<int(max=999999999):mail_id>")
@requires(Action.KEEP_REQUESTS)
def decide(slug: str, mail_id: int) -> ResponseReturnValue:
    """``what``: 'event' writes it down, 'attach' takes in what is attached, 'aside' and 'back'."""
    what = request.form.get("what", "event")
    try:
        if what in ("aside", "back"):
            _set_aside(slug, mail_id, is_aside=what == "aside")
        else:
            mail = _write_down(slug, mail_id) if what == "event" else _opened(slug, mail_id)
            _take_in(slug, mail_id, mail)
    except ArchiveError as problem:
        if problem.status not in _SHOWN_AGAIN:
            raise
        return _mail_page(slug, mail_id, problem), problem.status
    return _to(slug, mail_id)


@blueprint.get("/requests/<slug>/mail/<int(max=999999999):mail_id>.eml")
@requires(Action.READ_REQUESTS)
def show_file(slug: str, mail_id: int) -> Response:
    """The file, byte for byte as it came."""
    with reading() as session:
        row = get_mail(session, get_request(session, slug, viewer()), mail_id)
        sha256 = row.sha256
    answer = send_object(parts().storage, mail_key(sha256), etag=sha256, mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{mail_id}.eml"'
    answer.headers["Content-Security-Policy"] = SANDBOX_POLICY
    return answer


def _take(slug: str, name: str, data: bytes) -> MailTaken:
    """The bytes first, then the rows: stopped in between, nothing that was said to be here is lost."""
    try:
        file = read_mail_file(name, data)
        parts().upload_desk.allowance(viewer()).check(len(data))
        store_mail(parts().storage, file)
    except ArchiveError as problem:
        return MailTaken(name, problem=problem)
    return _keep(slug, file)


def _keep(slug: str, file: MailFile) -> MailTaken:
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        rows, is_new = add_mail(session, asked, file, viewer=viewer(), at=parts().clock())
        return MailTaken(file.name, rows[0].id, is_new)


def _opened(slug: str, mail_id: int) -> Mail:
    with reading() as session:
        return open_mail(parts().storage, get_mail(session, get_request(session, slug, viewer()), mail_id))


def _write_down(slug: str, mail_id: int) -> Mail:
    mail = _opened(slug, mail_id)
    form = event_form(mail)
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        row = get_mail(session, asked, mail_id)
        number = request.form.get("number", "")
        write_down_mail(session, asked, row, form, number=number, viewer=viewer(), at=parts().clock())
    return mail


def _set_aside(slug: str, mail_id: int, *, is_aside: bool) -> None:
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        row = get_mail(session, asked, mail_id)
        set_mail_aside(session, asked, row, is_aside=is_aside, at=parts().clock())


def _take_in(slug: str, mail_id: int, mail: Mail) -> None:
    """What is attached and can be a document goes the way of all files; then it belongs to the event."""
    wanted = [
        attachment
        for number, attachment in enumerate(mail.attachments)
        if attachment.is_pdf and f"take{number}" in request.form
    ]
    if not wanted:
        return
    batch_id = _open_batch(slug, mail)
    uploads = [(_hand_in(attachment, batch_id), attachment) for attachment in wanted]
    taken = [
        (upload.document_id, attachment.name)
        for upload, attachment in uploads
        if upload.document_id and upload.outcome != UploadOutcome.FAILED
    ]
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        attach_from_mail(session, asked, get_mail(session, asked, mail_id), taken, at=parts().clock())
    for upload, attachment in uploads:
        if upload.outcome == UploadOutcome.FAILED:
            raise BadRequestForm(
                f"{attachment.name} was not taken: {upload.failure_sentence}",
                help="The e-mail has it still. The others are taken in.",
            )


def _hand_in(attachment: Attachment, batch_id: str) -> Upload:
    size, data = len(attachment.data), io.BytesIO(attachment.data)
    chunks = iter(lambda: data.read(1 << 20), b"")
    return parts().upload_desk.take_whole(viewer(), attachment.name, size, chunks, batch_id)


def _open_batch(slug: str, mail: Mail) -> str:
    with parts().database.transaction() as session:
        asked = get_request(session, slug, viewer())
        details = BatchDetails(
            agency=_agency_of(asked),
            production=_production_slug(session, asked),
            received_on=mail.sent_on,
            note=f"Attached to an e-mail of the request {asked.title}.",
        )
        return open_batch(session, details, {}, viewer=viewer(), at=parts().clock()).id


def _agency_of(asked: FoiaRequest) -> str:
    agency = asked.agency
    return f"{agency.name} ({agency.abbreviation})" if agency.abbreviation else agency.name


def _production_slug(session: Session, asked: FoiaRequest) -> str:
    chosen = request.form.get("production", "")
    return next((one.slug for one in productions_to_choose(session, asked) if str(one.id) == chosen), "")


def _to(slug: str, mail_id: int) -> ResponseReturnValue:
    return redirect(local_address(f"{request_mail_path(slug)}/{mail_id}"), 303)


def _list_page(slug: str, problem: ArchiveError | None = None, taken: list[MailTaken] | None = None) -> str:
    with reading() as session:
        asked = get_request(session, slug, viewer())
        return render_template(
            "requests/mail.html",
            request_=asked,
            mails=mails_of(session, asked),
            problem=problem,
            taken=taken or [],
            most_bytes=min(MOST_MAIL_BYTES, parts().upload_desk.most_mb << 20),
        )


def _mail_page(slug: str, mail_id: int, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        asked = get_request(session, slug, viewer())
        row = get_mail(session, asked, mail_id)
        mail = open_mail(parts().storage, row)
        proposed = propose_event(mail)
        return render_template(
            "requests/mail_message.html",
            request_=asked,
            sheet=get_mail_sheet(session, asked, row, mail, viewer()),
            proposed=proposed,
            said=values_of(mail, proposed),
            groups=GROUPS,
            outcomes=list(Outcome),
            productions=productions_to_choose(session, asked),
            problem=problem,
        )
