"""Lines and tables on the papers of an evidence pack: sizes, inks, and how numbers and moments are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table

from archive.exports.evidence_pack_fonts import faces, markup_of

INK, QUIET, RULE = HexColor(0x1C1B18), HexColor(0x55524A), HexColor(0xB9B2A3)
WIDTH_PT = letter[0]
MARGIN_PT = 60.0
ROOM_PT = WIDTH_PT - 2 * MARGIN_PT


def heading(text: str) -> Flowable:
    """Above a list."""
    return line(text, 14, bold=True, after=6)


def line(
    text: str, size: float, *, bold: bool = False, color: Color = INK, after: float = 0, right: bool = False
) -> Paragraph:
    """A paragraph of any text: nothing in it is taken for markup. Sizes in points."""
    style = ParagraphStyle(
        "line",
        fontName=faces()[0].bold if bold else faces()[0].plain,
        fontSize=size,
        leading=size * 1.38,
        textColor=color,
        spaceAfter=after,
        alignment=2 if right else 0,
        splitLongWords=1,
    )
    return Paragraph(markup_of(text, bold=bold, in_english=not bold), style)  # titles stand alone, in bold


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float], repeats: int = 0) -> Flowable:
    """Rows with a rule below each; ``repeats`` of them stand at the head of each page. Widths in points."""
    drawn = Table([list(row) for row in rows], colWidths=list(widths), repeatRows=repeats, hAlign="LEFT")
    drawn.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
    return drawn


def numbers(pages: Sequence[int]) -> str:
    """``page 9``, ``pages 3-5, 9``."""
    pieces: list[list[int]] = []
    for number in pages:
        if pieces and number == pieces[-1][-1] + 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    said = ", ".join(str(piece[0]) if len(piece) == 1 else f"{piece[0]}–{piece[-1]}" for piece in pieces)
    return f"page {said}" if len(pages) == 1 else f"pages {said}"


def count(number: int, noun: str) -> str:
    """``1 page``, ``1,200 pages``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def moment(at: datetime) -> str:
    """``2 November 2026, 12:00 UTC``."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
