"""Letterheads, page numbers, stamps and signatures: what stands around the words."""

from __future__ import annotations

import math
import random
import re

from reportlab.pdfgen.canvas import Canvas

from archive.samples.paper import Furniture, Place
from archive.samples.typesetting import Figure

_NAVY = (0.09, 0.16, 0.33)


def draw_seal(canvas: Canvas, x: float, y: float, radius: float, words: str) -> None:
    """A round seal of no real body: rings, a star, and words around the rim."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*_NAVY)
    canvas.setFillColorRGB(*_NAVY)
    for share, width in ((1.0, 1.2), (0.94, 0.4), (0.66, 0.8)):
        canvas.setLineWidth(width)
        canvas.circle(x, y, radius * share)
    star = canvas.beginPath()
    for point in range(10):
        angle = math.pi / 2 + point * math.pi / 5
        reach = radius * (0.5 if point % 2 == 0 else 0.21)
        where = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        (star.moveTo if point == 0 else star.lineTo)(*where)
    star.close()
    canvas.drawPath(star, fill=1, stroke=0)
    size = radius * 0.19
    canvas.setFont("Helvetica-Bold", size)
    for index, letter in enumerate(words):
        angle = 205 - index * 230 / max(1, len(words) - 1)
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle - 90)
        canvas.drawCentredString(0, radius * 0.735, letter)
        canvas.restoreState()
    canvas.restoreState()


def federal_letterhead(office: str, component: str, address: str) -> Furniture:
    """The head of a federal letter or memo: office slanted, seal, component in bold."""

    def draw(canvas: Canvas, place: Place) -> None:
        if not place.is_first:
            return
        right, top = place.size[0] - 210, place.size[1] - 54
        draw_seal(canvas, right - 34, top - 24, 27, "SAMPLE - NOT A REAL SEAL -")
        canvas.setFillColorRGB(*_NAVY)
        canvas.setFont("Times-Italic", 8.5)
        canvas.drawString(right, top, office)
        canvas.setFont("Times-Bold", 8.5)
        canvas.drawString(right, top - 14, "U.S. Department of Homeland Security")
        canvas.setFont("Times-Roman", 8.5)
        for number, line in enumerate(address.split("\n")):
            canvas.drawString(right, top - 24 - number * 10, line)
        canvas.setFont("Times-Bold", 14)
        for number, line in enumerate(component.split("\n")):
            canvas.drawString(right, top - 60 - number * 15, line)

    return draw


def centred_letterhead(*lines: str, seal: str = "", rule: bool = True) -> Furniture:
    """A county's, clinic's or coalition's head: first line large, the rest small, all centred."""

    def draw(canvas: Canvas, place: Place) -> None:
        if not place.is_first:
            return
        middle, y = place.size[0] / 2, place.size[1] - 62
        if seal:
            draw_seal(canvas, 108, y - 12, 30, seal)
        canvas.setFont("Times-Bold", 17)
        canvas.drawCentredString(middle, y, lines[0])
        canvas.setFont("Times-Roman", 9.5)
        for number, line in enumerate(lines[1:], 1):
            canvas.drawCentredString(middle, y - 4 - 12 * number, line)
        if rule:
            canvas.setLineWidth(1)
            below = y - 14 - 12 * len(lines)
            canvas.line(72, below, place.size[0] - 72, below)

    return draw


def page_foot(text: str = "", *, numbered: str = "{number}", skip_first: bool = False) -> Furniture:
    """The foot: ``numbered`` may use {number} and {count}."""

    def draw(canvas: Canvas, place: Place) -> None:
        if skip_first and place.is_first:
            return
        canvas.setFont("Times-Roman", 9.5)
        line = numbered.format(number=place.number, count=place.count)
        canvas.drawCentredString(place.size[0] / 2, 42, line)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 42, text)

    return draw


def later_page_head(*lines: str) -> Furniture:
    """The head of a letter's second and later pages: to whom, and which page."""

    def draw(canvas: Canvas, place: Place) -> None:
        if place.is_first:
            return
        canvas.setFont("Times-Roman", 10)
        for number, line in enumerate((*lines, f"Page {place.number} of {place.count}")):
            canvas.drawString(72, place.size[1] - 44 - 12 * number, line)

    return draw


def bates_stamp(prefix: str, first: int) -> Furniture:
    """The production number at the lower right, one more on each page."""

    def draw(canvas: Canvas, place: Place) -> None:
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawRightString(place.size[0] - 40, 27, f"{prefix}{first + place.number - 1:07d}")

    return draw


def running_stamp(*lines: str, y_from_top: float = 26, size: float = 8.5, font: str = "Courier") -> Furniture:
    """A line across the head of every page: a fax's, a court's, a department's."""

    def draw(canvas: Canvas, place: Place) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            text = line.format(number=place.number, count=place.count)
            canvas.drawCentredString(place.size[0] / 2, place.size[1] - y_from_top - 10 * number, text)

    return draw


def boxed_stamp(*lines: str, x: float, y_from_top: float, tilt: float = 0) -> Furniture:
    """A rubber stamp in a frame, a little askew."""

    def draw(canvas: Canvas, place: Place) -> None:
        if not place.is_first:
            return
        canvas.translate(x, place.size[1] - y_from_top)
        canvas.rotate(tilt)
        canvas.setStrokeGray(0.2)
        canvas.setFillGray(0.2)
        canvas.setLineWidth(1.4)
        width = max(len(line) for line in lines) * 6.6 + 12
        canvas.rect(-6, -12 * (len(lines) - 1) - 7, width, 12 * len(lines) + 9)
        canvas.setFont("Helvetica-Bold", 10)
        for number, line in enumerate(lines):
            canvas.drawCentredString(width / 2 - 6, -12 * number, line)

    return draw


def signatures_in(text: str) -> dict[str, Figure]:
    """A signature for each ``@signature-name`` in a text."""

    def figure(name: str) -> Figure:
        return Figure(36, lambda canvas, x, y, _width: pen_stroke(canvas, name, x + 4, y + 10))

    return {
        f"signature-{name}": figure(name) for name in re.findall(r"^@signature-([\w-]+)$", text, re.MULTILINE)
    }


def pen_stroke(canvas: Canvas, seed: str, x: float, y: float, width: float = 130) -> None:
    """A scrawl that is the same for the same name."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    canvas.saveState()
    canvas.setStrokeColorRGB(0.06, 0.08, 0.3)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    path = canvas.beginPath()
    path.moveTo(x, y)
    loops, slant, tall = chance.randint(5, 11), chance.uniform(-3, 7), chance.randint(3, 6)
    at, step = x, width * chance.uniform(0.7, 1.1) / loops
    for index in range(loops):
        rise = chance.uniform(15, 27) if index % tall == 0 else chance.uniform(1, 9)
        dip = chance.uniform(-11, 1) if chance.random() < 0.4 else chance.uniform(-2, 2)
        back = step * chance.uniform(-0.2, 0.4)
        path.curveTo(at + slant, y + rise * 1.5, at + step + slant, y + rise, at + back + step / 2, y + dip)
        path.curveTo(
            at + step * 0.7, y + dip - 2, at + step * 0.8, y - 2, at + step, y + chance.uniform(-1, 5)
        )
        at += step
    path.curveTo(at + 9, y + 4, at + 24, y - 4, at + chance.uniform(28, 60), y + chance.uniform(-3, 11))
    canvas.drawPath(path)
    canvas.restoreState()


def punch_holes(*heights: float) -> Furniture:
    """Dark discs at the left edge, as a copier shows punched holes."""

    def draw(canvas: Canvas, _place: Place) -> None:
        canvas.setFillGray(0.12)
        for height in heights:
            canvas.circle(24, height, 9, fill=1, stroke=0)

    return draw
