"""The whole of ingest: files, text, images, database and index, as `reading-room ingest` does it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from archive.models import Page
from archive.parts import opened_parts
from archive.settings import load_settings
from ingest.page import TextSource
from tests.bench.timing import watched_memory


def measure_whole_ingest(title: str, files: Sequence[Path]) -> None:
    """Print pages a second of the command, its start included, and the memory of all its processes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "archive", "--home", str(Path(folder) / "home"), "ingest"]
        with watched_memory() as peak:
            answer = subprocess.run(
                [*command, *map(str, files), "--publish", "--json"],
                capture_output=True,
                text=True,
                check=True,
            )
        by_ocr = _pages_by_ocr(Path(folder) / "home")
    report = json.loads(answer.stdout)
    pages, seconds = report["pages"], report["seconds"]
    print(f"  {title}: {pages} pages, {by_ocr} by OCR, in {seconds:.1f} s: {pages / seconds:.1f} pages/s")
    all_mb, largest_mb = peak.tree_bytes / 1024**2, peak.child_bytes / 1024**2
    print(f"  memory of all processes {all_mb:.0f} MB, of the largest {largest_mb:.0f} MB")


def _pages_by_ocr(home: Path) -> int:
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        return session.scalar(select(func.count()).where(Page.source == TextSource.OCR)) or 0
