"""Black boxes go into OCR as paper with dark labels; all else stays as it was scanned."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ingest.page import Box
from ingest.redaction_found import RedactionLook
from ingest.scan_picture import ScanPicture

DPI = 200.0
FACE = ImageFont.load_default(size=28)


def page_with_box(turn: float = 0.0) -> ScanPicture:
    image = Image.new("L", (1700, 2200), 246)
    draw = ImageDraw.Draw(image)
    for line in range(12):
        draw.text(
            (200, 300 + 60 * line), "The county was told of it in a letter of that day", fill=70, font=FACE
        )
    draw.rectangle((200, 1200, 1100, 1240), fill=25)
    draw.text((520, 1204), "(b)(7)(E)", fill=240, font=FACE)
    return ScanPicture(lambda: (image.rotate(turn, fillcolor=246), DPI))


def darkness(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> float:
    return 1 - float(np.asarray(picture)[top:bottom, left:right].mean()) / 255


def test_a_black_box_becomes_paper_and_its_label_ink() -> None:
    scan = page_with_box()
    assert [found.look for found in scan.boxes] == [RedactionLook.BLACK]
    scanned, light = scan.drawn[0], scan.for_ocr
    assert darkness(scanned, 220, 1210, 480, 1230) > 0.85
    assert darkness(light, 220, 1210, 480, 1230) < 0.1
    assert np.asarray(light)[1204:1238, 520:640].min() < 60
    assert np.array_equal(np.asarray(light)[:1150], np.asarray(scanned)[:1150])


def test_paper_beside_a_box_askew_stays_paper() -> None:
    scan = page_with_box(turn=1.5)
    (found,) = scan.boxes
    left, right = round(found.box.x0 * DPI / 72), round(found.box.x1 * DPI / 72)
    bottom = round(found.box.bottom * DPI / 72)
    assert darkness(scan.for_ocr, right - 120, bottom - 8, right, bottom) < 0.12
    assert darkness(scan.for_ocr, left, bottom - 40, right, bottom) < 0.2


def test_a_page_without_boxes_goes_in_as_it_is() -> None:
    image = Image.new("L", (1700, 2200), 250)
    ImageDraw.Draw(image).text((200, 300), "Nothing is withheld here", fill=40, font=FACE)
    scan = ScanPicture(lambda: (image, DPI))
    assert scan.boxes == ()
    assert scan.for_ocr is image


def test_it_is_drawn_once() -> None:
    drawn: list[Box | None] = []

    def draw() -> tuple[Image.Image, float]:
        drawn.append(None)
        return Image.new("L", (850, 1100), 250), 100.0

    scan = ScanPicture(draw)
    assert (scan.boxes, scan.for_ocr.size) == ((), (850, 1100))
    assert len(drawn) == 1
