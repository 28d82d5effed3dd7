"""A backup that is not as it was made is refused with a sentence, and nothing of it is left."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.jobs.backup_desk import make_backup
from archive.jobs.restore_desk import restore_backup
from archive.parts import open_parts
from archive.settings import load_settings
from archive.storage.backup_file import BackupDamaged, BackupWriter, NotABackup
from tests.factories import make_document

Members = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole backup of one document."""
    folder = tmp_path_factory.mktemp("good")
    parts = open_parts(load_settings(folder / "home", environ={}))
    with parts.database.transaction() as session:
        make_document(session, parts.storage, pages=("Opt out", "Two"))
    make_backup(parts.database, parts.storage, parts.settings.home, folder / "backup.tar")
    parts.close()
    return (folder / "backup.tar").read_bytes()


def refused(data: bytes, tmp_path: Path) -> ArchiveError:
    """The error of restoring this; nothing may be left."""
    (tmp_path / "backup.tar").write_bytes(data)
    with pytest.raises((BackupDamaged, NotABackup)) as error:
        restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["backup.tar"]
    assert error.value.sentence.endswith(".")
    return error.value


def members_of(good: bytes) -> Members:
    with tarfile.open(fileobj=io.BytesIO(good)) as tar:
        found = []
        for info in tar:
            content = tar.extractfile(info)
            assert content is not None
            found.append((info.name, content.read()))
    return found


def written(members: Sequence[tuple[str, bytes]]) -> bytes:
    """As this program would write them, with a manifest that fits: somebody who knows how it is done."""
    facts = json.loads(members[-1][1].splitlines()[-2])
    file = io.BytesIO()
    writer = BackupWriter(file, 1_790_000_000)
    for name, data in members[:-1]:
        writer.add(name, len(data), [data])
    said = ("made_at", "program_version", "schema_revision", "missing", "damaged")
    writer.finish({name: facts[name] for name in said})
    return file.getvalue()


def test_what_the_tests_write_is_a_backup(good: bytes, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_bytes(written(members_of(good)))
    assert restore_backup(tmp_path / "backup.tar", tmp_path / "new").pages == 2


@pytest.mark.parametrize("twentieth", range(20))
def test_a_backup_that_was_cut_off(good: bytes, tmp_path: Path, twentieth: int) -> None:
    refused(good[: len(good) * twentieth // 20], tmp_path)


@pytest.mark.parametrize("cut_bytes", [1, 511, 512, 1024, 10_240])
def test_a_backup_without_its_end(good: bytes, tmp_path: Path, cut_bytes: int) -> None:
    refused(good[:-cut_bytes], tmp_path)


@pytest.mark.parametrize("seed", range(30))
def test_a_backup_with_one_bit_turned(good: bytes, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    damaged = bytearray(good)
    damaged[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
    refused(bytes(damaged), tmp_path)


def bit_in(good: bytes, what: bytes, offset: int) -> bytes:
    damaged = bytearray(good)
    damaged[good.rindex(what) + offset] ^= 1
    return bytes(damaged)


@pytest.mark.parametrize(
    "what", [b'"made_at"', b'"schema_revision"', b'"sha256"', b"manifest.jsonl", b"ustar"]
)
def test_one_bit_turned_in_the_manifest_or_the_last_header(good: bytes, tmp_path: Path, what: bytes) -> None:
    refused(bit_in(good, what, len(what) // 2), tmp_path)


@pytest.mark.parametrize("more", [b"\0" * 512, b"\0" * 10_240, b"x", b"x" * 10_240])
def test_something_stands_behind_the_end(good: bytes, tmp_path: Path, more: bytes) -> None:
    refused(good + more, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/tmp/outside",
        "images/../../outside",
        "originals/00/" + "0" * 64 + ".pdf/../../x",
        "uploads/x.part",
        "index/x",
        ".restoring",
        "a" * 300,
        "",
        "settings.toml/x",
        "\udcff",
    ],
)
def test_a_member_that_belongs_in_no_backup(good: bytes, tmp_path: Path, name: str) -> None:
    members = members_of(good)
    for place in (1, len(members) - 1):
        refused(written([*members[:place], (name, b"evil"), *members[place:]]), tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda members: [members[0], *members],
        lambda members: [*members[:3], members[2], *members[3:]],
        lambda members: [*members[:2], members[3], members[2], *members[4:]],
        lambda members: [members[1], members[0], *members[2:]],
        lambda members: members[1:],
    ],
    ids=["database twice", "file twice", "files out of order", "database second", "no database"],
)
def test_members_twice_or_out_of_place(
    good: bytes, tmp_path: Path, change: Callable[[Members], Members]
) -> None:
    refused(written(change(members_of(good))), tmp_path)


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.XHDTYPE],
)
def test_what_is_no_file(good: bytes, tmp_path: Path, kind: bytes) -> None:
    """A link under a name that belongs there, through which a later member would be written elsewhere."""
    first = members_of(good)[0][1]
    file = io.BytesIO()
    BackupWriter(file, 0).add("archive.sqlite3", len(first), [first])
    info = tarfile.TarInfo("settings.toml")
    info.type, info.linkname = kind, str(tmp_path / "outside")
    refused(file.getvalue() + info.tobuf(tarfile.GNU_FORMAT) + good[-10_240:], tmp_path)


def test_a_file_is_left_out_of_a_manifest(good: bytes, tmp_path: Path) -> None:
    whole, members = written(members_of(good)), members_of(good)
    without = written([*members[:2], *members[3:]])
    manifest_of_another = members_of(without)[-1][1]
    start = whole.rindex(b"manifest.jsonl\0")
    refused(whole[:start] + _tail("manifest.jsonl", manifest_of_another), tmp_path)


def _tail(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    BackupWriter(file, 1_790_000_000).add(name, len(data), [data])
    return file.getvalue() + bytes(1024)


def test_a_file_with_other_bytes_is_never_kept_under_its_name(good: bytes, tmp_path: Path) -> None:
    """The manifest says so, as it does for what was damaged before the backup: it is left out."""
    members = members_of(good)
    name, data = members[2]
    (tmp_path / "backup.tar").write_bytes(written([*members[:2], (name, data[:-1] + b"?"), *members[3:]]))
    restored = restore_backup(tmp_path / "backup.tar", tmp_path / "new")
    assert restored.left_out == (name,)
    assert not (tmp_path / "new" / "files" / name).exists()


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n" * 1000, bytes(20_480)])
def test_what_is_no_backup_at_all(tmp_path: Path, data: bytes) -> None:
    refused(data, tmp_path)


def test_a_tar_of_something_else_is_no_backup(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("holiday.jpg"))
    assert isinstance(refused(file.getvalue(), tmp_path), NotABackup)


def test_a_database_that_is_none(good: bytes, tmp_path: Path) -> None:
    members = members_of(good)
    refused(written([("archive.sqlite3", b"SQLite no more"), *members[1:]]), tmp_path)


def test_a_form_of_a_later_program(good: bytes, tmp_path: Path) -> None:
    members = members_of(good)
    file = io.BytesIO()
    writer = BackupWriter(file, 0)
    for name, data in members[:-1]:
        writer.add(name, len(data), [data])
    writer.finish({"format": 2})
    assert "later version" in refused(file.getvalue(), tmp_path).sentence
