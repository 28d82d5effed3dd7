"""White boxes with a thin frame on the picture of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.scan_lines import Direction, PageLines, Rule
from ingest.scan_page import Grey, PixelBox

Places = npt.NDArray[Any]

_CORNER_PT = 3.0  # how far two lines of a frame may miss each other
_LEAST_WIDTH_PT, _LEAST_HEIGHT_PT = 10.0, 7.0
_HIGHER_THAN_LETTERS_PT = 11.0
_CHECKBOX_PT = 13.0
_SIDE = 0.82  # of a side that must be there
_TURN = 0.74  # of the first few points of a side
_WALL = 0.85  # of the height: a line that parts the box in two
_LOW_PT = 40.0
_AS_DARK = 0.5  # as its sides
_BESIDE_PT = 1.7
_MOST_BESIDE = 0.3  # of ink along the inside of a side: rows of letters have more, frames paper
_LETTERS = 0.4
_MAYBE_DRAWN, _LEAST_DRAWN, _DRAWN = 0.8, 0.68, 0.85
_CORNER_INK = 0.5  # of the paler of the two lines
_SQUARE_CORNERS = 2  # of four: a stamp's are round
_SAME = 0.7  # of the area of both


def find_frames(lines: PageLines) -> list[PixelBox]:
    """Frames on the fine sheet that stand by themselves, with paper or a few words inside.

    Not the cells of a table: their lines go on beyond the corner, or others part them. Frames are looked
    for from their level lines and from their upright ones: either may run into its neighbours.
    """
    found = list(_iter_frames(lines.level, lines.upright, lines))
    found += [_laid_back(frame) for frame in _iter_frames(lines.upright, lines.level, lines)]
    frames: list[PixelBox] = []
    for frame in found:
        if not any(shared(frame, other) > _SAME for other in frames):
            frames.append(frame)
    return frames


def shared(one: PixelBox, other: PixelBox) -> float:
    """The share of the area of both that both cover."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (one.width * one.height + other.width * other.height - both)


def _laid_back(box: PixelBox) -> PixelBox:
    return PixelBox(box.top, box.left, box.bottom, box.right)


def _iter_frames(along: Direction, across: Direction, lines: PageLines) -> Iterator[PixelBox]:
    """From each rule ``along`` whose two ends turn the same way: the box, if a line closes it."""
    px = lines.sheet.px
    least_width = px(_LEAST_WIDTH_PT if along is lines.level else _HIGHER_THAN_LETTERS_PT)
    rules = [rule for rule in along.rules if rule.end - rule.start >= least_width]
    if not rules:
        return
    starts, ends = np.array([rule.start for rule in rules]), np.array([rule.end for rule in rules])
    levels = np.array([rule.level for rule in rules])
    for way in (1, -1):
        turns = _turns(starts, levels, way, across, lines) & _turns(ends - 1, levels, way, across, lines)
        for number in np.flatnonzero(turns):
            rule = rules[int(number)]
            if not _may_be_side(rule, way, along, px(_BESIDE_PT)):
                continue
            frame = _closed(rule, way, along, across, lines)
            if frame is not None and _is_frame(frame, along, across, lines):
                yield frame


def _may_be_side(rule: Rule, way: int, along: Direction, beside: int) -> bool:
    """Whether ``rule`` is a line with paper next to it: a quick look, for most rules are rows of letters."""
    row = along.smooth[round(rule.level), rule.start // 2 : rule.end // 2]
    least = max(float(along.least), _AS_DARK * float(np.sum(row, dtype=np.int64)) / max(row.size, 1))
    if along.ink_share(rule.level, rule.start, rule.end, least=least) < _MAYBE_DRAWN:
        return False
    return along.ink_share(rule.level + way * beside, rule.start, rule.end, reach=0) <= _LETTERS


def _turns(
    ends: Places, levels: Places, way: int, across: Direction, lines: PageLines
) -> npt.NDArray[np.bool_]:
    """Which ends of rules meet a line that goes down (``way`` 1) or up (-1)."""
    near, far = lines.sheet.px(_CORNER_PT), lines.sheet.px(_LEAST_HEIGHT_PT)
    high, wide = across.thin.shape
    rows = (ends[:, None] + np.arange(-near, near + 1)).clip(0, high - 1)
    columns = ((levels[:, None] + way * np.arange(3, far)).astype(np.int64) // 2).clip(0, wide - 1)
    windows = across.thin[rows[:, :, None], columns[:, None, :]]
    return np.asarray((windows.max(axis=1) >= across.least).mean(axis=1) > _TURN)


def _closed(rule: Rule, way: int, along: Direction, across: Direction, lines: PageLines) -> PixelBox | None:
    """The box on one side of ``rule``: its sides are followed, and the first line between them closes it."""
    near, level = lines.sheet.px(_CORNER_PT), round(rule.level)
    least = lines.sheet.px(_LEAST_HEIGHT_PT if along is lines.level else _LEAST_WIDTH_PT)
    first, last = sorted((level, level + way * least))
    left, right = (across.line_near(x, first, last, near) for x in (rule.start, rule.end - 1))
    length = min(across.length_from(level, x, way) for x in (left, right))
    if length < least or right - left < 2 * near:
        return None
    closing = along.first_line(level + way * (least - 2), level + way * (length + near), left, right, _SIDE)
    if closing is None:
        return None
    top, bottom = sorted(along.line_near(y, left, right, 3) for y in (level, closing))
    left, right = (across.line_near(x, top, bottom, 3) for x in (left, right))
    return PixelBox(left, top, right + 1, bottom + 1)


def _is_frame(frame: PixelBox, along: Direction, across: Direction, lines: PageLines) -> bool:
    if max(frame.width, frame.height) < lines.sheet.px(_CHECKBOX_PT):
        return False
    return (
        not _is_parted(frame, across, lines)
        and not _is_cell(frame, along, across, lines)
        and _is_drawn(frame, along, across, lines)
        and _square_corners(frame, along, lines) >= _SQUARE_CORNERS
    )


def _is_parted(frame: PixelBox, across: Direction, lines: PageLines) -> bool:
    """Whether a line from the one rule to the other parts the box."""
    reach, least = lines.sheet.px(_CORNER_PT) + 2, float(across.least)
    if frame.height < lines.sheet.px(_LOW_PT):
        # not smoothed: the letters of a label would then reach from rule to rule
        inner = across.darkness[frame.left + reach : frame.right - reach, frame.top + 3 : frame.bottom - 3]
        sides = across.darkness[[frame.left, frame.right - 1], frame.top : frame.bottom]
        least = max(least, _AS_DARK * float(np.median(sides)))
    else:
        first, last = frame.top // 2 + 2, frame.bottom // 2 - 1
        inner = across.thin[frame.left + reach : frame.right - reach, first:last]
    return bool(inner.size) and float((inner >= least).mean(axis=1).max()) > _WALL


def _is_cell(frame: PixelBox, along: Direction, across: Direction, lines: PageLines) -> bool:
    """Whether two lines go on beyond their corners to the same side."""
    near, far = 4, lines.sheet.px(4.5)
    for first, last in ((frame.top - far, frame.top - near), (frame.bottom + near, frame.bottom + far)):
        if all(across.ink_share(x, first, last) > _WALL for x in (frame.left, frame.right - 1)):
            return True
    for first, last in ((frame.left - far, frame.left - near), (frame.right + near, frame.right + far)):
        if all(along.ink_share(y, first, last) > _WALL for y in (frame.top, frame.bottom - 1)):
            return True
    return False


def _is_drawn(frame: PixelBox, along: Direction, across: Direction, lines: PageLines) -> bool:
    """Whether the sides are lines with paper next to them. Rows of letters look like lines, with gaps."""
    levels, places = (frame.top, frame.bottom - 1), (frame.left, frame.right - 1)
    inks = [along.ink_share(y, frame.left, frame.right) for y in levels]
    inks += [across.ink_share(x, frame.top, frame.bottom) for x in places]
    by = lines.sheet.px(_BESIDE_PT)
    beside = [along.ink_share(y, frame.left, frame.right, reach=0) for y in (levels[0] + by, levels[1] - by)]
    beside += [
        across.ink_share(x, frame.top, frame.bottom, reach=0) for x in (places[0] + by, places[1] - by)
    ]
    return min(inks) > _LEAST_DRAWN and sum(inks) > 4 * _DRAWN and sorted(beside)[-2] < _MOST_BESIDE


def _square_corners(frame: PixelBox, along: Direction, lines: PageLines) -> int:
    """How many corners are square: ink where the two lines cross. A stamp's corners are round."""
    reach = lines.sheet.px(4)
    return sum(
        _is_square(x, y, way_x, way_y, along.darkness, reach)
        for x, way_x in ((frame.left, 1), (frame.right - 1, -1))
        for y, way_y in ((frame.top, 1), (frame.bottom - 1, -1))
    )


def _is_square(x: int, y: int, way_x: int, way_y: int, darkness: Grey, reach: int) -> bool:
    top, left = max(0, y - 2), max(0, x - 2)
    columns, rows = sorted((x + 4 * way_x, x + reach * way_x)), sorted((y + 4 * way_y, y + reach * way_y))
    level = darkness[top : y + 3, max(0, columns[0]) : columns[1]].astype(np.float64).mean(axis=1)
    upright = darkness[max(0, rows[0]) : rows[1], left : x + 3].astype(np.float64).mean(axis=0)
    if not level.size or not upright.size:
        return False
    corner = darkness[top + int(np.argmax(level)), left + int(np.argmax(upright))]
    return bool(corner > _CORNER_INK * min(level.max(), upright.max()))
