"""What is found on pages drawn for the tests of redactions, by the parts that look at born-digital pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from ingest.code_marks import find_code_marks
from ingest.page import Box, PageReading
from ingest.page_objects import read_page_objects
from ingest.pdfium import PdfFile
from ingest.redact_notes import read_redact_notes
from ingest.redaction_found import FoundBox, FoundRedaction, LabelWord
from ingest.redaction_labels import label_boxes
from ingest.shape_boxes import find_shape_boxes
from tests.ingest.drawn import LETTER, draw, read_page


def boxes_of(path: Path) -> tuple[PageReading, tuple[FoundBox, ...], tuple[FoundRedaction, ...]]:
    """The first page's reading, the boxes on it, and what they and codes without a box stand for."""
    reading = read_page(path)
    file = PdfFile(np.fromfile(path, dtype=np.uint8))
    with file.page(1) as page:
        boxes = find_shape_boxes(page, read_page_objects(page), reading.words, reading.marks)
        notes = read_redact_notes(page)
    file.close()
    labels = [LabelWord(word.text, word.boxes[0], word.start) for word in reading.words]
    size = {"width_pt": reading.width_pt, "height_pt": reading.height_pt}
    found = label_boxes(boxes, [*labels, *notes], **size, is_ocr=False)
    return reading, boxes, (*found, *find_code_marks(reading.text, reading.words, found, is_ocr=False))


def found_on(path: Path) -> tuple[FoundRedaction, ...]:
    """What is withheld on a file's first page."""
    return boxes_of(path)[2]


def found_in(folder: Path, page: Callable[[Canvas], None]) -> tuple[FoundRedaction, ...]:
    """What is withheld on a page that is drawn by ``page``."""
    return found_on(draw(folder / "page.pdf", page))


def from_top(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A rectangle drawn from the lower left of a letter page, as a box."""
    return Box(x0, LETTER[1] - y1, x1, LETTER[1] - y0)
