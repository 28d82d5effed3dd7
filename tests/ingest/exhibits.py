"""Exhibits made for tests, and what is seen on them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from ingest.exhibit import STRIP_HEIGHT_PT, STRIP_WIDTH_PT, ExhibitPage, ExhibitPart
from ingest.page import Box, PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskPage

STAMP = "Zqstamp"
SCALE = 2.0  # pixels a point


def strips(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(STRIP_WIDTH_PT, STRIP_HEIGHT_PT), invariant=1)
    for number in range(1, count + 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(24, 20, f"{STAMP}{number}")
        canvas.drawRightString(STRIP_WIDTH_PT - 24, 6, f"{STAMP}R{number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def make_part(sandbox: Sandbox, source: Path, pages: Sequence[ExhibitPage], made: Path) -> Path:
    made.unlink(missing_ok=True)
    sandbox.make_exhibit(source, ExhibitPart(tuple(pages), strips(len(pages))), made)
    return made


def read(sandbox: Sandbox, path: Path) -> dict[int, PageReading]:
    events = sandbox.read([ReadTask(key="file", path=path, images=False, ocr=False)])
    pages = [event.page for event in events if isinstance(event, TaskPage)]
    return {page.page_number: page for page in pages if isinstance(page, PageReading)}


def pixels(path: Path, page_number: int, scale: float = SCALE) -> NDArray[np.int16]:
    document = pypdfium2.PdfDocument(path)
    try:
        return np.asarray(
            document[page_number - 1].render(scale=scale).to_pil().convert("RGB"), dtype=np.int16
        )
    finally:
        document.close()


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def yellow_box(picture: NDArray[np.int16], scale: float = SCALE) -> Box:
    yellow = (picture[..., 0] > 180) & (picture[..., 1] > 150) & (picture[..., 2] < 160)
    rows, columns = np.where(yellow.any(axis=1))[0], np.where(yellow.any(axis=0))[0]
    assert rows.size, "nothing is marked"
    return Box(columns[0] / scale, rows[0] / scale, (columns[-1] + 1) / scale, (rows[-1] + 1) / scale)
