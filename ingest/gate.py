"""Which pages need the careful reader: those where something was painted over words that hides them.

Cheap enough for every page (0.1 to 1 ms), by pdfium's objects; the page is only drawn where words lie in a
dark box or in something that was painted after the first words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from ingest.page import Box, Mark, MarkKind
from ingest.page_objects import PageObjects, address_of
from ingest.pdfium import PdfPage
from ingest.redactions import PaintedWord, may_hide_words
from ingest.shapes import Shape
from ingest.text_layer import INVISIBLE, TextLayer

_BENEATH = 0.5
_MAX_SUSPECT_SHAPES = 300


def find_suspect_words(
    page: PdfPage, text_page: Any, layer: TextLayer, objects: PageObjects
) -> tuple[PaintedWord, ...]:
    """The words that lie in a dark box, or in anything that was painted after the first words."""
    shapes = _suspect_shapes(page, objects)
    if not shapes or not layer.lines:
        return ()
    words = [word for line in layer.lines for word in line]
    edges = _as_array([word.box for word in words])
    inside = np.zeros(len(words), dtype=bool)
    for shape in shapes:
        inside |= _covered(edges, shape.box)
    found = []
    for number in np.flatnonzero(inside).tolist():
        order, invisible = _painted(text_page, layer.first_characters[number], objects)
        found.append(PaintedWord(words[number].text, words[number].box, order, invisible, number))
    return tuple(found)


def needs_careful_reader(marks: Iterable[Mark]) -> bool:
    """Whether words are hidden on the page, as far as the fast reader can tell."""
    return any(mark.kind == MarkKind.BOX_OVER_TEXT for mark in marks)


def redaction_annotations(page: PdfPage, layer: TextLayer) -> tuple[Mark, ...]:
    """Redactions that somebody drew but never applied: the words beneath are all still there."""
    if not page.redactions:
        return ()
    words = [word for line in layer.lines for word in line]
    edges = _as_array([word.box for word in words])
    marks = []
    for row in page.frame.displayed(np.array(page.redactions)).clip(0, (page.width_pt, page.height_pt) * 2):
        box = Box(*row.round(2).tolist())
        beneath = np.flatnonzero(_covered(edges, box)).tolist() if words else []
        text = " ".join(words[number].text for number in beneath)
        marks.append(Mark(MarkKind.REDACT_ANNOTATION, box, text))
    return tuple(marks)


def _suspect_shapes(page: PdfPage, objects: PageObjects) -> list[Shape]:
    area = page.width_pt * page.height_pt
    first_text = min(objects.text_order.values(), default=0)
    suspects = [
        shape
        for shape in objects.shapes
        if may_hide_words(shape, area) and (shape.is_dark or (first_text and shape.order > first_text))
    ]
    others = [shape for shape in objects.others if may_hide_words(shape, area)]
    return suspects[:_MAX_SUSPECT_SHAPES] + others[:_MAX_SUSPECT_SHAPES]


def _painted(text_page: Any, character: int, objects: PageObjects) -> tuple[int, bool]:
    handle = pdfium_c.FPDFText_GetTextObject(text_page, character)
    if not handle:
        return objects.object_count + 1, False
    invisible = pdfium_c.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE
    return objects.text_order.get(address_of(handle), objects.object_count + 1), invisible


def _as_array(boxes: Sequence[Box]) -> Any:
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], dtype=np.float64).reshape(-1, 4)


def _covered(edges: Any, box: Box) -> Any:
    widths = np.minimum(edges[:, 2], box.x1) - np.maximum(edges[:, 0], box.x0)
    heights = np.minimum(edges[:, 3], box.bottom) - np.maximum(edges[:, 1], box.top)
    areas = (edges[:, 2] - edges[:, 0]) * (edges[:, 3] - edges[:, 1])
    return (widths > 0) & (heights > 0) & (widths * heights > _BENEATH * areas)
