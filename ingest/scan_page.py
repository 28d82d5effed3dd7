"""A scanned page made ready for finding boxes: upright, in two resolutions, its paper and ink known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from ingest.page import Box
from ingest.preprocess import Affine, find_skew

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.uint8]  # 0 and 1

# One page is one process here: OpenCV's threads would only take the other core from another page, and
# they do not survive the fork that starts a reading.
cv2.setNumThreads(1)

POINTS_PER_INCH = 72.0
_FINE_DPI = 200.0  # hairlines: at half of it they are as pale as the grain of the paper
_COARSE_DPI = 100.0  # solid boxes: text is 6 pixels high, and a page takes a quarter of the time
_MIN_TURN_DEGREES = 0.12  # two pixels over the width of a page
_DARKEST_SHARE = 0.005  # of the page: a line of letters
_MOST_INK_LEVEL = 0.45  # of the paper's level
_STAIN = 0.07  # of the way from paper to ink
_BETWEEN = 0.42  # where, from ink to paper, dark ends


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A rectangle of pixels: ``left <= x < right``, ``top <= y < bottom``."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    def of(self, pixels: Grey) -> Grey:
        """The part of ``pixels`` inside."""
        return pixels[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The upright page at one resolution, and the way back to points on the page as displayed."""

    pixels: Grey
    px_per_pt: float
    to_page: Affine

    def box(self, found: PixelBox) -> Box:
        """``found`` as an upright rectangle on the page as displayed: all of it, when the page is askew."""
        corners = [
            self.to_page.point(x, y) for x in (found.left, found.right) for y in (found.top, found.bottom)
        ]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(across), min(down), max(across), max(down))

    def edges(self, box: Box) -> tuple[float, float, float, float]:
        """The left, top, right and bottom edge, in pixels, of what ``box`` goes around on the page."""
        turn = self.to_page
        cos, sin = abs(turn.a) * self.px_per_pt, abs(turn.d) * self.px_per_pt
        wide, high = (box.x1 - box.x0) * self.px_per_pt, (box.bottom - box.top) * self.px_per_pt
        square = cos * cos - sin * sin
        width, height = (wide * cos - high * sin) / square, (high * cos - wide * sin) / square
        x, y = (box.x0 + box.x1) / 2 - turn.c, (box.top + box.bottom) / 2 - turn.f
        scale = self.px_per_pt * self.px_per_pt
        across, down = scale * (turn.a * x + turn.d * y), scale * (turn.b * x + turn.e * y)
        return across - width / 2, down - height / 2, across + width / 2, down + height / 2

    def px(self, points: float) -> int:
        """How many whole pixels these points are; at least one."""
        return max(1, round(points * self.px_per_pt))


class ScanPage:
    """A grey picture of a page, upright in two resolutions."""

    def __init__(self, grey: Grey, dpi: float) -> None:
        self._grey = grey
        self._dpi = dpi
        self._angle = find_skew(self._grey, dpi)

    @cached_property
    def fine(self) -> Sheet:
        """For lines."""
        return self._sheet(_FINE_DPI)

    @cached_property
    def coarse(self) -> Sheet:
        """For areas."""
        return self._sheet(_COARSE_DPI)

    @cached_property
    def paper(self) -> int:
        """The grey level of the paper: the commonest of the lighter half."""
        return commonest_light(self.coarse.pixels)

    @cached_property
    def ink(self) -> int:
        """The grey level of the darkest ink, but not of a pale line on an empty page."""
        counts = np.cumsum(np.bincount(self.coarse.pixels.ravel(), minlength=256))
        darkest = int(np.searchsorted(counts, _DARKEST_SHARE * counts[-1]))
        return round(min(darkest, _MOST_INK_LEVEL * self.paper))

    @property
    def dark(self) -> int:
        """What is below this level is ink."""
        return round(self.ink + _BETWEEN * (self.paper - self.ink))

    @property
    def palest(self) -> int:
        """What is below this level is no paper, unless it is a stain."""
        return round(self.paper - _STAIN * (self.paper - self.ink))

    def _sheet(self, dpi: float) -> Sheet:
        shrink = min(1.0, dpi / self._dpi)
        pixels = self._grey
        height, width = pixels.shape
        if shrink < 1.0:
            size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        px_per_pt = self._dpi * shrink / POINTS_PER_INCH
        to_page = Affine(1 / px_per_pt, 0, 0, 0, 1 / px_per_pt, 0)
        if abs(self._angle) < _MIN_TURN_DEGREES:
            return Sheet(pixels, px_per_pt, to_page)
        turned, back = _turned(pixels, self._angle)
        return Sheet(turned, px_per_pt, to_page.after(back))


def commonest_light(pixels: Grey) -> int:
    """The commonest grey level of the lighter half."""
    counts = np.bincount(pixels.ravel(), minlength=256)
    return 128 + int(np.argmax(counts[128:]))


def _turned(pixels: Grey, degrees: float) -> tuple[Grey, Affine]:
    """The page turned about its middle so that lines of text lie level, and the way back."""
    height, width = pixels.shape
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = width / 2, height / 2
    back = Affine(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y)
    matrix = np.array([[back.a, back.b, back.c], [back.d, back.e, back.f]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    edge = cv2.BORDER_REPLICATE
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=flags, borderMode=edge)
    return np.asarray(turned, dtype=np.uint8), back
