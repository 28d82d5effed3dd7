"""Margins are read line by line."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from ingest.margin_bands import cut_into_lines
from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, RedactionLook

DPI = 200.0
STRIP = FoundBox(Box(0, 60, 95, 700), RedactionLook.WHITE, FoundBy.PICTURE, 0.0, needs_code=True)


def margin(*tops_pt: float) -> Image.Image:
    image = Image.new("L", (1700, 2200), 245)
    draw = ImageDraw.Draw(image)
    for top in tops_pt:
        place = (round(50 * DPI / 72), round(top * DPI / 72))
        draw.text(place, "B7(C)", fill=60, font=ImageFont.load_default(size=26))
    return image


def test_each_line_of_a_margin_is_a_strip_of_its_own() -> None:
    tops = (100.0, 130.0, 400.0)
    lines = cut_into_lines(margin(*tops), DPI, [STRIP])
    assert len(lines) == len(tops)
    for line, top in zip(lines, tops, strict=True):
        assert line.look == RedactionLook.WHITE
        assert (line.box.x0, line.box.x1) == (0, 95)
        assert top - 3 < line.box.top < line.box.bottom < top + 16


def test_an_empty_margin_stays_one_strip_and_specks_are_no_lines() -> None:
    assert cut_into_lines(margin(), DPI, [STRIP]) == [STRIP]
    specked = margin()
    specked.putpixel((100, 800), 0)
    assert cut_into_lines(specked, DPI, [STRIP]) == [STRIP]
    assert cut_into_lines(margin(100.0), DPI, []) == []
