"""The whole of ingest: files, text, images, database and index, as `reading-room ingest` does it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

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
    report = json.loads(answer.stdout)
    speed = report["pages"] / report["seconds"]
    print(f"  {title}: {report['pages']} pages in {report['seconds']:.1f} s, {speed:.1f} pages/s")
    all_mb, largest_mb = peak.tree_bytes / 1024**2, peak.child_bytes / 1024**2
    print(f"  memory of all processes {all_mb:.0f} MB, of the largest {largest_mb:.0f} MB")
