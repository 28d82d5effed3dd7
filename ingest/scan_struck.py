"""Words struck through on the picture of a page."""

from __future__ import annotations

import cv2
import numpy as np

from ingest.scan_filters import opened
from ingest.scan_frames import shared
from ingest.scan_lines import Direction, PageLines
from ingest.scan_page import PixelBox

_SHORTEST_PT, _THICKEST_PT = 20.0, 2.6
_FULL = (0.95, 0.58)  # of ink, along the whole stroke: where print is sharp, and where it is blurred
_DARKEST = 235
_DARK = 0.5  # of the stroke's own ink
_UNBROKEN, _PIECE_PT = 0.96, 17.0  # lines of letters are a third paper
_BESIDE_PT = 0.9
_LEAST_STEMS, _MOST_STEMS = 0.12, 0.75  # of ink just above and just below
_LETTER_PT = 8.0  # there is a stem in each of so many points at least
_EMPTY = 0.012  # of ink: between lines of words
_LINE_PT = (4.5, 17.0)  # how high a line of words is
_SMALL_LETTERS_PT, _RISE_PT = 8.0, 2.4
_LEAST_SIDE_PT = 1.6  # of letters that stand out above and below the stroke


def find_struck(lines: PageLines) -> list[PixelBox]:
    """Lines of words with a stroke through them, on the fine sheet.

    A stroke has letters on both sides of it, touching: an underline has them above only, a rule of a table
    has paper on both sides.
    """
    direction, px = lines.level, lines.sheet.px
    found: list[PixelBox] = []
    for full in _FULL:
        mask = (direction.smooth >= min(full * direction.full, _DARKEST)).astype(np.uint8)
        mask = opened(mask, px(_SHORTEST_PT / 2), 1)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            left, top, width, height = cv2.boundingRect(outline)
            if height <= px(_THICKEST_PT):
                stroke = PixelBox(2 * left, top, 2 * (left + width), top + height)
                line = _line_of(stroke, direction, lines)
                if line is not None and not any(shared(line, other) for other in found):
                    found.append(line)
    return found


def _is_unbroken(stroke: PixelBox, row: int, least: float, direction: Direction, piece: int) -> bool:
    """Whether each piece of the stroke is ink from end to end, in one row: not so a line of letters."""
    for start in range(stroke.left, stroke.right - piece // 2, piece):
        end = min(start + piece, stroke.right)
        shares = [direction.ink_share(row + by, start, end, reach=0, least=least) for by in (-1, 0, 1)]
        if max(shares) < _UNBROKEN:
            return False
    return True


def _line_of(stroke: PixelBox, direction: Direction, lines: PageLines) -> PixelBox | None:
    """The line of words that ``stroke`` goes through, if it goes through any."""
    px, beside = lines.sheet.px, lines.sheet.px(_BESIDE_PT)
    middle = (stroke.top + stroke.bottom - 1) / 2
    peak = float(direction.smooth[round(middle), stroke.left // 2 : stroke.right // 2].mean())
    if not _is_unbroken(stroke, round(middle), _DARK * peak, direction, px(_PIECE_PT)):
        return None
    for row in (max(0, stroke.top - beside), min(stroke.bottom - 1 + beside, len(direction.darkness) - 1)):
        ink = direction.darkness[row, stroke.left : stroke.right] >= _DARK * peak
        stems = np.count_nonzero(ink[1:] & ~ink[:-1])
        if not _LEAST_STEMS <= float(ink.mean()) <= _MOST_STEMS or stems * px(_LETTER_PT) < stroke.width:
            return None
    reach = px(_LINE_PT[1])
    first, last = max(0, stroke.top - reach), stroke.bottom + reach
    ink = direction.darkness[first:last, stroke.left : stroke.right] >= _DARK * peak
    empty = np.flatnonzero(ink.mean(axis=1) < _EMPTY) + first
    above, below = empty[empty < stroke.top], empty[empty >= stroke.bottom]
    if not above.size or not below.size:
        return None
    top, bottom = int(above[-1]) + 1, int(below[0])
    sides = min(stroke.top - top, bottom - stroke.bottom)
    if sides < px(_LEAST_SIDE_PT) or not px(_LINE_PT[0]) <= bottom - top <= reach:
        return None
    if bottom - top < px(_SMALL_LETTERS_PT):  # words without an 'h' or a 'p' in them
        top, bottom = max(0, top - px(_RISE_PT)), bottom + px(_RISE_PT / 2)
    return PixelBox(stroke.left, top, stroke.right, bottom)
