"""The upload page, and how far one's own files are. Everything here works as plain forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from archive.errors import ArchiveError, MetadataFileWrong
from archive.rules.access import Action, requires
from archive.rules.addresses import upload_batch_path, upload_path
from archive.rules.upload_names import clean_file_name
from archive.rules.upload_states import UploadState
from archive.services.document_notes import answer_question
from archive.services.metadata_csv import COLUMNS, parse_metadata_csv
from archive.services.shelves import ShelfKind, list_shelves
from archive.services.upload_batches import (
    ALONE,
    BatchDetails,
    BatchSheet,
    count_alone,
    get_batch_sheet,
    list_batches,
    list_unfinished,
    open_batch,
)
from archive.services.upload_errors import NoFilesChosen
from archive.web.current import parts, reading, wants_json
from archive.web.identity import viewer
from archive.web.large_bodies import takes_files
from archive.web.templating import local_address

blueprint = Blueprint("uploads", __name__, url_prefix="/upload")
_CHUNK_BYTES = 1 << 20
_FORM_FIELDS = ("agency", "production", "received_on", "note")
STATE_WORDS = {
    UploadState.SENDING: "on the way",
    UploadState.RECEIVED: "received",
    UploadState.READING: "being read",
    UploadState.IN_REVIEW: "in review",
    UploadState.PUBLISHED: "shown",
    UploadState.NEEDS_YOU: "waiting for you",
    UploadState.ALREADY_HERE: "already in the archive",
}


@blueprint.get("")
@requires(Action.UPLOAD)
def show() -> str:
    """Where files are sent in, and the viewer's own uploads."""
    return _page()


@blueprint.post("")
@requires(Action.UPLOAD)
@takes_files
def send() -> ResponseReturnValue:
    """A form with files: what happens without JavaScript."""
    files = [file for file in request.files.getlist("files") if file.filename]
    try:
        if not files:
            raise NoFilesChosen
        batch_id = _open_batch()
    except (NoFilesChosen, MetadataFileWrong) as problem:
        return _page(problem), problem.status
    for file in files:
        parts().upload_desk.take_whole(
            viewer(), clean_file_name(file.filename or ""), _size(file), _chunks(file), batch_id
        )
    return redirect(local_address(upload_batch_path(batch_id)), 303)


@blueprint.post("/batches")
@requires(Action.UPLOAD)
def begin_batch() -> ResponseReturnValue:
    """The details alone, for scripts: the files follow by the tus protocol."""
    try:
        batch_id = _open_batch()
    except MetadataFileWrong as problem:
        return (jsonify(problem.as_json()) if wants_json() else _page(problem)), problem.status
    if not wants_json():
        return redirect(local_address(upload_path()), 303)
    return jsonify(id=batch_id, url=local_address(upload_batch_path(batch_id))), 201


@blueprint.get("/unfinished.json")
@requires(Action.UPLOAD)
def show_unfinished() -> ResponseReturnValue:
    """What has not arrived whole, for scripts that go on with it."""
    with reading() as session:
        uploads = list_unfinished(session, viewer())
    return jsonify(
        [
            {"id": one.id, "file": one.file_name, "bytes": one.byte_count, "batch": one.batch_id}
            for one in uploads
        ]
    )


@blueprint.get("/batches/<batch_id>")
@requires(Action.UPLOAD)
def show_batch(batch_id: str) -> str:
    """A line a file: how far it is, and what the uploader is asked to do."""
    with reading() as session:
        sheet = get_batch_sheet(session, batch_id, viewer())
        words = _counts_in_words(sheet)
        return render_template("uploads/batch.html", sheet=sheet, batch_id=batch_id, counts=words)


@blueprint.get("/batches/<batch_id>.json")
@requires(Action.UPLOAD)
def show_batch_json(batch_id: str) -> ResponseReturnValue:
    """The same for scripts, which ask every few seconds."""
    with reading() as session:
        sheet = get_batch_sheet(session, batch_id, viewer())
    counts = {state.value: count for state, count in sheet.counts.items()}
    return jsonify(
        batch=batch_id,
        moving=sheet.is_moving,
        counts=counts,
        words=_counts_in_words(sheet),
        files=[line.as_json() for line in sheet.lines],
    )


@blueprint.post("/documents/<document_id>/answer")
@requires(Action.UPLOAD)
def answer(document_id: str) -> ResponseReturnValue:
    """What the uploader says to an editor's question."""
    with parts().database.transaction() as session:
        answer_question(
            session, document_id, request.form.get("answer", ""), viewer=viewer(), at=parts().clock()
        )
    return redirect(local_address(upload_batch_path(_asked_from())), 303)


def _counts_in_words(sheet: BatchSheet) -> str:
    return ", ".join(f"{count:,} {STATE_WORDS[state]}" for state, count in sheet.counts.items())


def _page(problem: ArchiveError | None = None) -> str:
    allowance = parts().upload_desk.allowance(viewer())
    with reading() as session:
        return render_template(
            "uploads/index.html",
            problem=problem,
            said={field: request.form.get(field, "") for field in _FORM_FIELDS},
            allowance=allowance,
            batches=list_batches(session, viewer()),
            alone=count_alone(session, viewer()),
            unfinished=list_unfinished(session, viewer()),
            columns=COLUMNS,
            agencies=[shelf.row for shelf in list_shelves(session, ShelfKind.AGENCIES)],
            productions=[shelf.row for shelf in list_shelves(session, ShelfKind.PRODUCTIONS)],
        )


def _open_batch() -> str:
    """The batch that the form describes. Raises ``MetadataFileWrong``."""
    manifest = _manifest()
    details = BatchDetails(
        agency=request.form.get("agency", ""),
        production=request.form.get("production", ""),
        received_on=_date(request.form.get("received_on", "")),
        note=request.form.get("note", ""),
    )
    with parts().database.transaction() as session:
        return open_batch(session, details, manifest, viewer=viewer(), at=parts().clock()).id


def _manifest() -> dict[str, dict[str, str]]:
    """The CSV of the form. A field that was left empty is sent as a file without a name."""
    sent = request.files.get("manifest")
    if sent is None or not sent.filename:
        return {}
    return parse_metadata_csv(sent.read(), clean_file_name(sent.filename))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise MetadataFileWrong(
            f"{text!r} is not a date.", help="Write the date received as 2010-08-17."
        ) from error


def _size(file: FileStorage) -> int:
    end = file.stream.seek(0, 2)
    file.stream.seek(0)
    return end


def _chunks(file: FileStorage) -> Iterator[bytes]:
    while chunk := file.stream.read(_CHUNK_BYTES):
        yield chunk


def _asked_from() -> str:
    batch_id = request.form.get("batch", "")
    return batch_id if batch_id.isalnum() else ALONE
