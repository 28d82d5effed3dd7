"""Filled rectangles and pictures on a page, the same from either reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.page import Box

Colour = tuple[int, int, int]

_DARK = 90  # of 255: black and near-black; the blue of a letterhead's bar is lighter


class ShapeKind(StrEnum):
    """What was painted."""

    FILL = "fill"  # an opaque filled rectangle
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Shape:
    """Something painted at place ``order`` among all that is painted on the page.

    ``colour`` is red, green and blue of 0..255, where the reader knows it; ``is_framed``: with a line around
    it that can be seen.
    """

    order: int
    kind: ShapeKind
    box: Box
    is_dark: bool = False
    colour: Colour | None = None
    is_framed: bool = False


def is_dark(red: float, green: float, blue: float) -> bool:
    """Whether a colour of 0..255 each is near black (ITU-R BT.601 luma)."""
    return luma(red, green, blue) < _DARK


def luma(red: float, green: float, blue: float) -> float:
    """How light a colour of 0..255 each is, 0 to 255."""
    return 0.299 * red + 0.587 * green + 0.114 * blue


def overlap_share(one: Box, other: Box) -> float:
    """The share that two boxes have of the place that both take, 0..1: 1 when they are the same."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (_area(one) + _area(other) - width * height)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def area_of(box: Box) -> float:
    """In square points."""
    return (box.x1 - box.x0) * (box.bottom - box.top)


def covered_share(inner: Box, outer: Box) -> float:
    """How much of ``inner`` lies in ``outer``, 0..1."""
    width = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    height = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    area = _area(inner)
    if width <= 0 or height <= 0 or area <= 0:
        return 0.0
    return width * height / area
