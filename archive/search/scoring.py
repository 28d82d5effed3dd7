"""BM25F: how well a page answers, from how rare the words asked for are and how often it has them.

The statistics are those of the live pages of the indexes that are searched, so that neither deleted
pages, nor another index, nor the way pages are spread over segments can be seen in a score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.rules.query import Leaf, Node, positive_leaves
from archive.search.evaluation import Evaluation
from archive.search.leaves import SegmentLeaves
from archive.search.segment import FloatArray, IntArray, Mask, Matches

K1, B = 0.9, 0.4
DESCRIPTION_WEIGHT = 0.6  # a word in the description against one on a page of average length
SCORE_DIGITS = 6  # scores that differ by less are equal: the order must not hang on rounding


@dataclass(slots=True)
class Found:
    """The hits of one segment: its pages that match, ascending, with their scores; and how many each of
    its documents has."""

    leaves: SegmentLeaves
    live: Mask
    pages: IntArray
    per_document: IntArray
    scores: FloatArray

    @classmethod
    def of(cls, leaves: SegmentLeaves, live: Mask, pages: IntArray) -> Found:
        """These pages, not yet scored."""
        document = leaves.segment.pages.document[pages]
        per_document = np.bincount(document, minlength=len(leaves.segment.documents.ids))
        return cls(leaves, live, pages, per_document, np.zeros(len(pages)))


def score(tree: Node, found: Sequence[Found]) -> None:
    """Add up the scores: each leaf asked for adds its rarity times how strongly the page has it."""
    lengths = [part.leaves.segment.pages.length[part.live] for part in found]
    count = sum(map(len, lengths))
    average = sum(int(some.sum()) for some in lengths) / max(count, 1) or 1.0
    for leaf in positive_leaves(tree):
        frequency = sum(int(Evaluation(part.leaves, part.live).has(leaf).sum()) for part in found)
        rarity = math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
        for part in found:
            strength = _strength(leaf, part, average)
            part.scores += rarity * strength * (K1 + 1) / (strength + K1)
    for part in found:
        part.scores = np.round(part.scores, SCORE_DIGITS)


def _strength(leaf: Leaf, found: Found, average_length: float) -> FloatArray:
    """How strongly each hit has the leaf: its count, less on long pages, and its description's."""
    lengths = found.leaves.segment.pages.length[found.pages]
    in_text = _counts_at(found.leaves.in_text(leaf), found.pages) / (1 - B + B * lengths / average_length)
    described = np.minimum(_counts_at(found.leaves.in_description(leaf), found.pages), 1.0)
    strength: FloatArray = in_text + DESCRIPTION_WEIGHT * described
    return strength


def _counts_at(matches: Matches, pages: IntArray) -> FloatArray:
    if not len(matches.pages):
        return np.zeros(len(pages))
    at = matches.pages.searchsorted(pages)
    at[at == len(matches.pages)] = 0
    return np.where(matches.pages[at] == pages, matches.counts[at], 0.0)
