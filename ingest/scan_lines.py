"""Thin straight lines, level and upright, on the picture of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from ingest.scan_filters import averaged, closed, dilated, opened, resized
from ingest.scan_page import Grey, Mask, ScanPage, Sheet

_THICKEST_PT = 3.2
_SHORTEST_PT = 9.0
_SMOOTH_PT = 5.0  # along a line: evens out grain and bridges specks
_BRIDGE_PT = 4.0
_LEAST_CONTRAST = 22  # grey levels between a line and its paper
_CONTRAST_SHARE = 0.13  # of the difference between ink and paper
_DRIFT_PX = 3  # up or down along a whole side: what is left of the skew
_LONGEST_GAP_PX = 12
_WHOLE = 0.85


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along the rows of a ``Direction``: from ``start`` to ``end`` in row ``level``, in pixels."""

    start: int
    end: int
    level: float


class Direction:
    """Lines in one direction. For upright ones the page is laid on its side, so that these are level too."""

    def __init__(self, darkness: Grey, least: int, full: int, px_per_pt: float) -> None:
        self.darkness = darkness
        self.least = least  # how dark a hairline is at least
        self.full = full  # how dark ink is
        self._px_per_pt = px_per_pt

    @cached_property
    def rules(self) -> list[Rule]:
        """The lines, from the top down. Among them are rows of letters: they look alike so far."""
        # one pixel up or down is allowed: what is left of the skew
        level = dilated(self.thin, 1, 3)
        level = opened(level, self._px(_SHORTEST_PT / 2), 1)
        mask = (level >= self.least).astype(np.uint8)
        mask = closed(mask, self._px(_BRIDGE_PT / 2), 1)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        boxes = [cv2.boundingRect(outline) for outline in outlines]
        rules = [
            Rule(2 * left, 2 * (left + width), top + (height - 1) / 2)
            for left, top, width, height in boxes
            if height <= self._px(_THICKEST_PT) + 4
        ]
        return sorted(rules, key=lambda rule: rule.level)

    @cached_property
    def thin(self) -> Grey:
        """How dark each pixel is as part of a thin line; half as many columns as the sheet."""
        return self.smooth - opened(self.smooth, 1, self._px(_THICKEST_PT))

    @cached_property
    def smooth(self) -> Grey:
        """How dark the page is, evened out along the lines; half as many columns as the sheet.

        Halving evens out grain as smoothing does, and saves half of the work that follows.
        """
        height, width = self.darkness.shape
        half = resized(self.darkness, width // 2, height)
        return averaged(half, self._px(_SMOOTH_PT / 2) | 1, 1)

    @cached_property
    def _level(self) -> Mask:
        """1 where there is a line, one row up or down: what is left of the skew over a short way."""
        return self._lines_within(1)

    @cached_property
    def _near(self) -> Mask:
        """The same for a whole side."""
        return self._lines_within(_DRIFT_PX)

    def _lines_within(self, reach: int) -> Mask:
        mask = (self.thin >= self.least).astype(np.uint8)
        return dilated(mask, 1, 2 * reach + 1)

    def share(self, level: float, start: int, end: int, *, reach: int = 1) -> float:
        """The share of a row, from column to column, where there is a line, ``reach`` rows up or down."""
        row = round(level)
        band = self.thin[max(0, row - reach) : row + reach + 1, max(0, start // 2) : max(0, -(-end // 2))]
        return _share(band, self.least)

    def ink_share(
        self, level: float, start: int, end: int, *, reach: int = 1, least: float | None = None
    ) -> float:
        """The same of ink of any kind, not smoothed; of what is darker than ``least`` when that is given."""
        row = round(level)
        band = self.darkness[max(0, row - reach) : row + reach + 1, max(0, start) : max(0, end)]
        return _share(band, self.least if least is None else least)

    def line_near(self, level: float, start: int, end: int, reach: int) -> int:
        """The row nearest to ``level``, within ``reach``, that is a line from column to column.

        Where there is none, the row that has most of one.
        """
        first = max(0, round(level) - reach)
        band = self.thin[first : round(level) + reach + 1, max(0, start // 2) : end // 2]
        if not band.size:
            return first
        strength = band.astype(np.int64).sum(axis=1)
        rows = np.flatnonzero(np.count_nonzero(band >= self.least, axis=1) >= _WHOLE * band.shape[1])
        if not rows.size:
            return first + int(np.argmax(strength))
        row = int(rows[np.argmin(abs(rows + first - level))])
        while row + 1 < len(strength) and strength[row + 1] > strength[row]:
            row += 1
        while row > 0 and strength[row - 1] > strength[row]:
            row -= 1
        return first + row

    def length_from(self, start: int, level: int, way: int) -> int:
        """How far a line in row ``level`` goes on from ``start``, to the right (``way`` 1) or left (-1)."""
        is_line = self._near[min(level, len(self._near) - 1)] > 0
        is_line = is_line[start // 2 + 1 :] if way > 0 else is_line[: start // 2][::-1]
        gap = _LONGEST_GAP_PX // 2
        lines = np.flatnonzero(is_line)
        if not lines.size or lines[0] >= gap:
            return 0
        breaks = np.flatnonzero(np.diff(lines) > gap)
        return 2 * int(lines[breaks[0]] if breaks.size else lines[-1]) + 2

    def first_line(self, level: int, end: int, start_x: int, end_x: int, least_share: float) -> int | None:
        """The first row from ``level`` to ``end`` (above or below) that is a line from column to column."""
        low, high = sorted((level, end))
        low = max(0, low)
        block = self._level[low : high + 1, max(0, start_x // 2) : end_x // 2]
        if not block.size:
            return None
        rows = np.flatnonzero(np.count_nonzero(block, axis=1) >= least_share * block.shape[1])
        if not rows.size:
            return None
        return low + int(rows[0] if end > level else rows[-1])

    def _px(self, points: float) -> int:
        return max(1, round(points * self._px_per_pt))


def _share(band: npt.NDArray[np.uint8], least: float) -> float:
    if not band.size:
        return 0.0
    return float(np.count_nonzero(band.max(axis=0) >= least)) / int(band.shape[1])


class PageLines:
    """The lines of a page in both directions."""

    def __init__(self, page: ScanPage) -> None:
        self.sheet: Sheet = page.fine
        full = page.paper - page.ink
        least = max(_LEAST_CONTRAST, round(_CONTRAST_SHARE * full))
        darkness: Grey = np.maximum(np.uint8(page.paper), page.fine.pixels) - page.fine.pixels
        self.level = Direction(darkness, least, full, self.sheet.px_per_pt)
        on_its_side = np.asarray(cv2.transpose(darkness), dtype=np.uint8)
        self.upright = Direction(on_its_side, least, full, self.sheet.px_per_pt)
