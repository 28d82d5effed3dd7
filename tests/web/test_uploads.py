"""The upload page as plain forms: many files at once, details for all of them, and how far each is."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from archive.models import AuditEntry, Document, DocumentNote, Page, UploadBatch
from archive.parts import Parts
from archive.rules.statuses import NoteKind, PageStatus, ReadingStatus, Role, Visibility
from tests.factories import NOON
from tests.pdfs import pdf_bytes
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    """Somebody who may send files."""
    return visit(Role.VOLUNTEER)


def one(name: str, text: str = "") -> FileStorage:
    return FileStorage(io.BytesIO(pdf_bytes([text or name])), name, content_type="application/pdf")


def send(visitor: Visitor, *files: FileStorage, manifest: str = "", **details: str) -> str:
    """Send the form; the address it leads to."""
    data: dict[str, object] = {"files": list(files), **details}
    if manifest:
        data["manifest"] = FileStorage(io.BytesIO(manifest.encode()), "list.csv")
    answer = visitor.post("/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def documents(parts: Parts) -> dict[str, Document]:
    with parts.database.reading() as session:
        return {document.source_file: document for document in session.scalars(select(Document))}


def change(parts: Parts, **values: object) -> str:
    """Set something on the one document; its id."""
    with parts.database.transaction() as session:
        document = session.scalars(select(Document)).one()
        for name, value in values.items():
            setattr(document, name, value)
        return document.id


def line(visitor: Visitor, batch: str) -> dict[str, object]:
    files: list[dict[str, object]] = visitor.get(f"{batch}.json").get_json()["files"]
    assert len(files) == 1
    return files[0]


def test_several_files_go_in_at_once_with_what_is_said_of_all(volunteer: Visitor, parts: Parts) -> None:
    details = {
        "agency": "ICE",
        "production": "third-interim",
        "received_on": "2010-08-17",
        "note": "in order",
    }
    address = send(volunteer, one("a.pdf"), one("b.pdf"), **details)
    page = volunteer.get(address).get_data(as_text=True)
    assert page.count('class="file-line"') == 2
    assert "17 August 2010" in page
    found = documents(parts)
    assert set(found) == {"a.pdf", "b.pdf"}
    batch = address.rpartition("/")[2]
    for document in found.values():
        assert document.agency is not None
        assert document.production is not None
        assert (document.agency.slug, document.production.slug) == ("ice", "third-interim")
        assert (document.received_on, document.batch_id) == (date(2010, 8, 17), batch)
    with parts.database.reading() as session:
        assert session.scalars(select(UploadBatch.note)).all() == ["in order"]


def test_a_list_says_something_of_each_file(volunteer: Visitor, parts: Parts) -> None:
    manifest = "file,title,date,agency\na.pdf,The first memo,2010-08-17,CBP\nother.pdf,Unused,,\n"
    send(volunteer, one("box 1/a.pdf"), one("b.pdf"), manifest=manifest, agency="ICE")
    found = documents(parts)
    first = found["box 1/a.pdf"]
    assert first.agency is not None
    assert (first.title, first.dated_on, first.agency.slug) == ("The first memo", date(2010, 8, 17), "cbp")
    second = found["b.pdf"]
    assert second.agency is not None
    assert (second.title, second.agency.slug) == ("b", "ice")


@pytest.mark.parametrize(
    ("manifest", "said"),
    [("name\na.pdf\n", "no column named"), ("file,date\na.pdf,yesterday\n", "line 2"), ("\xff", "CSV")],
)
def test_a_list_that_is_wrong_is_said_before_anything_is_taken(
    volunteer: Visitor, parts: Parts, manifest: str, said: str
) -> None:
    data = {
        "files": [one("a.pdf")],
        "manifest": FileStorage(io.BytesIO(manifest.encode("latin-1")), "list.csv"),
        "note": "kept in the form",
    }
    answer = volunteer.post("/upload", data=data, content_type="multipart/form-data")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page
    assert "kept in the form" in page
    assert documents(parts) == {}


def test_a_form_without_a_file_is_said(volunteer: Visitor) -> None:
    answer = volunteer.post("/upload", data={"note": "x"}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "No file was chosen." in answer.get_data(as_text=True)


def test_a_refused_file_is_told_on_its_line_and_the_others_are_kept(volunteer: Visitor, parts: Parts) -> None:
    picture = FileStorage(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(50)), "picture.pdf")
    page = volunteer.get(send(volunteer, picture, one("a.pdf"))).get_data(as_text=True)
    assert "This is not a PDF but a PNG picture." in page
    assert "It was not kept." in page
    assert set(documents(parts)) == {"a.pdf"}


def test_a_batch_is_its_senders_alone(volunteer: Visitor, app: Flask, parts: Parts) -> None:
    address = send(volunteer, one("secret name.pdf"))
    other = app.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(parts.database, Role.ADMIN, "other@example.org")
    for path in (address, f"{address}.json"):
        answer = other.get(path)
        assert answer.status_code == 404
        assert "secret name" not in answer.get_data(as_text=True)
    assert "secret name" not in other.get("/upload").get_data(as_text=True)
    assert "secret name" not in other.get("/upload/unfinished.json").get_data(as_text=True)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": "batch " + _base64(address)}
    assert other.post("/upload/files", headers=headers).status_code == 404


def _base64(address: str) -> str:
    import base64

    return base64.b64encode(address.rpartition("/")[2].encode()).decode()


def test_the_line_of_a_file_says_how_far_it_is(volunteer: Visitor, parts: Parts) -> None:
    batch = send(volunteer, one("a.pdf"))
    assert line(volunteer, batch)["words"] == "received; an editor decides"
    document_id = change(parts, reading_status=ReadingStatus.READING)
    assert line(volunteer, batch)["words"] == "being opened"
    change(parts, page_count=80)
    with parts.database.transaction() as session:
        for number in range(1, 12):
            session.add(
                Page(
                    document_id=document_id,
                    page_number=number,
                    status=PageStatus.READ,
                    marks=[],
                    read_at=NOON,
                )
            )
    assert line(volunteer, batch)["words"] == "reading page 12 of 80"
    change(parts, reading_status=ReadingStatus.READ)
    said = line(volunteer, batch)
    assert (said["state"], said["document"]) == ("in_review", document_id)
    change(parts, visibility=Visibility.PUBLISHED)
    assert line(volunteer, batch)["state"] == "published"
    assert volunteer.get(f"{batch}.json").get_json()["moving"] is False


@pytest.mark.parametrize("visibility", [Visibility.HELD, Visibility.REJECTED, Visibility.SEALED])
def test_what_editors_decided_behind_closed_doors_is_not_told(
    volunteer: Visitor, parts: Parts, visibility: Visibility
) -> None:
    batch = send(volunteer, one("a.pdf"))
    change(parts, visibility=visibility, reading_status=ReadingStatus.FAILED, failure_sentence="Private.")
    said = line(volunteer, batch)
    assert (said["words"], said["document"], said["sentence"]) == ("received; an editor decides", None, "")


def test_a_file_that_could_not_be_read_needs_its_sender(volunteer: Visitor, parts: Parts) -> None:
    batch = send(volunteer, one("a.pdf"))
    change(parts, reading_status=ReadingStatus.FAILED, failure_sentence="This PDF needs a password.")
    said = line(volunteer, batch)
    assert (said["state"], said["sentence"]) == ("needs_you", "This PDF needs a password.")
    assert said["help"]


def test_a_question_is_shown_and_answered(volunteer: Visitor, parts: Parts) -> None:
    batch = send(volunteer, one("a.pdf"))
    document_id = change(parts, reading_status=ReadingStatus.READ, asked_at=NOON)
    with parts.database.transaction() as session:
        session.add(
            DocumentNote(
                document_id=document_id, kind=NoteKind.QUESTION, text="Is page 3 missing?", written_at=NOON
            )
        )
    page = volunteer.get(batch).get_data(as_text=True)
    assert "Is page 3 missing?" in page
    path = f"/upload/documents/{document_id}/answer"
    answer = volunteer.post(path, data={"answer": "No, it is blank.", "batch": batch.rpartition("/")[2]})
    assert (answer.status_code, answer.headers["Location"]) == (303, batch)
    assert line(volunteer, batch)["state"] == "in_review"
    with parts.database.reading() as session:
        notes = session.scalars(select(DocumentNote.text).where(DocumentNote.kind == NoteKind.ANSWER)).all()
        assert notes == ["No, it is blank."]
        assert "document_answered" in session.scalars(select(AuditEntry.action)).all()
    assert volunteer.post(path, data={"answer": "Again."}).status_code in (403, 404, 409)


def test_scripts_open_a_batch_and_see_what_is_unfinished(volunteer: Visitor, parts: Parts) -> None:
    headers = {"Accept": "application/json"}
    opened = volunteer.post("/upload/batches", headers=headers, data={"agency": "ICE"})
    assert opened.status_code == 201
    batch = opened.get_json()["id"]
    metadata = "filename " + _base64("/a.pdf") + ",batch " + _base64(f"/{batch}")
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "900", "Upload-Metadata": metadata}
    created = volunteer.post("/upload/files", headers=tus)
    upload_id = created.headers["Location"].rpartition("/")[2]
    assert volunteer.get("/upload/unfinished.json").get_json() == [
        {"id": upload_id, "file": "a.pdf", "bytes": 900, "batch": batch}
    ]
    page = volunteer.get("/upload").get_data(as_text=True)
    assert "Not all of these has arrived" in page
    wrong = volunteer.post("/upload/batches", headers=headers, data={"received_on": "soon"})
    assert (wrong.status_code, wrong.get_json()["code"]) == (400, "metadata_file_wrong")
