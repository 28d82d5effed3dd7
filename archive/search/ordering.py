"""The hits in order: the best few at little cost, or all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.ports import PageHit
from archive.rules.query import Sort
from archive.search.scoring import SCORE_DIGITS, Found
from archive.search.segment import FloatArray, IntArray

_SMALL = 512  # so few hits are sorted as they are
_BLOCKS_EACH = 8
_TOLERANCE = 2 * 10.0**-SCORE_DIGITS

_Level = Callable[[IntArray], npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Hits from the first on: document ids, page numbers, scores."""

    ids: npt.NDArray[np.str_]
    numbers: IntArray
    scores: FloatArray

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return self.ids.nbytes + self.numbers.nbytes + self.scores.nbytes

    def window(self, offset: int, limit: int) -> tuple[PageHit, ...]:
        """Some of them."""
        end = offset + max(limit, 0)
        columns = (self.ids[offset:end], self.numbers[offset:end], self.scores[offset:end])
        return tuple(map(PageHit, *(column.tolist() for column in columns)))


def first_hits(sort: Sort, found: Sequence[Found], count: int) -> Ordered:
    """The first ``count`` hits. Equal ones are in the order of document and page, so that windows never
    repeat or lose one."""
    hits = _Hits(sort, [part for part in found if len(part.pages)])
    chosen = np.arange(hits.count)
    if hits.count > max(count, _SMALL) and count:
        chosen = _best(hits, count)
    return hits.in_order(chosen, count)


class _Hits:
    """The hits of all segments in one row."""

    def __init__(self, sort: Sort, found: Sequence[Found]) -> None:
        self._found = found
        self._scores = _joined([part.scores for part in found])
        self.rank = self._scores if sort is Sort.RELEVANCE else _days(sort, found)
        self.is_relevance = sort is Sort.RELEVANCE
        self._ends = np.cumsum([len(part.pages) for part in found])
        self.count = len(self._scores)

    def levels(self) -> list[_Level]:
        """What is compared, one after the other, the greatest first."""
        by_score: list[_Level] = [lambda chosen: np.round(self._scores[chosen], SCORE_DIGITS)]
        by_day: list[_Level] = [] if self.is_relevance else [lambda chosen: self.rank[chosen]]
        return [*by_day, *by_score, lambda chosen: -self._places(chosen)]

    def in_order(self, chosen: IntArray, count: int) -> Ordered:
        ids, numbers = self._ids_and_numbers(chosen)
        scores = np.round(self._scores[chosen], SCORE_DIGITS)
        rank = scores if self.is_relevance else self.rank[chosen]
        order = np.lexsort((numbers, ids, -scores, -rank))[:count]
        return Ordered(ids[order], numbers[order], scores[order])

    def _ids_and_numbers(self, chosen: IntArray) -> tuple[npt.NDArray[np.str_], IntArray]:
        ids = [part.part.segment.documents.ids for part in self._found]
        rows, numbers = self._rows_and_numbers(chosen)
        starts = np.cumsum([0, *map(len, ids)])
        if len(ids) == 1:
            return ids[0][rows], numbers
        part = self._ends.searchsorted(chosen, side="right")
        some = np.empty(
            len(chosen), max((one.dtype for one in ids), key=lambda kind: kind.itemsize, default="U1")
        )
        for index, one in enumerate(ids):
            here = part == index
            some[here] = one[rows[here] - starts[index]]
        return some, numbers

    def _rows_and_numbers(self, chosen: IntArray) -> tuple[IntArray, IntArray]:
        """The rows of the documents, counted through all segments."""
        rows = np.empty(len(chosen), np.int64)
        numbers = np.empty(len(chosen), np.int64)
        part = self._ends.searchsorted(chosen, side="right")
        before = first_row = 0
        for index, found in enumerate(self._found):
            here = slice(None) if len(self._found) == 1 else part == index
            segment = found.part.segment
            pages = found.pages[chosen[here] - before]
            rows[here] = segment.pages.document[pages] + first_row
            numbers[here] = segment.pages.number[pages]
            before, first_row = before + len(found.pages), first_row + len(segment.documents.ids)
        return rows, numbers

    def _places(self, chosen: IntArray) -> IntArray:
        """The order of document and page as one number."""
        segments = [part.part.segment for part in self._found]

        def sort() -> tuple[IntArray]:
            ids = _joined([segment.documents.ids for segment in segments])
            return (np.unique(ids, return_inverse=True)[1],)

        key = ("document order", *(segment.key for segment in segments))
        (order,) = self._found[0].part.cache.get(key, sort)
        rows, numbers = self._rows_and_numbers(chosen)
        places: IntArray = (order[rows] << 32) + numbers
        return places


def _days(sort: Sort, found: Sequence[Found]) -> IntArray:
    days = [
        part.part.segment.documents.sort_days[part.part.segment.pages.document[part.pages]] for part in found
    ]
    newest: IntArray = _joined(days)
    return newest if sort is Sort.NEWEST else -newest


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0)


def _best(hits: _Hits, count: int) -> IntArray:
    """The first ``count`` hits in any order: at little cost nearly all others are left out first."""
    rank = hits.rank
    candidates = np.arange(hits.count)
    blocks = count * _BLOCKS_EACH
    if 2 * blocks <= hits.count:
        depth = hits.count // blocks
        maxima = rank[: blocks * depth].reshape(depth, blocks).max(axis=0)
        enough = np.partition(maxima, blocks - count)[blocks - count]  # as many are as great
        candidates = np.flatnonzero(rank >= enough - (_TOLERANCE if hits.is_relevance else 0))
    return _choose(candidates, hits.levels(), count)


def _choose(candidates: IntArray, levels: Sequence[_Level], count: int) -> IntArray:
    """The ``count`` greatest, or some more; where they are equal the next level tells."""
    if len(candidates) <= max(count, _SMALL):
        return candidates
    values = levels[0](candidates)
    last = np.partition(values, len(values) - count)[len(values) - count]
    above = candidates[values > last]
    equal = _choose(candidates[values == last], levels[1:], count - len(above))
    return np.concatenate([above, equal])
