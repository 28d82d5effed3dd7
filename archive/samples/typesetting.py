"""Sets marked-up text in pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfgen.canvas import Canvas

from archive.samples.lines import FONTS, Style, Text, Token, broken_lines, line_width, set_line, tokens_of
from archive.samples.markup import Block, BlockKind, parse_blocks
from archive.samples.redaction import RedactionBox, draw_redaction


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    width: float
    thickness: float = 0.6


_CLOSINGS = ("Sincerely,", "Respectfully,")
_CLOSING_LINES, _SIGNATURE_HEIGHT = 6, 36.0
_NOTHING = Block(BlockKind.BODY, "")
_LINES_KEPT = {
    BlockKind.TITLE: 4,
    BlockKind.HEADING: 4,
    BlockKind.SUBHEADING: 4,
}  # a heading and what it heads
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
    blocks = parse_blocks(text)
    for number, block in enumerate(blocks):
        if _comes_to_its_close(blocks[number + 1 :]):
            setter.keep_with_closing(block)
        setter.set_block(block)
    return setter.pages


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a paragraph is set. A label stands beside its first line."""

    text: str
    size: float
    bold: bool = False
    indent: float = 0
    narrower: float = 0
    label: str = ""
    label_font: str = ""
    label_x: float = 6


def _shape_of(block: Block, style: Style) -> _Shape:
    plain, heavy, _ = FONTS[style.family]
    match block.kind:
        case BlockKind.BULLET | BlockKind.NUMBERED:
            label = block.label or "\u2022"
            indent = 26.0 if len(label) < len("VII.") else 36.0
            return _Shape(
                block.text, style.size, indent=indent, narrower=indent, label=label, label_font=plain
            )
        case BlockKind.QUOTATION:
            return _Shape(block.text, style.size, indent=30, narrower=60)
        case BlockKind.TITLE:
            return _Shape(block.text, style.size * 1.22, bold=True)
        case BlockKind.LINE if tabbed := _LABEL.match(block.text):
            font = heavy if tabbed[1].startswith("*") else plain
            label = tabbed[1].strip("*")
            return _Shape(
                tabbed[2],
                style.size,
                indent=style.tab,
                narrower=style.tab,
                label=label,
                label_font=font,
                label_x=0,
            )
        case _:
            return _Shape(block.text, style.size, bold=block.kind is BlockKind.HEADING)


def _comes_to_its_close(following: Sequence[Block]) -> bool:
    words = (block for block in following if block.kind is not BlockKind.SPACE)
    return next(words, _NOTHING).text in _CLOSINGS


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
        style, shape = self.style, _shape_of(block, self.style)
        self.keep(style.line * _LINES_KEPT.get(block.kind, 1))
        if shape.label:
            self.pages[-1].marks.append(
                Text(style.left + shape.label_x, self.y, shape.label_font, shape.size, shape.label)
            )
        for line in self.lines_of(shape):
            self.keep(style.line)
            x = style.left + shape.indent
            if block.kind in (BlockKind.CENTRED, BlockKind.TITLE):
                x = style.left + (self.width - line_width(line, shape.size)) / 2
            self.pages[-1].marks.extend(set_line(line, x, self.y, shape.size))
            self.y -= style.line
        tight = block.kind in (BlockKind.LINE, BlockKind.CENTRED)
        self.y -= 0 if tight else style.line * style.paragraph_gap

    def lines_of(self, shape: _Shape) -> Iterator[list[Token]]:
        tokens = tokens_of(shape.text, self.style, bold=shape.bold)
        return broken_lines(tokens, self.width - shape.narrower, shape.size)

    def keep_with_closing(self, block: Block) -> None:
        """A letter's last paragraph goes with 'Sincerely', the signature and the name."""
        lines = sum(1 for _ in self.lines_of(_shape_of(block, self.style)))
        self.keep(self.style.line * (lines + _CLOSING_LINES) + _SIGNATURE_HEIGHT)

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
