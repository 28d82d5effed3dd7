"""Draws scanned pages with boxes of every kind, at three levels of wear; the truth is in points."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ingest.page import Box
from ingest.redaction_found import RedactionLook
from ingest.scan_page import Grey

DPI = 200
SIZE_PX = (1700, 2200)
WORDS = "the board of a county asked whether notice of its plan must be given before any record is kept"
LEVELS = ("L0", "L1", "L2")


@dataclass
class DrawnPage:
    """A page in the drawing, and the boxes on it."""

    image: Image.Image = field(default_factory=lambda: Image.new("L", SIZE_PX, 255))
    boxes: list[tuple[RedactionLook, Box]] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)


def font(size_pt: float = 11.0) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size_pt * DPI / 72)


def points(left: float, top: float, right: float, bottom: float) -> Box:
    """A box of pixels in points."""
    return Box(left * 72 / DPI, top * 72 / DPI, right * 72 / DPI, bottom * 72 / DPI)


def memo(look: RedactionLook | None, seed: int, label: str = "") -> DrawnPage:
    """Lines of words; in every second line some are withheld, the way ``look`` says."""
    page, chance = DrawnPage(), random.Random(seed)
    face = font()
    for row in range(34):
        y, x = 200 + row * 50, 200
        withheld = chance.randrange(1, 5) if look and row % 2 else -1
        for number in range(6):
            text = " ".join(chance.choice(WORDS.split()) for _ in range(2))
            width = int(face.getlength(text))
            if number == withheld:
                _withhold(page, look or RedactionLook.BLACK, (x, y, x + width + 40, y + 38), text, label)
                width += 40
            else:
                page.pen.text((x, y), text, fill=0, font=face)
                page.words.append(points(x, y + 4, x + width, y + 34))
            x += width + 16
            if x > 1300:
                break
    return page


def _withhold(
    page: DrawnPage, look: RedactionLook, box: tuple[int, int, int, int], text: str, label: str
) -> None:
    pen, (left, top, right, bottom) = page.pen, box
    if look is RedactionLook.STRUCK:
        pen.text((left, top), text, fill=0, font=font())
        right = left + int(font().getlength(text))
        pen.line((left, top + 22, right, top + 22), fill=0, width=3)
        page.boxes.append((look, points(left, top + 6, right, top + 38)))
        return
    fill = {RedactionLook.BLACK: 0, RedactionLook.GREY: 185, RedactionLook.FRAMED: 255}[look]
    pen.rectangle((left, top, right, bottom), fill=fill, outline=90 if look is RedactionLook.FRAMED else fill)
    shade = 255 if look is RedactionLook.BLACK else 0
    pen.text((left + 12, top + 6), label, fill=shade, font=font(8))
    page.boxes.append((look, points(left, top, right + 1, bottom + 1)))


def worn(page: DrawnPage, level: str, seed: int = 1) -> tuple[Grey, float]:
    """The page as a scanner gives it, and by how many degrees it was turned (with the clock)."""
    if level == "L0":
        return np.asarray(page.image), 0.0
    chance = np.random.default_rng(seed)
    bad = level == "L2"
    angle = float(chance.uniform(1.2, 2.5) if bad else chance.uniform(0.2, 0.6)) * (-1) ** seed
    paper = page.image.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    paper = paper.filter(ImageFilter.GaussianBlur(1.0 if bad else 0.5))
    low, span = (60, 0.62) if bad else (20, 0.9)
    grey = low + np.asarray(paper, dtype=np.float32) * span
    grey += chance.normal(0.0, 22.0 if bad else 8.0, grey.shape)
    if bad:
        hit = chance.random(grey.shape)
        grey[hit < 0.0004], grey[hit > 0.9996] = 0, 255
    buffer = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=45 if bad else 75)
    return np.asarray(Image.open(buffer)), angle


def turned(box: Box, degrees: float) -> Box:
    """The upright box around ``box`` after the page was turned about its middle."""
    middle_x, middle_y = (side * 36 / DPI for side in SIZE_PX)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    corners = [(x - middle_x, y - middle_y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    across = [float(middle_x + x * cos - y * sin) for x, y in corners]
    down = [float(middle_y + x * sin + y * cos) for x, y in corners]
    return Box(min(across), min(down), max(across), max(down))


def same_share(one: Box, other: Box) -> float:
    """The share of the area of both that both cover."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    areas = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in (one, other))
    return width * height / (areas - width * height)
