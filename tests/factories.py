"""Documents for tests of what is shown: real small PDFs with real pictures and word boxes, made at once.

Nothing is read by ``ingest`` here: the words are drawn, so where they stand is known.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from archive.models import Document, FieldProposal, Page
from archive.ports import Storage
from archive.rules.addresses import document_id_of
from archive.rules.statuses import DocumentKind, PageStatus, ReadingStatus, Visibility
from archive.search.analysis import exemption_codes
from archive.services.catalogue import find_or_add_agency, find_or_add_place, find_or_add_production
from archive.services.word_boxes import pack_words
from archive.storage.keys import image_key, original_key
from ingest.page import Box, Word

WIDTH_PT, HEIGHT_PT = 612.0, 792.0
FONT, SIZE_PT, LEADING_PT, MARGIN_PT = "Helvetica", 12.0, 16.0, 72.0
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
UNREADABLE = "This page took too long to read. It may be damaged: print it to a new PDF and add that."


def make_document(
    session: Session,
    storage: Storage,
    *,
    title: str = "Opt-out memo",
    pages: Sequence[str | None] = ("Counties may not opt out.",),
    visibility: Visibility = Visibility.PUBLISHED,
    kind: DocumentKind | None = None,
    dated_on: date | None = None,
    agency: str = "",
    place: str = "",
    production: str = "",
    source_file: str = "",
    bates: str = "",
    source: str = "text_layer",
    quality: float = 1.0,
    proposals: Sequence[str] = (),
    **fields: str,
) -> Document:
    """Record a document with these pages. A page that is None is one that could not be read.

    ``bates`` is a prefix that numbers the pages; ``proposals`` names fields to be shown as proposed;
    ``fields`` are sender, recipient, subject.
    """
    pdf = draw_pdf(title, pages)
    sha256 = hashlib.sha256(pdf).hexdigest()
    storage.put(original_key(sha256), pdf)
    failed = [number for number, text in enumerate(pages, 1) if text is None]
    document = Document(
        id=document_id_of(sha256),
        sha256=sha256,
        byte_count=len(pdf),
        source_file=source_file or f"{title}.pdf",
        title=title,
        kind=kind,
        dated_on=dated_on,
        agency=find_or_add_agency(session, agency) if agency else None,
        place=find_or_add_place(session, place) if place else None,
        production=find_or_add_production(session, production) if production else None,
        page_count=len(pages),
        reading_status=ReadingStatus.PARTIAL if failed else ReadingStatus.READ,
        visibility=visibility,
        received_at=NOON,
        read_at=NOON,
        content_version=1,
        indexed_version=0,
        **fields,
    )
    session.add(document)
    session.flush()
    for number, text in enumerate(pages, 1):
        page = failed_page(number) if text is None else read_page(storage, number, text, source, quality)
        page.document_id = document.id
        page.bates = f"{bates}{number:06}" if bates else None
        session.add(page)
    session.add_all(
        FieldProposal(document_id=document.id, field=field, value="x", page_number=1) for field in proposals
    )
    session.flush()
    return document


def read_page(storage: Storage, number: int, text: str, source: str, quality: float) -> Page:
    """A page that was read, with its pictures in the store. The exemptions in its text are claimed on it."""
    words = lay_out(text)
    image, thumbnail = draw_image(text, 1000), draw_image(text, 240)
    keys = [image_key(hashlib.sha256(picture).hexdigest()) for picture in (image, thumbnail)]
    storage.put(keys[0], image)
    storage.put(keys[1], thumbnail)
    return Page(
        page_number=number,
        status=PageStatus.READ,
        width_pt=WIDTH_PT,
        height_pt=HEIGHT_PT,
        text=text,
        word_boxes=pack_words(words),
        source=source,
        reader="tesseract" if source == "ocr" else "pdfium",
        quality=quality,
        marks=[],
        claimed_codes=list(exemption_codes(text)),
        image_key=keys[0],
        image_width_px=1000,
        image_height_px=round(1000 * HEIGHT_PT / WIDTH_PT),
        thumbnail_key=keys[1],
        read_at=NOON,
    )


def failed_page(number: int) -> Page:
    """A page that could not be read."""
    return Page(
        page_number=number,
        status=PageStatus.FAILED,
        failure_code="page_too_slow",
        failure_sentence=UNREADABLE,
        marks=[],
        read_at=NOON,
    )


def lay_out(text: str) -> list[Word]:
    """The words of ``text`` with the boxes where ``draw_pdf`` and ``draw_image`` put them."""
    words = []
    top, line_start = MARGIN_PT, 0
    for line in text.split("\n"):
        for match in re.finditer(r"\S+", line):
            x0 = MARGIN_PT + stringWidth(line[: match.start()], FONT, SIZE_PT)
            x1 = x0 + stringWidth(match[0], FONT, SIZE_PT)
            start = line_start + match.start()
            box = Box(x0, top, x1, top + SIZE_PT)
            words.append(Word(match[0], start, start + len(match[0]), (box,)))
        top += LEADING_PT
        line_start += len(line) + 1
    return words


def draw_pdf(title: str, pages: Sequence[str | None]) -> bytes:
    """A real PDF with these words; the same bytes each time."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH_PT, HEIGHT_PT), invariant=1)
    canvas.setTitle(title)
    for text in pages:
        canvas.setFont(FONT, SIZE_PT)
        for word in lay_out(text or ""):
            box = word.boxes[0]
            canvas.drawString(box.x0, HEIGHT_PT - box.bottom + 0.22 * SIZE_PT, word.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def draw_image(text: str, width_px: int) -> bytes:
    """The page as a WebP picture."""
    scale = width_px / WIDTH_PT
    picture = Image.new("L", (width_px, round(HEIGHT_PT * scale)), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE_PT * scale)
    for word in lay_out(text):
        box = word.boxes[0]
        pen.text((box.x0 * scale, box.top * scale), word.text, fill=0, font=font)
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=60, method=0)
    return file.getvalue()
