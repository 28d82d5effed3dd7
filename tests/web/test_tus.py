"""Files come in by the tus protocol: what is told to be there is there, and only its sender sees it."""

from __future__ import annotations

import base64
import fcntl
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from archive.models import Account, ApiToken, AuditEntry, Document, Upload
from archive.parts import Parts
from archive.rules.statuses import Role, UploadOutcome, Visibility
from archive.services.sign_ins import hash_of
from archive.storage.keys import original_key
from tests.factories import NOON
from tests.pdfs import pdf_bytes
from tests.visitors import Visitor

TUS = {"Tus-Resumable": "1.0.0"}
BODY = TUS | {"Content-Type": "application/offset+octet-stream"}
PDF = pdf_bytes(["Counties may not opt out."])

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    """Somebody who may send files."""
    return visit(Role.VOLUNTEER)


def metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def create(visitor: Visitor, length: int = len(PDF), *, name: str = "memo.pdf", **values: str) -> Any:
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata(filename=name, **values)}
    return visitor.post("/upload/files", headers=headers)


def patch(visitor: Visitor, address: str, offset: int, data: bytes, **headers: str) -> Any:
    return visitor.patch(address, headers=BODY | {"Upload-Offset": str(offset)} | headers, data=data)


def send(visitor: Visitor, data: bytes = PDF, *, name: str = "memo.pdf") -> str:
    address: str = create(visitor, len(data), name=name).headers["Location"]
    assert patch(visitor, address, 0, data).status_code == 204
    return address


def the_upload(parts: Parts) -> Upload:
    with parts.database.reading() as session:
        return session.scalars(select(Upload)).one()


def test_a_file_sent_in_pieces_is_kept_byte_for_byte(volunteer: Visitor, parts: Parts) -> None:
    answer = create(volunteer)
    assert answer.status_code == 201
    address = answer.headers["Location"]
    first = patch(volunteer, address, 0, PDF[:700])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "700")
    assert "Upload-Expires" in first.headers
    told = volunteer.head(address, headers=TUS)
    assert (told.headers["Upload-Offset"], told.headers["Upload-Length"]) == ("700", str(len(PDF)))
    assert "no-store" in told.headers["Cache-Control"]
    assert patch(volunteer, address, 700, PDF[700:]).status_code == 204
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert parts.storage.read(original_key(sha256)) == PDF
    upload = the_upload(parts)
    assert (upload.sha256, upload.outcome, upload.file_name) == (sha256, UploadOutcome.NEW, "memo.pdf")
    with parts.database.reading() as session:
        document = session.scalars(select(Document)).one()
        assert (document.uploaded_by_id, document.visibility) == (upload.account_id, Visibility.UNPUBLISHED)
        actions = session.scalars(select(AuditEntry.action)).all()
    assert "document_received" in actions
    assert parts.incoming.ids() == []


def test_the_first_bytes_may_come_with_the_question(volunteer: Visitor, parts: Parts) -> None:
    headers = BODY | {"Upload-Length": str(len(PDF))}
    answer = volunteer.post("/upload/files", headers=headers, data=PDF)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(PDF)))
    assert the_upload(parts).outcome == UploadOutcome.NEW


def test_bytes_that_do_not_follow_are_refused(volunteer: Visitor) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:100])
    assert patch(volunteer, address, 50, PDF[50:]).status_code == 409
    assert patch(volunteer, address, 200, PDF[200:]).status_code == 409
    assert volunteer.head(address, headers=TUS).headers["Upload-Offset"] == "100"


def test_more_bytes_than_were_announced_are_refused(volunteer: Visitor) -> None:
    address = create(volunteer, 100).headers["Location"]
    assert patch(volunteer, address, 0, PDF[:101]).status_code == 413
    assert volunteer.head(address, headers=TUS).headers["Upload-Offset"] == "0"


def test_one_connection_at_a_time_sends_a_file(volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:100])
    path = parts.incoming.path(address.rpartition("/")[2])
    with path.open("rb") as held:  # as another process would
        fcntl.flock(held, fcntl.LOCK_EX)
        assert patch(volunteer, address, 100, PDF[100:]).status_code == 423
    assert patch(volunteer, address, 100, PDF[100:]).status_code == 204


def test_another_process_goes_on_where_one_stopped(app: Flask, volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:500])
    parts.incoming._hashers.clear()  # what a restarted process knows
    assert patch(volunteer, address, 500, PDF[500:]).status_code == 204
    assert the_upload(parts).sha256 == hashlib.sha256(PDF).hexdigest()


def test_what_was_written_and_not_yet_safe_does_not_count(volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:500])
    with parts.incoming.path(address.rpartition("/")[2]).open("ab") as file:
        file.write(b"the process was killed before it had synced this")
    assert volunteer.head(address, headers=TUS).headers["Upload-Offset"] == "500"
    assert patch(volunteer, address, 500, PDF[500:]).status_code == 204
    assert the_upload(parts).sha256 == hashlib.sha256(PDF).hexdigest()


def test_nobody_else_sees_a_file_on_its_way(app: Flask, volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    other = app.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(parts.database, Role.ADMIN, "other@example.org")
    for one in (address, "/upload/files/" + "0" * 32, "/upload/files/../x"):
        said = [
            other.head(one, headers=TUS).status_code,
            patch(other, one, 0, PDF).status_code,
            other.delete(one, headers=TUS).status_code,
            other.get(one).status_code,
        ]
        assert said == [404] * 4
    assert patch(volunteer, address, 0, PDF).status_code == 204


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_who_may_not_upload_may_not_even_ask(visit: Visit, role: Role | None) -> None:
    visitor = visit(role)
    assert create(visitor).status_code == (401 if role is None else 403)
    assert visitor.options("/upload/files").status_code == (401 if role is None else 403)


def test_a_program_needs_a_token_and_no_form_token(app: Flask, volunteer: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        account = session.scalars(select(Account)).one()
        session.add(
            ApiToken(
                id="1" * 32, account_id=account.id, name="t", token_hash=hash_of("rr_x"), created_at=NOON
            )
        )
    program = app.test_client()
    assert isinstance(program, Visitor)
    program.sends_tokens = False
    headers = BODY | {"Authorization": "Bearer rr_x", "Upload-Length": str(len(PDF))}
    assert program.post("/upload/files", headers=headers, data=PDF).status_code == 201
    assert program.post("/upload/files", headers=headers | {"Authorization": "Bearer no"}).status_code == 401


def test_a_browser_needs_the_form_token(volunteer: Visitor) -> None:
    address = create(volunteer).headers["Location"]
    volunteer.sends_tokens = False
    assert create(volunteer).status_code == 403
    assert patch(volunteer, address, 0, PDF).status_code == 403
    assert volunteer.delete(address, headers=TUS).status_code == 403


def test_more_than_a_form_may_have_fits_and_only_here(volunteer: Visitor, parts: Parts) -> None:
    data = PDF + bytes(3_000_000)
    send(volunteer, data)
    assert the_upload(parts).sha256 == hashlib.sha256(data).hexdigest()
    assert volunteer.post("/search/saved", data={"email": "x" * 3_000_000}).status_code == 413


def test_other_versions_of_the_protocol_are_refused(volunteer: Visitor) -> None:
    answer = volunteer.post("/upload/files", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "1"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    told = volunteer.options("/upload/files")
    assert (told.status_code, told.headers["Tus-Version"]) == (204, "1.0.0")
    assert "creation" in told.headers["Tus-Extension"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Upload-Length": "-1"}, {"Upload-Length": "5x"}, {"Upload-Length": "5", "Upload-Metadata": "a !!"}],
)
def test_what_is_not_the_protocol_is_refused(volunteer: Visitor, headers: dict[str, str]) -> None:
    assert volunteer.post("/upload/files", headers=TUS | headers).status_code == 400


def test_bytes_of_another_type_are_refused(volunteer: Visitor) -> None:
    address = create(volunteer).headers["Location"]
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/pdf"}
    assert volunteer.patch(address, headers=headers, data=PDF).status_code == 415


def test_damaged_bytes_are_known_by_their_checksum(volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:100])
    good = "sha1 " + base64.b64encode(hashlib.sha1(PDF[100:]).digest()).decode()
    damaged = patch(volunteer, address, 100, b"?" + PDF[101:], **{"Upload-Checksum": good})
    assert damaged.status_code == 460
    assert volunteer.head(address, headers=TUS).headers["Upload-Offset"] == "100"
    assert patch(volunteer, address, 100, PDF[100:], **{"Upload-Checksum": good}).status_code == 204
    assert the_upload(parts).sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_file_given_up_leaves_nothing(volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    patch(volunteer, address, 0, PDF[:100])
    assert volunteer.delete(address, headers=TUS).status_code == 204
    assert volunteer.head(address, headers=TUS).status_code == 404
    assert parts.incoming.ids() == []


def test_a_file_in_the_archives_keeping_cannot_be_given_up(volunteer: Visitor, parts: Parts) -> None:
    address = send(volunteer)
    assert volunteer.delete(address, headers=TUS).status_code == 409
    assert patch(volunteer, address, len(PDF), b"more").status_code == 409
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1


def test_proxies_that_let_only_posts_through_are_gone_around(volunteer: Visitor, parts: Parts) -> None:
    address = create(volunteer).headers["Location"]
    headers = BODY | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert volunteer.post(address, headers=headers, data=PDF).status_code == 204
    other = create(volunteer).headers["Location"]
    override = TUS | {"X-HTTP-Method-Override": "DELETE"}
    assert volunteer.post(other, headers=override).status_code == 204
    assert volunteer.post(other, headers=TUS).status_code == 400


def test_what_is_no_pdf_is_told_so_and_not_kept(volunteer: Visitor, parts: Parts) -> None:
    address = send(volunteer, b"\x89PNG\r\n\x1a\n" + bytes(100), name="scan.png")
    upload = the_upload(parts)
    assert (upload.outcome, upload.failure_code) == (UploadOutcome.FAILED, "not_a_pdf")
    line = volunteer.get(address).get_json()
    assert (line["state"], line["document"]) == ("needs_you", None)
    assert "PNG picture" in line["sentence"]
    assert "not kept" in line["help"]
    assert patch(volunteer, address, 0, PDF).status_code == 410
    assert parts.incoming.ids() == []


def test_an_empty_file_is_told_so(volunteer: Visitor, parts: Parts) -> None:
    assert create(volunteer, 0).status_code == 201
    assert the_upload(parts).failure_code == "empty_file"


def test_a_name_is_kept_with_its_folders_and_without_tricks(volunteer: Visitor, parts: Parts) -> None:
    create(volunteer, name="x.pdf", relativePath="..\\2010/../\u202ememo\n.pdf")
    assert the_upload(parts).file_name == "2010/memo.pdf"
