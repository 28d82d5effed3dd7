"""How withheld words look: five manners seen in real releases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from archive.samples.markup import written_codes


class RedactionLook(StrEnum):
    BLACK = "black"
    BLACK_WITH_CODE = "black_with_code"
    GREY = "grey"
    FRAMED = "framed"
    MARGIN = "margin"  # an empty frame, and the code out in the right margin


@dataclass(frozen=True, slots=True)
class RedactionBox:
    """A box over withheld words; ``y`` is the base line, points from the bottom of the page."""

    x: float
    y: float
    width: float
    size: float
    codes: tuple[str, ...]


_FILL = {RedactionLook.BLACK: 0.0, RedactionLook.BLACK_WITH_CODE: 0.0, RedactionLook.GREY: 0.78}
_INK = {RedactionLook.BLACK_WITH_CODE: 1.0}


def draw_redaction(canvas: Canvas, box: RedactionBox, look: RedactionLook, *, margin_x: float = 0) -> None:
    """Draw the box. Nothing lies under it: the words were never set.

    ``margin_x`` is where a code in the margin stands; the other looks have no use for it.
    """
    bottom, height = box.y - 0.24 * box.size, 1.12 * box.size
    canvas.saveState()
    canvas.setFillGray(_FILL.get(look, 1.0))
    canvas.setStrokeGray(0.25)
    canvas.setLineWidth(0.8)
    framed = look in (RedactionLook.FRAMED, RedactionLook.MARGIN)
    canvas.rect(box.x - 1, bottom, box.width + 2, height, stroke=int(framed), fill=1)
    canvas.setFillGray(_INK.get(look, 0.0))
    if look is RedactionLook.MARGIN:
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(margin_x, box.y, " ".join(code.upper() for code in box.codes))
    elif look is not RedactionLook.BLACK:
        _write_code(canvas, box)
    canvas.restoreState()


def _write_code(canvas: Canvas, box: RedactionBox) -> None:
    """The code inside the box, smaller when the box is short, left out when it is tiny."""
    text = written_codes(box.codes)
    size = min(box.size * 0.82, 9.0)
    width = stringWidth(text, "Helvetica", size)
    if width > box.width:
        size *= box.width / width
    if size < 4:
        return
    canvas.setFont("Helvetica", size)
    canvas.drawCentredString(box.x + box.width / 2, box.y, text)
