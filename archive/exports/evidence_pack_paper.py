"""The papers around the pages of an evidence pack: cover and contents before them, lists behind them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, SimpleDocTemplate, Spacer

from archive.exports import evidence_pack_words as words
from archive.exports.evidence_pack import Pack
from archive.exports.evidence_pack_fonts import draw_line, width_of
from archive.exports.evidence_pack_lists import citations, custody, draft, hashes
from archive.exports.evidence_pack_setting import (
    MARGIN_PT,
    QUIET,
    ROOM_PT,
    WIDTH_PT,
    count,
    heading,
    line,
    moment,
    numbers,
    table,
)
from archive.exports.evidence_pack_strips import page_of
from ingest.exhibit import Bookmark

_FOOT_PT = 24.0
_PADDING_PT = 6.0  # of ReportLab's frames
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
            leftMargin=MARGIN_PT - _PADDING_PT,
            rightMargin=MARGIN_PT - _PADDING_PT,
            topMargin=MARGIN_PT,
            bottomMargin=MARGIN_PT,
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
        said = page_of(self._pack.heading, self._number(canvas.getPageNumber()), self._total)
        canvas.setFillColor(QUIET)
        address = self._pack.cover.address
        right = width_of(address, 7)
        draw_line(canvas, (MARGIN_PT, _FOOT_PT), said, 7.5, bold=True, room=ROOM_PT - right - 12)
        draw_line(
            canvas, (WIDTH_PT - MARGIN_PT - right, _FOOT_PT), self._pack.cover.address, 7, room=right + 1
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
            *citations(pack),
            CondPageBreak(220),
            Spacer(0, 18),
            self._mark("Files and their hashes"),
            *hashes(pack),
            CondPageBreak(220),
            Spacer(0, 18),
            self._mark("Custody"),
            *custody(pack),
            PageBreak(),
            self._mark("Draft certification"),
            *draft(pack),
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
    yield line(cover.archive_name, 10, color=QUIET, after=60)
    yield line(pack.heading, 26, bold=True, after=14)
    yield line(f"Made on {moment(cover.made_at)} at {cover.address}", 9.5, after=3)
    if cover.prepared_by:
        yield line(f"Prepared by {cover.prepared_by}", 9.5, after=3)
    holds = f"{count(pack.page_count, 'page')} of {count(len(pack.files), 'document')}"
    yield line(holds, 9.5, after=16)
    marks = words.WITH_MARKS if cover.marks else ""
    yield line(words.WHAT_IT_IS.format(archive=cover.archive_name, marks=marks), 9.5, after=22)


def _contents(pack: Pack, starts: Sequence[int]) -> Iterator[Flowable]:
    yield heading("Contents")
    rows = []
    for file, start in zip(pack.files, starts, strict=True):
        last = start + len(file.pages) - 1
        said = f"{numbers([page.page_number for page in file.pages])} of {file.page_count:,}"
        cell = [line(file.title, 9.5, bold=True, after=1)]
        cell += [line(file.about, 8.5, color=QUIET, after=1)] if file.about else []
        cell.append(line(f"Document {file.document_id} · {said}", 8.5, color=QUIET))
        rows.append(
            [cell, line(f"p. {start:,}" if start == last else f"p. {start:,}–{last:,}", 9.5, right=True)]
        )
    rows.append(
        [
            line("Citations, files and their hashes, custody, draft certification", 9.5),
            line(f"p. {starts[-1] + len(pack.files[-1].pages):,} on", 9.5, right=True),
        ]
    )
    yield table(rows, (ROOM_PT - 80, 80))
