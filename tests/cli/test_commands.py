"""The commands as a person types them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pdfs import write_pdf

COMMANDS = ("check", "ingest", "init", "reindex", "reread", "sample", "search", "serve", "user", "worker")


def reading_room(home: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command; the environment has no READING_ROOM_ setting but those given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("READING_ROOM_")}
    return subprocess.run(
        [sys.executable, "-m", "archive", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        env=clean | environ,
        timeout=120,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one published and one unpublished document."""
    folder = tmp_path_factory.mktemp("cli")
    public = write_pdf(folder / "public.pdf", "Counties may opt out of Secure Communities", "Second page")
    hidden = write_pdf(folder / "hidden.pdf", "An unpublished page about opt out")
    assert (
        reading_room(folder / "home", "ingest", str(public), "--publish", "--agency", "ICE").returncode == 0
    )
    assert reading_room(folder / "home", "ingest", str(hidden)).returncode == 0
    return folder / "home"


def test_every_command_explains_itself(tmp_path: Path) -> None:
    assert set(COMMANDS) <= set(reading_room(tmp_path, "--help").stdout.split())
    for command in COMMANDS:
        answer = reading_room(tmp_path, command, "--help")
        assert answer.returncode == 0
        assert "Usage: reading-room" in answer.stdout


def test_init_makes_a_home_for_its_owner_alone(tmp_path: Path) -> None:
    assert reading_room(tmp_path / "new", "init").returncode == 0
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_ingest_answers_with_one_json_object(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "memo.pdf", "Opt out", "Second")
    (tmp_path / "in" / "bad.pdf").write_text("hello")
    answer = reading_room(tmp_path / "home", "ingest", str(tmp_path / "in"), "--json")
    assert answer.returncode == 1
    report = json.loads(answer.stdout)
    assert [(entry["file"], entry["pages"]) for entry in report["new"]] == [("memo.pdf", 2)]
    assert report["failed"][0]["code"] == "not_a_pdf"
    assert set(report) == {"new", "already_here", "partial", "failed", "held_back", "pages", "seconds"}


def test_what_may_be_private_is_held_back_until_somebody_says_to_have_looked(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "memo.pdf", "Opt out")
    write_pdf(tmp_path / "in" / "letter.pdf", "Respondent A 123-456-789, born on March 4, 1979, was served.")
    ingest = ("ingest", str(tmp_path / "in"), "--publish")
    report = json.loads(reading_room(tmp_path / "home", *ingest, "--json").stdout)
    assert [(entry["file"], entry["findings"]) for entry in report["held_back"]] == [("letter.pdf", 2)]
    assert "letter.pdf: 2 to be decided" in reading_room(tmp_path / "home", *ingest).stdout
    report = json.loads(reading_room(tmp_path / "home", *ingest, "--reviewed", "--json").stdout)
    assert report["held_back"] == []


def test_nobody_can_have_looked_at_what_is_only_queued(tmp_path: Path) -> None:
    write_pdf(tmp_path / "memo.pdf", "Opt out")
    answer = reading_room(tmp_path / "home", "ingest", str(tmp_path / "memo.pdf"), "--queue", "--reviewed")
    assert answer.returncode == 2
    assert "do not go together" in answer.stderr


def test_the_summary_names_each_file_that_failed_and_why(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_text("hello")
    answer = reading_room(tmp_path / "home", "ingest", str(tmp_path / "bad.pdf"))
    assert answer.returncode == 1
    assert "bad.pdf: This is not a PDF" in answer.stdout


def test_search_finds_pages_as_an_editor(home: Path) -> None:
    found = json.loads(reading_room(home, "search", "opt out", "--json").stdout)
    assert (found["total_pages"], found["total_documents"]) == (2, 2)
    page = found["documents"][0]["pages"][0]
    assert "<mark>" in page["snippet"]
    assert page["url"].startswith("/documents/")


def test_search_prints_lines_a_person_can_read(home: Path) -> None:
    answer = reading_room(home, "search", "opt out", "--agency", "ice")
    assert answer.returncode == 0
    assert "public.pdf" in answer.stdout or "public" in answer.stdout
    assert "hidden" not in answer.stdout


def test_a_query_that_is_wrong_is_answered_with_what_is_wrong(home: Path) -> None:
    answer = reading_room(home, "search", '"opt out', "--json")
    assert answer.returncode == 2
    error = json.loads(answer.stdout)["error"]
    assert error["code"] == "bad_query"
    assert error["message"]
    assert error["help"]


def test_reindex_gives_the_same_answers(home: Path) -> None:
    before = json.loads(reading_room(home, "search", "opt out", "--json").stdout)
    assert json.loads(reading_room(home, "reindex", "--json").stdout)["pages"] == 3
    after = json.loads(reading_room(home, "search", "opt out", "--json").stdout)
    for answer in (before, after):
        del answer["took_ms"]
    assert after == before


def test_check_finds_nothing_in_a_sound_archive(home: Path) -> None:
    answer = reading_room(home, "check", "--json")
    assert json.loads(answer.stdout)["findings"] == []
    assert answer.returncode == 0


def test_check_names_a_damaged_and_a_missing_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert reading_room(home, "ingest", str(write_pdf(tmp_path / "memo.pdf", "Opt out"))).returncode == 0
    originals = sorted((home / "files" / "originals").rglob("*.pdf"))
    images = sorted((home / "files" / "images").rglob("*.webp"))
    originals[0].chmod(0o600)
    originals[0].write_bytes(originals[0].read_bytes()[:-1] + b"X")
    images[0].unlink()
    answer = reading_room(home, "check", "--json")
    assert answer.returncode == 1
    assert {finding["code"] for finding in json.loads(answer.stdout)["findings"]} == {
        "blob_damaged",
        "blob_missing",
    }


def test_an_unknown_setting_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    answer = reading_room(tmp_path, "check", READING_ROOM_DATABASE="x")
    assert answer.returncode == 2
    assert "There is no setting READING_ROOM_DATABASE" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    answer = reading_room(tmp_path / "home", "ingest", str(tmp_path / "nowhere"))
    assert answer.returncode == 2
    assert "nowhere" in answer.stderr


def test_reread_queues_only_what_an_earlier_version_read(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    answer = reading_room(copy, "reread")
    assert (answer.returncode, answer.stdout) == (0, "Everything was read by this version.\n")
    with sqlite3.connect(copy / "archive.sqlite3") as database:
        database.execute("UPDATE page SET reader_version = '1'")
    assert json.loads(reading_room(copy, "reread", "--json").stdout) == {"queued": 2}
