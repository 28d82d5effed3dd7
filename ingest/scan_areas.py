"""Areas full of ink as rectangles, whatever the shade is that counts as ink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from ingest.scan_filters import averaged, closed, dilated
from ingest.scan_page import Mask, PixelBox, Sheet

Places = npt.NDArray[np.int64]

_FULL = 0.58  # of a window: bold type has under half of its pixels dark, a box with white words two thirds
_WINDOW_PT = (10.0, 5.0)
_WORDED_INK = 0.93
_REACH_PT = 3.0
_EDGE = 0.5  # of a row or column: where a box ends
_GAP = 0.1  # white words never leave so little ink in a row or column of a box, the paper between boxes does
_STEP_PT = 3.5  # a change of the left or right edge by more starts the next rectangle of a staircase


def filled_areas(dark: Mask, sheet: Sheet) -> list[PixelBox]:
    """The rectangles that are full of ``dark`` pixels, or of dark pixels with light words in them.

    A staircase of boxes on following lines is cut into its steps, boxes are parted where paper shows
    between them, and each is drawn to the edge of the ink.
    """
    return _joined(list(_iter_areas(dark, sheet)), dark, sheet)


def _iter_areas(dark: Mask, sheet: Sheet) -> Iterator[PixelBox]:
    window = (sheet.px(_WINDOW_PT[0]) | 1, sheet.px(_WINDOW_PT[1]) | 1)
    share = averaged(dark * np.uint8(200), *window)
    core: Mask = ((share > 200 * _FULL) & (dark > 0)).astype(np.uint8)
    core = closed(core, sheet.px(8), sheet.px(3))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=4)
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number][:4])
        if width < sheet.px(6) or height < sheet.px(2):
            continue
        whole = widened(PixelBox(left, top, left + width, top + height), sheet.px(_REACH_PT), dark)
        part = labels[whole.top : whole.bottom, whole.left : whole.right] == number
        inside = _without_bays(part.astype(np.uint8), whole.of(dark), sheet)
        yield from _snapped_bands(_bands(inside, whole, sheet), dark, sheet)


def _without_bays(core: Mask, dark: Mask, sheet: Sheet) -> Mask:
    """The ink about ``core``, the places of white words filled; the corners of a staircase stay."""
    around = 2 * sheet.px(_REACH_PT) + 1
    near = dilated(core, around, around) & dark
    wide, high = sheet.px(14), sheet.px(10)
    padded = np.pad(near, ((high, high), (wide, wide)))
    return closed(padded, wide, high)[high:-high, wide:-wide]


def _bands(inside: Mask, whole: PixelBox, sheet: Sheet) -> Iterator[PixelBox]:
    """A staircase of boxes on following lines, cut where its left or right edge moves."""
    step, least = sheet.px(_STEP_PT), sheet.px(4)
    lefts = np.argmax(inside, axis=1)
    rights = inside.shape[1] - np.argmax(inside[:, ::-1], axis=1)
    filled = np.flatnonzero(np.count_nonzero(inside, axis=1))
    for rows in _even_runs(filled, lefts, rights, step):
        if rows.size >= least:
            left, right = int(np.median(lefts[rows])), int(np.median(rights[rows]))
            top, bottom = int(rows[0]), int(rows[-1]) + 1
            yield PixelBox(whole.left + left, whole.top + top, whole.left + right, whole.top + bottom)


def _even_runs(rows: Places, lefts: Places, rights: Places, step: int) -> Iterator[Places]:
    """Runs of following rows whose left and right edges stay within ``step`` of those midway."""
    start = 0
    for number in range(1, rows.size + 1):
        if number < rows.size:
            row, middle = rows[number], rows[(start + number - 1) // 2]
            is_even = abs(lefts[row] - lefts[middle]) <= step and abs(rights[row] - rights[middle]) <= step
            if is_even and row == rows[number - 1] + 1:
                continue
        yield rows[start:number]
        start = number


def _snapped_bands(bands: Iterable[PixelBox], dark: Mask, sheet: Sheet) -> Iterator[PixelBox]:
    """The steps of a staircase, each to where the ink ends, but none into the next."""
    steps, (high, _) = list(bands), dark.shape
    ends = [0, *((above.bottom + below.top) // 2 for above, below in pairwise(steps)), high]
    for step, first, last in zip(steps, ends, ends[1:], strict=False):
        yield from _snapped(step, first, last, dark, sheet)


def _snapped(box: PixelBox, first: int, last: int, dark: Mask, sheet: Sheet) -> Iterator[PixelBox]:
    """``box`` grown or shrunk to where the ink ends, from row ``first`` to ``last`` at most.

    Two boxes where a gap runs through it.
    """
    around = widened(box, sheet.px(_REACH_PT), dark)
    around = PixelBox(around.left, max(around.top, first), around.right, min(around.bottom, last))
    rows = dark[around.top : around.bottom, box.left : box.right].mean(axis=1)
    for top, bottom in _runs(rows, box.top - around.top, box.bottom - around.top):
        top, bottom = top + around.top, bottom + around.top
        columns = dark[top:bottom, around.left : around.right].mean(axis=0)
        for left, right in _runs(columns, box.left - around.left, box.right - around.left):
            yield PixelBox(left + around.left, top, right + around.left, bottom)


def _runs(shares: npt.NDArray[np.float64], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where there is ink between gaps, without the thin ink at the ends; what reaches into ``start:end``."""
    above = np.concatenate(([0], (shares > _GAP).astype(np.int8), [0]))
    changes = np.flatnonzero(np.diff(above))
    for first, last in zip(changes[::2], changes[1::2], strict=True):
        full = np.flatnonzero(shares[first:last] >= _EDGE)
        if full.size and first + full[-1] >= start and first + full[0] < end:
            yield int(first + full[0]), int(first + full[-1] + 1)


def _joined(boxes: list[PixelBox], dark: Mask, sheet: Sheet) -> list[PixelBox]:
    """Pieces of one box, parted by white words that reach its edge, as one."""
    step, joined = sheet.px(_STEP_PT), list[PixelBox]()
    for box in sorted(boxes, key=lambda each: (each.top, each.left)):
        piece = box
        while (other := next((o for o in joined if _is_same_box(o, piece, dark, step)), None)) is not None:
            joined.remove(other)
            piece = _around(piece, other)
        joined.append(piece)
    return joined


def _is_same_box(one: PixelBox, other: PixelBox, dark: Mask, step: int) -> bool:
    if abs(one.left - other.left) <= step and abs(one.right - other.right) <= step:
        return max(one.top, other.top) <= min(one.bottom, other.bottom)
    if abs(one.top - other.top) > 2 or abs(one.bottom - other.bottom) > 2:
        return False
    first, last = min(one.right, other.right), max(one.left, other.left)
    between = dark[one.top : one.bottom, first:last]
    is_narrow = min(one.width, other.width) < step * 2
    inks = [float(box.of(dark).mean()) for box in (one, other)]
    if last - first <= 3 and (is_narrow or max(inks) < _WORDED_INK):
        return True
    return last - first <= step and bool((between.mean(axis=0) > _GAP).all())


def widened(box: PixelBox, by: int, pixels: Mask) -> PixelBox:
    """``box`` with a border of ``by`` pixels, but within the page."""
    high, wide = pixels.shape
    return PixelBox(
        max(0, box.left - by), max(0, box.top - by), min(wide, box.right + by), min(high, box.bottom + by)
    )


def _around(one: PixelBox, other: PixelBox) -> PixelBox:
    return PixelBox(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
