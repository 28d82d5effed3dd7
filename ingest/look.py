"""Looks at the picture of a page: does it show ink where a word is said to stand?

Readers know neither clipping nor transparency, layers nor what lies on top; the picture knows all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest.limits import Limits
from ingest.page import Box
from ingest.pdfium import Boxes, Flags, PdfPage
from ingest.raster import POINTS_PER_INCH, draw_grey, draw_page

Pixels = npt.NDArray[np.uint8]  # rows, columns, shades

_INK_DPI = 150.0
_ONE_SHADE = 48  # of 255: the noise of a JPEG picture, not the edge of a letter
_SHARP_PX_PER_PT = 1.2  # a picture that is coarser is drawn anew before anything is said
# Of 255: black under a veil of 0.95 leaves 13; the palest watermark that is meant to be seen has more.
_UNSEEN = 16
_ACROSS = (np.arange(16) + 0.5) / 16
_DOWN = np.array([0.1, 0.5, 0.9])


class PageLook:
    """One page as drawn. It is drawn at the first question, unless a ``picture`` of it is there already."""

    def __init__(self, page: PdfPage, limits: Limits, picture: Image.Image | None = None) -> None:
        self._page, self._limits, self._picture = page, limits, picture
        self._pixels: Pixels | None = None
        self._scale = picture.width / page.width_pt if picture else 1.0

    def shows(self, box: Box) -> bool:
        """Whether there is more than one shade in ``box``, beyond the noise of a picture."""
        return self.sharp.contrast(box) > _ONE_SHADE

    def contrast(self, box: Box) -> int:
        """The largest difference of shades in ``box``, 0..255."""
        return _spread(self._part(box))

    def darkness(self, box: Box) -> float:
        """The middle shade in ``box``: 0 is white, 1 is black."""
        part = self._part(box)
        return 1.0 - float(np.median(part)) / 255 if part.size else 0.0

    @cached_property
    def sharp(self) -> PageLook:
        """This look, or another by a larger drawing where the picture is too coarse to tell."""
        if self._picture is None or self._scale >= _SHARP_PX_PER_PT:
            return self
        return PageLook(self._page, self._limits)

    def is_flat(self, box: Box) -> bool:
        """Whether no eye would see a stroke in ``box``."""
        return self.contrast(box) <= _UNSEEN

    def flat(self, boxes: Boxes) -> Flags:
        """``is_flat`` for many boxes: some points of each are tried first, which settles nearly all."""
        pixels = self._draw()
        height, width = pixels.shape[:2]
        x = boxes[:, 0, None] + (boxes[:, 2] - boxes[:, 0])[:, None] * _ACROSS
        y = boxes[:, 1, None] + (boxes[:, 3] - boxes[:, 1])[:, None] * _DOWN
        columns = (x * self._scale).astype(np.int32).clip(0, width - 1)
        rows = (y * self._scale).astype(np.int32).clip(0, height - 1)
        tried = pixels[rows[:, :, None], columns[:, None, :]]
        spread = (tried.max(axis=(1, 2)).astype(np.int16) - tried.min(axis=(1, 2))).max(axis=1)
        flags: Flags = spread <= _UNSEEN
        for number in np.flatnonzero(flags).tolist():
            flags[number] = self.is_flat(Box(*boxes[number].tolist()))
        return flags

    def changes_without(self, objects: Iterable[Any], boxes: Boxes) -> Flags:
        """In which boxes the page looks otherwise when ``objects`` are not painted: there they are seen."""
        before = self._draw()
        with _not_painted(objects):
            other = PageLook(self._page, self._limits, self._draw_again())
            after = other._draw()
        changed = [_most_change(before, after, self._edges(Box(*row))) > _UNSEEN for row in boxes.tolist()]
        return np.array(changed, dtype=bool)

    def _draw_again(self) -> Image.Image:
        if self._picture is None:
            return draw_grey(self._page, _INK_DPI, self._limits)[0]
        return draw_page(self._page, self._picture.width, self._limits)

    def _draw(self) -> Pixels:
        if self._pixels is None:
            if self._picture is None:
                image, dpi = draw_grey(self._page, _INK_DPI, self._limits)
                self._scale = dpi / POINTS_PER_INCH
            else:
                image = self._picture
            pixels = np.asarray(image)
            self._pixels = pixels if pixels.ndim == 3 else pixels[:, :, None]
        return self._pixels

    def _part(self, box: Box) -> Pixels:
        pixels = self._draw()
        left, top, right, bottom = self._edges(box)
        return pixels[top:bottom, left:right]

    def _edges(self, box: Box) -> tuple[int, int, int, int]:
        left, top, right, bottom = (
            max(0, round(edge * self._scale)) for edge in (box.x0, box.top, box.x1, box.bottom)
        )
        return left, top, max(right, left + 1), max(bottom, top + 1)


def _spread(part: Pixels) -> int:
    if not part.size:
        return 0
    return int((part.max(axis=(0, 1)).astype(np.int16) - part.min(axis=(0, 1))).max())


def _most_change(before: Pixels, after: Pixels, edges: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = edges
    part = before[top:bottom, left:right].astype(np.int16) - after[top:bottom, left:right]
    return int(np.abs(part).max()) if part.size else 0


@contextmanager
def _not_painted(objects: Iterable[Any]) -> Iterator[None]:
    """Leave ``objects`` out of what is drawn, as long as the block runs."""
    left_out = [handle for handle in objects if pdfium_c.FPDFPageObj_SetIsActive(handle, 0)]
    try:
        yield
    finally:
        for handle in left_out:
            pdfium_c.FPDFPageObj_SetIsActive(handle, 1)
