"""A folder goes in: what became of each file is said, and a second run finds nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive.errors import NothingToIngest
from archive.jobs import folder_ingest
from archive.jobs.folder_ingest import FolderIngest, IngestReport, describe_files, find_files
from archive.jobs.reading_desk import ReadingDesk
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Visibility
from archive.services.uploads import Description, StoredFile, hash_file
from ingest.sandbox import Sandbox
from tests.pdfs import write_pdf


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=2) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pdf(tmp_path / "in" / "memo.pdf", "Counties may opt out")
    write_pdf(tmp_path / "in" / "2010" / "letter.PDF", "We ask to opt out", "Second page")
    (tmp_path / "in" / "notes.txt").write_text("not for the archive")
    write_pdf(tmp_path / "in" / ".trash" / "old.pdf", "thrown away")
    return tmp_path / "in"


def run(
    parts: Parts, sandbox: Sandbox, *paths: Path, publish: bool = False, retry: bool = False
) -> IngestReport:
    desk = ReadingDesk(
        database=parts.database, storage=parts.storage, engine=parts.engine, sandbox=sandbox, actor="test"
    )
    ingest = FolderIngest(
        database=parts.database, storage=parts.storage, desk=desk, actor="test", retry=retry
    )
    files = describe_files(
        find_files(paths, home=parts.settings.home),
        described={},
        agency="ICE",
        production="",
        publish=publish,
    )
    for _ in ingest.run(files):
        pass
    return ingest.report


def names(entries: list[dict[str, object]]) -> list[str]:
    return sorted(str(entry["file"]) for entry in entries)


def test_pdfs_are_found_in_all_folders_but_hidden_ones(folder: Path) -> None:
    assert [name for _, name in find_files([folder], home=folder.parent / "home")] == [
        "memo.pdf",
        "2010/letter.PDF",
    ]


def test_the_archives_own_files_are_not_taken_in_again(folder: Path) -> None:
    write_pdf(folder / "reading-room-home" / "files" / "originals" / "memo.pdf", "An original")
    found = find_files([folder], home=folder / "reading-room-home")
    assert [name for _, name in found] == ["memo.pdf", "2010/letter.PDF"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToIngest, match="nowhere"):
        find_files([tmp_path / "nowhere"], home=tmp_path)


def test_each_file_is_read_once(parts: Parts, sandbox: Sandbox, folder: Path) -> None:
    first = run(parts, sandbox, folder, publish=True)
    assert names(first.new) == ["2010/letter.PDF", "memo.pdf"]
    assert (first.pages, first.failed, first.is_complete) == (3, [], True)
    second = run(parts, sandbox, folder, publish=True)
    assert (second.new, names(second.already_here)) == ([], ["2010/letter.PDF", "memo.pdf"])


def test_three_bad_files_among_fifty_do_not_stop_the_others(
    parts: Parts, sandbox: Sandbox, tmp_path: Path
) -> None:
    folder = tmp_path / "fifty"
    for number in range(47):
        write_pdf(folder / f"memo{number:02}.pdf", f"Memo number {number}")
    (folder / "empty.pdf").touch()
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "cut.pdf").write_bytes((folder / "memo00.pdf").read_bytes()[:300])
    report = run(parts, sandbox, folder)
    assert len(report.new) == 47
    assert {entry["file"]: entry["code"] for entry in report.failed} == {
        "empty.pdf": "empty_file",
        "picture.pdf": "not_a_pdf",
        "cut.pdf": "damaged_pdf",
    }
    assert all(str(entry["sentence"]).endswith(".") for entry in report.failed)
    again = run(parts, sandbox, folder)
    assert names(again.failed) == ["cut.pdf", "empty.pdf", "picture.pdf"]
    assert len(again.already_here) == 47


def test_a_file_that_changes_while_it_is_taken_in_fails_by_name_and_the_others_go_in(
    parts: Parts, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hash_and_let_change(path: Path) -> StoredFile:
        stored = hash_file(path)
        if path.name == "memo.pdf":
            path.write_bytes(path.read_bytes() + b"still being copied")
        return stored

    monkeypatch.setattr(folder_ingest, "hash_file", hash_and_let_change)
    report = run(parts, sandbox, folder)
    assert [(entry["file"], entry["code"]) for entry in report.failed] == [("memo.pdf", "blob_damaged")]
    assert names(report.new) == ["2010/letter.PDF"]


def test_two_copies_in_one_folder_are_one_document(parts: Parts, sandbox: Sandbox, folder: Path) -> None:
    (folder / "copy.pdf").write_bytes((folder / "memo.pdf").read_bytes())
    report = run(parts, sandbox, folder)
    assert (len(report.new), len(report.already_here)) == (2, 1)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 2


def test_publishing_later_publishes_what_is_already_here(
    parts: Parts, sandbox: Sandbox, folder: Path
) -> None:
    run(parts, sandbox, folder)
    run(parts, sandbox, folder, publish=True)
    with parts.database.reading() as session:
        assert set(session.scalars(select(Document.visibility))) == {Visibility.PUBLISHED}
    assert len(list(parts.engine.iter_page_counts(public=True))) == 2
    assert list(parts.engine.iter_page_counts(public=False)) == []


def test_a_withdrawn_document_stays_withdrawn_when_its_file_comes_again(
    parts: Parts, sandbox: Sandbox, folder: Path
) -> None:
    run(parts, sandbox, folder, publish=True)
    with parts.database.transaction() as session:
        for document in session.scalars(select(Document)):
            document.visibility = Visibility.WITHDRAWN
            document.content_version += 1
    run(parts, sandbox, folder, publish=True)
    with parts.database.reading() as session:
        assert set(session.scalars(select(Document.visibility))) == {Visibility.WITHDRAWN}
    assert list(parts.engine.iter_page_counts(public=True)) == []


def test_a_row_of_the_metadata_file_wins_over_what_was_said_for_all(folder: Path) -> None:
    described = {"memo.pdf": Description(agency="DHS"), "letter.PDF": Description(title="A letter")}
    files = describe_files(
        find_files([folder], home=folder.parent / "home"),
        described=described,
        agency="ICE",
        production="p",
        publish=False,
    )
    assert [(file.description.agency, file.description.title) for file in files] == [
        ("DHS", ""),
        ("ICE", "A letter"),
    ]
    assert {file.description.production for file in files} == {"p"}
