"""What is painted on a page beside words: pictures and filled shapes, in the order of painting."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.pdfium import Boxes, PdfPage

_MAX_OBJECTS = 50_000  # looked at; a drawing with more has no say in where its words come from
_MAX_DEPTH = 4  # forms within forms


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The pictures on the page: covers are shares of its area."""

    largest_image_cover: float = 0.0
    total_image_cover: float = 0.0


def read_page_objects(page: PdfPage) -> PageObjects:
    """Walk over the page's objects."""
    images: list[tuple[float, float, float, float]] = []
    count = min(pdfium_c.FPDFPage_CountObjects(page.handle), _MAX_OBJECTS)
    for number in range(count):
        handle = pdfium_c.FPDFPage_GetObject(page.handle, number)
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            images.append(_bounds(handle))
    if not images:
        return PageObjects()
    boxes = page.frame.displayed(np.array(images))
    covers = _covers(boxes, page)
    return PageObjects(float(covers.max()), float(covers.sum()))


def _bounds(handle: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _covers(boxes: Boxes, page: PdfPage) -> Any:
    size = (page.width_pt, page.height_pt)
    inside = boxes.clip(0.0, size * 2)
    sides = inside[:, 2:] - inside[:, :2]
    return sides[:, 0] * sides[:, 1] / (size[0] * size[1])
