"""Whether two documents are one record: pages that belong together, and what they show and withhold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from archive.rules.page_sketch import GAP
from archive.rules.redaction_states import MatchKind

# Agreements made from one template share four words in five, a record and its other release more.
SAME_WORDS = 0.88
SAME_PAGE = 0.4  # a pair of pages with less in common is none, and says nothing about the others
SAME_TEXT = 0.95
STRONG_PAGE = 0.95
FEWEST_COMMON = 40  # words, of the whole documents
STRONG_COMMON = 100  # words, of one page in documents that are not alike otherwise
_SHARE_OF_SHORTER = 0.5
_MISREAD = 60  # per cent of a word's letters: what OCR made of the same word
_NEAR = 8  # words: how far a misread word may have moved
_FEWER = 3  # where words are withheld, a third as many at most are shown: what is left of a code
_STRAY = 3  # words: the first withheld word may also stand before the gap, and be taken for that one
_DEBRIS = re.compile(r"[a-z]{0,2}[2-9][a-z]{0,2}")  # what OCR has left of a code; 1, 0 and 5 are folded


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page's words as ``sketched_words`` gives them; ``withholds``: something on it is redacted."""

    words: Sequence[str]
    withholds: bool = False


@dataclass(frozen=True, slots=True)
class PairCompared:
    """How many words two pages have in common, how many each has that differ, and how many each shows
    where the other withholds them."""

    first_page: int
    second_page: int
    common: int
    differ_first: int
    differ_second: int
    only_first: int
    only_second: int

    @property
    def sameness(self) -> float:
        """0..1: of the words that neither withholds, how many of the shorter are in the other."""
        return _share(self.common, min(self.differ_first, self.differ_second))

    @property
    def is_same_page(self) -> bool:
        """Whether they are one page at all, also when most of it is withheld on one of them."""
        first = self.common + self.differ_first + self.only_first
        second = self.common + self.differ_second + self.only_second
        return self.sameness >= SAME_PAGE and self.common >= SAME_PAGE * min(first, second)


@dataclass(frozen=True, slots=True)
class SameRecord:
    """Two documents that may be one record; as ``models.RecordMatch`` says."""

    kind: MatchKind
    score: float
    page_pairs: list[list[int]] = field(default_factory=list)
    words_only_first: int = 0
    words_only_second: int = 0


def pair_pages(alike: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of (page of the first, page of the second, how alike) the pairs that follow one another in both
    documents and are most alike in all; no page twice."""
    rows = sorted(alike, key=lambda row: (row[0], -row[1]))
    columns = sorted({row[1] for row in rows})
    best: list[tuple[int, int]] = [(0, -1)] * (len(columns) + 1)  # a Fenwick tree: weight, last row
    weights, before = [0] * len(rows), [-1] * len(rows)
    for index, (_, second, weight) in enumerate(rows):
        column = bisect_left(columns, second)
        total, before[index] = _highest(best, column)
        weights[index] = total + weight
        _raise(best, column + 1, (weights[index], index))
    index = max(range(len(rows)), key=weights.__getitem__, default=-1)
    pairs = []
    while index >= 0:
        pairs.append(rows[index][:2])
        index = before[index]
    return pairs[::-1]


def compare_pair(numbers: tuple[int, int], first: PageWords, second: PageWords) -> PairCompared:
    """Compare the pages with these numbers word by word. Words that OCR has misread are the same."""
    common = differ_first = differ_second = only_first = only_second = 0
    here = there = 0
    for block in Indel.opcodes(first.words, second.words).as_matching_blocks():
        ones, others = first.words[here : block.a], second.words[there : block.b]
        left, other_left = _unlike(ones, others)
        common += _count(ones) - len(left)
        if _has_gap(first, here, block.a, 1) and _has_gap(second, there, block.b, 1):
            only_first, only_second = only_first + len(left), only_second + len(other_left)
        elif _is_withheld(second, there, block.b, other_left, left):
            only_first += len(left)
        elif _is_withheld(first, here, block.a, left, other_left):
            only_second += len(other_left)
        else:
            differ_first, differ_second = differ_first + len(left), differ_second + len(other_left)
        here, there = block.a + block.size, block.b + block.size
        common += _count(first.words[block.a : here])
    return PairCompared(*numbers, common, differ_first, differ_second, only_first, only_second)


def judge(pairs: Sequence[PairCompared], pages_of_shorter: int) -> SameRecord | None:
    """Whether documents with these pairs of pages are one record; None when they are not.

    ``pages_of_shorter``: how many pages of the document with fewer of them have words of their own.
    """
    pages = [pair for pair in pairs if pair.is_same_page]
    common = sum(pair.common for pair in pages)
    differ_first = sum(pair.differ_first for pair in pages)
    differ_second = sum(pair.differ_second for pair in pages)
    score = _share(common, sum(min(pair.differ_first, pair.differ_second) for pair in pages))
    if common < FEWEST_COMMON or score < SAME_WORDS:
        return None
    if len(pages) < _SHARE_OF_SHORTER * pages_of_shorter and not any(map(_is_strong, pages)):
        return None
    only_first = sum(pair.only_first for pair in pages)
    only_second = sum(pair.only_second for pair in pages)
    agrees = _share(common, max(differ_first, differ_second)) >= SAME_TEXT
    is_same = agrees and not only_first and not only_second
    kind = MatchKind.SAME_TEXT if is_same else MatchKind.OTHER_RELEASE
    numbers = [[pair.first_page, pair.second_page] for pair in pages]
    return SameRecord(kind, round(score, 4), numbers, only_first, only_second)


def _is_strong(pair: PairCompared) -> bool:
    return pair.common >= STRONG_COMMON and pair.sameness >= STRONG_PAGE


def _share(common: int, differ: int) -> float:
    return common / (common + differ) if common else 0.0


def _count(words: Sequence[str]) -> int:
    return sum(word != GAP for word in words)


def _unlike(ones: Sequence[str], others: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is left of two runs of words when misread ones and those written as one are taken away."""
    left, other_left = _words(ones), _words(others)
    if "".join(left) == "".join(other_left):
        return [], []
    if not left or not other_left:
        return left, other_left
    kept: list[str] = []
    reached = 0
    for word in left:
        near = range(reached, min(reached + _NEAR, len(other_left)))
        at = next((at for at in near if fuzz.ratio(word, other_left[at]) >= _MISREAD), None)
        if at is None:
            kept.append(word)
        else:
            del other_left[at]
            reached = at
    return kept, other_left


def _words(run: Sequence[str]) -> list[str]:
    return [word for word in run if word != GAP and not _DEBRIS.fullmatch(word)]


def _is_withheld(
    page: PageWords, start: int, end: int, shown_here: Sequence[str], shown_there: Sequence[str]
) -> bool:
    """Whether ``page`` withholds in this run what the other page shows."""
    if len(shown_here) * _FEWER > len(shown_there) or not shown_there:
        return False
    return page.withholds or _has_gap(page, start, end, _STRAY)


def _has_gap(page: PageWords, start: int, end: int, beside: int) -> bool:
    """Whether a code stands in this run, or ``beside`` words before or behind it."""
    return GAP in page.words[max(0, start - beside) : end + beside]


def _highest(tree: Sequence[tuple[int, int]], count: int) -> tuple[int, int]:
    """The heaviest of the first ``count`` columns."""
    found = (0, -1)
    while count > 0:
        found = max(found, tree[count])
        count &= count - 1
    return found


def _raise(tree: list[tuple[int, int]], column: int, value: tuple[int, int]) -> None:
    while column < len(tree):
        tree[column] = max(tree[column], value)
        column += column & -column
