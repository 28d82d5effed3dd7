"""Boxes of a page that was scanned askew, as they would stand if it had lain straight.

Codes in the margin belong to the box at their height, and on a letter page askew by two degrees the far
margin is 20 points higher or lower.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from ingest.page import Box, Word
from ingest.preprocess import find_skew
from ingest.redaction_found import FoundBox, FoundRedaction, LabelWord

_LEAST_LEFT = 0.35  # of a side: a box around a turned box is larger, but never only that


class StraightPage:
    """A page's skew, measured once, and what it does to boxes."""

    def __init__(self, image: Image.Image, dpi: float, width_pt: float) -> None:
        self._slope = math.tan(math.radians(find_skew(np.asarray(image), dpi)))
        self._middle = width_pt / 2

    def boxes(self, found: Sequence[FoundBox]) -> list[FoundBox]:
        """Each box without the skew: moved to where it belongs, and as narrow and low as it was drawn."""
        return [replace(item, box=self._straight(item.box)) for item in found]

    def labels(self, labels: Sequence[LabelWord]) -> list[LabelWord]:
        """Each word moved to where it belongs."""
        return [replace(label, box=self._moved(label.box)) for label in labels]

    def words(self, words: Sequence[Word]) -> list[Word]:
        """The page's words, each moved to where it belongs."""
        return [replace(word, boxes=tuple(map(self._moved, word.boxes))) for word in words]

    def redactions(self, found: Sequence[FoundRedaction]) -> list[FoundRedaction]:
        """Each of what was found on the page as displayed, without the skew."""
        return [replace(item, box=self._straight(item.box)) for item in found]

    def back(self, found: Sequence[FoundRedaction]) -> tuple[FoundRedaction, ...]:
        """What was found among moved words, where it stands on the page as displayed."""
        return tuple(replace(item, box=self._moved(item.box, -1)) for item in found)

    def as_scanned(
        self, found: Sequence[FoundRedaction], boxes: Sequence[FoundBox]
    ) -> tuple[FoundRedaction, ...]:
        """``found`` among straightened ``boxes``, each where it stands on the page as displayed."""
        original = {self._straight(item.box): item.box for item in boxes}
        return tuple(replace(item, box=original[item.box]) for item in found)

    def _straight(self, box: Box) -> Box:
        width, height, slope = box.x1 - box.x0, box.bottom - box.top, abs(self._slope)
        across = min(height * slope, (1 - _LEAST_LEFT) * width) / 2
        down = min(width * slope, (1 - _LEAST_LEFT) * height) / 2
        return self._moved(Box(box.x0 + across, box.top + down, box.x1 - across, box.bottom - down))

    def _moved(self, box: Box, way: int = 1) -> Box:
        shift = way * ((box.x0 + box.x1) / 2 - self._middle) * self._slope
        return Box(box.x0, box.top - shift, box.x1, box.bottom - shift)
