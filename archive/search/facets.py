"""How many of the hits, and how many documents, have each value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from archive.ports import FacetCount
from archive.rules.exemptions import wider_exemptions
from archive.search.cache import ArrayCache
from archive.search.places import NOWHERE, once
from archive.search.scoring import Found
from archive.search.segment import IntArray, Segment

EXEMPTION = "exemption"
_MANY = 4  # it is quicker to pass over so many claims than to look up one page's
Totals = dict[str, tuple[int, int]]  # value to pages and documents


def count_facets(names: Iterable[str], found: Sequence[Found]) -> dict[str, tuple[FacetCount, ...]]:
    """Pages and documents for each value, the most pages first. What has no value is left out.

    An exemption's pages are those that a filter for it finds: a page with ``b7e`` counts as ``b7`` too.
    """
    return {name: _sorted(_totals(name, found)) for name in names}


def _totals(name: str, found: Sequence[Found]) -> Totals:
    totals: Totals = {}
    for part in found:
        if not len(part.pages):
            continue
        counted = _of_codes(part) if name == EXEMPTION else _of_documents(name, part)
        for value, (pages, more) in counted.items():
            before = totals.get(value, (0, 0))
            totals[value] = (before[0] + pages, before[1] + more)
    return totals


def _sorted(totals: Mapping[str, tuple[int, int]]) -> tuple[FacetCount, ...]:
    counts = [FacetCount(value, *counted) for value, counted in totals.items()]
    return tuple(sorted(counts, key=lambda count: (-count.pages, count.value)))


def _of_documents(name: str, found: Found) -> Totals:
    values, codes = found.part.segment.documents.facets[name]
    hit = codes[found.documents.rows]
    pages = np.bincount(hit, found.documents.pages, minlength=len(values))
    documents = np.bincount(hit, minlength=len(values))
    return {
        values[code]: (int(pages[code]), int(documents[code]))
        for code in np.flatnonzero(documents).tolist()
        if values[code]
    }


def _of_codes(found: Found) -> Totals:
    claims = _Claims.of(found.part.segment, found.part.cache)
    chosen = claims.on(found.pages)
    if not len(chosen):
        return {}
    pages = np.bincount(claims.codes[chosen])
    in_document = np.zeros(len(claims.code_of_pair), np.bool_)
    in_document[claims.pairs[chosen]] = True
    documents = np.bincount(claims.code_of_pair[in_document])
    values = _with_wider(found.part.segment.pages.codes.values)
    return {values[code]: (int(pages[code]), int(documents[code])) for code in np.flatnonzero(pages).tolist()}


class _Claims(NamedTuple):
    """The exemptions claimed, wider ones among them: those of page ``n`` are numbers ``starts[n]`` up to
    ``starts[n + 1]``. ``rows`` are their pages, ``pairs`` stand for document and code together."""

    starts: IntArray
    rows: IntArray
    codes: IntArray
    pairs: IntArray
    code_of_pair: IntArray

    @classmethod
    def of(cls, segment: Segment, cache: ArrayCache) -> _Claims:
        """Worked out once for a segment."""
        return cls(*cache.get((segment.key, "claims"), lambda: cls._work_out(segment)))

    def on(self, pages: IntArray) -> IntArray:
        """The numbers of the claims on these pages."""
        if len(pages) * _MANY > len(self.rows):
            hit = np.zeros(len(self.starts) - 1, np.bool_)
            hit[pages] = True
            return np.flatnonzero(hit[self.rows])
        starts = self.starts[pages]
        counts = self.starts[pages + 1] - starts
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        numbers: IntArray = np.repeat(starts, counts) + within
        return numbers

    @classmethod
    def _work_out(cls, segment: Segment) -> _Claims:
        table = segment.pages
        every = _with_wider(table.codes.values)
        if not every:
            return cls(np.zeros(len(table) + 1, np.int64), NOWHERE, NOWHERE, NOWHERE, NOWHERE)
        rows = np.repeat(np.arange(len(table)), np.diff(table.codes.starts))
        values = table.codes.values
        around = [(value, *wider_exemptions(value)) for value in values]
        levels = [
            np.array([every.index(steps[min(level, len(steps) - 1)]) for steps in around], np.int64)
            for level in range(max(map(len, around)))
        ]
        codes = table.codes.codes
        claims = np.concatenate([rows * len(every) + numbers[codes] for numbers in levels])
        claims.sort()
        claims = once(claims)
        rows, codes = np.divmod(claims, len(every))
        pairs, numbers = np.unique(table.document[rows] * len(every) + codes, return_inverse=True)
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(table)))))
        return cls(starts, rows, codes, numbers, pairs % len(every))


def _with_wider(values: Sequence[str]) -> list[str]:
    return sorted({*values, *chain.from_iterable(map(wider_exemptions, values))})
