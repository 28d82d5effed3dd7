"""Finds what was withheld on one page: boxes drawn or scanned, codes in place of words, slip sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.code_marks import find_code_marks
from ingest.exemption_codes import read_codes
from ingest.margin_bands import cut_into_lines
from ingest.margin_codes import margin_strips
from ingest.ocr_engine import OcrEngine, OcrFailed, OcrUnavailable
from ingest.page import Box, Mark, Word
from ingest.page_objects import PageObjects
from ingest.pdfium import PdfPage
from ingest.redact_notes import read_redact_notes
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.redaction_labels import label_boxes
from ingest.redaction_mending import BoxLabels, mend_boxes, mend_code_marks, mend_margins
from ingest.scan_picture import ScanPicture
from ingest.shape_boxes import find_shape_boxes
from ingest.shapes import area_of, covered_share
from ingest.slip_pages import slip_page
from ingest.straight_page import StraightPage
from ingest.text_layer import TextLayer
from ingest.wire_redactions import MAX_REDACTIONS, MAX_STATUTE

_SCAN_COVER = 0.7  # of the page: the picture is the page, not something on it
_SAME_PLACE = 0.6
_NESTED = 0.85
_LINE_PT = 6.0
_NOTHING = (0, 0.0)
_SURE = 0.55


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What was read of the page.

    ``layer`` is the file's own text, also where OCR was trusted more: it may know codes that OCR misread.
    ``engine`` reads labels in boxes of a scan, and is None when nothing is to be read from pictures.
    """

    page: PdfPage
    objects: PageObjects
    text: str
    words: Sequence[Word]
    marks: Sequence[Mark]
    layer: TextLayer
    is_ocr: bool
    scan: ScanPicture
    engine: Callable[[], OcrEngine] | None


def is_scan(objects: PageObjects) -> bool:
    """Whether the page is a picture, be there words over it or not."""
    return objects.total_image_cover > _SCAN_COVER


def find_redactions(evidence: PageEvidence) -> tuple[FoundRedaction, ...]:
    """What was withheld, each place once, at most ``MAX_REDACTIONS``. Raises ``PageTooLarge``."""
    page = evidence.page
    slip = slip_page(evidence.text)
    if slip is not None:
        whole = Box(0.0, 0.0, round(page.width_pt, 2), round(page.height_pt, 2))
        return (FoundRedaction(whole, RedactionLook.WHOLE_PAGE, FoundBy.TEXT, slip.codes, slip.words[:300]),)
    boxes = find_shape_boxes(page, evidence.objects, evidence.words, evidence.marks)
    labels = (*read_redact_notes(page), *_labels_of(evidence))
    if is_scan(evidence.objects) and evidence.engine is not None:
        found = _find_on_scan(evidence, boxes, labels, evidence.engine)
    else:
        is_ocr = evidence.is_ocr or is_scan(evidence.objects)
        found = label_boxes(boxes, labels, width_pt=page.width_pt, height_pt=page.height_pt, is_ocr=is_ocr)
        found += find_code_marks(evidence.text, evidence.words, found, is_ocr=is_ocr)
    return tuple(map(_with_statute, found[:MAX_REDACTIONS]))


def _with_statute(found: FoundRedaction) -> FoundRedaction:
    """Exemption 3 points to another statute, which its label may name."""
    if "b3" not in found.codes:
        return found
    named = (span.statute for span in read_codes(found.code_text) if span.statute)
    return replace(found, statute=next(named, "")[:MAX_STATUTE])


def _find_on_scan(
    evidence: PageEvidence,
    drawn: Sequence[FoundBox],
    labels: Sequence[LabelWord],
    engine: Callable[[], OcrEngine],
) -> tuple[FoundRedaction, ...]:
    """Boxes in the picture beside those that were drawn over it with the words that stand in them, and codes
    in gaps of the text; all of it looked at as if the page had lain straight."""
    straight = StraightPage(*evidence.scan.drawn, evidence.page.width_pt)
    found = _find_boxes_on_scan(evidence, drawn, labels, engine, straight)
    words, taken = straight.words(evidence.words), straight.redactions(found)
    marks = find_code_marks(evidence.text, words, taken, is_ocr=True)
    if evidence.is_ocr:
        own = [LabelWord(word.text, word.boxes[0], word.start) for word in words if word.boxes]
        marks = mend_code_marks(own, taken, marks, width_pt=evidence.page.width_pt)
    return found + straight.back(marks)


def _find_boxes_on_scan(
    evidence: PageEvidence,
    drawn: Sequence[FoundBox],
    labels: Sequence[LabelWord],
    engine: Callable[[], OcrEngine],
    straight: StraightPage,
) -> tuple[FoundRedaction, ...]:
    from ingest.box_ocr import read_labels  # brings OpenCV, which other pages never need

    page, (image, dpi) = evidence.page, evidence.scan.drawn
    fresh = [box for box in evidence.scan.boxes if not any(_is_same(box.box, other.box) for other in drawn)]
    boxes = without_cells((*drawn, *fresh))
    if not boxes:
        return ()
    margins = margin_strips(boxes, width_pt=page.width_pt, height_pt=page.height_pt)
    looked_at = (*boxes, *cut_into_lines(image, dpi, margins))
    try:
        read = read_labels(image, dpi, looked_at, engine())
    except (OcrFailed, OcrUnavailable):
        read = ()
    told = _each_once(labels, read, looked_at, trusted=not evidence.is_ocr)
    found = label_boxes(
        straight.boxes(boxes),
        straight.labels(mend_margins(told, page.width_pt)),
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        is_ocr=True,
    )
    found = straight.as_scanned(found, boxes)
    own_of, read_of = _by_box(labels, boxes), _by_box(read, boxes)
    readings = [
        BoxLabels(box, (read_of.get(number, []), own_of.get(number, []))) for number, box in enumerate(boxes)
    ]
    sure = sum(bool(one.codes) and one.confidence >= _SURE for one in found)
    return mend_boxes(found, readings, sure=sure)


def _each_once(
    labels: Sequence[LabelWord],
    read: Sequence[LabelWord],
    boxes: Sequence[FoundBox],
    *,
    trusted: bool,
) -> list[LabelWord]:
    """In each box either the page's own words or those that were read out of it, whichever make better codes.

    The page's go first when they are ``trusted``: a label that was set over the scan.
    """
    own_of, read_of = _by_box(labels, boxes), _by_box(read, boxes)
    kept = own_of.pop(-1, [])
    for number in range(len(boxes)):
        own, fresh = own_of.get(number, []), read_of.get(number, [])
        if trusted and _worth(own) > _NOTHING:
            kept += own
        else:
            kept += own if _worth(own) > _worth(fresh) else fresh
    return kept


def _by_box(labels: Sequence[LabelWord], boxes: Sequence[FoundBox]) -> dict[int, list[LabelWord]]:
    """The labels in each box by its number, in the innermost where boxes are in boxes; -1 has the others."""
    found: defaultdict[int, list[LabelWord]] = defaultdict(list)
    for label in labels:
        within = [
            (area_of(box.box), number)
            for number, box in enumerate(boxes)
            if covered_share(label.box, box.box) > _SAME_PLACE
        ]
        found[min(within)[1] if within else -1].append(label)
    return found


def _worth(labels: Sequence[LabelWord]) -> tuple[int, float]:
    """How many codes the words make, and how surely."""
    in_order = sorted(labels, key=lambda label: (round(label.box.top / _LINE_PT), label.box.x0))
    spans = read_codes(" ".join(label.text for label in in_order), is_ocr=True)
    if not spans:
        return _NOTHING
    return len({code for span in spans for code in span.codes}), min(span.confidence for span in spans)


def without_cells(boxes: Sequence[FoundBox]) -> tuple[FoundBox, ...]:
    """``boxes`` without frames and bars around or within a black box: a form's cell, specks of a label."""
    black = [box for box in boxes if box.look == RedactionLook.BLACK]
    return tuple(
        box
        for box in boxes
        if box.look == RedactionLook.BLACK
        or not any(
            max(covered_share(box.box, other.box), covered_share(other.box, box.box)) > _NESTED
            for other in black
        )
    )


def _is_same(box: Box, other: Box) -> bool:
    return max(covered_share(box, other), covered_share(other, box)) > _SAME_PLACE


def _labels_of(evidence: PageEvidence) -> tuple[LabelWord, ...]:
    """The page's words; of a scan also the codes that its text layer has, in place of what OCR read there."""
    known: tuple[LabelWord, ...] = ()
    if evidence.is_ocr:
        words = (word for line in evidence.layer.lines for word in line)
        known = tuple(LabelWord(word.text, word.box) for word in words if read_codes(word.text))
    return known + tuple(
        LabelWord(word.text, word.boxes[0], word.start, evidence.is_ocr)
        for word in evidence.words
        if word.boxes and not any(_is_same(word.boxes[0], other.box) for other in known)
    )
