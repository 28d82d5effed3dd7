"""What stands on pages and withholds nothing, though much of it looks as if it did."""

from __future__ import annotations

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader

from ingest.page import Box
from tests.redaction_set.sheet import Sheet
from tests.redaction_set.wording import a_name, some_words


def letterhead(sheet: Sheet) -> None:
    """An emblem, the office's name and a rule."""
    canvas, middle = sheet.canvas, sheet.height - 46
    canvas.setFillGray(0.15)
    if sheet.chance.random() < 0.5:
        canvas.circle(sheet.left + 16, middle, 16, fill=1, stroke=0)
    else:
        canvas.rect(sheet.left, middle - 14, 30, 28, fill=1, stroke=0)
    canvas.setFillGray(1)
    canvas.setFont("Times-Bold", 15)
    canvas.drawCentredString(sheet.left + 15, middle - 5, "OR")
    sheet.write(sheet.left + 44, 50, "Office of Records and Notices", font="Times-Bold", size=14)
    sheet.rule(sheet.left, 70, sheet.right, 70, line=sheet.chance.choice((0.6, 2.0)))


def stamps(sheet: Sheet, number: int) -> None:
    """A Bates number, a page number and, on some pages, the stamp that sums up what was claimed."""
    sheet.write(sheet.width - 150, sheet.height - 24, f"OR-2010-{4000 + number:06}", font="Courier", size=9)
    sheet.write(sheet.width / 2, sheet.height - 24, str(number), size=9)
    dice = sheet.chance.random()
    if dice < 0.2:
        sheet.write(sheet.width - 190, 22, "RELEASE IN PART B5,B6", font="Helvetica-Bold", size=9)
    elif dice < 0.3:
        sheet.write(sheet.left, 22, "Classified by: OR 12. Reason: 1.4(D). Declassify on: 2032", size=8)


def signature(sheet: Sheet, top: float) -> None:
    """A line to sign on, and a scrawl above it."""
    sheet.rule(sheet.left, top, sheet.left + 190, top)
    canvas, chance = sheet.canvas, sheet.chance
    path = canvas.beginPath()
    path.moveTo(sheet.left + 8, sheet.height - top + 4)
    for step in range(9):
        x = sheet.left + 18 + step * 15
        path.curveTo(x - 9, sheet.height - top + chance.uniform(12, 26), x - 4, sheet.height - top - 6, x,
                     sheet.height - top + chance.uniform(0, 9))  # fmt: skip
    canvas.setStrokeGray(0.1)
    canvas.setLineWidth(1.1)
    canvas.drawPath(path)
    sheet.write(sheet.left, top + sheet.size, a_name(chance))


def heading_bar(sheet: Sheet, x0: float, top: float, x1: float, words: str, height: float = 15.0) -> None:
    """A section heading of a form: white words on black, or black words on grey."""
    box = Box(x0, top, x1, top + height)
    is_black = sheet.chance.random() < 0.7
    sheet.fill(box, 0.0 if is_black else 0.82)
    sheet.canvas.setFillGray(1.0 if is_black else 0.0)
    sheet.canvas.setFont("Helvetica-Bold", 9)
    sheet.canvas.drawString(x0 + 4, sheet.height - top - height + 4.5, words)


def tick_boxes(sheet: Sheet, x: float, top: float) -> None:
    """A row of small boxes to tick, some of them ticked or filled."""
    for number in range(4):
        left = x + number * 92
        sheet.fill(Box(left, top, left + 9, top + 9), sheet.chance.choice((None, None, 0.0)), stroke=0.01)
        sheet.write(left + 13, top + 8.5, " ".join(some_words(sheet.chance, 2))[:14], size=9)


def photograph(sheet: Sheet, box: Box) -> None:
    """Soft shapes, dark and light, as in a photograph of a street at dusk."""
    noise = np.random.default_rng(sheet.chance.randrange(1 << 30))
    coarse = Image.fromarray((noise.random((9, 13)) * 235).astype(np.uint8))
    soft = np.asarray(coarse.resize((260, 180), Image.Resampling.BICUBIC), dtype=np.float64)
    soft[110:150, 30:90] = 22  # a doorway
    soft[60:80, 150:240] = 238  # a sign
    grainy = np.clip(soft + noise.normal(0, 7, soft.shape), 0, 255).astype(np.uint8)
    picture = ImageReader(Image.fromarray(grainy))
    width, height = box.x1 - box.x0, box.bottom - box.top
    sheet.canvas.drawImage(picture, box.x0, sheet.height - box.bottom, width, height)


def bar_chart(sheet: Sheet, box: Box) -> None:
    """Axes, and bars in black and greys with figures over them."""
    sheet.rule(box.x0, box.bottom, box.x1, box.bottom)
    sheet.rule(box.x0, box.top, box.x0, box.bottom)
    count = sheet.chance.randint(5, 9)
    step = (box.x1 - box.x0 - 20) / count
    for number in range(count):
        left, high = box.x0 + 10 + number * step, sheet.chance.uniform(0.15, 0.92)
        top = box.bottom - high * (box.bottom - box.top)
        sheet.fill(Box(left, top, left + step * 0.7, box.bottom), sheet.chance.choice((0.0, 0.35, 0.7)))
        sheet.write(left, top - 3, str(round(high * 900)), size=8)
        sheet.write(left, box.bottom + 11, str(2001 + number), size=8)


def explanation(sheet: Sheet, top: float) -> float:
    """Sentences that speak of exemptions and mark none; the base line that comes next."""
    for row, line in enumerate(_EXPLAINED):
        sheet.write(sheet.left, top + row * sheet.leading, line, size=min(sheet.size, 10.5))
    return top + len(_EXPLAINED) * sheet.leading + sheet.leading


_EXPLAINED = (
    "Some portions were withheld under Exemption (b)(5) of the Act, 5 U.S.C. 552(b)(5),",
    "which protects drafts. Exemptions (b)(6) and (b)(7)(C) protect personal privacy. The",
    "motion under Rule 12(b)(6) was denied; see 8 U.S.C. 1226(b)(2) and section 241(b)(3)(B).",
)
