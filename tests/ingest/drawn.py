"""PDFs drawn for the tests of reading, and the readers opened on them in this process.

In the archive a PDF is only ever opened in a sandbox child; these files are our own.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.limits import Limits
from ingest.page import PageFailure, PageReading
from ingest.pipeline import PageReader, ReadOptions

LETTER = (612.0, 792.0)
PROSE = (
    "The agency did not answer whether a county may opt out of the program. It said that the agreement"
    " with the state was enough and that no county had a say in the matter at all."
)


def draw(path: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = LETTER) -> Path:
    """A PDF with one page for each of ``pages``, which draw with the origin at the lower left."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for page in pages:
        canvas.setFont("Helvetica", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


def prose(canvas: Canvas) -> None:
    """A page's worth of plain lines."""
    for number in range(30):
        canvas.drawString(72, 720 - 20 * number, PROSE[:80])


def read_here(
    path: Path, *, page_number: int = 1, images: bool = False, ocr: bool = False, limits: Limits | None = None
) -> PageReading | PageFailure:
    """One page, read in this process."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    reader = PageReader(data, limits or Limits(), ReadOptions(images=images, ocr=ocr))
    (page,) = reader.read_pages([page_number])
    reader.file.close()
    return page


def read_page(path: Path, *, page_number: int = 1, images: bool = False, ocr: bool = False) -> PageReading:
    """The same, where it must go well."""
    page = read_here(path, page_number=page_number, images=images, ocr=ocr)
    assert isinstance(page, PageReading), page
    return page
