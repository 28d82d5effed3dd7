"""kill -9 while documents are published, sealed and withdrawn: nothing is half done, whenever it comes."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.models import AuditEntry, Document
from archive.parts import opened_parts
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.audit_log import find_unlogged_states, verify_chain
from archive.services.indexing import bring_index_up_to_date, compare_index
from archive.services.redaction_boxes import draw_box
from archive.settings import load_settings
from tests.findings import make_reviewable
from tests.house.tree import ROOT
from tests.visitors import make_account

POINTS = 20
BOXES = 4  # on record before anything is decided
_SHOWN = (Visibility.PUBLISHED, Visibility.MEMBERS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with letters and their redacted copies, none of them decided."""
    home = tmp_path_factory.mktemp("decisions") / "home"
    with opened_parts(load_settings(home, environ={})) as parts:
        account = make_account(parts.database, Role.EDITOR)
        editor = Viewer(Role.EDITOR, account.id, account.email)
        with parts.database.transaction() as session:
            for number in range(BOXES):
                letter = make_reviewable(session, parts.storage, title=f"Letter {number}")
                box = (72, 72, 144, 90)
                draw_box(session, letter.id, 1, box, reason="other", viewer=editor, at=parts.clock())
                copy = make_reviewable(session, parts.storage, title=f"Letter {number}, redacted")
                copy.derived_from_id, copy.copy_kind = letter.id, CopyKind.REDACTED
        bring_index_up_to_date(parts.database, parts.engine)
    return home


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.jobs.deciding", str(home), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(home: Path) -> int:
    """Everything that must hold, whenever the process died. Returns the number of entries on record."""
    with opened_parts(load_settings(home, environ={})) as parts:
        with parts.database.reading() as session:
            assert verify_chain(session).holds
            assert list(find_unlogged_states(session)) == []
            documents = {document.id: document for document in session.scalars(select(Document))}
            decisions = len(session.scalars(select(AuditEntry.id)).all())
        for document in documents.values():
            withdrawn = document.visibility == Visibility.WITHDRAWN
            assert withdrawn == (document.withdrawn_at is not None) == bool(document.withdrawn_reason)
            if document.visibility in (Visibility.PUBLISHED, Visibility.WITHDRAWN):
                assert document.published_at is not None
            if document.copy_kind == CopyKind.REDACTED and document.visibility in _SHOWN:
                original = documents[document.derived_from_id or ""]
                assert original.visibility not in _SHOWN
        bring_index_up_to_date(parts.database, parts.engine)
        with parts.database.reading() as session:
            assert compare_index(session, parts.engine) == []
    return decisions


@pytest.mark.timeout(600)
def test_killed_before_each_of_many_steps(home: Path, tmp_path: Path) -> None:
    decisions = []
    for point in range(POINTS):
        here = tmp_path / f"home {point}"
        shutil.copytree(home, here)
        run = start(here, str(3 * point + 1))
        assert run.wait(timeout=60) == -signal.SIGKILL
        decisions.append(check(here))
    assert decisions == sorted(decisions)
    assert decisions[0] == BOXES
    assert decisions[-1] > BOXES + 3  # some points lie before, some within, some after a decision


@pytest.mark.timeout(600)
def test_killed_at_random_moments_and_gone_on_each_time(home: Path, tmp_path: Path) -> None:
    here = tmp_path / "home"
    shutil.copytree(home, here)
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    decisions = 0
    for _ in range(POINTS):
        run = start(here)
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 0.6))
        run.kill()
        run.wait()
        before, decisions = decisions, check(here)
        assert decisions >= before, f"seed {seed}"
    assert decisions > BOXES + POINTS
