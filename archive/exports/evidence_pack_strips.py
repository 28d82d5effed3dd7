"""The stamp below each page of an evidence pack: which page of which document, where, and of what exhibit."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from archive.exports.evidence_pack import PackFile, PackPage
from archive.exports.evidence_pack_fonts import draw_line, width_of
from ingest.exhibit import STRIP_HEIGHT_PT, STRIP_WIDTH_PT

_EDGE_PT, _GAP_PT = 24.0, 12.0
_HEAD_PT, _SMALL_PT = 8.0, 7.0
_INK, _RULE = 0.1, 0.6  # greys


def page_of(heading: str, number: int, total: int) -> str:
    """``Exhibit 12 · p. 4 of 20``."""
    return f"{heading} · p. {number:,} of {total:,}"


def draw_strips(file: PackFile, heading: str, first: int, total: int) -> bytes:
    """A PDF with a stamp for each page of ``file``, the first of which is page ``first`` of the pack."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(STRIP_WIDTH_PT, STRIP_HEIGHT_PT), invariant=1)
    for number, page in enumerate(file.pages, first):
        _draw(canvas, file, page, page_of(heading, number, total))
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw(canvas: Canvas, file: PackFile, page: PackPage, head: str) -> None:
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(_RULE)
    canvas.line(_EDGE_PT, STRIP_HEIGHT_PT - 3, STRIP_WIDTH_PT - _EDGE_PT, STRIP_HEIGHT_PT - 3)
    canvas.setFillGray(_INK)
    where = f"Document {file.document_id} · page {page.page_number:,} of {file.page_count:,}"
    _line(canvas, STRIP_HEIGHT_PT - 14, head, where, _HEAD_PT, bold=True)
    _line(canvas, STRIP_HEIGHT_PT - 25, page.address, f"Bates {page.bates}" if page.bates else "", _SMALL_PT)


def _line(canvas: Canvas, y: float, left: str, right: str, size: float, *, bold: bool = False) -> None:
    """Two texts at the two edges; the left one gives way."""
    room = STRIP_WIDTH_PT - 2 * _EDGE_PT
    taken = min(width_of(right, _SMALL_PT), 0.6 * room)
    if right:
        draw_line(canvas, (STRIP_WIDTH_PT - _EDGE_PT - taken, y), right, _SMALL_PT, room=taken + 0.1)
    draw_line(canvas, (_EDGE_PT, y), left, size, bold=bold, room=room - taken - _GAP_PT)
