"""A backup is one file with everything at one moment, made while others work, and restored as it was."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import reading_room
from archive.errors import BadSetting, StorageUnavailable
from archive.jobs.backup_desk import BackupMade, BackupRefused, make_backup
from archive.jobs.restore_desk import RestoreRefused, restore_backup
from archive.models import Document, Page
from archive.parts import Parts, open_parts, opened_parts
from archive.rules.statuses import Visibility
from archive.services.checkup import check_audit, check_index, check_store
from archive.services.indexing import bring_index_up_to_date
from archive.services.publication import publish_document
from archive.settings import RESTORING, load_settings, secret_key
from archive.storage.keys import image_key, original_key
from tests.factories import NOON, make_document


@pytest.fixture
def filled(parts: Parts) -> Parts:
    """Three documents, one of them not published."""
    (parts.settings.home / "settings.toml").write_text('site_name = "Kept"\n')
    with parts.database.transaction() as session:
        for number in range(3):
            document = make_document(
                session,
                parts.storage,
                title=f"Memo {number}",
                pages=(f"Counties may not opt out, says memo {number}.", f"Page two of {number}"),
                visibility=Visibility.UNPUBLISHED,
                agency="ICE",
            )
            document.screened_at = NOON
            if number:
                publish_document(session, document.id, actor="ed", at=NOON)
    bring_index_up_to_date(parts.database, parts.engine)
    return parts


def back_up(parts: Parts, path: Path, *, force: bool = False) -> BackupMade:
    return make_backup(parts.database, parts.storage, parts.settings.home, path, force=force)


def rows_of(home: Path) -> list[str]:
    """Every row of every table, but for what indexing notes."""
    with closing(sqlite3.connect(home / "archive.sqlite3")) as connection:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "job"')]


def what_is_off(home: Path) -> list[str]:
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        found = [*check_store(session, parts.storage), *check_audit(session)]
        return [finding.sentence for finding in [*found, *check_index(session, parts.engine)]]


def test_what_is_restored_is_what_was_there(filled: Parts, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "backup.tar")
    restored = restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    new = load_settings(tmp_path / "new", environ={})
    assert rows_of(new.home) == rows_of(filled.settings.home)
    assert what_is_off(new.home) == []
    assert secret_key(new) == secret_key(filled.settings)
    assert new.site_name == "Kept"
    with opened_parts(new) as parts:
        assert list(parts.storage.iter_keys()) == list(filled.storage.iter_keys())
    assert (restored.members, restored.byte_count) == (made.members, made.byte_count)
    assert restored.pages == 6
    assert not (new.home / RESTORING).exists()


def test_a_backup_is_for_its_owner_alone_and_so_is_what_is_restored(filled: Parts, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar")
    restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert (tmp_path / "backup.tar").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    for name in ("archive.sqlite3", "secret_key", "settings.toml"):
        assert (tmp_path / "new" / name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_beside_a_backup(filled: Parts, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    back_up(filled, tmp_path / "backups" / "backup.tar")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["backup.tar"]


def test_a_backup_is_consistent_while_documents_come_in(filled: Parts, tmp_path: Path) -> None:
    """Each document is in it with all its pages and files, or not at all."""
    going_on, done = threading.Event(), threading.Event()

    def receive() -> None:
        number = 0
        while not done.is_set():
            with filled.database.transaction() as session:
                make_document(
                    session,
                    filled.storage,
                    title=f"New {number}",
                    pages=("One", "Two", "Three"),
                    visibility=Visibility.UNPUBLISHED,
                )
            number += 1
            if number == 2:
                going_on.set()

    receiver = threading.Thread(target=receive)
    receiver.start()
    try:
        assert going_on.wait(60)
        made = back_up(filled, tmp_path / "backup.tar")
    finally:
        done.set()
        receiver.join()
    assert made.missing == made.damaged == ()
    restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert what_is_off(tmp_path / "new") == []
    with (
        opened_parts(load_settings(tmp_path / "new", environ={})) as parts,
        parts.database.reading() as session,
    ):
        for document in session.query(Document).filter(Document.title.startswith("New")):
            assert session.query(Page).filter_by(document_id=document.id).count() == 3


def test_a_backup_that_is_there_is_replaced_only_when_asked(filled: Parts, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    path.write_text("an older one")
    with pytest.raises(BackupRefused):
        back_up(filled, path)
    assert path.read_text() == "an older one"
    back_up(filled, path, force=True)
    assert restore_backup(path, tmp_path / "new").pages == 6


def test_an_older_backup_stays_when_a_new_one_fails(filled: Parts, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    path.write_text("an older one")
    (filled.settings.home / "files").rename(tmp_path / "unmounted")
    with pytest.raises(StorageUnavailable):
        back_up(filled, path, force=True)
    assert path.read_text() == "an older one"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["backup.tar", "home", "unmounted"]


def test_what_the_store_has_lost_is_told_and_the_rest_is_kept(filled: Parts, tmp_path: Path) -> None:
    with filled.database.reading() as session:
        first, second, _ = session.query(Document).order_by(Document.id)
        lost, changed = original_key(first.sha256), original_key(second.sha256)
    files = filled.settings.home / "files"
    (files / lost).unlink()
    (files / changed).chmod(0o600)
    (files / changed).write_bytes(b"other bytes")
    made = back_up(filled, tmp_path / "backup.tar")
    assert (made.missing, made.damaged) == ((lost,), (changed,))
    restored = restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert (restored.missing, restored.left_out) == (1, (changed,))
    off = what_is_off(tmp_path / "new")
    assert len(off) == 2
    assert all(sentence.startswith("The store has lost") for sentence in off)


def test_a_home_with_something_in_it_is_left_alone(filled: Parts, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar")
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "note.txt").write_text("mine")
    for home in (tmp_path / "used", filled.settings.home):
        before = sorted(path for path in home.rglob("*"))
        with pytest.raises(RestoreRefused):
            restore_backup(tmp_path / "backup.tar", home)
        assert sorted(path for path in home.rglob("*")) == before


def test_an_empty_disk_is_an_empty_home(filled: Parts, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar")
    (tmp_path / "disk" / "lost+found").mkdir(parents=True)
    restore_backup(tmp_path / "backup.tar", tmp_path / "disk")
    assert what_is_off(tmp_path / "disk") == []


def test_no_command_opens_a_home_that_is_being_restored(filled: Parts, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar")
    half = tmp_path / "new" / RESTORING
    half.mkdir(parents=True)
    (half / "archive.sqlite3").write_text("half")  # a restore that was killed
    with pytest.raises(BadSetting):
        open_parts(load_settings(tmp_path / "new", environ={}))
    restore_backup(tmp_path / "backup.tar", tmp_path / "new")  # and is begun anew
    assert what_is_off(tmp_path / "new") == []


def test_a_backup_of_later_tables_is_for_a_later_program(filled: Parts, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled.settings.home / "archive.sqlite3")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    back_up(filled, tmp_path / "backup.tar")
    runner = CliRunner()
    answer = runner.invoke(
        reading_room, ["--home", str(tmp_path / "new"), "restore", str(tmp_path / "backup.tar")]
    )
    assert "A later version of this program" in str(answer.exception)
    assert not (tmp_path / "new").exists()


def test_files_go_to_the_store_that_the_settings_name(
    filled: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(filled, tmp_path / "backup.tar")
    monkeypatch.setenv("READING_ROOM_STORAGE_URL", f"file://{tmp_path / 'store'}")
    restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    with opened_parts(load_settings(tmp_path / "new")) as parts:
        assert list(parts.storage.iter_keys()) == list(filled.storage.iter_keys())
    assert not (tmp_path / "new" / "files").exists()


def test_a_database_outside_the_home_is_not_written_to(
    filled: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(filled, tmp_path / "backup.tar")
    before = rows_of(filled.settings.home)
    monkeypatch.setenv("READING_ROOM_DATABASE_URL", f"sqlite:///{filled.settings.home / 'archive.sqlite3'}")
    with pytest.raises(RestoreRefused):
        restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert rows_of(filled.settings.home) == before
    assert not (tmp_path / "new").exists()


def test_large_files_do_not_fill_the_memory(filled: Parts, tmp_path: Path) -> None:
    large = bytes(60_000_000)
    keys = [image_key(hashlib.sha256(data).hexdigest()) for data in (large, b"small")]
    filled.storage.put_many(zip(keys, (large, b"small"), strict=True))
    del large
    with filled.database.transaction() as session:
        page = session.query(Page).first()
        assert page is not None
        page.large_image_key = keys[0]
    tracemalloc.start()
    try:
        back_up(filled, tmp_path / "backup.tar")
        restore_backup(tmp_path / "backup.tar", tmp_path / "new")
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes < 40_000_000
    assert (tmp_path / "new" / "files" / keys[0]).stat().st_size == 60_000_000
    assert not (tmp_path / "new" / "files" / keys[1]).exists()  # no row names it


def test_the_commands_say_what_they_did(filled: Parts, tmp_path: Path) -> None:
    runner = CliRunner()

    def run(home: Path, *arguments: str) -> str:
        answer = runner.invoke(reading_room, ["--home", str(home), *arguments])
        assert answer.exit_code == 0, answer.output
        return answer.output

    backup, home = tmp_path / "backup.tar", filled.settings.home
    assert "members" in run(home, "backup", str(backup))
    assert json.loads(run(home, "backup", str(backup), "--force", "--json"))["missing"] == []
    assert "6 pages indexed." in run(tmp_path / "one", "restore", str(backup))
    report = json.loads(run(tmp_path / "two", "restore", str(backup), "--json"))
    assert (report["pages"], report["missing"]) == (6, 0)
