"""A watched folder: what has stopped changing is taken in, and stays where it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from archive.cli import reading_room
from archive.jobs.folder_watch import SETTLED_AFTER_SECONDS, FolderWatch
from archive.models import Document
from archive.parts import opened_parts
from archive.rules.statuses import Visibility
from archive.settings import load_settings
from tests.pdfs import write_pdf

LATER = SETTLED_AFTER_SECONDS + 1


def names(found: list[tuple[Path, str]]) -> list[str]:
    return [name for _, name in found]


def test_a_file_that_still_grows_is_left_alone(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path, tmp_path / "home")
    path = write_pdf(tmp_path / "memo.pdf", "one")
    assert watch.settled(0) == []
    path.write_bytes(path.read_bytes() + b"more")
    assert watch.settled(LATER) == []
    assert watch.settled(LATER + 1) == []
    assert names(watch.settled(2 * LATER)) == ["memo.pdf"]


def test_a_file_is_taken_once_and_again_when_it_was_changed(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path, tmp_path / "home")
    path = write_pdf(tmp_path / "memo.pdf", "one")
    watch.settled(0)
    assert names(watch.settled(LATER)) == ["memo.pdf"]
    watch.note_taken(path)
    assert watch.settled(2 * LATER) == []
    path.write_bytes(path.read_bytes() + b"changed")
    watch.settled(3 * LATER)
    assert names(watch.settled(4 * LATER)) == ["memo.pdf"]


def test_an_empty_file_is_not_taken_and_not_waited_for(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path, tmp_path / "home")
    (tmp_path / "empty.pdf").touch()
    watch.settled(0)
    assert watch.settled(LATER) == []
    assert not watch.is_waiting


@pytest.mark.slow
def test_the_command_takes_in_what_is_there_and_leaves_the_originals(tmp_path: Path) -> None:
    folder, home = tmp_path / "scanner", tmp_path / "home"
    paths = [write_pdf(folder / "a.pdf", "one"), write_pdf(folder / "sub" / "b.pdf", "two")]
    write_pdf(folder / "copy of a.pdf", "one")
    command = ["--home", str(home), "watch", str(folder), "--once", "--agency", "ICE"]
    first = CliRunner().invoke(reading_room, command)
    assert first.exit_code == 0, first.output
    assert sorted(line.split()[0] for line in first.output.splitlines()) == [
        "already",
        "received",
        "received",
    ]
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        documents = session.scalars(select(Document)).all()
        kept = {document.sha256 for document in documents}
        assert kept == {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        assert {document.agency.slug for document in documents if document.agency} == {"ice"}
        assert {document.visibility for document in documents} == {Visibility.UNPUBLISHED}
