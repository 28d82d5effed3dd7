"""Words to lines: fonts, widths, where a line breaks, and what becomes of withheld words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth

from archive.samples.markup import parse_spans
from archive.samples.redaction import RedactionBox, RedactionLook

FONTS = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set. Lengths in points."""

    family: str = "Times"
    size: float = 11.5
    leading: float = 1.2
    left: float = 72
    right: float = 72
    top: float = 72
    bottom: float = 72
    paragraph_gap: float = 0.75  # of a line
    page_size: tuple[float, float] = letter
    look: RedactionLook = RedactionLook.BLACK_WITH_CODE
    shown_codes: frozenset[str] = frozenset()  # exemptions this release does not claim
    table_size: float = 9.0
    tab: float = 62  # where the second half of a kept line starts

    @property
    def line(self) -> float:
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Token:
    """One word, with the font it is set in; ``gap`` is the space before it."""

    text: str
    font: str
    codes: tuple[str, ...] = ()
    withheld_run: int = 0
    gap: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    font: str
    size: float
    text: str


def tokens_of(text: str, style: Style, *, bold: bool = False) -> Iterator[Token]:
    """The words of a block, each with its font and, when it is withheld, its exemptions."""
    plain, heavy, slanted = FONTS[style.family]
    parted = False  # by a space at the end of the span before
    for run, span in enumerate(parse_spans(text), 1):
        font = heavy if bold or span.bold else slanted if span.slanted else plain
        codes = () if set(span.codes) <= style.shown_codes else span.codes
        for found in re.finditer(r"(\s*)(\S+)", span.text):
            yield Token(found[2], font, codes, run if codes else 0, gap=parted or bool(found[1]))
            parted = False
        parted = span.text[-1:].isspace()


def broken_lines(tokens: Iterable[Token], width: float, size: float) -> Iterator[list[Token]]:
    """Greedy lines no wider than ``width``."""
    line: list[Token] = []
    used = 0.0
    for token in tokens:
        space = stringWidth(" ", token.font, size) if token.gap and line else 0.0
        needed = space + stringWidth(token.text, token.font, size)
        if line and token.gap and used + needed > width:
            yield line
            line, used, needed = [], 0.0, needed - space
        line.append(token)
        used += needed
    if line:
        yield line


def set_line(line: list[Token], x: float, y: float, size: float) -> list[Text | RedactionBox]:
    """One line's marks: words set together by font, withheld words as one box."""
    marks: list[Text | RedactionBox] = []
    start, groups = x, _grouped(line)
    for number, group in enumerate(groups):
        text = _joined(group)
        if number and group[0].gap:
            start += stringWidth(" ", group[0].font, size)
        width = stringWidth(text, group[0].font, size)
        if group[0].codes:
            marks.append(RedactionBox(start, y, width, size, group[0].codes))
        else:
            marks.append(Text(start, y, group[0].font, size, text))
        start += width
    return marks


def line_width(line: list[Token], size: float) -> float:
    """How wide a line is."""
    spaces = sum(stringWidth(" ", token.font, size) for token in line[1:] if token.gap)
    return spaces + sum(stringWidth(token.text, token.font, size) for token in line)


def _joined(group: list[Token]) -> str:
    return "".join((" " if token.gap and index else "") + token.text for index, token in enumerate(group))


def _grouped(line: list[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = []
    for token in line:
        last = groups[-1][-1] if groups else None
        alike = last and (last.font, last.withheld_run) == (token.font, token.withheld_run) and token.gap
        if alike:
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups
