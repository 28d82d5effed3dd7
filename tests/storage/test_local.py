"""The folder store: what survives kills, power cuts and full disks."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.clock import now
from archive.errors import BlobNotFound, StorageUnavailable
from archive.storage.keys import original_key
from archive.storage.local import LocalStorage

ROOT = Path(__file__).resolve().parents[2]
WRITE_FOREVER = """
import hashlib, itertools, random, sys
from pathlib import Path
from archive.storage.keys import image_key, original_key
from archive.storage.local import LocalStorage

storage, noise = LocalStorage(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
print("ready", flush=True)
for _ in itertools.count():
    data = noise.randbytes(400_000)
    storage.put(original_key(hashlib.sha256(data).hexdigest()), data)
    images = [noise.randbytes(30_000) for _ in range(8)]
    storage.put_many((image_key(hashlib.sha256(image).hexdigest()), image) for image in images)
"""


def key_of(data: bytes) -> str:
    return original_key(hashlib.sha256(data).hexdigest())


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


def everything_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_writer_killed_at_any_moment_leaves_whole_files_only(tmp_path: Path) -> None:
    root = tmp_path / "files"
    for attempt in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOREVER, str(root), str(attempt)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(0.05 + 0.07 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    storage = LocalStorage(root)
    keys = list(storage.iter_keys())
    assert len(keys) > 5
    for key in keys:
        assert hashlib.sha256(storage.read(key)).hexdigest() in key


def test_bytes_are_synced_before_the_rename_and_the_folder_after(
    storage: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded at the door to the system: the only test here that sees what a power cut would take."""
    events = record_system_calls(monkeypatch)
    data = b"a letter"
    storage.put(key_of(data), data)
    final = storage._root / key_of(data)
    renamed = events.index(("rename", str(final)))
    synced_before = [what for verb, what in events[:renamed] if verb == "fsync"]
    synced_after = [what for verb, what in events[renamed:] if verb == "fsync"]
    assert any(Path(what).parent.parent == storage._aside for what in synced_before)
    assert str(final.parent) in synced_after
    # and the names of the folders that were new, up to the one the root is in
    assert {str(final.parent.parent), str(storage._root), str(storage._root.parent)} <= set(synced_before)


def test_many_objects_share_the_sync_of_their_folder(
    storage: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    same_folder: list[bytes] = []
    for number in range(20_000):
        data = b"%d" % number
        if hashlib.sha256(data).hexdigest().startswith("ab"):
            same_folder.append(data)
    storage.put(key_of(same_folder[0]), same_folder[0])
    events = record_system_calls(monkeypatch)
    storage.put_many((key_of(data), data) for data in same_folder[1:21])
    synced = [what for verb, what in events if verb == "fsync"]
    assert synced.count(str(storage._root / "originals" / "ab")) == 1
    assert len(synced) == 21


def record_system_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    events: list[tuple[str, str]] = []
    fsync, rename = os.fsync, os.rename

    def noted_fsync(descriptor: int) -> None:
        events.append(("fsync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        fsync(descriptor)

    def noted_rename(source: Any, target: Any) -> None:
        rename(source, target)
        events.append(("rename", str(target)))

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "rename", noted_rename)
    return events


def test_a_full_disk_is_told_in_a_sentence_and_leaves_no_half_blob(
    storage: LocalStorage, tmp_path: Path
) -> None:
    """A real limit of the system (RLIMIT_FSIZE): the write stops half way, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    data = random.Random(1).randbytes(3_000_000)
    try:
        with pytest.raises(StorageUnavailable) as told:
            storage.put(key_of(data), data)
        with pytest.raises(StorageUnavailable):
            storage.put_many([(key_of(b"small"), b"small"), (key_of(data), data)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.sentence == "The disk of the file store is full."
    assert "Make room" in told.value.help
    assert everything_below(storage._root) == []
    storage.put(key_of(data), data)
    assert storage.read(key_of(data)) == data


def test_a_sync_that_fails_is_fatal(storage: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageUnavailable):
        storage.put(key_of(b"a"), b"a")
    assert everything_below(storage._root) == []


def test_a_copy_cut_short_is_healed_by_adding_the_file_again(storage: LocalStorage) -> None:
    data = b"the whole file"
    storage.put(key_of(data), data)
    path = storage._root / key_of(data)
    path.chmod(0o600)
    path.write_bytes(data[:5])
    storage.put(key_of(data), data)
    assert storage.read(key_of(data)) == data


def test_files_are_read_only_and_folders_are_for_the_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        storage = LocalStorage(tmp_path / "files")
        storage.put(key_of(b"a"), b"a")
    finally:
        os.umask(before)
    for path in (tmp_path / "files", *(tmp_path / "files").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o440), path


def test_sweeping_takes_what_is_older_than_a_day_and_nothing_else(storage: LocalStorage) -> None:
    storage.put(key_of(b"kept"), b"kept")
    abandoned = storage._aside / "abandoned"
    abandoned.mkdir()
    (abandoned / "half").write_bytes(b"half")
    storage.sweep()
    assert abandoned.is_dir()
    storage.sweep(lambda: now() + timedelta(hours=25))
    assert not abandoned.exists()
    assert storage.read(key_of(b"kept")) == b"kept"


def test_other_files_in_the_folder_are_passed_over(storage: LocalStorage) -> None:
    storage.put(key_of(b"a"), b"a")
    (storage._root / "originals" / "README").write_text("hello")
    (storage._root / "notes").mkdir()
    (storage._root / "notes" / "x.pdf").write_bytes(b"x")
    assert list(storage.iter_keys()) == [key_of(b"a")]


def test_a_link_that_leads_out_is_refused(storage: LocalStorage, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (storage._root / "originals").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageUnavailable, match="out of the file store"):
        storage.put(key_of(b"a"), b"a")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_disk_that_is_not_mounted_has_not_lost_its_files(storage: LocalStorage, tmp_path: Path) -> None:
    storage.put(key_of(b"a"), b"a")
    storage._root.rename(tmp_path / "unmounted")
    with pytest.raises(StorageUnavailable):
        storage.exists(key_of(b"a"))
    with pytest.raises(StorageUnavailable):
        storage.put(key_of(b"b"), b"b")


def test_a_store_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable, match="cannot use"):
        LocalStorage(tmp_path / "file" / "files")


def test_a_file_that_vanishes_while_it_is_served_is_told(storage: LocalStorage) -> None:
    storage.put(key_of(b"a"), b"a")
    chunks = storage.iter_range(key_of(b"a"), 0, 1)
    storage.delete(key_of(b"a"))
    with pytest.raises(BlobNotFound):
        next(chunks)
