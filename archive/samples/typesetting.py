"""Sets marked-up text in pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from reportlab.pdfgen.canvas import Canvas

from archive.samples.lines import FONTS, Style, Text, broken_lines, line_width, set_line, tokens_of
from archive.samples.markup import Block, BlockKind, parse_blocks
from archive.samples.redaction import RedactionBox, draw_redaction


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    width: float
    thickness: float = 0.6


_CLOSINGS = ("Sincerely,", "Respectfully,")  # kept with the signature and the name below
_CELL_END = re.compile(r"\|(?![^\[]*\]\])")  # a bar, but not the one inside [[codes|words]]
_LABEL = re.compile(r"(\S[^:\[]*:\**|)\s{2,}(.*)")  # a label, then at least two spaces, then what it labels


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing set into the text: ``draw`` gets its lower left corner and its width.

    ``lines_below`` are kept on its page with it: a name belongs under its signature.
    """

    height: float
    draw: Callable[[Canvas, float, float, float], None]
    lines_below: int = 1


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


class _Setter:
    """Where the next line goes."""

    def __init__(self, style: Style, first_top: float, figures: Mapping[str, Figure]) -> None:
        self.style = style
        self.figures = figures
        self.shares: tuple[float, ...] = ()
        self.in_table = False
        self.pages = [SetPage()]
        self.y = style.page_size[1] - first_top
        self.width = style.page_size[0] - style.left - style.right

    def set_block(self, block: Block) -> None:
        style = self.style
        if self.in_table and block.kind is not BlockKind.ROW:
            self.y -= style.line * style.paragraph_gap
        self.in_table = block.kind is BlockKind.ROW
        if block.kind is BlockKind.PAGE_BREAK:
            self.turn_page()
        elif block.kind is BlockKind.SPACE:
            self.y -= float(block.text)
        elif block.kind is BlockKind.RULE:
            self.y -= style.line * 0.5
            self.pages[-1].marks.append(Rule(style.left, self.y + style.size * 0.6, self.width))
            self.y -= style.line * 0.5
        elif block.kind is BlockKind.COLUMNS:
            shares = [float(share) for share in block.text.split()]
            self.shares = tuple(share / sum(shares) for share in shares)
        elif block.kind is BlockKind.ROW:
            self.set_row(block)
        elif block.kind is BlockKind.FIGURE:
            self.set_figure(self.figures[block.text])
        else:
            self.set_paragraph(block)

    def set_paragraph(self, block: Block) -> None:
        style, indent, label = self.style, 0.0, ""
        if block.kind in (BlockKind.BULLET, BlockKind.NUMBERED):
            label = block.label or "\u2022"
            indent = 26.0 if len(label) < len("VII.") else 36.0
        elif block.kind is BlockKind.QUOTATION:
            indent = 30.0
        size = style.size * (1.22 if block.kind is BlockKind.TITLE else 1.0)
        bold = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
        if bold or block.kind is BlockKind.SUBHEADING:
            self.keep(style.line * 4)
        elif block.text in _CLOSINGS:
            self.keep(style.line * 7 + 36)
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
        self.keep(figure.height + figure.lines_below * self.style.line)
        self.y -= figure.height
        self.pages[-1].marks.append(PlacedFigure(figure, self.style.left, self.y, self.width))
        self.y -= self.style.line

    def set_row(self, block: Block) -> None:
        cells = [cell.strip() for cell in _CELL_END.split(block.text.rstrip("| "))]
        shares = self.shares or (1 / len(cells),) * len(cells)
        size, style = self.style.table_size, replace(self.style, size=self.style.table_size)
        columns = [
            list(broken_lines(tokens_of(cell, style), share * self.width - 6, size))
            for cell, share in zip(cells, shares, strict=True)
        ]
        height = max(len(lines) for lines in columns)
        self.keep(height * style.line + 6)
        x = style.left
        for lines, share in zip(columns, shares, strict=True):
            for number, line in enumerate(lines):
                self.pages[-1].marks.extend(set_line(line, x + 2, self.y - number * style.line, size))
            x += share * self.width
        self.y -= height * style.line + 4
        self.pages[-1].marks.append(Rule(style.left, self.y + size + 1, self.width, 0.3))

    def keep(self, height: float) -> None:
        """Turn the page unless ``height`` still fits."""
        if self.y - height < self.style.bottom - self.style.line and self.pages[-1].marks:
            self.turn_page()

    def turn_page(self) -> None:
        self.pages.append(SetPage())
        self.y = self.style.page_size[1] - self.style.top
