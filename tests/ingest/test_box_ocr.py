"""The words inside boxes on scans, read in one go."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ingest.box_ocr import read_labels
from ingest.ocr import OcrEngine, open_engine
from ingest.ocr_engine import ENGLISH, RecognisedWord
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, LabelWord, RedactionLook
from ingest.scan_boxes import find_scan_boxes
from tests.ingest.redacted_scans import DPI, DrawnPage, font, memo, points, worn


class CountingEngine:
    """The engine, and how often it was asked."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.name, self.version, self.languages = engine.name, engine.version, engine.languages
        self.calls = 0

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        self.calls += 1
        return self._engine.recognise(image, dpi=dpi, language=language)

    def find_rotation(self, image: Image.Image, *, dpi: int) -> int:
        return self._engine.find_rotation(image, dpi=dpi)


@pytest.fixture(scope="module")
def engine() -> CountingEngine:
    return CountingEngine(open_engine())


def boxes_of(page: DrawnPage) -> list[FoundBox]:
    return [FoundBox(box, look, FoundBy.PICTURE) for look, box in page.boxes]


def inside(box: Box, labels: tuple[LabelWord, ...]) -> str:
    """What was read in the box, without spaces."""

    def is_inside(word: Box) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom

    return "".join(label.text for label in labels if is_inside(label.box))


@pytest.mark.parametrize("look", [RedactionLook.BLACK, RedactionLook.GREY, RedactionLook.FRAMED])
def test_labels_are_read_where_they_stand_with_one_call(look: RedactionLook, engine: CountingEngine) -> None:
    page, before = memo(look, seed=4, label="(b)(6)"), engine.calls
    labels = read_labels(page.image, DPI, boxes_of(page), engine)
    assert engine.calls == before + 1
    assert all(label.is_ocr and label.start == -1 for label in labels)
    right = [box for _, box in page.boxes if inside(box, labels) == "(b)(6)"]
    assert len(right) >= 0.9 * len(page.boxes)


def test_labels_are_read_on_pages_askew(engine: CountingEngine) -> None:
    grey, _ = worn(memo(RedactionLook.BLACK, seed=6, label="(b)(5)"), "L1", seed=2)
    boxes = find_scan_boxes(grey, DPI)
    labels = read_labels(Image.fromarray(grey), DPI, boxes, engine)
    read = [inside(box.box, labels) for box in boxes]
    assert sum("5" in text for text in read) >= 0.9 * len(boxes)


def test_empty_boxes_cost_no_call(engine: CountingEngine) -> None:
    for look in (RedactionLook.BLACK, RedactionLook.FRAMED, RedactionLook.GREY):
        page, before = memo(look, seed=4), engine.calls
        assert read_labels(page.image, DPI, boxes_of(page), engine) == ()
        assert engine.calls == before


def test_boxes_too_small_for_a_label_and_struck_passages_are_left_out(engine: CountingEngine) -> None:
    page, before = memo(RedactionLook.STRUCK, seed=4), engine.calls
    small = FoundBox(points(300, 300, 312, 308), RedactionLook.BLACK, FoundBy.PICTURE)
    beyond = FoundBox(Box(700, 900, 800, 950), RedactionLook.BLACK, FoundBy.PICTURE)
    assert read_labels(page.image, DPI, [*boxes_of(page), small, beyond], engine) == ()
    assert read_labels(page.image, DPI, [], engine) == ()
    assert engine.calls == before


def test_a_label_in_a_large_box_is_found_at_its_place(engine: CountingEngine) -> None:
    page = DrawnPage()
    page.pen.rectangle((200, 400, 1400, 1500), fill=0)
    page.pen.text((700, 900), "(b)(7)(E)", fill=255, font=font(12))
    box = FoundBox(points(200, 400, 1401, 1501), RedactionLook.BLACK, FoundBy.PICTURE)
    labels = read_labels(page.image, DPI, [box], engine)
    assert "".join(label.text for label in labels) == "(b)(7)(E)"
    assert abs(labels[0].box.x0 - 700 * 72 / DPI) < 3
    assert abs(labels[0].box.top - 905 * 72 / DPI) < 5


def test_a_page_without_ink_has_no_labels(engine: CountingEngine) -> None:
    blank = Image.fromarray(np.full((1100, 850), 255, dtype=np.uint8))
    box = FoundBox(Box(100, 100, 200, 120), RedactionLook.FRAMED, FoundBy.PICTURE)
    assert read_labels(blank, 100, [box], engine) == ()
