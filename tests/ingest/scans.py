"""Makes page images like those that come from an office copier, from words we know."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

WIDTH_PT, HEIGHT_PT = 612.0, 792.0

MEMO = """MEMORANDUM FOR: All Field Office Directors
FROM: Director, Office of Community Programs
SUBJECT: Answers to counties that ask to leave the program
DATE: October 12, 2010

This memorandum sets out how field offices should answer a county
board that has voted to leave the program. Several boards have asked
whether taking part is voluntary, and the answers they were given in
the spring do not agree with one another. Until new guidance has been
approved, staff should not describe the program as voluntary and should
send each written question to headquarters within two working days.

A county that wishes to discuss its activation date may do so. The date
can be moved, but by no more than ninety days, and only when the county
gives its reasons in writing. Requests by telephone are to be recorded
in the log with the name of the caller, the day and the hour.

Please keep the originals of all letters. Copies go to the records
officer, who will number them and answer requests from the public."""


def draw_page(
    text: str = MEMO, *, font: str = "Times-Roman", size: float = 12.0, dpi: int = 200
) -> Image.Image:
    """A letter-size page with ``text``, grey."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH_PT, HEIGHT_PT), invariant=True)
    canvas.setFont(font, size)
    for number, line in enumerate(text.split("\n")):
        canvas.drawString(72, HEIGHT_PT - 90 - number * size * 1.35, line)
    canvas.showPage()
    canvas.save()
    document = PdfDocument(buffer.getvalue())
    try:
        image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return image


def as_scan(
    page: Image.Image, *, skew_degrees: float = 0.0, noise: float = 0.0, specks: float = 0.0, seed: int = 1
) -> Image.Image:
    """``page`` as a copier gives it: turned (text falls to the right), blurred, grainy, speckled, JPEG."""
    paper = page.rotate(-skew_degrees, Image.Resampling.BICUBIC, fillcolor=255)
    paper = paper.filter(ImageFilter.GaussianBlur(0.8))
    chance = np.random.default_rng(seed)
    grey = 40 + np.asarray(paper, dtype=np.float64) * 0.75  # faint ink on greyish paper
    grey += chance.normal(0.0, noise, grey.shape)
    hit = chance.random(grey.shape)
    grey[hit < specks / 2] = 0
    grey[hit > 1 - specks / 2] = 255
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=55)
    return Image.open(buffer).convert("L")


def character_error_rate(read: str, truth: str) -> float:
    """Edit distance over the length of ``truth``, white space not counted."""
    a, b = "".join(read.split()), "".join(truth.split())
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1] / len(b)
