"""The real documents, taken in once for all tests of a run: reading them takes a minute."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


def reading_room(home: Path, *arguments: str) -> dict[str, Any]:
    """What the command answers as JSON; progress and errors must hold no traceback."""
    command = [sys.executable, "-m", "archive", "--home", str(home), *arguments, "--json"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert "Traceback" not in answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@dataclass(frozen=True)
class Corpus:
    """An archive of the real documents: its home, the folder they came from, what the ingest reported."""

    home: Path
    folder: Path
    report: dict[str, Any]


def take_in(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with all real documents, made by the first who asks in this run; nobody writes to it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if base.name.startswith("pytest-") else base.parent
    home = shared / "real-documents"
    with (shared / "real-documents.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "report.json").exists():
            report = reading_room(home, "ingest", str(corpus), "--publish", "--reviewed")
            (home / "report.json").write_text(json.dumps(report))
    return home
