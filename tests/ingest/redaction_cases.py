"""Makes PDFs that hold words to be covered, in each of the ways that a PDF can hold a word."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import reportlab
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.page import Box
from tests.ingest import redaction_beside as beside
from tests.ingest.redaction_draft import (
    HEIGHT,
    LEFT,
    PAGES,
    SIZE,
    STEP,
    TOP,
    WIDTH,
    Case,
    Draft,
    by_hand,
    page_of,
    saved,
)

__all__ = ["PAGES", "Case", "make_case"]

_FONT_FILE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def make_case(seed: int) -> Case:
    """The same case for the same number; the kinds take turns."""
    kind = list(KINDS)[seed % len(KINDS)]
    return KINDS[kind](Draft.make(seed), kind)


# Text ------------------------------------------------------------------------------------------------------


def _plain(draft: Draft, kind: str) -> Case:
    return draft.case(kind, _typed(draft, "Helvetica"))


def _subset(draft: Draft, kind: str) -> Case:
    pdfmetrics.registerFont(TTFont("Vera", str(_FONT_FILE)))
    return draft.case(kind, _typed(draft, "Vera"))


def _typed(draft: Draft, font: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    for page in draft.pages:
        canvas.setFont(font, SIZE)
        for row, line in enumerate(page):
            canvas.drawString(LEFT, HEIGHT - TOP - row * STEP, " ".join(line))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _kerned(draft: Draft, kind: str) -> Case:
    return draft.case(kind, saved(by_hand(draft, lambda text: _in_pieces(text, draft.chance))))


def _in_hex(draft: Draft, kind: str) -> Case:
    return draft.case(kind, saved(by_hand(draft, lambda text: f"<{text.encode().hex()}> Tj")))


def _in_pieces(text: str, chance: random.Random) -> str:
    return "[" + " ".join(f"({letter}) {chance.randint(-30, 30)}" for letter in text) + "] TJ"


# Forms, pictures -------------------------------------------------------------------------------------------


def _shared_form(draft: Draft, kind: str) -> Case:
    """The words are in a form that every page lists and one page shows."""
    pdf = by_hand(draft)
    page = page_of(pdf, draft)
    page.Resources.XObject.Secret = _form(pdf, page.Contents.read_bytes(), page.Resources)
    page.Contents = Stream(pdf, b"/Secret Do")
    return draft.case(kind, saved(pdf))


def _nested_form(draft: Draft, kind: str) -> Case:
    pdf = by_hand(draft)
    page = page_of(pdf, draft)
    inner = _form(pdf, page.Contents.read_bytes(), page.Resources)
    outer = _form(pdf, b"q 1 0 0 1 10 -10 cm /Inner Do Q", Dictionary(XObject=Dictionary(Inner=inner)))
    page.Resources = Dictionary(XObject=Dictionary(Outer=outer))
    page.Contents = Stream(pdf, b"q 1 0 0 1 -10 10 cm /Outer Do Q")
    return draft.case(kind, saved(pdf))


def _form(pdf: Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    form = Stream(pdf, content)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Resources = Array([0, 0, WIDTH, HEIGHT]), Dictionary(Font=resources.get("/Font"))
    if "/XObject" in resources:
        form.Resources.XObject = resources.XObject
    return pdf.make_indirect(form)


def _picture(draft: Draft, kind: str) -> Case:
    pdf = by_hand(draft)
    places = _paint(pdf, draft)
    return draft.case(kind, saved(pdf), places)


def _scan_with_layer(draft: Draft, kind: str) -> Case:
    """A picture of the words, and the words themselves, not painted."""
    pdf = by_hand(draft)
    page = page_of(pdf, draft)
    places = _paint(pdf, draft)
    words = "\n".join(
        f"BT 3 Tr /F1 {SIZE} Tf {x:.2f} {HEIGHT - TOP - row * STEP} Td ({word}) Tj ET"
        for row, x, _, word in _typeset(draft)
    )
    page.Contents = Stream(pdf, page.Contents.read_bytes() + b"\n" + words.encode())
    return draft.case(kind, saved(pdf), places)


def _typeset(draft: Draft) -> Iterator[tuple[int, float, float, str]]:
    """Row, left and right edge in points of each word of the secret page."""
    font = ImageFont.truetype(str(_FONT_FILE), SIZE * 10)
    for row, line in enumerate(draft.secret_lines):
        x = LEFT
        for word in line:
            width = font.getlength(word) / 10
            yield row, x, x + width, word
            x += width + 8


def _paint(pdf: Pdf, draft: Draft, dpi: float = 200.0) -> list[Box]:
    """Make the secret page a picture; where the secrets are on it."""
    scale = dpi / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(_FONT_FILE), SIZE * scale)
    places = []
    for row, left, right, word in _typeset(draft):
        baseline = TOP + row * STEP
        pen.text((left * scale, baseline * scale), word, fill=0, font=font, anchor="ls")
        if word in draft.secrets:
            places.append(Box(left - 1, baseline - SIZE, right + 1, baseline + 0.3 * SIZE))
    page, image = page_of(pdf, draft), Stream(pdf, picture.tobytes())
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    page.Resources = Dictionary(Font=page.Resources.Font, XObject=Dictionary(Im1=pdf.make_indirect(image)))
    page.Contents = Stream(pdf, f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q".encode())
    return places


# The page's own box ----------------------------------------------------------------------------------------


def _turned(draft: Draft, kind: str) -> Case:
    pdf = by_hand(draft)
    page_of(pdf, draft).Rotate = draft.chance.choice((90, 180, 270))
    return draft.case(kind, saved(pdf))


def _cropped(draft: Draft, kind: str) -> Case:
    pdf = by_hand(draft)
    page = page_of(pdf, draft)
    page.MediaBox = Array([-50, -70, WIDTH + 100, HEIGHT + 40])
    page.CropBox = Array([17, 23, WIDTH + 30, HEIGHT + 11])
    page.Rotate = draft.chance.choice((0, 90, 180, 270))
    return draft.case(kind, saved(pdf))


KINDS: dict[str, Callable[[Draft, str], Case]] = {
    "plain": _plain,
    "subset font": _subset,
    "kerned": _kerned,
    "hexadecimal": _in_hex,
    "shared form": _shared_form,
    "nested form": _nested_form,
    "picture": _picture,
    "picture with words beneath": _scan_with_layer,
    "turned": _turned,
    "cropped": _cropped,
    "updated": beside.updated,
    "object streams": beside.packed,
    "described": beside.described,
    "annotated": beside.annotated,
    "filled form": beside.filled_form,
    "tagged": beside.tagged,
    "said unseen elsewhere": beside.said_unseen,
}
