"""The papers around the pages of an evidence pack: cover and contents before them, lists behind them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from archive.exports import evidence_pack_words as words
from archive.exports.evidence_pack import Pack, PackCitation, PackFile
from archive.exports.evidence_pack_fonts import draw_line, faces, markup_of, width_of
from archive.exports.evidence_pack_strips import page_of
from archive.services.custody import CustodyEvent
from ingest.exhibit import Bookmark

_INK, _QUIET, _RULE = HexColor(0x1C1B18), HexColor(0x55524A), HexColor(0xB9B2A3)
_WIDTH_PT, _HEIGHT_PT = letter
_MARGIN_PT, _FOOT_PT = 60.0, 24.0
_ROOM_PT = _WIDTH_PT - 2 * _MARGIN_PT
_END_OF_FRONT = ""  # a mark of this name is the last thing on the papers that stand before the pages
_MOST_PASSES = 5


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers as one PDF. Its first ``front_pages`` stand before the pages of the files."""

    pdf: bytes
    front_pages: int
    page_count: int
    bookmarks: tuple[Bookmark, ...]


def draw_papers(pack: Pack) -> Papers:
    """Draw until the numbers in the list of contents are those of the pages."""
    front = 1
    for _ in range(_MOST_PASSES):
        drawn = _Drawing(pack, front)
        if drawn.front_pages == front:
            break
        front = drawn.front_pages
    return Papers(drawn.pdf, front, drawn.page_count, tuple(drawn.bookmarks()))


class _Drawing:
    """The papers drawn once, for so many pages before the files'."""

    def __init__(self, pack: Pack, front: int, total: int = 0) -> None:
        self._pack, self._front, self._total = pack, front, total
        self._marks: list[tuple[str, int]] = []
        file = io.BytesIO()
        template = SimpleDocTemplate(
            file,
            pagesize=letter,
            leftMargin=_MARGIN_PT,
            rightMargin=_MARGIN_PT,
            topMargin=_MARGIN_PT,
            bottomMargin=_MARGIN_PT,
            invariant=1,
        )
        template.build(self._story(), onFirstPage=self._foot, onLaterPages=self._foot)
        self.page_count = template.page
        self.pdf = file.getvalue()
        if not total:  # now it is known how many there are
            again = _Drawing(pack, front, self.page_count + pack.page_count)
            self.pdf, self._marks = again.pdf, again._marks

    @property
    def front_pages(self) -> int:
        """How many papers stand before the files' pages."""
        return next(page for name, page in self._marks if name == _END_OF_FRONT)

    def bookmarks(self) -> Iterator[Bookmark]:
        """In the order of the pages."""
        lists = [Bookmark(name, self._number(page)) for name, page in self._marks if name]
        yield lists[0]
        for file, first in zip(self._pack.files, first_pages(self._pack, self._front), strict=True):
            yield Bookmark(file.title, first)
        yield from lists[1:]

    def _number(self, page: int) -> int:
        """Of a paper in the whole pack."""
        return page if page <= self._front else page + self._pack.page_count

    def _mark(self, name: str) -> Flowable:
        return _Mark(name, self._marks)

    def _foot(self, canvas: Canvas, _: object) -> None:
        heading, number = self._pack.heading, self._number(canvas.getPageNumber())
        said = page_of(heading, number, self._total)
        canvas.setFillColor(_QUIET)
        address = self._pack.cover.address
        right = width_of(address, 7)
        draw_line(canvas, (_MARGIN_PT, _FOOT_PT), said, 7.5, bold=True, room=_ROOM_PT - right - 12)
        draw_line(
            canvas, (_WIDTH_PT - _MARGIN_PT - right, _FOOT_PT), self._pack.cover.address, 7, room=right + 1
        )

    def _story(self) -> list[Flowable]:
        pack = self._pack
        return [
            self._mark("Cover and contents"),
            *_cover(pack),
            *_contents(pack, first_pages(pack, self._front)),
            self._mark(_END_OF_FRONT),
            PageBreak(),
            self._mark("Citations"),
            *_citations(pack),
            CondPageBreak(220),
            Spacer(0, 18),
            self._mark("Files and their hashes"),
            *_hashes(pack),
            CondPageBreak(220),
            Spacer(0, 18),
            self._mark("Custody"),
            *_custody(pack),
            PageBreak(),
            self._mark("Draft certification"),
            *_draft(pack),
        ]


class _Mark(Flowable):
    """Nothing to be seen: notes on which page it stands."""

    def __init__(self, name: str, marks: list[tuple[str, int]]) -> None:
        super().__init__()
        self.width = self.height = 0
        self._name, self._marks = name, marks

    def draw(self) -> None:
        """Called by ReportLab when the place is known."""
        self._marks.append((self._name, self.canv.getPageNumber()))


def first_pages(pack: Pack, front: int) -> list[int]:
    """On which page of the pack the pages of each file begin."""
    starts, at = [], front + 1
    for file in pack.files:
        starts.append(at)
        at += len(file.pages)
    return starts


def _cover(pack: Pack) -> Iterator[Flowable]:
    cover = pack.cover
    yield _line(cover.archive_name, 10, color=_QUIET, after=60)
    yield _line(pack.heading, 26, bold=True, after=14)
    yield _line(f"Made on {_moment(cover.made_at)} at {cover.address}", 9.5, after=3)
    if cover.prepared_by:
        yield _line(f"Prepared by {cover.prepared_by}", 9.5, after=3)
    holds = f"{_count(pack.page_count, 'page')} of {_count(len(pack.files), 'document')}"
    yield _line(holds, 9.5, after=16)
    marks = words.WITH_MARKS if cover.marks else ""
    yield _line(words.WHAT_IT_IS.format(archive=cover.archive_name, marks=marks), 9.5, after=22)


def _contents(pack: Pack, starts: Sequence[int]) -> Iterator[Flowable]:
    yield _heading("Contents")
    rows = []
    for file, start in zip(pack.files, starts, strict=True):
        last = start + len(file.pages) - 1
        said = f"{_numbers([page.page_number for page in file.pages])} of {file.page_count:,}"
        cell = [_line(file.title, 9.5, bold=True, after=1)]
        cell += [_line(file.about, 8.5, color=_QUIET, after=1)] if file.about else []
        cell.append(_line(f"Document {file.document_id} · {said}", 8.5, color=_QUIET))
        rows.append([cell, _line(f"{start:,}" if start == last else f"{start:,}–{last:,}", 9.5, right=True)])
    rows.append(
        [
            _line("Citations, files and their hashes, custody, draft certification", 9.5),
            _line("last pages", 9.5, right=True),
        ]
    )
    yield _table(rows, (_ROOM_PT - 80, 80))


def _citations(pack: Pack) -> Iterator[Flowable]:
    yield _heading("Citations")
    yield _line(words.ABOUT_CITATIONS, 8.5, color=_QUIET, after=8)
    rows = [[_line(f"{number}.", 9), _citation(one)] for number, one in enumerate(pack.citations, 1)]
    yield _table(rows, (26, _ROOM_PT - 26))


def _citation(one: PackCitation) -> list[Flowable]:
    cell: list[Flowable] = []
    if one.words:
        quoted = one.words if len(one.words) <= 1_500 else one.words[:1_500].rstrip() + " …"
        cell.append(_line(f"“{quoted}”", 9.5, after=3))
    cell += [_line(one.said, 9, after=2), _line(one.address, 8.5, color=_QUIET)]
    return [*cell, _line(one.state, 8.5, color=_QUIET)] if one.state else cell


def _hashes(pack: Pack) -> Iterator[Flowable]:
    yield _heading("Files and their hashes")
    yield _line(words.CHECKED.format(moment=_moment(pack.cover.made_at)), 8.5, color=_QUIET, after=4)
    yield _line(words.HOW_TO_CHECK, 8.5, color=_QUIET, after=8)
    yield _table([[_file(file)] for file in pack.files], (_ROOM_PT,))


def _file(file: PackFile) -> list[Flowable]:
    return [
        _line(file.title, 9.5, bold=True, after=2),
        _line(
            f"File: {file.file_name} · {file.byte_count:,} bytes · {_count(file.page_count, 'page')}",
            8.5,
            after=2,
        ),
        _line(f"SHA-256: {file.sha256}", 8.5, after=2),
        _line(f"Document {file.document_id}: {file.address}", 8.5, after=2),
        _line(f"The file: {file.file_address}", 8.5),
    ]


def _custody(pack: Pack) -> Iterator[Flowable]:
    yield _heading("Custody")
    yield _line(words.ABOUT_CUSTODY, 8.5, color=_QUIET, after=8)
    for file in pack.files:
        yield CondPageBreak(110)
        yield _line(file.title, 9.5, bold=True, after=1)
        yield _line(f"Document {file.document_id} · SHA-256 {file.sha256[:16]}…", 8.5, color=_QUIET, after=2)
        logged = any(event.entry for event in file.custody)
        head = ["When", "What", "By", *(["Log entry"] if logged else [])]
        rows: list[list[Any]] = [[_line(name, 8, color=_QUIET) for name in head]]
        rows += [[_line(text, 8.5) for text in _event(event)[: len(head)]] for event in file.custody]
        widths = (96, _ROOM_PT - 96 - 130 - 88, 130, 88) if logged else (96, _ROOM_PT - 96 - 150, 150)
        yield _table(rows, widths, repeats=1)
        yield Spacer(0, 12)


def _event(event: CustodyEvent) -> tuple[str, str, str, str]:
    if event.when is None:
        when = "not on record"
    elif isinstance(event.when, datetime):
        when = f"{event.when:%Y-%m-%d %H:%M}"
    else:
        when = f"{event.when:%Y-%m-%d}"
    return when, event.what, event.by, event.entry


def _draft(pack: Pack) -> Iterator[Flowable]:
    marks = words.DRAFT_MARKS if pack.cover.marks else ""
    yield _heading(words.DRAFT_TITLE)
    yield _line(words.DRAFT_NOTE, 8.5, color=_QUIET, after=14)
    yield _line(f"{pack.heading}, {_moment(pack.cover.made_at)}", 10, bold=True, after=8)
    for number, sentence in enumerate(words.DRAFT, 1):
        yield _line(f"{number}. {sentence.format(address=pack.cover.address, marks=marks)}", 10, after=9)
    yield Spacer(0, 14)
    for line in words.SIGNED:
        yield _line(line, 10, after=18)


def _heading(text: str) -> Flowable:
    return _line(text, 14, bold=True, after=6)


def _line(
    text: str, size: float, *, bold: bool = False, color: Color = _INK, after: float = 0, right: bool = False
) -> Paragraph:
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
    return Paragraph(markup_of(text, bold=bold), style)


def _table(rows: Sequence[Sequence[Any]], widths: Sequence[float], repeats: int = 0) -> Flowable:
    table = Table([list(row) for row in rows], colWidths=list(widths), repeatRows=repeats, hAlign="LEFT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _RULE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
    return table


def _numbers(numbers: Sequence[int]) -> str:
    """``page 9``, ``pages 3-5, 9``."""
    pieces: list[list[int]] = []
    for number in numbers:
        if pieces and number == pieces[-1][-1] + 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    said = ", ".join(str(piece[0]) if len(piece) == 1 else f"{piece[0]}–{piece[-1]}" for piece in pieces)
    return f"page {said}" if len(numbers) == 1 else f"pages {said}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _moment(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
