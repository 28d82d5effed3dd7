"""Segments: few, tidied while others work, and without what was removed."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import archive.search.whoosh_index as whoosh_index
from archive.errors import IndexDamaged
from archive.search.merge_policy import MAX_SMALL_SEGMENTS
from archive.search.merging import Source, merge_segments
from archive.search.query import parse_query
from archive.search.segment import IntArray
from archive.search.whoosh_engine import WhooshEngine
from tests.search.small_indexes import count, make, segments


def test_many_small_commits_leave_few_segments_and_all_pages(engine: WhooshEngine, root: Path) -> None:
    for number in range(2 * MAX_SMALL_SEGMENTS + 3):
        engine.replace_documents([make(f"d{number}", "word")], public=True)
    assert len(segments(root)) <= MAX_SMALL_SEGMENTS + 1
    assert count(engine, "word") == 2 * MAX_SMALL_SEGMENTS + 3


def test_a_segment_whose_pages_are_all_gone_is_let_go(engine: WhooshEngine, root: Path) -> None:
    engine.replace_documents([make("a", "withdrawnword")], public=True)
    engine.replace_documents([make("b", "word")], public=True)
    engine.remove_documents(["a"])
    assert len(segments(root)) == 1
    assert not any(b"withdrawnword" in file.read_bytes() for file in root.rglob("*") if file.is_file())


def test_tidying_leaves_few_segments_and_every_page(engine: WhooshEngine, root: Path) -> None:
    for number in range(MAX_SMALL_SEGMENTS):
        engine.replace_documents([make(f"d{number}", "word", f"withdrawn{number}word")], public=True)
    engine.remove_documents(["d3"])
    reader = WhooshEngine(root)
    before = reader.search(parse_query("word"), limit=50)
    engine.tidy()
    assert len(segments(root)) == 1
    assert reader.search(parse_query("word"), limit=50) == before
    kept = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    assert b"withdrawn2word" in kept
    assert b"withdrawn3word" not in kept


def test_what_is_removed_while_segments_are_tidied_stays_removed(
    engine: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.replace_documents([make("d0", "word"), make("d1", "word")], public=True)
    engine.replace_documents([make("d2", "word")], public=True)

    def meanwhile(sources: Sequence[Source], path: Path) -> list[IntArray]:
        rows = merge_segments(sources, path)
        WhooshEngine(root).remove_documents(["d1"])
        WhooshEngine(root).replace_documents([make("d3", "word")], public=True)
        return rows

    monkeypatch.setattr(whoosh_index, "merge_segments", meanwhile)
    engine.tidy()
    assert len(segments(root)) == 2
    assert count(engine, "word") == 3
    assert sorted(document_id for document_id, _, _ in engine.iter_page_counts(public=True)) == [
        "d0",
        "d2",
        "d3",
    ]


def test_tidying_gives_way_to_who_rebuilds(engine: WhooshEngine, root: Path) -> None:
    for number in range(3):
        engine.replace_documents([make(f"d{number}", "word")], public=True)
    held = os.open(root / "REBUILD", os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    began = time.monotonic()
    engine.tidy()
    assert time.monotonic() - began < 1
    assert len(segments(root)) == 3
    os.close(held)
    engine.tidy()
    assert len(segments(root)) == 1


def test_a_rebuild_leaves_one_segment(
    engine: WhooshEngine, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_index, "CHARACTERS_PER_RUN", 500)
    monkeypatch.setattr(whoosh_index, "RUNS_MERGED_AT_ONCE", 4)
    pages = engine.rebuild((make(f"d{number:02}", "word", "other word"), True) for number in range(30))
    assert (pages, len(segments(root)), count(engine, "word")) == (60, 1, 60)


def test_an_index_without_its_table_of_contents_is_never_taken_for_an_empty_one(
    engine: WhooshEngine, root: Path
) -> None:
    engine.replace_documents([make("a", "word")], public=True)
    for contents in (root / (root / "CURRENT").read_text() / "public").glob("*.toc"):
        contents.unlink()
    newcomer = WhooshEngine(root)
    with pytest.raises(IndexDamaged):
        count(newcomer, "word")
    newcomer.close()
