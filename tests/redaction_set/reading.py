"""Reads labelled files as any other file is read, in the sandbox."""

from __future__ import annotations

from pathlib import Path

from ingest.events import ReadTask, TaskPage
from ingest.page import PageReading
from ingest.sandbox import Sandbox
from tests.redaction_scores import Scores, score_pages
from tests.redaction_set.marks import LabelledFile


def read_all(sandbox: Sandbox, *paths: Path) -> dict[tuple[str, int], PageReading]:
    """Every page of the files that can be read, by file name and page number."""
    tasks = [ReadTask(key=path.name, path=path, images=False) for path in paths]
    events = [event for event in sandbox.read(tasks) if isinstance(event, TaskPage)]
    return {
        (event.key, event.page.page_number): event.page
        for event in events
        if isinstance(event.page, PageReading)
    }


def scores_of(sandbox: Sandbox, path: Path, file: LabelledFile) -> Scores:
    """What is found in ``file``, written to ``path`` and read, against what is true of it."""
    path.write_bytes(file.data)
    readings = read_all(sandbox, path)
    assert len(readings) == len(file.pages), "every page of the set can be read"
    return score_pages((page.marks, readings[path.name, page.number].redactions) for page in file.pages)
