"""How much of a page was withheld: of its area, and of its lines of text. Each place counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from ingest.page import Box, Word
from ingest.redaction_found import FoundRedaction, PageDisposition
from ingest.slip_pages import SlipPage
from ingest.stamps import is_known_stamp

_Mask = npt.NDArray[np.bool_]

_ALL = 0.95  # of the lines
_FEW_WORDS = 5  # what a stamp or a page number leaves; headings of a table are more
_STAMP_ZONE = 0.13  # of the page's height at either end
_EDGE = 0.05  # of the page's height: nothing but stamps stands there
_SIDE = 0.06  # of the page's width
_USUAL_PITCH_PT = 14.0
_PITCH_OF_HEIGHT = 1.15  # a line's distance to the next by the height of its words
_MOST_POINTS = 3_000  # of a side: larger pages are measured more coarsely
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class PageShares:
    """Shares are 0..1. ``covered_share`` is of the page's area, ``withheld_share`` of its lines of text;
    ``each`` has both for every redaction, in their order, and their sums are the page's. ``shown_words`` are
    those that can still be read, stamps left out."""

    covered_share: float = 0.0
    withheld_share: float = 0.0
    each: tuple[tuple[float, float], ...] = ()
    shown_words: int = 0


def page_shares(
    redactions: Sequence[FoundRedaction], words: Sequence[Word], *, width_pt: float, height_pt: float
) -> PageShares:
    """How much ``redactions`` hide. ``words`` are the page's; stamps at its edges are no part of its text.

    What is withheld is counted in lines of the page's usual distance, by their length.
    """
    if not redactions or width_pt <= 0 or height_pt <= 0:
        return PageShares(each=((0.0, 0.0),) * len(redactions))
    pitch = _pitch(words)
    cover = _Cover(width_pt, height_pt)
    fresh = [cover.take(found.box) for found in redactions]
    shown = [word for word in words if word.boxes and not cover.hides(word.boxes[0])]
    lines = [_lines(found.box, pitch) * share for found, share in zip(redactions, fresh, strict=True)]
    areas = [_area(found.box) * share for found, share in zip(redactions, fresh, strict=True)]
    shown = _without_stamps(shown, width_pt, height_pt)
    all_lines = sum(lines) + _length_of(shown)
    each = tuple(
        (round(min(1.0, area / (width_pt * height_pt)), _DIGITS), round(length / all_lines, _DIGITS))
        for area, length in zip(areas, lines, strict=True)
    )
    covered, withheld = min(1.0, sum(areas) / (width_pt * height_pt)), sum(lines) / all_lines
    return PageShares(round(covered, _DIGITS), round(withheld, _DIGITS), each, len(shown))


def disposition_of(
    redactions: Sequence[FoundRedaction], shares: PageShares, slip: SlipPage | None
) -> PageDisposition:
    """What became of the page: as its slip sheet says; withheld when nothing but stamps is left."""
    if slip is not None:
        return slip.disposition
    if not redactions:
        return PageDisposition.RELEASED
    is_whole = shares.withheld_share >= _ALL and shares.shown_words <= _FEW_WORDS
    return PageDisposition.WITHHELD if is_whole else PageDisposition.IN_PART


def _pitch(words: Sequence[Word]) -> float:
    """The usual distance from line to line, in points."""
    heights = [box.bottom - box.top for word in words for box in word.boxes]
    return _PITCH_OF_HEIGHT * median(heights) if heights else _USUAL_PITCH_PT


def _lines(box: Box, pitch: float) -> float:
    """A box as the length of the lines that fit in it, in points; a low one is one line."""
    return (box.x1 - box.x0) * max(1.0, (box.bottom - box.top) / max(pitch, 1.0))


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _length_of(words: Sequence[Word]) -> float:
    """The words as the length of their lines: with the space that follows each, in points."""
    return sum((box.x1 - box.x0) + 0.25 * (box.bottom - box.top) for word in words for box in word.boxes)


class _Cover:
    """What is covered of a page, measured in points, or more coarsely on a very large one."""

    def __init__(self, width_pt: float, height_pt: float) -> None:
        self._scale = min(1.0, _MOST_POINTS / max(width_pt, height_pt))
        size = int(height_pt * self._scale) + 2, int(width_pt * self._scale) + 2
        self._mask: _Mask = np.zeros(size, dtype=np.bool_)

    def take(self, box: Box) -> float:
        """Cover a box; the share of it that was free before."""
        left, top, right, bottom = (
            max(0, round(edge * self._scale)) for edge in (box.x0, box.top, box.x1, box.bottom)
        )
        part = self._mask[top : max(top + 1, bottom), left : max(left + 1, right)]
        free = 1.0 - float(part.mean()) if part.size else 0.0
        part[:] = True
        return free

    def hides(self, box: Box) -> bool:
        """Whether the middle of a word is covered."""
        height, width = self._mask.shape
        row = min(max(int((box.top + box.bottom) / 2 * self._scale), 0), height - 1)
        column = min(max(int((box.x0 + box.x1) / 2 * self._scale), 0), width - 1)
        return bool(self._mask[row, column])


def _without_stamps(words: Sequence[Word], width_pt: float, height_pt: float) -> list[Word]:
    kept: list[Word] = []
    for line in _lines_of(words):
        box = line[0].boxes[0]
        middle = (box.top + box.bottom) / 2
        from_edge = min(middle, height_pt - middle) / height_pt
        across = (line[0].boxes[0].x0 + line[-1].boxes[0].x1) / 2
        is_stamp = from_edge < _EDGE or min(across, width_pt - across) < _SIDE * width_pt
        if not is_stamp and from_edge < _STAMP_ZONE:
            is_stamp = is_known_stamp(" ".join(word.text for word in line))
        if not is_stamp:
            kept += line
    return kept


def _lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words as they follow one another in the text, broken where one stands lower or further left."""
    lines: list[list[Word]] = []
    for word in words:
        if not word.boxes:
            continue
        if lines and _goes_on(lines[-1][-1].boxes[0], word.boxes[0]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _goes_on(before: Box, after: Box) -> bool:
    shared = min(before.bottom, after.bottom) - max(before.top, after.top)
    return shared > 0.5 * (before.bottom - before.top) and after.x0 >= before.x0
