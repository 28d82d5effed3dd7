"""Sets marked-up text in lines and pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from archive.samples.markup import Block, BlockKind, parse_blocks, parse_spans
from archive.samples.redaction import RedactionBox, RedactionLook, draw_redaction

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
    first_indent: float = 0
    page_size: tuple[float, float] = letter
    look: RedactionLook = RedactionLook.BLACK_WITH_CODE
    shown_codes: frozenset[str] = frozenset()  # exemptions this release does not claim
    columns: tuple[float, ...] = ()  # widths of a table's columns, as shares
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


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    width: float
    thickness: float = 0.6


_CELL_END = re.compile(r"\|(?![^\[]*\]\])")  # a bar, but not the one inside [[codes|words]]
_LABEL = re.compile(r"(\S[^:\[]*:\**|)\s{2,}(.*)")  # a label, then at least two spaces, then what it labels


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing set into the text: ``draw`` gets its lower left corner and its width."""

    height: float
    draw: Callable[[Canvas, float, float, float], None]


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    figure: Figure
    x: float
    y: float
    width: float


Mark = Text | Rule | RedactionBox | PlacedFigure


@dataclass(slots=True)
class SetPage:
    """The marks of one page."""

    marks: list[Mark] = field(default_factory=list)

    def draw(self, canvas: Canvas, style: Style) -> None:
        """Put the marks on paper, in order."""
        for mark in self.marks:
            if isinstance(mark, Text):
                canvas.setFont(mark.font, mark.size)
                canvas.drawString(mark.x, mark.y, mark.text)
            elif isinstance(mark, Rule):
                canvas.setLineWidth(mark.thickness)
                canvas.line(mark.x, mark.y, mark.x + mark.width, mark.y)
            elif isinstance(mark, PlacedFigure):
                mark.figure.draw(canvas, mark.x, mark.y, mark.width)
            else:
                margin_x = style.page_size[0] - style.right + 14
                draw_redaction(canvas, mark, style.look, margin_x=margin_x)


def set_pages(
    text: str, style: Style, *, first_top: float | None = None, figures: Mapping[str, Figure] | None = None
) -> list[SetPage]:
    """The text on as many pages as it needs; ``first_top`` leaves room for a letterhead."""
    setter = _Setter(style, first_top if first_top is not None else style.top, figures or {})
    for block in parse_blocks(text):
        setter.set_block(block)
    return setter.pages


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


def set_line(line: list[Token], x: float, y: float, size: float) -> list[Mark]:
    """One line's marks: words set together by font, withheld words as one box."""
    marks: list[Mark] = []
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


class _Setter:
    """Where the next line goes."""

    def __init__(self, style: Style, first_top: float, figures: Mapping[str, Figure]) -> None:
        self.style = style
        self.figures = figures
        self.pages = [SetPage()]
        self.y = style.page_size[1] - first_top
        self.width = style.page_size[0] - style.left - style.right

    def set_block(self, block: Block) -> None:
        style = self.style
        if block.kind is BlockKind.PAGE_BREAK:
            self.turn_page()
        elif block.kind is BlockKind.SPACE:
            self.y -= float(block.text)
        elif block.kind is BlockKind.RULE:
            self.y -= style.line * 0.5
            self.pages[-1].marks.append(Rule(style.left, self.y + style.size * 0.6, self.width))
            self.y -= style.line * 0.5
        elif block.kind is BlockKind.ROW:
            self.set_row(block)
        elif block.kind is BlockKind.FIGURE:
            self.set_figure(self.figures[block.text])
        else:
            self.set_paragraph(block)

    def set_paragraph(self, block: Block) -> None:
        style, indent, label = self.style, 0.0, ""
        if block.kind in (BlockKind.BULLET, BlockKind.NUMBERED):
            indent, label = 26.0, block.label or "\u2022"
        elif block.kind is BlockKind.QUOTATION:
            indent = 30.0
        size = style.size * (1.22 if block.kind is BlockKind.TITLE else 1.0)
        bold = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
        if bold or block.kind is BlockKind.SUBHEADING:
            self.keep(style.line * 4)
        text = block.text
        if block.kind is BlockKind.LINE and (tabbed := _LABEL.match(text)):
            indent, text = style.tab, tabbed[2]
            self.keep(style.line)
            font = FONTS[style.family][int(tabbed[1].startswith("*"))]
            self.pages[-1].marks.append(Text(style.left, self.y, font, size, tabbed[1].strip("*")))
        narrower = indent * (2 if block.kind is BlockKind.QUOTATION else 1)
        lines = broken_lines(tokens_of(text, style, bold=bold), self.width - narrower, size)
        for number, line in enumerate(lines):
            self.keep(style.line)
            x = style.left + indent
            if number == 0 and label:
                plain = FONTS[style.family][0]
                self.pages[-1].marks.append(Text(style.left + 6, self.y, plain, size, label))
            if number == 0 and block.kind is BlockKind.BODY:
                x += style.first_indent
            if block.kind in (BlockKind.CENTRED, BlockKind.TITLE):
                x = style.left + (self.width - line_width(line, size)) / 2
            self.pages[-1].marks.extend(set_line(line, x, self.y, size))
            self.y -= style.line
        tight = block.kind in (BlockKind.LINE, BlockKind.CENTRED)
        self.y -= 0 if tight else style.line * style.paragraph_gap

    def set_figure(self, figure: Figure) -> None:
        self.keep(figure.height + self.style.line)
        self.y -= figure.height
        self.pages[-1].marks.append(PlacedFigure(figure, self.style.left, self.y, self.width))
        self.y -= self.style.line

    def set_row(self, block: Block) -> None:
        cells = [cell.strip() for cell in _CELL_END.split(block.text.rstrip("| "))]
        shares = self.style.columns or (1 / len(cells),) * len(cells)
        size, style = self.style.table_size, replace(self.style, size=self.style.table_size)
        columns = [
            list(broken_lines(tokens_of(cell, style), share * self.width - 6, size))
            for cell, share in zip(cells, shares, strict=True)
        ]
        height = max(len(lines) for lines in columns)
        self.keep(height * style.line + 4)
        x = style.left
        for lines, share in zip(columns, shares, strict=True):
            for number, line in enumerate(lines):
                self.pages[-1].marks.extend(set_line(line, x + 2, self.y - number * style.line, size))
            x += share * self.width
        self.y -= height * style.line + 2
        self.pages[-1].marks.append(Rule(style.left, self.y + size * 0.85, self.width, 0.3))

    def keep(self, height: float) -> None:
        """Turn the page unless ``height`` still fits."""
        if self.y - height < self.style.bottom - self.style.line and self.pages[-1].marks:
            self.turn_page()

    def turn_page(self) -> None:
        self.pages.append(SetPage())
        self.y = self.style.page_size[1] - self.style.top
