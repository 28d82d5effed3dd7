"""Where a redaction stands among the words of its page, and which words are only its label."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.rules.comparison_values import (
    ComparedPage,
    ComparedRedaction,
    HiddenPlace,
    WordPlace,
)
from ingest.page import Box

_GROWN_PT = 1.5  # a label may stand a little higher or lower than its box; a full stop may touch its side
_INSIDE = 0.5  # of the label's own area
_LINE_PT = 14.0  # a box that is higher covers several lines: it begins in the first of them
_LOOKED_AT = 60  # words above a box
_BESIDE = re.compile(r"[bBjJkK]\d[A-Fa-f]?(?:[,;/][bBjJkK]?\d[A-Fa-f]?)*[,;]?")
_ONE_CODE = r"\([bjk]\) ?\(\d\)(?: ?\([A-Fa-f]\))?"
_CODES = re.compile(rf"(?<![\w)])(?:{_ONE_CODE}(?:[,;/] ?| )?)+")
_CODE = re.compile(r"\(([bjk])\) ?\((\d)\)(?: ?\(([A-Fa-f])\))?")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlacedRedaction:
    """A redaction among the words; ``labels`` are the parts of the text that are no words of the record."""

    place: HiddenPlace
    labels: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Lines:
    """The words of a page by height, so that those beside a box are found at once."""

    text: str
    words: list[WordPlace]
    middles: list[float]

    def between(self, top: float, bottom: float) -> list[WordPlace]:
        return self.words[bisect_left(self.middles, top) : bisect_right(self.middles, bottom)]

    def above(self, top: float) -> Iterator[WordPlace]:
        """From the nearest upwards."""
        end = bisect_left(self.middles, top)
        yield from reversed(self.words[max(0, end - _LOOKED_AT) : end])


def place_redactions(page: ComparedPage, left_out: Sequence[Span] = ()) -> list[PlacedRedaction]:
    """All redactions of a page, and the codes that stand in place of words although nobody found a box there.

    ``left_out`` are parts of the text that do not count, in order: stamps.
    """
    placed: list[PlacedRedaction] = []
    if page.redactions:
        lines = _lines_of(page, left_out)
        placed = [_place(page.page_number, redaction, lines) for redaction in page.redactions]
    known = [*left_out, *(label for one in placed for label in one.labels)]
    return [*placed, *_bare_codes(page, known)]


def _lines_of(page: ComparedPage, left_out: Sequence[Span]) -> _Lines:
    starts = [start for start, _ in left_out]

    def is_out(word: WordPlace) -> bool:
        before = bisect_right(starts, word.start) - 1
        return before >= 0 and word.start < left_out[before][1]

    by_height = sorted(((word.top + word.bottom) / 2, word) for word in page.words if not is_out(word))
    return _Lines(page.text, [word for _, word in by_height], [height for height, _ in by_height])


def _place(page_number: int, redaction: ComparedRedaction, lines: _Lines) -> PlacedRedaction:
    box = redaction.box
    inside, beside = _labels(box, lines)
    start = min((word.start for word in inside), default=-1)
    if start < 0:
        start = _offset_of(box, lines, {word.start for word in beside})
    end = max((word.end for word in inside), default=start)
    labels = tuple((word.start, word.end) for word in (*inside, *beside))
    return PlacedRedaction(HiddenPlace(page_number, start, end, redaction.codes, box), labels)


def _labels(box: Box, lines: _Lines) -> tuple[list[WordPlace], list[WordPlace]]:
    """The words in the box, and codes beside it in its line: in the margin, for one."""
    inside, beside = [], []
    for word in lines.between(box.top - _GROWN_PT, box.bottom + _GROWN_PT):
        if _share_inside(word, box) >= _INSIDE:
            inside.append(word)
        elif _BESIDE.fullmatch(lines.text, word.start, word.end) and not box.x0 < word.x0 < box.x1:
            beside.append(word)
    return inside, beside


def _offset_of(box: Box, lines: _Lines, labels: set[int]) -> int:
    """The place in the text where the words under a box without a label would stand."""
    middle_x = (box.x0 + box.x1) / 2
    line_bottom = min(box.bottom, box.top + _LINE_PT)
    line = [word for word in lines.between(box.top - _GROWN_PT, line_bottom) if word.start not in labels]
    before = [word for word in line if word.x1 <= middle_x]
    if before:
        return max(before, key=lambda word: word.x1).end
    after = [word for word in line if word.x0 >= middle_x]
    if after:
        return min(after, key=lambda word: word.x0).start
    return _offset_below(box, lines)


def _offset_below(box: Box, lines: _Lines) -> int:
    """After the printed line above it, a line of the text too; before everything when it is the first."""
    over: list[WordPlace] = []
    for word in lines.above(box.top):
        if word.x1 < box.x0 or word.x0 > box.x1:
            continue
        if over and _middle(word) < _middle(over[0]) - _LINE_PT / 2:
            break
        over.append(word)
    if over:
        end = max(word.end for word in over)
        line_end = lines.text.find("\n", end)
        return end if line_end < 0 else line_end
    below = [word.start for word in lines.words if _middle(word) > box.bottom]
    return min(below, default=max((word.end for word in lines.words), default=0))


def _bare_codes(page: ComparedPage, known: Sequence[Span]) -> Iterator[PlacedRedaction]:
    for found in _CODES.finditer(page.text) if "(" in page.text else ():
        end = found.start() + len(found[0].rstrip(" ,;/"))
        if not _is_in(found.start(), known):
            codes = tuple("".join(parts).lower() for parts in _CODE.findall(found[0]))
            place = HiddenPlace(page.page_number, found.start(), end, codes)
            yield PlacedRedaction(place, ((found.start(), end),))


def _is_in(offset: int, spans: Sequence[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _middle(box: Box | WordPlace) -> float:
    return (box.top + box.bottom) / 2


def _share_inside(word: WordPlace, box: Box) -> float:
    width = min(word.x1, box.x1) - max(word.x0, box.x0)
    height = min(word.bottom, box.bottom + _GROWN_PT) - max(word.top, box.top - _GROWN_PT)
    area = (word.x1 - word.x0) * (word.bottom - word.top)
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0
