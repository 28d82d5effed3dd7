"""Thin lines on a page, and the frames that they make around what was taken out.

Walked over on their own: they are none of what is painted over words, and forms are full of them.
"""

from __future__ import annotations

import ctypes
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.page import Box
from ingest.page_objects import Matrix, Rectangle, bounds_of, has_visible_line, iter_objects, rectangles
from ingest.pdfium import PdfPage

_MIN_WIDTH_PT, _MIN_HEIGHT_PT = 8.0, 5.0
_RULE_PT = 2.5  # what is thinner is a line, be it a filled rectangle
_SAME_EDGE_PT = 2.5
_MAX_LINES = 2_000
_MAX_WHOLE = 500
_LINE_SEGMENTS = 2


@dataclass(frozen=True, slots=True)
class PageLines:
    """Rectangles that are drawn as a line without a filling, and single lines, on the displayed page."""

    rectangles: tuple[Box, ...] = ()
    level: tuple[Box, ...] = ()
    upright: tuple[Box, ...] = ()


def read_lines(page: PdfPage) -> PageLines:
    """All lines of the page, at most 2,000."""
    whole: list[Rectangle] = []
    lines: list[Rectangle] = []
    for handle, kind, matrix in iter_objects(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            if len(lines) >= _MAX_LINES or len(whole) >= _MAX_WHOLE:
                break
            _take(handle, matrix, whole, lines)
    placed = _displayed(lines, page)
    level = tuple(line for line in placed if line.x1 - line.x0 > line.bottom - line.top)
    upright = tuple(line for line in placed if line.x1 - line.x0 <= line.bottom - line.top)
    return PageLines(tuple(_displayed(whole, page)), level, upright)


def frames_of(lines: PageLines) -> tuple[Box, ...]:
    """Frames drawn as one rectangle, or as four lines that meet.

    Grids have none: in them a line goes on where a cell ends, or two cells share it.
    """
    frames = [*lines.rectangles, *_of_four_lines(lines)]
    return without_cells([frame for frame in frames if _is_large_enough(frame)])


def without_cells(frames: Sequence[Box]) -> tuple[Box, ...]:
    """Those that share no upright edge with another one of the same height: cells of a row do."""
    left = {_edge(frame.x0, frame) for frame in frames}
    right = {_edge(frame.x1, frame) for frame in frames}
    return tuple(
        frame
        for frame in frames
        if not any(near in left for near in _near(frame.x1, frame))
        and not any(near in right for near in _near(frame.x0, frame))
    )


def _edge(x: float, frame: Box) -> tuple[int, int, int]:
    return round(x), round(frame.top), round(frame.bottom)


def _near(x: float, frame: Box) -> Iterator[tuple[int, int, int]]:
    across, top, bottom = _edge(x, frame)
    return (
        (across + dx, top + dy, bottom + dz) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for dz in (-1, 0, 1)
    )


def _take(path: Any, matrix: Matrix, whole: list[Rectangle], lines: list[Rectangle]) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke):
        return
    bounds = bounds_of(path, matrix)
    if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) < _RULE_PT:
        if mode.value or pdfium_c.FPDFPath_CountSegments(path) == _LINE_SEGMENTS:
            lines.append(bounds)
    elif stroke.value and not mode.value and has_visible_line(path):
        whole += rectangles(path, matrix)


def _displayed(found: list[Rectangle], page: PdfPage) -> list[Box]:
    if not found:
        return []
    boxes = page.frame.displayed(np.array(found)).clip(0.0, (page.width_pt, page.height_pt) * 2)
    return [Box(*edges) for edges in boxes.round(2).tolist()]


def _of_four_lines(lines: PageLines) -> Iterator[Box]:
    """Boxes between two level lines of one length and two upright ones that join their ends."""
    by_ends: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for line in lines.level:
        by_ends[(round(line.x0 / 2), round(line.x1 / 2))].append(line)
    upright: dict[int, list[Box]] = defaultdict(list)
    for line in lines.upright:
        upright[round(line.top / _SAME_EDGE_PT)].append(line)
    for same in by_ends.values():
        same.sort(key=lambda line: line.top)
        for above, below in itertools.pairwise(same):
            box = Box(above.x0, above.top, above.x1, below.bottom)
            row = round(box.top / _SAME_EDGE_PT)
            if _is_closed(box, [*upright[row - 1], *upright[row], *upright[row + 1]]):
                yield box


def _is_closed(box: Box, upright: Sequence[Box]) -> bool:
    as_high = [
        line
        for line in upright
        if abs(line.top - box.top) < _SAME_EDGE_PT and abs(line.bottom - box.bottom) < _SAME_EDGE_PT
    ]
    ends = [(line.x0 + line.x1) / 2 for line in as_high]
    return any(abs(end - box.x0) < _SAME_EDGE_PT for end in ends) and any(
        abs(end - box.x1) < _SAME_EDGE_PT for end in ends
    )


def _is_large_enough(frame: Box) -> bool:
    return frame.x1 - frame.x0 >= _MIN_WIDTH_PT and frame.bottom - frame.top >= _MIN_HEIGHT_PT
