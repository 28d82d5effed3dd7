"""What the Whoosh engine promises of its folder: several processes, kills, damage, segments."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive.search.whoosh_engine as whoosh_engine
from archive.errors import BadSetting, IndexDamaged, IndexUnavailable
from archive.ports import IndexedDocument
from archive.search import open_engine
from archive.search.whoosh_engine import WhooshEngine
from archive.settings import load_settings
from tests.search.small_indexes import count, make, segments


def test_only_the_owner_may_enter_the_folder(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    assert root.stat().st_mode & 0o777 == 0o700


def test_the_text_is_not_in_the_index(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "first second third " * 3)], public=True)
    kept = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    assert b"first second third" not in kept


def test_another_engine_sees_a_commit_at_once(engine: WhooshEngine, root: Path) -> None:
    reader = WhooshEngine(root)
    assert count(reader, "word") == 0
    engine.replace_documents([make("a", "word")], public=True)
    assert count(reader, "word") == 1
    engine.rebuild([(make("b", "word", "word"), True)])
    assert count(reader, "word") == 2


@pytest.mark.parametrize("pattern", ["*.arrays", "*.toc"])
def test_a_damaged_index_is_said_in_words(engine: WhooshEngine, root: Path, pattern: str) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    for file in root.glob(f"build-*/public/{pattern}"):
        file.write_bytes(b"damaged" * 3)
    with pytest.raises(IndexUnavailable) as caught:
        count(WhooshEngine(root), "word")
    assert "reindex" in caught.value.help


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_segment_that_was_cut_off_is_damage_and_no_wrong_answer(
    engine: WhooshEngine, root: Path, kept: int
) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    (segment,) = segments(root)
    segment.write_bytes(segment.read_bytes()[:kept])
    with pytest.raises(IndexDamaged):
        count(WhooshEngine(root), "word")


def test_a_changed_bit_anywhere_is_damage_and_no_wrong_answer(
    engine: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "_SECONDS_BETWEEN_TRIES", 0)
    engine.replace_documents([make("a", "word", "other word")], public=True)
    (segment,) = segments(root)
    written = segment.read_bytes()
    for at in range(0, len(written), 97):
        segment.write_bytes(written[:at] + bytes([written[at] ^ 4]) + written[at + 1 :])
        with pytest.raises(IndexDamaged):
            count(WhooshEngine(root), "word")


def test_a_lost_build_is_said_in_words_and_a_rebuild_heals_it(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    shutil.rmtree(next(root.glob("build-*")))
    fresh = WhooshEngine(root)
    with pytest.raises(IndexUnavailable):
        count(fresh, "word")
    assert fresh.rebuild([(make("a", "word"), True)]) == 1
    assert count(fresh, "word") == 1


def test_an_index_of_another_version_must_be_built_again(
    engine: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    monkeypatch.setattr(whoosh_engine, "FORMAT", whoosh_engine.FORMAT + 1)
    with pytest.raises(IndexUnavailable, match="another version"):
        count(engine, "word")
    engine.rebuild([(make("a", "word"), True)])
    assert count(engine, "word") == 1


def test_a_rebuild_that_fails_changes_nothing_and_leaves_nothing(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "word")], public=True)

    def broken() -> Iterator[tuple[IndexedDocument, bool]]:
        yield make("b", "word"), True
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(broken())
    assert count(engine, "word") == 1
    assert len(list(root.glob("build-*"))) == 1


_ENDLESS_REBUILD = """
import sys, time
from pathlib import Path
from archive.ports import IndexedDocument, IndexedPage
from archive.search.whoosh_engine import WhooshEngine

def documents():
    yield IndexedDocument("b", 1, title="", source_file="", pages=(IndexedPage("b", 1, "word"),)), True
    print("under way", flush=True)
    time.sleep(60)

WhooshEngine(Path(sys.argv[1])).rebuild(documents())
"""


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_no_lock(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    with subprocess.Popen(
        [sys.executable, "-c", _ENDLESS_REBUILD, str(root)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "under way"
        child.send_signal(signal.SIGKILL)
    assert count(engine, "word") == 1
    assert len(list(root.glob("build-*"))) == 2
    assert engine.rebuild([(make("c", "word", "word"), True)]) == 2
    assert count(engine, "word") == 2
    assert len(list(root.glob("build-*"))) == 1


def test_a_writer_waits_for_another_and_then_gives_up(
    engine: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    monkeypatch.setattr(whoosh_engine, "SECONDS_TO_WAIT_FOR_LOCK", 0.2)
    held = os.open(root / "LOCK", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    began = time.monotonic()
    with pytest.raises(IndexUnavailable, match="Another process"):
        engine.replace_documents([make("b", "word")], public=True)
    assert time.monotonic() - began >= 0.2
    assert count(engine, "word") == 1, "readers need no lock"
    os.close(held)
    engine.replace_documents([make("b", "word")], public=True)
    assert count(engine, "word") == 2


def test_the_setting_names_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    settings = load_settings(tmp_path, {"READING_ROOM_SEARCH_URL": f"whoosh://{tmp_path}/with%20space"})
    engine = open_engine(settings)
    engine.replace_documents([make("a", "word")], public=True)
    engine.close()
    assert (folder / "CURRENT").is_file()


def test_the_setting_says_how_much_is_kept(tmp_path: Path) -> None:
    sizes = []
    for megabytes in ("0", "1"):
        settings = load_settings(tmp_path, {"READING_ROOM_SEARCH_CACHE_MB": megabytes})
        engine = open_engine(settings)
        assert isinstance(engine, WhooshEngine)
        engine.replace_documents([make("a", "word")], public=True)
        count(engine, "word")
        sizes.append(engine._cache._bytes)
    assert sizes[0] == 0 < sizes[1]


@pytest.mark.parametrize("url", ["opensearch+http://host:9200/index", "whoosh://relative", "nonsense"])
def test_a_setting_that_names_no_engine_says_what_there_is(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting) as caught:
        open_engine(load_settings(tmp_path, {"READING_ROOM_SEARCH_URL": url}))
    assert "whoosh:///" in caught.value.help
