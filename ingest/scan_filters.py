"""The few image filters that finding boxes needs, typed. Sides are in pixels: wide, then high."""

from __future__ import annotations

import cv2
import numpy as np

from ingest.scan_page import Grey


def dilated(pixels: Grey, wide: int, high: int) -> Grey:
    """Each pixel the lightest of its surroundings."""
    return _as_grey(cv2.dilate(pixels, _area(wide, high)))


def eroded(pixels: Grey, wide: int, high: int) -> Grey:
    """Each pixel the darkest of its surroundings."""
    return _as_grey(cv2.erode(pixels, _area(wide, high)))


def opened(pixels: Grey, wide: int, high: int) -> Grey:
    """Without light things smaller than this."""
    return _as_grey(cv2.morphologyEx(pixels, cv2.MORPH_OPEN, _area(wide, high)))


def closed(pixels: Grey, wide: int, high: int) -> Grey:
    """Without dark things smaller than this."""
    return _as_grey(cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, _area(wide, high)))


def averaged(pixels: Grey, wide: int, high: int) -> Grey:
    """Each pixel the mean of its surroundings; beyond the edge all is 0."""
    return _as_grey(cv2.boxFilter(pixels, -1, (wide, high), borderType=cv2.BORDER_CONSTANT))


def resized(pixels: Grey, wide: int, high: int) -> Grey:
    """Made smaller; each pixel the mean of those that it stands for."""
    return _as_grey(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA))


def _area(wide: int, high: int) -> Grey:
    return np.ones((high, wide), np.uint8)


def _as_grey(pixels: object) -> Grey:
    return np.asarray(pixels, dtype=np.uint8)
