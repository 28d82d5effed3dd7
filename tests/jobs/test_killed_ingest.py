"""kill -9 of an ingest at random moments loses nothing, doubles nothing and leaves nothing behind."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive.models import Agency, AuditEntry, Base, Document, FieldProposal, Job, Page, Production
from archive.parts import opened_parts
from archive.settings import load_settings
from tests.pdfs import write_pdf
from tests.scans import write_scan

KILLS = 20
TABLES: tuple[type[Base], ...] = (Document, Page, FieldProposal, Job, Agency, Production)
# What may differ between two runs: times, running numbers, and how often a job was tried.
MOMENTS = {"received_at", "read_at", "screened_at", "published_at", "created_at", "finished_at"}
NOT_COMPARED = {"id", "attempts", *MOMENTS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen files: short, long, scanned, and one that is no PDF."""
    folder = tmp_path_factory.mktemp("incoming")
    for number in range(8):
        pages = [
            f"MEMORANDUM FOR: Field Office {number}\nSUBJECT: Opt-out {number}\npage {page}"
            for page in range(4)
        ]
        write_pdf(folder / f"memo{number}.pdf", *pages)
    write_pdf(
        folder / "long.pdf",
        *(f"Page {number} of the long report\nSecure Communities" for number in range(60)),
    )
    write_scan(folder / "scan.pdf", "The county asked how to opt out", "The agency did not answer")
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return folder


def ingest(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "archive", "--home", str(home), "ingest", str(folder)]
    options = ["--publish", "--agency", "ICE", "--production", "first-release", "--json"]
    return subprocess.Popen(
        command + options, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def rows_of(session: Any, table: type[Base]) -> list[tuple[Any, ...]]:
    columns = [column for column in table.__table__.columns if column.name not in NOT_COMPARED]
    return sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)


def state_of(home: Path) -> dict[str, Any]:
    """Everything the archive knows: rows, blobs with the hash of their bytes, and the index."""
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        state: dict[str, Any] = {table.__name__: rows_of(session, table) for table in TABLES}
        audit = session.execute(select(AuditEntry.action, AuditEntry.subject))
        state["audit"] = sorted(tuple(row) for row in audit)
        keys = parts.storage.iter_keys()
        state["blobs"] = [(key, hashlib.sha256(parts.storage.read(key)).hexdigest()) for key in keys]
        for public in (True, False):
            state[f"index, public {public}"] = sorted(parts.engine.iter_page_counts(public=public))
    return state


@pytest.mark.timeout(900)
def test_twenty_kills_and_one_more_run_give_what_an_undisturbed_run_gives(
    folder: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    assert ingest(tmp_path / "undisturbed", folder).wait() == 1  # one file is no PDF
    seconds = time.monotonic() - began
    undisturbed = state_of(tmp_path / "undisturbed")
    assert len(undisturbed["Document"]) == 11
    assert len(undisturbed["Page"]) == 8 * 4 + 60 + 2

    seed = random.randrange(10**6)
    moments = random.Random(seed)
    homes = [tmp_path / "disturbed 0"]
    for _ in range(KILLS):
        run = ingest(homes[-1], folder)
        try:
            run.wait(timeout=moments.uniform(0.2, seconds))
            homes.append(tmp_path / f"disturbed {len(homes)}")  # it was done: kill another from its start
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
    for home in homes:
        assert ingest(home, folder).wait() == 1
        assert state_of(home) == undisturbed, f"seed {seed}, {home.name}"
