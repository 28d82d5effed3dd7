"""A letter as a PDF on letter paper: its letters embedded, its language and title said, pages numbered."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from archive.exports.cite_words import one_line
from archive.exports.evidence_pack_fonts import runs_of, serif_faces
from archive.exports.evidence_pack_setting import INK, QUIET, RULE
from archive.exports.letter_paper import (
    Block,
    LetterPaper,
    begins_from_right,
    blocks_of,
    has_right_to_left,
    is_closing,
    lines_of,
)

_MARGIN_PT, _PADDING_PT, _FOOT_PT = 79.0, 6.0, 40.0
_ROOM_PT = letter[0] - 2 * _MARGIN_PT
_SIZE_PT, _ITEM_PT, _HAND_PT = 11.5, 24.0, 40.0


def write_letter_pdf(paper: LetterPaper) -> bytes:
    """The letter as a PDF. Texts are texts: nothing in them is markup."""
    file = io.BytesIO()
    template: Any = SimpleDocTemplate(
        file,
        pagesize=letter,
        leftMargin=_MARGIN_PT - _PADDING_PT,
        rightMargin=_MARGIN_PT - _PADDING_PT,
        topMargin=66,
        bottomMargin=72,
        title=one_line(paper.subject),
        author=one_line(paper.letterhead),
        lang="en-US",
        displayDocTitle=1,
        invariant=1,
    )
    template.build(list(_story(paper)), canvasmaker=_CountedPages)
    return file.getvalue()


class _CountedPages(Canvas):
    """'Page 2 of 3' at the foot: pages are finished when it is known how many there are."""

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self._drawn: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """Called after each page."""
        self._drawn.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # not among the stubs

    def save(self) -> None:
        """Called after the last page."""
        drawn = self._drawn
        for number, page in enumerate(drawn, 1):
            self.__dict__.update(page)
            self.setFont(serif_faces()[0].plain, 9)
            self.setFillColor(QUIET)
            self.drawCentredString(letter[0] / 2, _FOOT_PT, f"Page {number} of {len(drawn)}")
            super().showPage()
        super().save()


def _story(paper: LetterPaper) -> Iterator[Flowable]:
    if head := one_line(paper.letterhead):
        yield _paragraph(head, bold=True, after=5)
        yield HRFlowable(width="100%", thickness=0.6, color=RULE, spaceAfter=24, spaceBefore=0)
    yield _paragraph(paper.day, after=18)
    yield KeepTogether([_paragraph(line) for line in lines_of(paper.addressee)])
    yield Spacer(0, 12)
    yield _paragraph(f"Re: {one_line(paper.subject)}", bold=True, after=12)
    *most, last = blocks_of(paper.text)
    yield from map(_block, most)
    yield KeepTogether([_block(last), *_signature(paper.signature)])  # no signature alone on a page


def _block(block: Block) -> Flowable:
    after = 9.0 if block.ends_paragraph else 4.0
    return _paragraph(block.text, after=after, mark=block.mark, from_right=begins_from_right(block.text))


def _signature(text: str) -> Iterator[Flowable]:
    lines = [line for line in lines_of(text) if line]
    yield Spacer(0, 6)
    for number, line in enumerate(lines):
        closes = number == 0 and is_closing(line) and len(lines) > 1
        yield _paragraph(line, after=_HAND_PT if closes else 0)


def _paragraph(
    text: str, *, after: float = 0, bold: bool = False, mark: str = "", from_right: bool = False
) -> Paragraph:
    """``mark`` stands before it, at the left of the others' edge."""
    face = serif_faces()[0]
    style = ParagraphStyle(
        "letter",
        fontName=face.bold if bold else face.plain,
        fontSize=_SIZE_PT,
        leading=_SIZE_PT * 1.32,
        textColor=INK,
        spaceAfter=after,
        alignment=2 if from_right else 0,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        leftIndent=_ITEM_PT if mark else 0,
        bulletFontName=face.plain,
        bulletFontSize=_SIZE_PT,
    )
    return Paragraph(
        _markup(text, bold=bold, indent=style.leftIndent, from_right=from_right),
        style,
        bulletText=mark or None,
    )


def _markup(text: str, *, bold: bool, indent: float, from_right: bool) -> str:
    """Lines with letters from the right are broken here: once they stand as they are seen, nobody could."""
    if not has_right_to_left(text):
        return _runs(text, bold=bold)
    lines = _broken(text, _ROOM_PT - indent, bold=bold)
    return "<br/>".join(_runs(line, bold=bold, in_english=not from_right) for line in lines)


def _broken(text: str, room: float, *, bold: bool) -> list[str]:
    """Words are measured one by one: letters join within a word alone."""
    lines: list[list[str]] = [[]]
    space, used = _width(" ", bold=bold), 0.0
    for word in text.split():
        width = _width(word, bold=bold)
        if lines[-1] and used + space + width > room:
            lines.append([])
            used = 0.0
        used += width + (space if lines[-1] else 0)
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


@lru_cache(maxsize=4096)
def _width(text: str, *, bold: bool) -> float:
    runs = runs_of(text, serif_faces(), in_english=True)
    return sum(stringWidth(run.text, run.font(bold=bold), _SIZE_PT) for run in runs)


def _runs(text: str, *, bold: bool, in_english: bool = True) -> str:
    runs = runs_of(text, serif_faces(), in_english=in_english)
    return "".join(f'<font name="{run.font(bold=bold)}">{escape(run.text)}</font>' for run in runs)
