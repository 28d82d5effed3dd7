"""From the words of texts, row by row, to the postings of each form: one sort of 64-bit numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from archive.search.array_file import Array
from archive.search.postings import PostingArrays
from archive.search.ranges import offsets, smallest_type
from archive.search.segment import POSITION_BITS

ROW_BITS = 20  # rows that are inverted at once; the rest of 64 bits is for the form
_POSITIONS, _ROWS = (1 << POSITION_BITS) - 1, (1 << ROW_BITS) - 1


class _Numbering(dict[str, int]):
    """A number for each form, given when it is met."""

    def __missing__(self, form: str) -> int:
        self[form] = number = len(self)
        return number


class Tokens:
    """The words of one field, taken down as they come. ``forms``: those that are known to come."""

    def __init__(self, forms: Sequence[str] = ()) -> None:
        self._numbers = _Numbering((form, number) for number, form in enumerate(forms))
        self._forms = array("I")
        self._positions = array("I")
        self._lengths = array("I")

    def __len__(self) -> int:
        return len(self._forms)

    def add_row(self, words: Sequence[str], others: Iterable[tuple[str, int]] = ()) -> None:
        """The words of the next row in order, and (form, position) of what else stands there.

        What is beyond the last position that a place can have is left out: no page has so many words.
        """
        before = len(self._forms)
        number = self._numbers.__getitem__
        self._forms.extend(map(number, words[: _POSITIONS + 1]))
        self._positions.extend(range(len(self._forms) - before))
        for form, position in others:
            if position <= _POSITIONS:
                self._forms.append(number(form))
                self._positions.append(position)
        self._lengths.append(len(self._forms) - before)

    def invert(self) -> tuple[list[str], PostingArrays]:
        """The sorted forms, and their postings."""
        forms = sorted(self._numbers)
        rank = np.empty(len(forms), np.uint64)
        rank[[self._numbers[form] for form in forms]] = np.arange(len(forms), dtype=np.uint64)
        keys = rank[np.frombuffer(self._forms, np.uint32)] if len(self) else np.empty(0, np.uint64)
        keys <<= np.uint64(ROW_BITS)
        lengths = np.frombuffer(self._lengths, np.uint32) if len(self._lengths) else np.empty(0, np.uint32)
        keys |= np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        keys <<= np.uint64(POSITION_BITS)
        keys |= np.frombuffer(self._positions, np.uint32) if len(self) else np.empty(0, np.uint32)
        keys.sort()
        return forms, _postings(keys, len(forms))


def _postings(keys: Array, forms: int) -> PostingArrays:
    """``keys`` are form, row and position, sorted."""
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    pairs = keys >> np.uint64(POSITION_BITS)
    firsts = (
        np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else pairs.astype(int)
    )
    form = (pairs[firsts] >> np.uint64(ROW_BITS)).astype(np.int64)
    starts = offsets(np.bincount(form, minlength=forms))
    rows = pairs[firsts] & np.uint64(_ROWS)
    place_starts = np.append(firsts, len(keys))
    counts = np.diff(place_starts)
    positions = keys & np.uint64(_POSITIONS)
    return PostingArrays(
        starts, narrowed(rows), narrowed(counts), place_starts[starts].astype(np.int64), narrowed(positions)
    )


def narrowed(values: Array) -> Array:
    """The same numbers in the narrowest type that holds them."""
    return values.astype(smallest_type(int(values.max()) if len(values) else 0))
