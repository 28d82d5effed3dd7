"""A picture of a cited passage with its source below it: for social media and for slides.

Drawn with the letters that Pillow brings, which are few: what it lacks is written plainly (``É`` as ``E``),
or left out. The words themselves are never set anew: they are cut out of the picture of the page.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from ingest.page import Box

WIDTH_PX = 1_200  # what link previews show
MOST_PASSAGE_PX = 2_400  # a passage over a whole page stays a picture that can be sent
_MARGIN_PX = 40
_CONTEXT_PT = 30.0  # about two lines above and below
_SIDE_PT = 14.0
_LINE_GAP_PT = 3.0
_YELLOW = (255, 225, 92)
_INK, _SOFT, _RULE, _PAPER = (29, 27, 24), (92, 86, 76), (221, 213, 196), (251, 248, 241)
_TITLE_PX, _LINE_PX = 30, 23
_PLAIN = str.maketrans(
    {"\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u00a7": "Sec."}
)
_MOST_LETTERS = 600  # more than three lines hold
_PIECE = re.compile(r"\S{1,30}")  # of these even the widest letters fit into a line
_PRIVATE_USE = "\ue000"  # no font has it


@dataclass(frozen=True, slots=True)
class PictureOfPage:
    """A page's picture, its size in points, where its words stand, and the cited ones among them."""

    picture: bytes  # WebP or PNG
    width_pt: float
    height_pt: float
    marks: Sequence[Box]
    words: Sequence[Box] = ()


@dataclass(frozen=True, slots=True)
class SourceLines:
    """What stands below: the title, then a line each."""

    title: str
    lines: Sequence[str]


def draw_passage(pages: Sequence[PictureOfPage], source: SourceLines | None = None) -> bytes:
    """The passage as PNG, 1,200 px wide; without ``source`` only the paper, without a margin."""
    cuttings = [_cut(page) for page in pages]
    feet = _draw_source(source) if source is not None else None
    edge = _MARGIN_PX if feet is not None else 0
    below = [feet] if feet is not None else []
    height = (
        2 * edge + sum(part.height for part in [*cuttings, *below]) + edge * (len(cuttings) - 1 + len(below))
    )
    width = WIDTH_PX - 2 * (_MARGIN_PX - edge)
    sheet = Image.new("RGB", (width, height), _PAPER)
    top = edge
    for part in [*cuttings, *below]:
        sheet.paste(part, ((width - part.width) // 2, top))
        top += part.height + edge
    file = io.BytesIO()
    sheet.quantize(96, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def cut_of(page: PictureOfPage) -> Box:
    """What is shown of the page: the passage with a little above and below, as wide as the text."""
    if not page.marks:
        return Box(0.0, 0.0, page.width_pt, page.height_pt)
    wide = [*page.words, *page.marks]
    top = min(box.top for box in page.marks) - _CONTEXT_PT
    bottom = max(box.bottom for box in page.marks) + _CONTEXT_PT
    # Lines are shown whole, not cut through.
    top = min([top, *(box.top - _LINE_GAP_PT for box in page.words if box.top < top < box.bottom)])
    bottom = max(
        [bottom, *(box.bottom + _LINE_GAP_PT for box in page.words if box.top < bottom < box.bottom)]
    )
    return Box(
        max(0.0, min(box.x0 for box in wide) - _SIDE_PT),
        max(0.0, top),
        min(page.width_pt, max(box.x1 for box in wide) + _SIDE_PT),
        min(page.height_pt, bottom),
    )


def joined(marks: Sequence[Box]) -> list[Box]:
    """Marks that follow each other on a line as one, so that the highlighter goes through the spaces."""
    lines: list[Box] = []
    for box in marks:
        last = lines[-1] if lines else None
        height = box.bottom - box.top
        is_next = last is not None and abs(last.top - box.top) < height / 2 and 0 <= box.x0 - last.x1 < height
        if last is not None and is_next:
            lines[-1] = Box(last.x0, min(last.top, box.top), box.x1, max(last.bottom, box.bottom))
        else:
            lines.append(box)
    return lines


def _cut(page: PictureOfPage) -> Image.Image:
    with Image.open(io.BytesIO(page.picture)) as opened:
        picture = opened.convert("RGB")
    scale = picture.width / page.width_pt
    if page.marks:
        picture = ImageChops.multiply(picture, _highlighter(picture.size, page.marks, scale))
    cut = cut_of(page)
    edges = (cut.x0 * scale, cut.top * scale, cut.x1 * scale, cut.bottom * scale)
    picture = picture.crop(tuple(round(edge) for edge in edges))  # type: ignore[arg-type]  # four of them
    return _fit(picture)


def _highlighter(size: tuple[int, int], marks: Sequence[Box], scale: float) -> Image.Image:
    """White, and yellow over the marks: multiplied with the paper it leaves the ink as it is."""
    layer = Image.new("RGB", size, (255, 255, 255))
    pen = ImageDraw.Draw(layer)
    for box in joined(marks):
        pen.rectangle(
            ((box.x0 - 1) * scale, (box.top - 1) * scale, (box.x1 + 1) * scale, (box.bottom + 1) * scale),
            fill=_YELLOW,
        )
    return layer


def _fit(picture: Image.Image) -> Image.Image:
    """As wide as there is room for; a very tall passage is made narrower rather than cut off."""
    width = WIDTH_PX - 2 * _MARGIN_PX
    height = max(1, round(picture.height * width / max(1, picture.width)))
    if height > MOST_PASSAGE_PX:
        width, height = max(1, round(width * MOST_PASSAGE_PX / height)), MOST_PASSAGE_PX
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _draw_source(source: SourceLines) -> Image.Image:
    width = WIDTH_PX - 2 * _MARGIN_PX
    rows = [(line, _TITLE_PX, _INK) for line in _wrapped(source.title, _TITLE_PX, width)[:3]]
    for said in source.lines:
        rows += [(line, _LINE_PX, _SOFT) for line in _wrapped(said, _LINE_PX, width)[:3]]
    heights = [round(size * 1.4) for _, size, _ in rows]
    feet = Image.new("RGB", (width, sum(heights) + 20), _PAPER)
    pen = ImageDraw.Draw(feet)
    pen.line((0, 1, width, 1), fill=_RULE, width=3)
    top = 20
    for (line, size, colour), height in zip(rows, heights, strict=True):
        pen.text((0, top), line, fill=colour, font=_font(size))
        top += height
    return feet


def _wrapped(text: str, size: int, width: int) -> list[str]:
    """The text in lines that fit; a word that is too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in _PIECE.findall(writable(text[:_MOST_LETTERS])):
        if line and _length(f"{line} {word}", size) > width:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def writable(text: str) -> str:
    """``text`` in the letters that the font has; others are written plainly or left out."""
    said = "".join(
        _writable_letter(letter) for letter in unicodedata.normalize("NFC", text).translate(_PLAIN)
    )
    return " ".join(said.split())


@cache
def _writable_letter(letter: str) -> str:
    if letter.isspace():
        return " "
    if _has(letter):
        return letter
    return "".join(one for one in unicodedata.normalize("NFKD", letter) if _has(one))


@cache
def _has(letter: str) -> bool:
    if not letter.isprintable() or unicodedata.combining(letter):
        return False
    font = _font(_LINE_PX)
    missing = font.getmask(_PRIVATE_USE)
    drawn = font.getmask(letter)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def _length(text: str, size: int) -> float:
    return _font(size).getlength(text)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow's wheels bring FreeType
    return font
