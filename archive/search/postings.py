"""Where the forms of one field stand in a segment, as arrays on disk.

The *postings* of a form are the rows (pages; documents in the description) that have it, ascending. Those
of all forms follow one another: form ``n`` has the postings ``starts[n] .. starts[n + 1]``, of which
``rows`` and ``counts`` say row and number of places. The places follow one another likewise: form ``n``
has ``positions[place_starts[n] : place_starts[n + 1]]``, as many for each posting as ``counts`` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from archive.search.array_file import Array, ArrayFile, StoredArray
from archive.search.ranges import ranges
from archive.search.segment import IntArray

FEW_RUNS = 24  # more stretches than this are gathered by index, not one by one


class PostingArrays(NamedTuple):
    """What is stored of one field."""

    starts: Any
    rows: Any
    counts: Any
    place_starts: Any
    positions: Any


class Found(NamedTuple):
    """Postings of some forms, in the order of the forms; ``positions`` of all of them, one after another."""

    rows: Array
    counts: Array
    positions: Array


class Postings:
    """The postings of one field of a segment."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        stored = PostingArrays(*(file.array(f"{field}.{name}") for name in PostingArrays._fields))
        self._starts = stored.starts.whole().data
        self._place_starts = stored.place_starts.whole().data
        self._all_starts: Array = stored.starts.whole()
        self._all_place_starts: Array = stored.place_starts.whole()
        self._stored = stored

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def types(self) -> PostingArrays:
        """The types of what is stored."""
        return PostingArrays(*(stored.dtype for stored in self._stored))

    def page_counts(self) -> IntArray:
        """How many postings each form has."""
        counts: IntArray = np.diff(self._all_starts)
        return counts

    def place_counts(self) -> IntArray:
        """How many places each form has."""
        counts: IntArray = np.diff(self._all_place_starts)
        return counts

    def counts(self, numbers: IntArray) -> tuple[Array, Array]:
        """Rows and counts of these forms (numbers ascending), form after form. No position is read."""
        return (
            self._read(self._stored.rows, self._all_starts, self._starts, numbers),
            self._read(self._stored.counts, self._all_starts, self._starts, numbers),
        )

    def read(self, numbers: IntArray) -> Found:
        """The postings of these forms (numbers ascending) with all their positions."""
        positions = self._read(self._stored.positions, self._all_place_starts, self._place_starts, numbers)
        return Found(*self.counts(numbers), positions)

    def _read(self, stored: StoredArray, all_starts: Array, starts: Any, numbers: IntArray) -> Array:
        if len(numbers) == 1:
            number = int(numbers[0])
            return stored.slice(starts[number], starts[number + 1])
        if not len(numbers):
            return stored.slice(0, 0)
        breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
        if len(breaks) >= FEW_RUNS:
            first = all_starts[numbers]
            return stored.whole()[ranges(first, all_starts[numbers + 1] - first)]
        firsts = numbers[np.concatenate(([0], breaks))].tolist()
        lasts = numbers[np.concatenate((breaks - 1, [len(numbers) - 1]))].tolist()
        slices = [
            stored.slice(starts[first], starts[last + 1]) for first, last in zip(firsts, lasts, strict=True)
        ]
        return slices[0] if len(slices) == 1 else np.concatenate(slices)


def named(field: str, arrays: PostingArrays) -> Mapping[str, Array]:
    """The arrays under the names they have in a file."""
    return {f"{field}.{name}": array for name, array in zip(PostingArrays._fields, arrays, strict=True)}
