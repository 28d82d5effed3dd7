"""What is received is kept, once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.statuses import ReadingStatus, Visibility
from archive.services.uploads import (
    Description,
    find_received,
    hash_file,
    keep_original,
    receive_upload,
    title_from_file_name,
)
from archive.storage.keys import original_key
from ingest.errors import EmptyFile
from tests.pdfs import write_pdf


def receive(parts: Parts, path: Path, at: datetime) -> tuple[str, bool]:
    stored = hash_file(path)
    keep_original(parts.storage, stored, path)
    with parts.database.transaction() as session:
        receipt = receive_upload(
            session, stored, Description(agency="ICE"), actor="test", at=at, publish=False
        )
    return receipt.document_id, receipt.is_new


def test_a_received_file_can_be_given_back_byte_for_byte(parts: Parts, tmp_path: Path, at: datetime) -> None:
    path = write_pdf(tmp_path / "opt-out_memo.pdf", "Opt out")
    document_id, is_new = receive(parts, path, at)
    assert is_new
    with parts.database.reading() as session:
        document = session.get_one(Document, document_id)
        assert (document.reading_status, document.visibility) == (
            ReadingStatus.RECEIVED,
            Visibility.UNPUBLISHED,
        )
        assert document.title == "opt-out memo"
        assert document.agency is not None
        assert parts.storage.read(original_key(document.sha256)) == path.read_bytes()


def test_the_same_bytes_under_another_name_are_the_same_document(
    parts: Parts, tmp_path: Path, at: datetime
) -> None:
    first = receive(parts, write_pdf(tmp_path / "a.pdf", "Opt out"), at)
    second = receive(parts, write_pdf(tmp_path / "copy of a.pdf", "Opt out"), at)
    assert second == (first[0], False)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_the_same_bytes_have_the_same_address_in_every_archive(tmp_path: Path, parts: Parts) -> None:
    path = tmp_path / "known.pdf"
    path.write_bytes(b"%PDF-1.4 known bytes")
    assert hash_file(path).document_id == "wecnpc7yioid"  # base32 of its SHA-256
    with parts.database.reading() as session:
        assert find_received(session, hash_file(path)) is None


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(EmptyFile):
        hash_file(tmp_path / "empty.pdf")


@pytest.mark.parametrize(
    ("file", "title"),
    [("opt-out_memo.pdf", "opt-out memo"), ("2010/08/memo  2.PDF", "memo 2"), (".pdf", ".pdf")],
)
def test_a_file_name_is_made_readable(file: str, title: str) -> None:
    assert title_from_file_name(file) == title
