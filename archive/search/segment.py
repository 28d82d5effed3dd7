"""One immutable part of an index as arrays, whatever engine keeps it on disk.

Pages are numbered 0, 1, 2 ... within a segment; ``keys`` say where a word stands: one 64-bit number for
page and position together, so that a phrase is found by adding 1 and looking it up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]

POSITION_BITS = 20  # more words on a page than ``Limits.max_characters_per_page`` allows characters
TEXT, DESCRIPTION = "text", "description"
FIELDS = (TEXT, DESCRIPTION)
NO_DAY = -(2**31)  # a document without a date


class FacetColumn(NamedTuple):
    """A value for each document: its number in ``values``. An empty value is none."""

    values: tuple[str, ...]
    codes: IntArray

    @classmethod
    def of(cls, values: npt.NDArray[np.str_]) -> FacetColumn:
        """The column that holds ``values``, one a document."""
        different, codes = np.unique(values, return_inverse=True)
        return cls(tuple(different.tolist()), codes.astype(np.int64))

    def is_in(self, wanted: Sequence[str]) -> Mask:
        """Which documents have one of these values."""
        is_wanted = np.array([value in wanted for value in self.values], np.bool_)
        among: Mask = is_wanted[self.codes]
        return among


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The documents of a segment, one row each; days are days since 1970-01-01."""

    ids: npt.NDArray[np.str_]
    versions: IntArray
    days: IntArray
    sort_days: IntArray
    facets: dict[str, FacetColumn]


@dataclass(frozen=True, slots=True)
class PageTable:
    """The pages of a segment, one row each. ``document`` is the row in the document table."""

    document: IntArray
    number: IntArray
    length: IntArray  # in words
    first: Mask  # the document's first readable page

    def __len__(self) -> int:
        return len(self.document)


class Vocabulary:
    """The forms that occur in one field of a segment, sorted, their stems, and on how many pages each
    stands (deleted ones among them)."""

    def __init__(self, forms: Sequence[str], stems: Iterable[str], frequencies: IntArray) -> None:
        self._forms = forms
        self._frequencies = frequencies
        self._by_stem: dict[str, list[str]] = {}
        for form, stem in zip(forms, stems, strict=True):
            self._by_stem.setdefault(stem, []).append(form)

    def with_stem(self, stem: str) -> Sequence[str]:
        """All forms with this stem."""
        return self._by_stem.get(stem, ())

    def count_prefix(self, start: str) -> int:
        """How many forms begin so."""
        first, end = self._range(start)
        return end - first

    def with_prefix(self, start: str, most: int) -> Sequence[str]:
        """The forms that begin so; of more than ``most``, those that stand on most pages."""
        first, end = self._range(start)
        if end - first <= most:
            return self._forms[first:end]
        frequent = np.argsort(-self._frequencies[first:end], kind="stable")[:most]
        return [self._forms[first + at] for at in frequent]

    def _range(self, start: str) -> tuple[int, int]:
        after = start + chr(0x10FFFF)
        return bisect_left(self._forms, start), bisect_left(self._forms, after)


class Segment(Protocol):
    """What the executor needs of a segment. All of it never changes, so all of it may be cached."""

    @property
    def key(self) -> str:
        """A name that no other segment has, in this index or another."""

    @property
    def documents(self) -> DocumentTable:
        """Its documents."""

    @property
    def pages(self) -> PageTable:
        """Its pages."""

    def vocabulary(self, field: str) -> Vocabulary:
        """The words of a field."""

    def keys(self, field: str, form: str) -> IntArray:
        """Where a form stands, ascending; empty when it does not occur."""


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment at one moment: which of its pages are not deleted."""

    segment: Segment
    live: Mask
