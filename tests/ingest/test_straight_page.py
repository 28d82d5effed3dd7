"""Boxes of a page askew find the codes that stand at their height on the paper."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, FoundRedaction, LabelWord, RedactionLook
from ingest.straight_page import StraightPage

DPI, WIDTH_PT, HEIGHT_PT = 100.0, 612.0, 792.0


def page_askew(degrees: float) -> Image.Image:
    """Thirty lines of strokes like print, turned."""
    image = Image.new("L", (850, 1100), 255)
    draw = ImageDraw.Draw(image)
    for line in range(30):
        for stroke in range(80):
            draw.rectangle((100 + stroke * 8, 100 + line * 30, 104 + stroke * 8, 110 + line * 30), fill=0)
    return image.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def turned(box: Box, degrees: float) -> Box:
    """The upright box around ``box`` after the page was turned about its middle."""
    angle, middle = math.radians(degrees), (WIDTH_PT / 2, HEIGHT_PT / 2)
    corners = [
        (
            middle[0] + (x - middle[0]) * math.cos(angle) - (y - middle[1]) * math.sin(angle),
            middle[1] + (x - middle[0]) * math.sin(angle) + (y - middle[1]) * math.cos(angle),
        )
        for x in (box.x0, box.x1)
        for y in (box.top, box.bottom)
    ]
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down))


@pytest.mark.parametrize("degrees", [-2.0, -0.8, 0.0, 1.2, 2.0])
def test_a_margin_code_is_at_the_height_of_its_box_again(degrees: float) -> None:
    box, code = Box(72, 300, 400, 314), Box(560, 301, 580, 313)
    straight = StraightPage(page_askew(degrees), DPI, WIDTH_PT)
    found = FoundBox(turned(box, degrees), RedactionLook.FRAMED, FoundBy.PICTURE)
    label = LabelWord("B5", turned(code, degrees))
    (placed,), (margin,) = straight.boxes([found]), straight.labels([label])
    assert (placed.box.top + placed.box.bottom) / 2 == pytest.approx(
        (margin.box.top + margin.box.bottom) / 2, abs=2.5
    )
    assert placed.box.bottom - placed.box.top == pytest.approx(14, abs=2)


def test_what_is_found_comes_back_to_where_it_was_scanned() -> None:
    straight = StraightPage(page_askew(1.5), DPI, WIDTH_PT)
    found = FoundBox(Box(72, 300, 400, 324), RedactionLook.BLACK, FoundBy.PICTURE)
    (placed,) = straight.boxes([found])
    read = FoundRedaction(placed.box, placed.look, placed.found_by, ("b5",))
    assert straight.as_scanned([read], [found])[0].box == found.box
