"""The set's pages printed and scanned: pictures only, at three levels of wear.

``L0`` is a clean scan. ``L1`` is what offices make: up to 0.6 degrees askew, a little blur and grain, JPEG of
quality 75. ``L2`` is bad: 1.2 to 2.5 degrees, blur, heavy grain and specks, low contrast, JPEG of quality
45; as faint as the bad scans that OCR is tested on (``tests/ingest/scans.py``).
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter

from archive.samples.scanning import Scanner, noise, worn_image
from ingest.limits import Limits
from ingest.page import Box
from ingest.pdfium import PdfFile
from ingest.raster import draw_grey
from tests.redaction_set.marks import (
    BARE_ON_PAPER,
    NOT_ON_PAPER,
    LabelledFile,
    LabelledPage,
    TrueMark,
)

DPI = 200
LEVELS = ("L0", "L1", "L2")


@dataclass(frozen=True, slots=True)
class _Wear:
    least_skew: float
    most_skew: float
    blur_px: float
    scanner: Scanner | None
    jpeg_quality: int


_LEVELS = {
    "L0": _Wear(0, 0, 0, None, 95),
    "L1": _Wear(0, 0.6, 0.4, Scanner(1, grain=8, specks=0, jpeg_quality=75, paper_grey=250, ink_grey=20), 75),
    "L2": _Wear(
        1.2, 2.5, 0.6, Scanner(2, grain=22, specks=0.0006, jpeg_quality=45, paper_grey=231, ink_grey=40), 45
    ),
}


def scanned_set(file: LabelledFile, level: str, numbers: Sequence[int] = ()) -> LabelledFile:
    """The pages of ``file`` (all, or those with these numbers) as scans, with what is true of them now."""
    wanted = [page for page in file.pages if not numbers or page.number in numbers]
    pictures, labelled = [], []
    for number, (page, picture) in enumerate(zip(wanted, _pictures(file.data, wanted), strict=True), 1):
        worn, angle = _worn(picture, level, page.number)
        pictures.append(worn)
        marks = tuple(
            _on_paper(mark, angle, worn.size) for mark in page.marks if mark.style not in NOT_ON_PAPER
        )
        labelled.append(LabelledPage(number, page.layout, marks, level))
    return LabelledFile(_as_pdf(pictures, _LEVELS[level].jpeg_quality), tuple(labelled))


def _pictures(data: bytes, pages: Sequence[LabelledPage]) -> list[Image.Image]:
    """Our own drawings, never a stranger's file: no sandbox is needed to draw them."""
    document = PdfFile(np.frombuffer(data, dtype=np.uint8))
    try:
        drawn = []
        for wanted in pages:
            with document.page(wanted.number) as page:
                drawn.append(draw_grey(page, DPI, Limits())[0])
        return drawn
    finally:
        document.close()


def _worn(picture: Image.Image, level: str, number: int) -> tuple[Image.Image, float]:
    """The picture after the scanner had it, and by how many degrees it was turned."""
    wear, chance = _LEVELS[level], random.Random(f"{level} {number}")
    if wear.scanner is None:
        return picture, 0.0
    angle = chance.choice((-1, 1)) * chance.uniform(wear.least_skew, wear.most_skew)
    scanner = replace(wear.scanner, seed=number)
    soft = picture.filter(ImageFilter.GaussianBlur(wear.blur_px))
    return worn_image(soft, scanner, angle, noise(scanner)), angle


def _on_paper(mark: TrueMark, angle: float, size_px: tuple[int, int]) -> TrueMark:
    """The mark where the turned page shows it."""
    box, code_box = mark.boxes[0], mark.code_box if mark.style in BARE_ON_PAPER else None
    boxes = (box,) if angle == 0 else (_about_middle(box, angle, size_px), _around(box, angle, size_px))
    turned_code = code_box and _about_middle(code_box, angle, size_px)
    return replace(mark, boxes=boxes, code_box=turned_code)


def _around(box: Box, angle: float, size_px: tuple[int, int]) -> Box:
    """The upright box around the turned one."""
    corners = [_turned(x, y, angle, size_px) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _about_middle(box: Box, angle: float, size_px: tuple[int, int]) -> Box:
    """An upright box of the old size about the new middle."""
    x, y = _turned((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2, angle, size_px)
    half_wide, half_high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    return Box(x - half_wide, y - half_high, x + half_wide, y + half_high)


def _turned(x: float, y: float, angle: float, size_px: tuple[int, int]) -> tuple[float, float]:
    """A point in points after the page was turned about its middle, against the clock."""
    middle_x, middle_y = (side * 36 / DPI for side in size_px)
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    across, down = x - middle_x, y - middle_y
    return middle_x + across * cosine + down * sine, middle_y - across * sine + down * cosine


def _as_pdf(pictures: Sequence[Image.Image], jpeg_quality: int) -> bytes:
    out = io.BytesIO()
    first, *rest = pictures
    first.save(out, "PDF", resolution=DPI, save_all=True, append_images=rest, quality=jpeg_quality)
    return out.getvalue()
