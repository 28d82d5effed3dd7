"""Many segments into one: arrays put together by stretches, no posting touched by itself.

Memory is bounded whatever the size: the new file's arrays are filled in place, ``POSTINGS_AT_ONCE`` at a
time. Words that only deleted pages had are not in the new segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from archive.search.array_file import ArrayFileWriter
from archive.search.postings import PostingArrays, Postings
from archive.search.ranges import offsets, ranges, smallest_type
from archive.search.segment import DESCRIPTION, TEXT, IntArray, Mask
from archive.search.stored_segment import BREAKS, StoredSegment
from archive.search.tables import joined, table_arrays
from archive.search.vocabulary import vocabulary_arrays

POSTINGS_AT_ONCE = 1 << 20
_GONE = -1


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be merged, and which of its pages are live."""

    segment: StoredSegment
    live: Mask


@dataclass(frozen=True, slots=True)
class _Part:
    """The postings of one source: the new row of each old one (or _GONE), the new number of each form, and
    how many postings and places are left of each form."""

    postings: Postings
    rows: IntArray
    numbers: IntArray
    kept: IntArray
    kept_places: IntArray


def merge_segments(sources: Sequence[Source], path: Path) -> list[IntArray]:
    """Write the live pages of ``sources``, in this order, as one new segment.

    The new number of each old page is returned, or -1. Raises ``OSError``, and ``DamagedArrays``.
    """
    documents = [np.unique(one.segment.pages.document[one.live]) for one in sources]
    document_rows = _new_rows([len(one.segment.documents.ids) for one in sources], documents)
    pages = [np.flatnonzero(one.live) for one in sources]
    page_rows = _new_rows([len(one.live) for one in sources], pages)
    with ArrayFileWriter(path) as file:
        file.add_all(table_arrays(joined([one.segment.documents for one in sources], documents)))
        tables = [
            replace(one.segment.pages, document=rows[one.segment.pages.document])
            for one, rows in zip(sources, document_rows, strict=True)
        ]
        file.add_all(table_arrays(joined(tables, pages)))
        segments = [one.segment for one in sources]
        _merge_words(file, TEXT, segments, page_rows)
        _merge_words(file, DESCRIPTION, segments, document_rows)
        breaks = [_part(one.postings[BREAKS], rows) for one, rows in zip(segments, page_rows, strict=True)]
        _merge_postings(file, BREAKS, breaks, len(breaks[0].numbers))
    return page_rows


def _new_rows(lengths: Sequence[int], kept: Sequence[IntArray]) -> list[IntArray]:
    before = 0
    found = []
    for length, rows in zip(lengths, kept, strict=True):
        new = np.full(length, _GONE, np.int64)
        new[rows] = np.arange(before, before + len(rows))
        found.append(new)
        before += len(rows)
    return found


def _merge_words(
    file: ArrayFileWriter, field: str, segments: Sequence[StoredSegment], rows: Sequence[IntArray]
) -> None:
    """One field with its vocabulary."""
    parts = [_part(one.postings[field], some) for one, some in zip(segments, rows, strict=True)]
    stems: dict[bytes, bytes] = {}
    kept_forms = []
    for segment, part in zip(segments, parts, strict=True):
        vocabulary = segment.vocabulary(field)
        forms, stem_of = vocabulary.words.all(), vocabulary.stems()
        kept = np.flatnonzero(part.kept).tolist()
        kept_forms.append([forms[number] for number in kept])
        stems.update((forms[number], stem_of[number]) for number in kept)
    merged = sorted(stems)
    number_of = {form: number for number, form in enumerate(merged)}
    renumbered = []
    for part, forms in zip(parts, kept_forms, strict=True):
        numbers = np.full(len(part.kept), _GONE, np.int64)
        numbers[part.kept > 0] = [number_of[form] for form in forms]
        renumbered.append(replace(part, numbers=numbers))
    file.add_all(vocabulary_arrays(field, merged, [stems[form] for form in merged]))
    _merge_postings(file, field, renumbered, len(merged))


def _part(postings: Postings, rows: IntArray) -> _Part:
    """A source whose forms keep their numbers."""
    kept, places = postings.page_counts(), postings.place_counts()
    if (rows == _GONE).any():
        kept, places = np.zeros_like(kept), np.zeros_like(places)
        for numbers in _stretches(postings):
            old, counts = postings.counts(numbers)
            live = rows[old] != _GONE
            form = np.repeat(numbers, postings.page_counts()[numbers])
            kept += np.bincount(form, live, len(kept)).astype(np.int64)
            places += np.bincount(form, live * counts, len(kept)).astype(np.int64)
    return _Part(postings, rows, np.arange(len(kept)), kept, places)


def _stretches(postings: Postings) -> Iterator[IntArray]:
    """All numbers in order, by stretches of about ``POSTINGS_AT_ONCE`` postings."""
    before = offsets(postings.page_counts())
    first = 0
    while first < len(postings):
        end = int(before.searchsorted(before[first] + POSTINGS_AT_ONCE, "right")) - 1
        end = max(end, first + 1)
        yield np.arange(first, end)
        first = end


def _merge_postings(file: ArrayFileWriter, field: str, parts: Sequence[_Part], forms: int) -> None:
    totals, place_totals = np.zeros(forms, np.int64), np.zeros(forms, np.int64)
    for part in parts:
        has = part.kept > 0
        totals[part.numbers[has]] += part.kept[has]
        place_totals[part.numbers[has]] += part.kept_places[has]
    starts, place_starts = offsets(totals), offsets(place_totals)
    file.add_all({f"{field}.starts": starts, f"{field}.place_starts": place_starts})
    row_type = smallest_type(max(int(part.rows.max(initial=0)) for part in parts))
    into = PostingArrays(
        starts[:-1].copy(),
        file.allocate(f"{field}.rows", row_type, int(starts[-1])),
        file.allocate(f"{field}.counts", max(part.postings.types.counts for part in parts), int(starts[-1])),
        place_starts[:-1].copy(),
        file.allocate(
            f"{field}.positions", max(part.postings.types.positions for part in parts), int(place_starts[-1])
        ),
    )
    for part in parts:
        for numbers in _stretches(part.postings):
            _copy(part, numbers, into)
        has = part.kept > 0
        into.starts[part.numbers[has]] += part.kept[has]
        into.place_starts[part.numbers[has]] += part.kept_places[has]


def _copy(part: _Part, numbers: IntArray, into: PostingArrays) -> None:
    """Put a stretch of forms in where ``into`` has the next free place of each."""
    old, counts, positions = part.postings.read(numbers)
    rows = part.rows[old]
    live = rows != _GONE
    if not live.all():
        positions = positions[np.repeat(live, counts)]
        rows, counts = rows[live], counts[live]
    numbers = numbers[part.kept[numbers] > 0]
    new = part.numbers[numbers]
    at = ranges(into.starts[new], part.kept[numbers])
    into.rows[at] = rows
    into.counts[at] = counts
    into.positions[ranges(into.place_starts[new], part.kept_places[numbers])] = positions
