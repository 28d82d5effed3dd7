"""The set as born-digital pages: the same for the same seed."""

from __future__ import annotations

import io
import random

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box
from tests.redaction_set.furniture import stamps
from tests.redaction_set.layouts import LAYOUTS
from tests.redaction_set.marks import LabelledFile, LabelledPage, Style
from tests.redaction_set.sheet import Annotation, Sheet
from tests.redaction_set.wording import MANNERS

PAGES = 220  # hold more than 2,000 marks
SEED = 6
_LETTER = (612.0, 792.0)
_FONTS = ("Helvetica", "Times-Roman", "Courier")
_UNMARKED_EVERY = 5  # one page in five withholds nothing
_TURNED_EVERY = 12  # one in twelve is displayed turned (/Rotate 90)


def born_digital_set(pages: int = PAGES, seed: int = SEED) -> LabelledFile:
    """``pages`` pages in one file: each layout in each style, one page in five without any mark."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_LETTER, invariant=True, pageCompression=1)
    labelled, annotations = [], []
    for number in range(1, pages + 1):
        page, notes = _draw_page(canvas, number, random.Random(seed * 100_003 + number))
        labelled.append(page)
        annotations.append(notes)
        canvas.showPage()
    canvas.save()
    return LabelledFile(_annotated(buffer.getvalue(), annotations), tuple(labelled))


def _draw_page(canvas: Canvas, number: int, chance: random.Random) -> tuple[LabelledPage, list[Annotation]]:
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    styles = list(Style)
    is_turned = number % _TURNED_EVERY == 0
    width, height = reversed(_LETTER) if layout == "table" and number % 2 else _LETTER
    canvas.setPageSize((width, height))  # as displayed: it is turned back for the file
    canvas.setPageRotation(90 if is_turned else 0)
    if is_turned:
        canvas.transform(0, 1, -1, 0, height, 0)
    sheet = Sheet(
        canvas,
        chance,
        width,
        height,
        font=_FONTS[number % 3],
        size=chance.choice((10.0, 11.0, 12.0)),
        style=styles[(number // len(LAYOUTS)) % len(styles)],
        manner=chance.choice(MANNERS),
        left=100.0,
        right=width - 100.0,
        is_red=chance.random() < 0.2,
    )
    share = 0.0 if chance.randrange(_UNMARKED_EVERY) == 0 else chance.uniform(0.25, 0.6)
    LAYOUTS[layout](sheet, share)
    stamps(sheet, number)
    page = LabelledPage(number, layout, tuple(sheet.marks))
    return page, [_as_filed(note, height, is_turned) for note in sheet.annotations]


def _as_filed(note: Annotation, height: float, is_turned: bool) -> Annotation:
    """The annotation's box as the file has it: from the bottom left, before the page is turned."""
    box = note.box
    if is_turned:
        return Annotation(Box(box.top, box.x0, box.bottom, box.x1), note.overlay)
    return Annotation(Box(box.x0, height - box.bottom, box.x1, height - box.top), note.overlay)


def _annotated(data: bytes, annotations: list[list[Annotation]]) -> bytes:
    with Pdf.open(io.BytesIO(data)) as pdf:
        for page, notes in zip(pdf.pages, annotations, strict=True):
            if notes:
                page.Annots = Array([pdf.make_indirect(_redact(note)) for note in notes])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _redact(note: Annotation) -> Dictionary:
    box = note.box
    edges = [round(edge, 3) for edge in (box.x0, box.top, box.x1, box.bottom)]
    x0, y0, x1, y1 = edges
    redact = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Redact,
        Rect=Array(edges),
        QuadPoints=Array([x0, y1, x1, y1, x0, y0, x1, y0]),
        IC=Array([0, 0, 0]),
    )
    redact.OverlayText = String(note.overlay)
    return redact
