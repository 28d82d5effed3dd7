"""BM25F: how well a page answers, from how rare the words asked for are and how often it has them.

The statistics are those of the live pages that whoever searches may see, so that neither deleted or hidden
pages, nor another index, nor the way pages are spread over segments can be seen in a score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from archive.rules.query import Leaf, Node, positive_leaves
from archive.search.cache import ArrayCache
from archive.search.evaluation import Evaluation
from archive.search.leaves import NOTHING_CUT, Kept, SegmentLeaves
from archive.search.places import NOWHERE
from archive.search.segment import FloatArray, IntArray, LiveSegment, Matches

K1, B = 0.9, 0.4
DESCRIPTION_WEIGHT = 0.6  # a word in the description against one on a page of average length
SCORE_DIGITS = 6  # scores that differ by less are equal: the order must not hang on rounding
_CHEAPER_ONE_BY_ONE = 10  # looking up a page costs as much as passing over so many


class Searched:
    """A segment while a query is answered."""

    def __init__(self, part: LiveSegment, cache: ArrayCache, kept: Kept = NOTHING_CUT) -> None:
        self.segment = part.segment
        self.leaves = SegmentLeaves(part.segment, cache, kept)
        self.evaluation = Evaluation(self.leaves)
        self.moment = (part.segment.key, part.generation, part.unseen)
        self.cache = cache
        self._live = part.live
        self._all_live = bool(part.live.all())

    def alive(self, pages: IntArray) -> IntArray:
        """Those that are not deleted."""
        return pages if self._all_live else pages[self._live[pages]]

    def size(self) -> tuple[int, int]:
        """How many live pages there are, and how many words they have in all."""

        def count() -> tuple[IntArray]:
            return (np.array([self._live.sum(), self.segment.pages.length[self._live].sum()], np.int64),)

        pages, words = self.cache.get((self.moment, "size"), count)[0].tolist()
        return pages, words

    def frequency(self, leaf: Leaf) -> int:
        """On how many live pages the leaf is, or in what is said about them."""

        def count() -> tuple[IntArray]:
            return (np.array([len(self.alive(self.evaluation.has(leaf).pages))], np.int64),)

        return int(self.cache.get((self.moment, "frequency", leaf), count)[0][0])


class HitDocuments(NamedTuple):
    """The documents that are hit, their rows, and how many pages of each."""

    rows: IntArray
    pages: IntArray


@dataclass(slots=True)
class Found:
    """The hits in one segment: its live pages that match, ascending; their documents; and their scores."""

    part: Searched
    pages: IntArray
    documents: HitDocuments
    scores: FloatArray

    @classmethod
    def of(cls, part: Searched, pages: IntArray) -> Found:
        """These pages, not yet scored."""
        counts = np.bincount(part.segment.pages.document[pages]) if len(pages) else NOWHERE
        rows = np.flatnonzero(counts)
        return cls(part, pages, HitDocuments(rows, counts[rows]), np.zeros(len(pages)))


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a leaf's weight depends on besides the page: its rarity, and how long pages are."""

    rarity: float
    average_length: float


def score(tree: Node, found: Sequence[Found]) -> None:
    """Add up the scores: each leaf asked for adds its rarity times how strongly the page has it."""
    leaves = list(positive_leaves(tree))
    if not leaves or not any(len(part.pages) for part in found):
        return
    sizes = [part.part.size() for part in found]
    count = sum(pages for pages, _ in sizes)
    average = sum(words for _, words in sizes) / max(count, 1) or 1.0
    weights = []
    for leaf in leaves:
        frequency = sum(part.part.frequency(leaf) for part in found)
        rarity = math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
        weights.append((leaf, Statistics(rarity, average)))
    for part in found:
        if len(part.pages):
            part.scores = _scores(part, [_points(part.part, *weight) for weight in weights])


def _scores(found: Found, several: Sequence[Matches]) -> FloatArray:
    """The sum of the points at each hit, in the order of the leaves."""
    some = [points for points in several if len(points.pages)]
    hits = found.pages
    if len(some) == 1 and np.array_equal(some[0].pages, hits):
        return some[0].counts
    if len(hits) * len(some) * _CHEAPER_ONE_BY_ONE < sum(len(points.pages) for points in some):
        scores = np.zeros(len(hits))
        for points in some:
            scores += _points_at(points, hits)
        return scores
    every = np.zeros(len(found.part.segment.pages))
    for points in some:
        every[points.pages] += points.counts
    return every[hits]


def _points_at(points: Matches, hits: IntArray) -> FloatArray:
    at = points.pages.searchsorted(hits)
    at[at == len(points.pages)] = 0
    return np.where(points.pages[at] == hits, points.counts[at], 0.0)


def _points(part: Searched, leaf: Leaf, statistics: Statistics) -> Matches:
    """What the leaf adds to the score of each page that has it, or whose document has."""

    def work_out() -> Matches:
        pages = part.evaluation.has(leaf).pages
        lengths = part.segment.pages.length[pages]
        strength = _aligned(part.leaves.in_text(leaf), pages)
        strength = strength / (1 - B + B * lengths / statistics.average_length)
        described = _aligned(part.leaves.in_description(leaf), pages)
        strength += DESCRIPTION_WEIGHT * np.minimum(described, 1.0)
        return Matches(pages, statistics.rarity * strength * (K1 + 1) / (strength + K1))

    return part.cache.get((part.segment.key, "points", leaf, statistics), work_out)


def _aligned(matches: Matches, pages: IntArray) -> FloatArray:
    """The counts of ``pages``, of which those that match are some."""
    if len(matches.pages) == len(pages):
        return matches.counts
    counts = np.zeros(len(pages))
    counts[pages.searchsorted(matches.pages)] = matches.counts
    return counts
