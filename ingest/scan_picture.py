"""The grey picture of a scanned page: drawn once, searched for boxes once, and made fit for OCR.

Tesseract parts ink from paper by one level for the whole page (Otsu). Where large black boxes stand, they set
that level and pale print falls away; and of white labels in them it reads few. So black boxes go into OCR
inverted, as paper with dark labels.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image

from ingest.page import Box
from ingest.redaction_found import FoundBox, RedactionLook

_POINTS_PER_INCH = 72.0
_LABEL_STROKE_PT = 7.0  # the widest gap in black that a label makes: a letter
_DARKEST, _LIGHTEST = 10, 90  # percentiles
_LEAST_CONTRAST = 60  # of 255, between a box and what is around it

Grey = npt.NDArray[np.uint8]


class ScanPicture:
    """What is asked of one page's picture. ``draw`` gives it in grey with its resolution in dpi."""

    def __init__(self, draw: Callable[[], tuple[Image.Image, float]]) -> None:
        self._draw = draw

    @cached_property
    def drawn(self) -> tuple[Image.Image, float]:
        """The picture and its resolution in dpi. Raises ``PageTooLarge``."""
        return self._draw()

    @cached_property
    def boxes(self) -> tuple[FoundBox, ...]:
        """What looks like a redaction on it. Raises ``PageTooLarge``."""
        from ingest.scan_boxes import find_scan_boxes  # brings OpenCV, which other pages never need

        image, dpi = self.drawn
        return find_scan_boxes(np.asarray(image), dpi)

    @property
    def for_ocr(self) -> Image.Image:
        """The picture with its black boxes inverted. Raises ``PageTooLarge``."""
        image, dpi = self.drawn
        black = [found.box for found in self.boxes if found.look == RedactionLook.BLACK]
        if not black:
            return image
        pixels = np.array(image)
        for box in black:
            _invert(pixels, box, dpi / _POINTS_PER_INCH)
        return Image.fromarray(pixels)


def _invert(pixels: Grey, box: Box, px_per_pt: float) -> None:
    """Turn the dark area in ``box`` into paper and what stands in it into ink; corners that are paper, as of
    a box on a page askew, stay."""
    import cv2

    rows = slice(max(0, int(box.top * px_per_pt)), int(box.bottom * px_per_pt) + 1)
    columns = slice(max(0, int(box.x0 * px_per_pt)), int(box.x1 * px_per_pt) + 1)
    part = pixels[rows, columns]
    if not part.size:
        return
    dark = float(np.percentile(part, _DARKEST))
    light = max(float(np.percentile(pixels[:: max(1, pixels.shape[0] // 200)], _LIGHTEST)), dark)
    if light - dark < _LEAST_CONTRAST:
        return
    stroke = max(3, round(_LABEL_STROKE_PT * px_per_pt))
    solid = (part < (dark + light) / 2).astype(np.uint8)
    edged = cv2.copyMakeBorder(solid, stroke, stroke, stroke, stroke, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(edged, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    inside = closed[stroke:-stroke, stroke:-stroke].astype(bool)
    part[inside] = np.clip(dark + light - part[inside].astype(np.float32), 0, 255).astype(np.uint8)
