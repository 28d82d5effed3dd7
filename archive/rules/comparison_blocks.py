"""Which parts of two long flows of words are the same.

First by runs of words that occur once in either flow, in the same order; what lies between those is short
enough to be compared word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.fuzz import ratio

Range = tuple[int, int, int, int]  # from and to in the first flow, from and to in the second
Block = tuple[int, int, int]  # where it begins in either, and how long it is

_RUN_LENGTHS = (5, 3, 2, 1)
_SHORT = 60_000  # words of one times words of the other: below, word by word is quick
_LONGEST = 1_500_000  # above, and without one run in common, nothing is the same
_MISREAD = 60  # per cent: OCR read the same word otherwise
_LEAST_LETTERS = 3  # of a word that may be misread: one letter is like too many words
_MOST_PAIRS = 10_000


def same_blocks(first: Sequence[str], second: Sequence[str]) -> list[Block]:
    """The parts that are the same, in order; they touch where more than one was found."""
    waiting: list[Range] = [(0, len(first), 0, len(second))]
    blocks: list[Block] = []
    while waiting:
        here = waiting.pop()
        ends, inner = _same_ends(first, second, here)
        blocks += ends
        if inner[0] == inner[1] or inner[2] == inner[3]:
            continue
        size = (inner[1] - inner[0]) * (inner[3] - inner[2])
        parts = [] if size <= _SHORT else _parted(first, second, inner)
        if parts:
            waiting += parts
        elif size <= _LONGEST:
            blocks += _word_by_word(first, second, inner)
    return sorted(blocks)


def between(blocks: Sequence[Block], first_length: int, second_length: int) -> Iterator[Range]:
    """What lies between the same parts, and before and after them."""
    at, other = 0, 0
    for start, second_start, length in [*blocks, (first_length, second_length, 0)]:
        if at < start or other < second_start:
            yield at, start, other, second_start
        at, other = start + length, second_start + length


def misread_pairs(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The words that are likely the same, read otherwise by OCR: in order, as many and as like as can be.

    Words are at least three fifths alike; signs are like one another.
    """
    if not first or not second or len(first) * len(second) > _MOST_PAIRS:
        return []
    likeness = [[_likeness(one, other) for other in second] for one in first]
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_walk(likeness, best))


def are_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether both say the same, with words run together or torn apart by OCR."""
    return ratio("".join(first), "".join(second)) >= _MISREAD


def _walk(likeness: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    i, j = 0, 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST_LETTERS or not (one[0].isalnum() and other[0].isalnum()):
        return 1.0 if one == other else 0.0
    return max(0.0, ratio(one, other, score_cutoff=_MISREAD))


def _same_ends(first: Sequence[str], second: Sequence[str], here: Range) -> tuple[list[Block], Range]:
    i1, i2, j1, j2 = here
    most = min(i2 - i1, j2 - j1)
    head = 0
    while head < most and first[i1 + head] == second[j1 + head]:
        head += 1
    tail = 0
    while tail < most - head and first[i2 - 1 - tail] == second[j2 - 1 - tail]:
        tail += 1
    blocks = [(i1, j1, head)] if head else []
    blocks += [(i2 - tail, j2 - tail, tail)] if tail else []
    return blocks, (i1 + head, i2 - tail, j1 + head, j2 - tail)


def _parted(first: Sequence[str], second: Sequence[str], here: Range) -> list[Range]:
    """The range cut where both have a run of words that occurs once in either; empty when there is none.

    The cuts lie at the beginnings of those runs, so that each part begins with the same words.
    """
    for length in _RUN_LENGTHS:
        anchors = _anchors(first, second, here, length)
        if anchors:
            starts = [(here[0], here[2]), *anchors]
            ends = [*anchors, (here[1], here[3])]
            parts = [(i1, i2, j1, j2) for (i1, j1), (i2, j2) in zip(starts, ends, strict=True)]
            return [part for part in parts if part[0] < part[1] or part[2] < part[3]]
    return []


def _anchors(first: Sequence[str], second: Sequence[str], here: Range, length: int) -> list[tuple[int, int]]:
    i1, i2, j1, j2 = here
    one, other = _once(first, i1, i2, length), _once(second, j1, j2, length)
    pairs = sorted((start, other[run]) for run, start in one.items() if run in other)
    rising = _rising(pairs)
    # Where the words go on being the same, one cut is enough. At the start of the range none is needed.
    known = {(i + 1, j + 1) for i, j in rising} | {(i1, j1)}
    return [pair for pair in rising if pair not in known]


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """The runs of words that occur once, with their places."""
    seen: dict[tuple[str, ...], int] = {}
    shifted = [words[start + shift : end - length + 1 + shift] for shift in range(length)]
    for place, run in enumerate(zip(*shifted, strict=True), start):
        seen[run] = -1 if run in seen else place
    return {run: place for run, place in seen.items() if place >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` that rises in both."""
    tails: list[int] = []
    ranks: list[int] = []
    for _, other in pairs:
        rank = bisect_left(tails, other)
        tails[rank : rank + 1] = [other]
        ranks.append(rank)
    kept: list[tuple[int, int]] = []
    wanted = len(tails) - 1
    for pair, rank in zip(reversed(pairs), reversed(ranks), strict=True):
        if rank == wanted and (not kept or pair[1] < kept[-1][1]):
            kept.append(pair)
            wanted -= 1
    return kept[::-1]


def _word_by_word(first: Sequence[str], second: Sequence[str], here: Range) -> list[Block]:
    i1, i2, j1, j2 = here
    matcher = SequenceMatcher(None, first[i1:i2], second[j1:j2], autojunk=False)
    return [(i1 + i, j1 + j, size) for i, j, size in matcher.get_matching_blocks() if size]
