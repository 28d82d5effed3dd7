"""Resumable uploads by the tus protocol, version 1.0 (tus.io), so that standard clients work.

Spoken here: core, creation, creation-with-upload, termination, expiration, checksum. A program sends an
API token; the pages of this site send their form token as ``X-Form-Token``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from functools import wraps

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from archive.errors import ArchiveError
from archive.jobs.upload_desk import CHECKSUMS, Checksum
from archive.models import Upload
from archive.rules.access import Action, requires
from archive.rules.addresses import upload_file_path
from archive.rules.upload_names import name_in_metadata, parse_upload_metadata
from archive.services.sending import UPLOAD_LASTS, get_upload
from archive.services.upload_errors import UploadMalformed
from archive.services.upload_lines import lines_of
from archive.services.upload_quota import MB
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.large_bodies import takes_files
from archive.web.templating import local_address

blueprint = Blueprint("tus", __name__, url_prefix="/upload/files")
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
BODY_TYPE = "application/offset+octet-stream"
_CHUNK_BYTES = 1 << 18
_MOST_DIGITS = 16

View = Callable[..., ResponseReturnValue]


def _in_the_protocol(view: View) -> View:
    """Refuse other versions, and answer errors in plain words with the protocol's headers."""

    @wraps(view)
    def checked(**values: str) -> Response:
        if request.headers.get("Tus-Resumable") != VERSION:
            said = "This server speaks version 1.0.0 of the tus protocol: send Tus-Resumable: 1.0.0.\n"
            return _answer(412, {"Tus-Version": VERSION}, said)
        try:
            answer = view(**values)
        except ArchiveError as error:
            answer = _answer(error.status, {}, f"{error.sentence} {error.help}".strip() + "\n")
        assert isinstance(answer, Response)
        return answer

    return checked


@blueprint.route("", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/<upload_id>", methods=["OPTIONS"], provide_automatic_options=False)
@requires(Action.UPLOAD)
def tell(**_: str) -> Response:
    """What is spoken here, and how large a file may be."""
    abilities = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(parts().settings.most_upload_mb * MB),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }
    return _answer(204, abilities)


@blueprint.post("")
@requires(Action.UPLOAD)
@takes_files
@_in_the_protocol
def create() -> Response:
    """A file will come; its first bytes may be in this request already."""
    length = _number("Upload-Length")
    try:
        metadata = parse_upload_metadata(request.headers.get("Upload-Metadata", ""))
    except ValueError as error:
        raise UploadMalformed("Upload-Metadata is not written as the tus protocol says.") from error
    desk = parts().upload_desk
    upload = desk.begin(viewer(), name_in_metadata(metadata), length, batch_id=metadata.get("batch") or None)
    if request.mimetype == BODY_TYPE and length:
        upload = desk.take(upload.id, viewer(), 0, _chunks(), _checksum())
    where = local_address(upload_file_path(upload.id))
    return _answer(201, {"Location": where, **_state(upload)})


@blueprint.route("/<upload_id>", methods=["HEAD"])
@requires(Action.UPLOAD)
@_in_the_protocol
def tell_offset(upload_id: str) -> Response:
    """How much of the file is safe here."""
    upload = parts().upload_desk.offset_of(upload_id, viewer())
    return _answer(200, {"Upload-Length": str(upload.byte_count), **_state(upload)})


@blueprint.get("/<upload_id>")
@requires(Action.UPLOAD)
def show(upload_id: str) -> ResponseReturnValue:
    """The file's line as on the page of its batch, and some of the bytes that arrived: by them a browser
    sees whether it goes on with the same file. For scripts."""
    with reading() as session:
        upload = get_upload(session, upload_id, viewer())
        line = lines_of(session, [upload], viewer())[0]
    samples = parts().incoming.samples(upload.id, upload.received_bytes)
    said = [{"at": at, "bytes": base64.b64encode(some).decode()} for at, some in samples]
    return jsonify(line.as_json() | {"samples": said})


@blueprint.patch("/<upload_id>")
@requires(Action.UPLOAD)
@takes_files
@_in_the_protocol
def take(upload_id: str) -> Response:
    """The next bytes of the file. With the last one it is in the archive's keeping."""
    return _take(upload_id)


@blueprint.delete("/<upload_id>")
@requires(Action.UPLOAD)
@_in_the_protocol
def give_up(upload_id: str) -> Response:
    """The sender does not want to go on."""
    return _give_up(upload_id)


@blueprint.post("/<upload_id>")
@requires(Action.UPLOAD)
@takes_files
@_in_the_protocol
def override(upload_id: str) -> Response:
    """For clients behind proxies that let no PATCH or DELETE through."""
    match request.headers.get("X-HTTP-Method-Override", "").upper():
        case "PATCH":
            return _take(upload_id)
        case "DELETE":
            return _give_up(upload_id)
    raise UploadMalformed("A POST to this address needs X-HTTP-Method-Override: PATCH or DELETE.")


def _take(upload_id: str) -> Response:
    if request.mimetype != BODY_TYPE:
        return _answer(415, {}, f"Send the bytes as {BODY_TYPE}.\n")
    offset = _number("Upload-Offset")
    return _answer(204, _state(parts().upload_desk.take(upload_id, viewer(), offset, _chunks(), _checksum())))


def _give_up(upload_id: str) -> Response:
    parts().upload_desk.give_up(upload_id, viewer())
    return _answer(204, {})


def _chunks() -> Iterator[bytes]:
    """The body. When the connection breaks, what has arrived counts."""
    while True:
        try:
            chunk = request.stream.read(_CHUNK_BYTES)
        except ClientDisconnected:
            return
        if not chunk:
            return
        yield chunk


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise UploadMalformed(f"{header} must be a whole number of bytes.")
    return int(text)


def _checksum() -> Checksum | None:
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise UploadMalformed(f"Upload-Checksum must be one of {', '.join(CHECKSUMS)}.")
    try:
        return Checksum(algorithm, base64.b64decode(encoded.strip(), validate=True))
    except binascii.Error as error:
        raise UploadMalformed("Upload-Checksum is not base64.") from error


def _state(upload: Upload) -> dict[str, str]:
    """How much is safe, and until when an unfinished file is kept."""
    headers = {"Upload-Offset": str(upload.received_bytes)}
    if upload.finished_at is None:
        headers["Upload-Expires"] = http_date(upload.changed_at + UPLOAD_LASTS)
    return headers


def _answer(status: int, headers: dict[str, str], said: str = "") -> Response:
    response = Response(said, status, mimetype="text/plain" if said else None)
    response.headers.update({"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers})
    return response
