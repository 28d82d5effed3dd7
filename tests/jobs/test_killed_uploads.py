"""kill -9 of whoever takes files in: what was said to be safe is, and nothing is doubled."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive.models import AuditEntry, Document, Job, Upload
from archive.parts import opened_parts
from archive.services.audit import find_broken_entry
from archive.settings import load_settings
from archive.storage.keys import original_key
from tests.jobs.sender import CHUNK_BYTES

KILLS = 20
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight files of two to nine chunks, and one that is no PDF."""
    folder = tmp_path_factory.mktemp("to send")
    for number in range(8):
        filling = random.Random(number).randbytes(CHUNK_BYTES * (number + 1) + 7 * number)
        (folder / f"memo{number}.pdf").write_bytes(b"%PDF-1.7\n" + filling)
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(CHUNK_BYTES))
    return folder


def start(home: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.sender", str(home), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def check_promises(home: Path, said: str) -> None:
    """Every offset that was told is still there: in the part, or the file is in the store."""
    whole_lines = said[: said.rfind("\n") + 1].splitlines()  # the last one may have been cut
    told = {line.split()[2]: int(line.split()[1]) for line in whole_lines}
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        for upload_id, offset in told.items():
            upload = session.get_one(Upload, upload_id)
            safe = upload.finished_at is not None or parts.incoming.size(upload_id) >= offset
            assert safe, f"{upload.file_name}: {offset} bytes were said to be safe"
            assert upload.received_bytes >= offset


def check_end(home: Path, folder: Path) -> None:
    """Everything is there once, as it was sent."""
    sent = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("memo*")}
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        documents = {document.source_file: document for document in session.scalars(select(Document))}
        assert {name: document.sha256 for name, document in documents.items()} == sent
        for document in documents.values():
            assert (
                hashlib.sha256(parts.storage.read(original_key(document.sha256))).hexdigest()
                == document.sha256
            )
        assert session.scalar(select(func.count()).select_from(Job)) == len(sent)
        uploads = session.scalars(select(Upload)).all()
        assert sorted(upload.file_name for upload in uploads) == sorted([*sent, "picture.pdf"])
        assert all(upload.finished_at for upload in uploads)
        received = select(func.count()).where(AuditEntry.action == "document_received")
        assert session.scalar(received) == len(sent)
        assert find_broken_entry(session.scalars(select(AuditEntry).order_by(AuditEntry.id))) is None
        assert parts.incoming.ids() == []


@pytest.mark.timeout(600)
def test_twenty_kills_lose_nothing_and_double_nothing(folder: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    undisturbed = start(tmp_path / "undisturbed", folder)
    undisturbed.communicate()
    assert undisturbed.returncode == 0
    check_end(tmp_path / "undisturbed", folder)
    seconds = time.monotonic() - began

    seed = random.randrange(10**6)
    moments = random.Random(seed)
    homes = [tmp_path / "disturbed 0"]
    for _ in range(KILLS):
        run = start(homes[-1], folder)
        try:
            said, _ = run.communicate(timeout=moments.uniform(0.5, seconds))
            homes.append(tmp_path / f"disturbed {len(homes)}")  # it was done: kill another from its start
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
            said, _ = run.communicate()
            if (homes[-1] / "archive.sqlite3").exists():
                check_promises(homes[-1], said)
    for home in homes:
        last = start(home, folder)
        last.communicate()
        assert last.returncode == 0, f"seed {seed}, {home.name}"
        check_end(home, folder)
