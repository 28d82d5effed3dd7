"""PDFs below a prefix of somebody's bucket are brought in, from a real S3 server."""

from __future__ import annotations

import json
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from archive.cli import reading_room
from archive.errors import NothingToIngest, StorageUnavailable
from archive.models import Document
from archive.parts import opened_parts
from archive.settings import load_settings
from archive.storage.keys import original_key
from archive.storage.s3 import S3Folder
from tests.contracts.conftest import BUCKET
from tests.contracts.s3_server import S3Server
from tests.pdfs import pdf_bytes

FILES = {
    "incoming/2010/memo.pdf": pdf_bytes(["Counties may not opt out."]),
    "incoming/letter.PDF": pdf_bytes(["A letter"]),
}


@pytest.fixture
def filled(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """A bucket with two PDFs below a prefix, and others that are none or lie elsewhere."""
    monkeypatch.setenv("READING_ROOM_S3_ENDPOINT_URL", s3_server.endpoint_url)
    client = boto3.Session().client("s3", endpoint_url=s3_server.endpoint_url)
    others = {"incoming/readme.txt": b"text", "elsewhere/other.pdf": pdf_bytes(["Elsewhere"])}
    for key, data in (FILES | others).items():
        client.put_object(Bucket=BUCKET, Key=key, Body=data)
    return s3_server


def ingest(home: Path, address: str) -> tuple[int, str]:
    command = ["--home", str(home), "ingest", address, "--json", "--queue"]
    done = CliRunner().invoke(reading_room, command, catch_exceptions=False)
    return done.exit_code, done.stdout


def test_all_pdfs_below_a_prefix_are_kept_byte_for_byte(filled: S3Server, tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, said = ingest(home, f"s3://{BUCKET}/incoming")
    assert code == 0
    assert [entry["file"] for entry in json.loads(said)["new"]] == ["2010/memo.pdf", "letter.PDF"]
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        kept = {
            document.source_file: parts.storage.read(original_key(document.sha256))
            for document in session.scalars(select(Document))
        }
    assert kept == {key.removeprefix("incoming/"): data for key, data in FILES.items()}
    assert list((home / "uploads").iterdir()) == [], "nothing is left of what was fetched"


def test_a_prefix_with_nothing_below_it_is_said(filled: S3Server, tmp_path: Path) -> None:
    with pytest.raises(NothingToIngest):
        ingest(tmp_path / "home", f"s3://{BUCKET}/nothing")


def test_a_bucket_that_is_not_there_is_said(filled: S3Server) -> None:
    with pytest.raises(StorageUnavailable, match="no bucket named absent"):
        list(S3Folder(bucket="absent", endpoint_url=filled.endpoint_url).iter_pdfs())
