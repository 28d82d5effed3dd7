"""A margin cut into its lines: OCR leaves out words that stand far apart in a narrow column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from ingest.page import Box
from ingest.redaction_found import FoundBox

_POINTS_PER_INCH = 72.0
_LOWEST_PT, _HIGHEST_PT = 4.0, 24.0  # of a line of letters; two that touch are one
_APART_PT, _AROUND_PT = 3.0, 1.5
_INK = 0.6  # of the way from the darkest to the paper
_LEAST_INK_PT = 1.0  # across: less is a speck
_MOST_BANDS = 40


def cut_into_lines(image: Image.Image, dpi: float, strips: Sequence[FoundBox]) -> list[FoundBox]:
    """The lines of each strip of a grey page, from the top down, as strips of their own; a strip in which no
    line can be told, as it is."""
    px_per_pt = dpi / _POINTS_PER_INCH
    pixels = np.asarray(image)
    found: list[FoundBox] = []
    for strip in strips:
        box = strip.box
        part = pixels[
            round(box.top * px_per_pt) : round(box.bottom * px_per_pt),
            round(box.x0 * px_per_pt) : round(box.x1 * px_per_pt),
        ]
        lines = _lines(part, px_per_pt) if part.size else []
        found += (
            replace(strip, box=Box(box.x0, box.top + first - _AROUND_PT, box.x1, box.top + last + _AROUND_PT))
            for first, last in lines[:_MOST_BANDS]
        )
        found += [] if lines else [strip]
    return found


def _lines(
    part: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], px_per_pt: float
) -> list[tuple[float, float]]:
    """The first and last row with ink of each line, in points from the top of ``part``."""
    dark, paper = (float(level) for level in np.percentile(part, (0.5, 75)))
    inked = (part < dark + _INK * (paper - dark)).sum(axis=1) >= max(2, _LEAST_INK_PT * px_per_pt)
    rows = np.flatnonzero(inked)
    if not rows.size:
        return []
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > _APART_PT * px_per_pt) + 1)
    lines = [(float(group[0]) / px_per_pt, float(group[-1] + 1) / px_per_pt) for group in groups]
    return [(first, last) for first, last in lines if _LOWEST_PT <= last - first <= _HIGHEST_PT]
