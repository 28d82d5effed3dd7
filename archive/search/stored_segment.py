"""A segment read from its file of arrays."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np

from archive.rules.query import Within
from archive.search.array_file import Array, ArrayFile
from archive.search.cache import ArrayCache
from archive.search.places import once
from archive.search.postings import Found, Postings
from archive.search.ranges import offsets, ranges
from archive.search.segment import (
    DESCRIPTION,
    FIELDS,
    POSITION_BITS,
    TEXT,
    DocumentTable,
    IntArray,
    Matches,
    PageTable,
)
from archive.search.tables import read_table
from archive.search.vocabulary import StoredVocabulary

BREAKS = "breaks"  # the field in which sentences and paragraphs begin
BREAK_FORMS = (Within.PARAGRAPH.value, Within.SENTENCE.value)  # sorted
_DENSE = 8  # forms that stand on more than a page in so many are counted page by page
_AT_ONCE = 1 << 20


class StoredSegment:
    """The ``Segment`` in a file. Safe to use from several threads; nothing has to be closed.

    In the file a document's description stands once; it is everywhere where the document's pages are.
    """

    def __init__(self, path: Path, key: str, cache: ArrayCache) -> None:
        """Raises ``DamagedArrays``, and ``OSError`` when the file is not there."""
        self.key = key
        self.file = ArrayFile(path)
        self._cache = cache
        self.documents = read_table(self.file, DocumentTable)
        self.pages = read_table(self.file, PageTable)
        self.page_starts = offsets(np.bincount(self.pages.document, minlength=len(self.documents.ids)))
        """The first page of each document, and after the last one's last."""
        self.postings = {field: Postings(self.file, field) for field in (*FIELDS, BREAKS)}

    @cached_property
    def vocabularies(self) -> dict[str, StoredVocabulary]:
        """The words of each field."""
        text = StoredVocabulary(self.file, TEXT, self.postings[TEXT].page_counts)
        return {TEXT: text, DESCRIPTION: StoredVocabulary(self.file, DESCRIPTION, self._described_pages)}

    def vocabulary(self, field: str) -> StoredVocabulary:
        """The words of a field."""
        return self.vocabularies[field]

    def matches(self, field: str, numbers: IntArray) -> Matches:
        """See ``Segment``."""
        rows, counts = self.postings[field].counts(numbers)
        length = len(self.documents.ids) if field == DESCRIPTION else len(self.pages)
        pages, sums = _summed(rows, counts, length) if len(numbers) > 1 else (rows, counts)
        if field == DESCRIPTION:
            pages, lengths = self._pages_of(pages)
            sums = np.repeat(sums, lengths)
        return Matches(pages.astype(np.int64), sums.astype(np.float64))

    def places(self, field: str, numbers: IntArray) -> IntArray:
        """See ``Segment``."""
        found = self.postings[field].read(numbers)
        if field == DESCRIPTION:
            found = self._on_pages(found)
        keys = _keys(found)
        return _sorted(keys) if len(numbers) > 1 or field == DESCRIPTION else keys

    def starts(self, within: Within) -> IntArray:
        """See ``Segment``."""
        numbers = np.array([BREAK_FORMS.index(within.value)])
        return self._cache.get(
            (self.key, BREAKS, within), lambda: (_keys(self.postings[BREAKS].read(numbers)),)
        )[0]

    def _pages_of(self, documents: Array) -> tuple[IntArray, IntArray]:
        """All pages of these documents, and how many each has."""
        first = self.page_starts[documents]
        lengths = self.page_starts[documents.astype(np.int64) + 1] - first
        return ranges(first, lengths), lengths

    def _on_pages(self, described: Found) -> Found:
        """What was found in descriptions, on each page of the documents."""
        pages, lengths = self._pages_of(described.rows)
        counts = np.repeat(described.counts.astype(np.int64), lengths)
        ends = np.cumsum(described.counts, dtype=np.int64)
        at = ranges(np.repeat(ends - described.counts, lengths), counts)
        return Found(pages, counts, described.positions[at])

    def _described_pages(self) -> IntArray:
        """On how many pages each form of the description is."""
        postings = self.postings[DESCRIPTION]
        rows, _ = postings.counts(np.arange(len(postings)))
        form = np.repeat(np.arange(len(postings)), postings.page_counts())
        lengths = np.diff(self.page_starts)[rows]
        return np.bincount(form, lengths, len(postings)).astype(np.int64)


def _keys(found: Found) -> IntArray:
    keys: IntArray = np.repeat(found.rows.astype(np.int64) << POSITION_BITS, found.counts)
    keys |= found.positions
    return keys


def _sorted(keys: IntArray) -> IntArray:
    """Ascending, each once. ``np.unique`` goes by hashes and takes seven times as long."""
    keys.sort()
    return once(keys)


def _summed(rows: Array, counts: Array, length: int) -> tuple[Array, Array]:
    """Each row once, ascending, with the sum of its counts."""
    if len(rows) * _DENSE > length:
        sums = np.zeros(length)
        for at in range(0, len(rows), _AT_ONCE):  # numpy widens what it counts: bounded memory
            sums += np.bincount(rows[at : at + _AT_ONCE], counts[at : at + _AT_ONCE], length)
        found = np.flatnonzero(sums)
        return found, sums[found]
    if not len(rows):
        return rows, counts
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[firsts], np.add.reduceat(counts[order], firsts, dtype=np.float64)
