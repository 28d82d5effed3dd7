"""Small PDFs for tests, made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas


def pdf_bytes(pages: Sequence[str]) -> bytes:
    """A born-digital PDF with one page a text; line breaks in the text are line breaks on the page."""
    buffer = BytesIO()
    paper = canvas.Canvas(buffer, pagesize=letter, invariant=True)
    for text in pages:
        lines = paper.beginText(72, 720)
        lines.setFont("Times-Roman", 12)
        lines.textLines(text)
        paper.drawText(lines)
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def write_pdf(path: Path, *pages: str) -> Path:
    """The same as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf_bytes(pages))
    return path
