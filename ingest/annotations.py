"""What was laid over the page without being part of it: form fields, stamps, boxes, redactions not applied.

Viewers show annotations and searches should find their words, so they are made part of the page before it
is read (only in memory). A black comment box over a name is then what it is: paint over words.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

_MAX_ANNOTATIONS = 2_000  # more are no work of people; the page is read without them
_EMPTY_UTF16 = 2  # bytes: pdfium's length of a text that is not there

# These have no appearance of their own on paper.
_NOT_PAINTED = frozenset(
    {
        pdfium_c.FPDF_ANNOT_LINK,
        pdfium_c.FPDF_ANNOT_POPUP,
        pdfium_c.FPDF_ANNOT_TEXT,
        pdfium_c.FPDF_ANNOT_REDACT,
    }
)

Rectangle = tuple[float, float, float, float]


def look_at_annotations(handle: Any) -> tuple[bool, tuple[Rectangle, ...]]:
    """Whether any annotation is painted, and where redactions were planned but never applied."""
    painted = False
    redactions: list[Rectangle] = []
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(handle), _MAX_ANNOTATIONS)):
        annotation = pdfium_c.FPDFPage_GetAnnot(handle, number)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        painted = painted or kind not in _NOT_PAINTED
        box = pdfium_c.FS_RECTF()
        if kind == pdfium_c.FPDF_ANNOT_REDACT and pdfium_c.FPDFAnnot_GetRect(annotation, box):
            redactions.append((box.left, box.bottom, box.right, box.top))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return painted, tuple(redactions)


def make_part_of_page(handle: Any) -> bool:
    """Paint the annotations into the page; it must be loaded again. False when there are too many."""
    if pdfium_c.FPDFPage_GetAnnotCount(handle) > _MAX_ANNOTATIONS:
        return False
    if _lack_appearance(handle):
        _give_appearance(handle)
    return bool(pdfium_c.FPDFPage_Flatten(handle, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _lack_appearance(handle: Any) -> bool:
    """Whether an annotation does not say how it looks: each viewer then draws it as it sees fit."""
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(handle)):
        annotation = pdfium_c.FPDFPage_GetAnnot(handle, number)
        if not annotation:
            continue
        length = pdfium_c.FPDFAnnot_GetAP(annotation, pdfium_c.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if length <= _EMPTY_UTF16 and kind not in _NOT_PAINTED:
            return True
    return False


def _give_appearance(handle: Any) -> None:
    """pdfium makes up appearances when it draws a page with its annotations, be it on a single point."""
    pixel = ctypes.create_string_buffer(4)
    bitmap = pdfium_c.FPDFBitmap_CreateEx(1, 1, pdfium_c.FPDFBitmap_BGRx, pixel, 4)
    if bitmap:
        pdfium_c.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, 1, 1, 0, pdfium_c.FPDF_ANNOT)
        pdfium_c.FPDFBitmap_Destroy(bitmap)
