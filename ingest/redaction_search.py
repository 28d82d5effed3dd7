"""Finds what was withheld on one page: boxes drawn or scanned, codes in place of words, slip sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from ingest.code_marks import find_code_marks
from ingest.ocr_engine import OcrEngine
from ingest.page import Box, Mark, Word
from ingest.page_objects import PageObjects
from ingest.pdfium import PdfPage
from ingest.redaction_found import FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.redaction_labels import label_boxes
from ingest.shape_boxes import find_shape_boxes
from ingest.slip_pages import slip_page
from ingest.wire_redactions import MAX_REDACTIONS

_SCAN_COVER = 0.7  # of the page: the picture is the page, not something on it
_SAME_PLACE = 0.6


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What was read of the page. ``draw`` gives it in grey with its resolution in dpi; ``engine`` reads
    labels in boxes of a scan, and is None when nothing is to be read from pictures."""

    page: PdfPage
    objects: PageObjects
    text: str
    words: Sequence[Word]
    marks: Sequence[Mark]
    is_ocr: bool
    draw: Callable[[], tuple[Image.Image, float]]
    engine: Callable[[], OcrEngine] | None

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture."""
        return self.objects.total_image_cover > _SCAN_COVER


def find_redactions(evidence: PageEvidence) -> tuple[FoundRedaction, ...]:
    """What was withheld, each place once, at most ``MAX_REDACTIONS``. Raises ``PageTooLarge``."""
    page = evidence.page
    slip = slip_page(evidence.text)
    if slip is not None:
        whole = Box(0.0, 0.0, round(page.width_pt, 2), round(page.height_pt, 2))
        return (FoundRedaction(whole, RedactionLook.WHOLE_PAGE, FoundBy.TEXT, slip.codes, slip.words[:300]),)
    boxes = find_shape_boxes(page, evidence.objects, evidence.words, evidence.marks)
    labels = _labels_of(evidence.words, is_ocr=evidence.is_ocr)
    is_ocr = evidence.is_ocr or evidence.is_scan
    found = label_boxes(boxes, labels, width_pt=page.width_pt, height_pt=page.height_pt, is_ocr=is_ocr)
    codes = find_code_marks(evidence.text, evidence.words, found, is_ocr=is_ocr)
    return (*found, *codes)[:MAX_REDACTIONS]


def _labels_of(words: Sequence[Word], *, is_ocr: bool) -> tuple[LabelWord, ...]:
    return tuple(LabelWord(word.text, word.boxes[0], word.start, is_ocr) for word in words if word.boxes)
