"""What a redaction that was planned as an annotation, but never applied, was to write on its box."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.layout import clean_text
from ingest.page import Box
from ingest.pdfium import PdfPage
from ingest.redaction_found import LabelWord

_KEYS = (b"OverlayText", b"Contents")
_MAX_BYTES = 1_000
_MAX_NOTES = 500


def read_redact_notes(page: PdfPage) -> tuple[LabelWord, ...]:
    """The words that planned redactions bring along, each in the box of its redaction."""
    if not page.redactions:
        return ()
    notes: list[tuple[tuple[float, float, float, float], str]] = []
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.handle), _MAX_NOTES)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.handle, number)
        if annotation:
            notes += _note(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    if not notes:
        return ()
    boxes = page.frame.displayed(np.array([edges for edges, _ in notes]))
    placed = boxes.clip(0.0, (page.width_pt, page.height_pt) * 2).round(2).tolist()
    return tuple(LabelWord(text, Box(*edges)) for edges, (_, text) in zip(placed, notes, strict=True))


def _note(annotation: Any) -> list[tuple[tuple[float, float, float, float], str]]:
    box = pdfium_c.FS_RECTF()
    if pdfium_c.FPDFAnnot_GetSubtype(annotation) != pdfium_c.FPDF_ANNOT_REDACT:
        return []
    if not pdfium_c.FPDFAnnot_GetRect(annotation, box):
        return []
    text = next((text for key in _KEYS if (text := _value(annotation, key))), "")
    return [((box.left, box.bottom, box.right, box.top), text)] if text else []


def _value(annotation: Any, key: bytes) -> str:
    size = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= _MAX_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, pointer, size)
    return " ".join(clean_text(buffer.raw[: size - 2].decode("utf-16-le", "replace")).split())
