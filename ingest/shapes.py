"""Filled rectangles and pictures on a page, the same from either reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.page import Box

_DARK = 90  # of 255: black and near-black; the blue of a letterhead's bar is lighter


class ShapeKind(StrEnum):
    """What was painted."""

    FILL = "fill"  # an opaque filled rectangle
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Shape:
    """Something painted at place ``order`` among all that is painted on the page."""

    order: int
    kind: ShapeKind
    box: Box
    is_dark: bool = False


def is_dark(red: float, green: float, blue: float) -> bool:
    """Whether a colour of 0..255 each is near black (ITU-R BT.601 luma)."""
    return 0.299 * red + 0.587 * green + 0.114 * blue < _DARK


def covered_share(inner: Box, outer: Box) -> float:
    """How much of ``inner`` lies in ``outer``, 0..1."""
    width = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    height = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    area = (inner.x1 - inner.x0) * (inner.bottom - inner.top)
    if width <= 0 or height <= 0 or area <= 0:
        return 0.0
    return width * height / area
