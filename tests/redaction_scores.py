"""Compares what was found on pages with what is true of them: recall, precision, codes read right.

A found redaction matches a true one when their boxes overlap by half of what they cover together (IoU >=
0.5), or, where a code without a box is what there is to find, when it covers the middle of that code and is
not much larger. One found serves one true mark. A code is right when all codes are found and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.page import Box
from ingest.redaction_found import FoundRedaction
from tests.redaction_set.marks import LOOKS, Style, TrueMark

LEAST_OVERLAP = 0.5
_MOST_HEIGHTS = 3.0  # a box that covers a code alone is at most so many times as high


@dataclass(slots=True)
class Score:
    """Counts, over any number of pages, of one kind of mark or of all."""

    true: int = 0
    found: int = 0
    matched: int = 0
    labelled: int = 0  # matched marks that have a code
    read_right: int = 0  # of those, whose codes are all found and no other

    @property
    def recall(self) -> float:
        """Of what is there, the part that is found."""
        return self.matched / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Of what is found, the part that is there."""
        return self.matched / self.found if self.found else 1.0

    @property
    def code_right(self) -> float:
        """Of the found marks that have a code, the part whose code is right."""
        return self.read_right / self.labelled if self.labelled else 1.0


@dataclass(slots=True)
class Scores:
    """All marks together, each style by itself, and what was found where nothing is.

    ``false`` counts by look; a style's own precision cannot be told, since a false mark has no style.
    """

    all: Score = field(default_factory=Score)
    by_style: dict[Style, Score] = field(default_factory=dict)
    false: Counter[str] = field(default_factory=Counter)
    look_right: int = 0

    def add(self, truth: Sequence[TrueMark], found: Sequence[FoundRedaction]) -> None:
        """Count one page."""
        pairs = dict(matched_pairs(truth, found))
        self.all.found += len(found)
        taken = set(pairs.values())
        self.false.update(str(mark.look) for number, mark in enumerate(found) if number not in taken)
        for number, mark in enumerate(truth):
            one = found[pairs[number]] if number in pairs else None
            for score in (self.all, self.by_style.setdefault(mark.style, Score())):
                _count(score, mark, one)
            self.look_right += one is not None and one.look == LOOKS[mark.style]

    def table(self) -> str:
        """The scores as lines to print, and as rows of a table in Markdown."""
        rows = [("all", self.all), *sorted(self.by_style.items())]
        lines = [f"| {'kind':<32} | there | recall | code right |", "|---|---|---|---|"]
        for name, score in rows:
            code = f"{score.code_right:.3f}" if score.labelled else "-"
            lines.append(f"| {name:<32} | {score.true:5} | {score.recall:6.3f} | {code:>10} |")
        false = ", ".join(f"{count} {look}" for look, count in self.false.most_common()) or "none"
        lines.append(f"precision {self.all.precision:.3f}; false: {false}; look right {self.look_right}")
        return "\n".join(lines)


def score_pages(pages: Iterable[tuple[Sequence[TrueMark], Sequence[FoundRedaction]]]) -> Scores:
    """The scores of pages, each as what is true of it and what was found on it."""
    scores = Scores()
    for truth, found in pages:
        scores.add(truth, found)
    return scores


def matched_pairs(truth: Sequence[TrueMark], found: Sequence[FoundRedaction]) -> Iterator[tuple[int, int]]:
    """Numbers of true and found marks that are one; the best overlaps are joined first."""
    overlaps = [
        (overlap, number, other)
        for number, mark in enumerate(truth)
        for other, one in enumerate(found)
        if (overlap := _likeness(mark, one.box)) >= LEAST_OVERLAP
    ]
    done_true: set[int] = set()
    done_found: set[int] = set()
    for _, number, other in sorted(overlaps, key=lambda each: (-each[0], each[1], each[2])):
        if number not in done_true and other not in done_found:
            done_true.add(number)
            done_found.add(other)
            yield number, other


def overlap_of(one: Box, other: Box) -> float:
    """What both boxes cover, as a share of what either covers: 0..1."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / (_area(one) + _area(other) - both)


def _count(score: Score, mark: TrueMark, one: FoundRedaction | None) -> None:
    score.true += 1
    if one is None:
        return
    score.matched += 1
    if mark.codes:
        score.labelled += 1
        score.read_right += set(one.codes) == set(mark.codes)


def _likeness(mark: TrueMark, box: Box) -> float:
    likeness = max(overlap_of(one, box) for one in mark.boxes)
    if mark.code_box is not None and likeness < LEAST_OVERLAP and _covers_code(box, mark.code_box):
        return LEAST_OVERLAP
    return likeness


def _covers_code(box: Box, code: Box) -> bool:
    x, y = (code.x0 + code.x1) / 2, (code.top + code.bottom) / 2
    is_low = box.bottom - box.top <= _MOST_HEIGHTS * (code.bottom - code.top)
    return is_low and box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)
