"""A merged segment is what would have been written from the live pages at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archive.search.merging as merging
from archive.ports import IndexedDocument
from archive.rules.query import Within
from archive.search.array_file import ArrayFile
from archive.search.cache import ArrayCache
from archive.search.merging import Source, merge_segments
from archive.search.segment import FIELDS
from archive.search.segment_draft import SegmentDraft
from archive.search.stored_segment import StoredSegment
from tests.contracts.search_examples import make_corpus

_batches = st.lists(st.lists(st.booleans(), max_size=4), min_size=1, max_size=4)


def written(path: Path, documents: Sequence[IndexedDocument]) -> StoredSegment:
    """A segment with these documents."""
    draft = SegmentDraft()
    for document in documents:
        for page in document.pages:
            draft.add(document, page)
    draft.write(path)
    return StoredSegment(path, path.name, ArrayCache())


def arrays(segment: StoredSegment) -> dict[str, list[object]]:
    """All that is in its file."""
    file: ArrayFile = segment.file
    return {name: file.array(name).whole().tolist() for name in file.names}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1_000), _batches)
def test_merging_is_writing_the_live_pages_at_once(
    tmp_path: Path, seed: int, batches: list[list[bool]]
) -> None:
    corpus = iter(
        replace(document, document_id=f"{number}") for number, document in enumerate(make_corpus(seed, 16))
    )
    sources, kept = [], []
    for number, alive in enumerate(batches):
        documents = [next(corpus) for _ in alive]
        kept += [document for document, is_kept in zip(documents, alive, strict=True) if is_kept]
        segment = written(tmp_path / f"{number}", documents)
        live = np.array(alive, np.bool_)[segment.pages.document] if alive else np.empty(0, np.bool_)
        sources.append(Source(segment, live))
    rows = merge_segments(sources, tmp_path / "merged")
    merged = StoredSegment(tmp_path / "merged", "merged", ArrayCache())
    assert arrays(merged) == arrays(written(tmp_path / "at once", kept))
    new = np.concatenate([some[source.live] for some, source in zip(rows, sources, strict=True)])
    assert new.tolist() == list(range(len(merged.pages)))


def test_a_merge_in_many_stretches_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = make_corpus(1, 40)
    parts = [written(tmp_path / "a", corpus[:25]), written(tmp_path / "b", corpus[25:])]
    monkeypatch.setattr(merging, "POSTINGS_AT_ONCE", 7)
    merge_segments([Source(one, np.ones(len(one.pages), np.bool_)) for one in parts], tmp_path / "merged")
    assert arrays(StoredSegment(tmp_path / "merged", "", ArrayCache())) == arrays(
        written(tmp_path / "at once", corpus)
    )


def test_few_and_many_forms_are_counted_alike(tmp_path: Path) -> None:
    """Scattered numbers are gathered by index, others by stretches; sums densely or by sorting."""
    segment = written(tmp_path / "segment", make_corpus(3, 120))
    for field in FIELDS:
        vocabulary = segment.vocabulary(field)
        for step in (1, 2, 3, len(vocabulary)):
            numbers = np.arange(0, len(vocabulary), step)
            one_by_one = [segment.matches(field, np.array([number])) for number in numbers.tolist()]
            expected = np.zeros(len(segment.pages))
            for pages, counts in one_by_one:
                expected[pages] += counts
            found = segment.matches(field, numbers)
            assert found.pages.tolist() == np.flatnonzero(expected).tolist()
            assert found.counts.tolist() == expected[found.pages].tolist()
            places = [segment.places(field, np.array([number])) for number in numbers.tolist()]
            assert segment.places(field, numbers).tolist() == sorted(set(np.concatenate(places).tolist()))


def test_each_page_begins_a_sentence_and_a_paragraph(tmp_path: Path) -> None:
    segment = written(tmp_path / "segment", make_corpus(3, 10))
    with_words = np.flatnonzero(segment.pages.length)
    for within in (Within.SENTENCE, Within.PARAGRAPH):
        starts = segment.starts(within)
        assert set((with_words << 20).tolist()) <= set(starts.tolist())
        assert np.all(np.diff(starts) > 0)
