"""kill -9 while copies are made: nothing is lost, nothing is half made, whenever it comes."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.models import AuditEntry, Document, DocumentCopy, Job
from archive.parts import opened_parts
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, CopyState, Role, Visibility
from archive.services.audit_log import verify_chain
from archive.services.copies import ask_for_copy
from archive.settings import load_settings
from archive.storage.keys import original_key
from ingest.copying import CoverBox, PageRecipe
from ingest.page import Box
from tests.factories import make_document
from tests.house.tree import ROOT
from tests.visitors import make_account

POINTS = 10
PAGES = ("The alien number is A123456789.", "The second page.", "The third page.")
SECONDS_TO_MAKE_ONE = 1.2  # about: a kill comes early, late, or between two copies


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive in which one document waits to be copied ten times, each time with another box."""
    home = tmp_path / "home"
    with opened_parts(load_settings(home, environ={})) as parts:
        account = make_account(parts.database, Role.EDITOR)
        with parts.database.transaction() as session:
            letter = make_document(
                session, parts.storage, title="Letter", pages=PAGES, visibility=Visibility.UNPUBLISHED
            )
            for number in range(POINTS):
                cover = CoverBox(Box(72, 70, 500, 110 + number), "privacy")
                ask_for_copy(
                    session,
                    letter.id,
                    kind=CopyKind.REDACTED,
                    pages=[PageRecipe(1, boxes=(cover,)), PageRecipe(2), PageRecipe(3)],
                    title="Letter",
                    reason="privacy",
                    viewer=Viewer(Role.EDITOR, account.id, account.email),
                    at=parts.clock(),
                )
    return home


def start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.jobs.copying", str(home)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(home: Path) -> int:
    """What must hold whenever the process died. Returns how many copies are made."""
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        assert verify_chain(session).holds
        asked = session.scalars(select(DocumentCopy)).all()
        assert {copy.state for copy in asked} <= {CopyState.ASKED, CopyState.MADE}
        made = {copy.copy_id or "" for copy in asked if copy.state == CopyState.MADE}
        copies = session.scalars(select(Document).where(Document.copy_kind.is_not(None))).all()
        assert made == {copy.id for copy in copies}
        recorded = session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "copy_made")).all()
        assert sorted(recorded) == sorted(made)
        assert set(session.scalars(select(Job.document_id))) >= made
        for document in session.scalars(select(Document)):
            data = parts.storage.read(original_key(document.sha256))
            assert hashlib.sha256(data).hexdigest() == document.sha256
            assert document.visibility == Visibility.UNPUBLISHED
            assert document.copy_kind is None or document.derived_from_id in {
                copy.document_id for copy in asked
            }
    return len(made)


@pytest.mark.timeout(600)
def test_copies_are_whole_or_not_there_however_often_their_maker_is_killed(home: Path) -> None:
    seed = random.randrange(10**6)
    moments, made = random.Random(seed), 0
    for point in range(POINTS):
        run = start(home)
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 2 * SECONDS_TO_MAKE_ONE))
        run.kill()
        run.wait()
        before, made = made, check(home)
        assert made >= before, f"seed {seed}, point {point}"
    assert start(home).wait(timeout=300) == 0
    assert check(home) == POINTS
    assert [path.name for path in (home / "copies").glob("*.pdf")] == []
