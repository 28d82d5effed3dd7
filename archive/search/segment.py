"""One immutable part of an index as arrays, whatever engine keeps it on disk.

Pages are numbered 0, 1, 2 ... within a segment, and so are the forms of each field (its *numbers*, in
the order of the forms). *Places* say where a form stands: one 64-bit key for page and position together,
so that a phrase is found by adding 1 and looking it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from archive.rules.query import Within

IntArray: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]

POSITION_BITS = 20  # more words on a page than ``Limits.max_characters_per_page`` allows characters
TEXT, DESCRIPTION = "text", "description"
FIELDS = (TEXT, DESCRIPTION)
NO_DAY = -(2**31)  # a document without a date
NO_NUMBER = -1  # a page without a Bates number


class Matches(NamedTuple):
    """Pages, ascending, and how often each matches; a looser match counts as less than one."""

    pages: IntArray
    counts: FloatArray


class FacetColumn(NamedTuple):
    """A value for each row: its number in ``values``. An empty value is none."""

    values: tuple[str, ...]
    codes: IntArray

    @classmethod
    def of(cls, values: npt.NDArray[np.str_]) -> FacetColumn:
        """The column that holds ``values``, one a row."""
        different, codes = np.unique(values, return_inverse=True)
        return cls(tuple(different.tolist()), codes.astype(np.int64))

    def is_in(self, wanted: Sequence[str]) -> Mask:
        """Which rows have one of these values."""
        is_wanted = np.array([value in wanted for value in self.values], np.bool_)
        among: Mask = is_wanted[self.codes]
        return among


class ManyValues(NamedTuple):
    """Any number of values for each row: those of row ``n`` are ``codes[starts[n]:starts[n + 1]]``, their
    numbers in ``values``."""

    values: tuple[str, ...]
    starts: IntArray
    codes: IntArray

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> ManyValues:
        """The column that holds these values."""
        column = FacetColumn.of(np.array([value for row in rows for value in row], np.str_))
        starts = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
        return cls(column.values, starts, column.codes)


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The documents of a segment, one row each; days are days since 1970-01-01.

    ``facets``: agency, kind, place, production, request, year.
    """

    ids: npt.NDArray[np.str_]
    versions: IntArray
    days: IntArray
    sort_days: IntArray
    page_counts: IntArray  # of the file
    facets: dict[str, FacetColumn]


@dataclass(frozen=True, slots=True)
class PageTable:
    """The pages of a segment, one row each. ``document`` is the row in the document table."""

    document: IntArray
    number: IntArray
    length: IntArray  # in words
    first: Mask  # the document's first readable page
    bates_prefix: FacetColumn  # folded as ``archive.rules.bates.split_bates`` does
    bates_number: IntArray  # or NO_NUMBER
    codes: ManyValues  # exemptions, in the one spelling
    redacted: IntArray  # percent of the page
    source: FacetColumn
    language: FacetColumn

    def __len__(self) -> int:
        return len(self.document)


class Vocabulary(Protocol):
    """The forms that occur in one field of a segment, sorted and numbered from 0; deleted pages' too."""

    def __len__(self) -> int:
        """How many there are."""

    def number(self, form: str) -> int | None:
        """The number of a form; None when it does not occur."""

    def forms(self, numbers: IntArray) -> list[str]:
        """The forms with these numbers."""

    def with_stem(self, stem: str) -> IntArray:
        """The numbers of all forms with this stem, ascending."""

    def with_prefix(self, start: str) -> tuple[int, int]:
        """``first, end``: the numbers of the forms that begin so are ``range(first, end)``."""

    def of_shape(self, pattern: str) -> IntArray:
        """The numbers of the forms of a ``Wildcard``'s pattern, ascending."""

    def like(self, word: str, edits: int) -> IntArray:
        """The numbers of the forms within so many edits of ``word`` (optimal string alignment), ascending."""

    def page_counts(self) -> IntArray:
        """On how many pages each form stands, deleted ones among them."""


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

    def matches(self, field: str, numbers: IntArray) -> Matches:
        """The pages on which any of these forms stands, and how often all together: two forms at one place
        (a whole and its first part) count twice."""

    def places(self, field: str, numbers: IntArray) -> IntArray:
        """Where any of these forms stands, ascending, each place once."""

    def starts(self, within: Within) -> IntArray:
        """The places in TEXT where a sentence or a paragraph begins, ascending; each page begins one."""


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment at one moment: which of its pages are not deleted. The same key, ``generation`` and
    ``unseen`` mean the same live pages, so answers may be cached under them."""

    segment: Segment
    live: Mask
    generation: int = 0
    unseen: tuple[str, ...] = ()  # documents that whoever searches may not see: as if they were deleted
