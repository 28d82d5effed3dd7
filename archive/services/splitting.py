"""Splitting a file that holds several records, turning its pages, and setting their order.

Nothing is cut here: a copy is asked for, the worker makes it, and the original stays as it was received.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Document, DocumentCopy, Page
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind
from archive.services.copies import ask_for_copy, copies_of
from archive.services.description_access import get_to_change, get_to_describe, may_change
from archive.services.documents import PageSummary, get_document_sheet
from archive.services.windows import Window
from ingest.copying import QUARTER_TURNS, PageRecipe

MOST_PARTS = 200
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")
_SUBJECT = re.compile(r"^\s*(?:subject|re|sub)\s*:\s*(.{4,120})$", re.IGNORECASE | re.MULTILINE)
_MEANINGLESS = re.compile(r"^[\W\d_]*$")


class BadPages(ArchiveError):
    """Ranges, an order or a turn that this document does not have."""

    code = "bad_pages"
    sentence = "These pages cannot be used."
    help = "Write pages as 1-3, 4-9, 10."
    status = 400


@dataclass(frozen=True, slots=True)
class Part:
    """Pages ``first``..``last`` that are to be a document of their own, with a title to be corrected."""

    first: int
    last: int
    title: str = ""

    @property
    def pages(self) -> str:
        """``4-9``."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class SplitSheet:
    """A document with a window of its pages, and the copies that were asked for."""

    document: Document
    thumbnails: Window[PageSummary]
    copies: Sequence[DocumentCopy]
    may_change: bool


def get_split_sheet(session: Session, document_id: str, *, viewer: Viewer, window: int = 1) -> SplitSheet:
    """A document to be split or arranged. Raises ``DocumentNotFound``."""
    document = get_to_describe(session, document_id, viewer)
    sheet = get_document_sheet(session, document_id, viewer=viewer, window=window)
    copies = [copy for copy in copies_of(session, document_id) if copy.kind != CopyKind.REDACTED]
    return SplitSheet(document, sheet.thumbnails, copies, may_change(document, viewer))


def parse_ranges(text: str, page_count: int) -> tuple[Part, ...]:
    """``1-3, 4-9, 10`` as parts, in the order written. Pages may be left out, but none is in two parts.

    Raises ``BadPages``.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if not pieces:
        raise BadPages("Say which pages belong together.")
    if len(pieces) > MOST_PARTS:
        raise BadPages(f"{MOST_PARTS} parts at most.", help="Split it in several steps.")
    parts = tuple(_part(piece, page_count) for piece in pieces)
    ordered = sorted(parts, key=lambda part: part.first)
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            raise BadPages(f"Page {after.first} is in two parts.")
    return parts


def propose_parts(session: Session, document_id: str, ranges: str, *, viewer: Viewer) -> tuple[Part, ...]:
    """The parts with a title each, from the first page of each. Raises ``DocumentNotFound``, ``BadPages``."""
    document = get_to_describe(session, document_id, viewer)
    parts = parse_ranges(ranges, document.page_count or 0)
    wanted = [part.first for part in parts]
    rows = session.execute(
        select(Page.page_number, Page.text).where(
            Page.document_id == document_id, Page.page_number.in_(wanted)
        )
    )
    texts = {row.page_number: row.text for row in rows}
    return tuple(
        Part(part.first, part.last, title_of_page(texts.get(part.first, "")) or _plain_title(document, part))
        for part in parts
    )


def ask_for_parts(
    session: Session,
    document_id: str,
    ranges: str,
    titles: Sequence[str],
    *,
    viewer: Viewer,
    at: datetime,
) -> int:
    """Have the parts made, one document each; how many. ``titles`` in the order of the ranges.

    Raises ``DocumentNotFound``, ``NotToBeChanged``, ``BadPages`` and ``CopyNotPossible``.
    """
    document = get_to_change(session, document_id, viewer)
    parts = parse_ranges(ranges, document.page_count or 0)
    for place, part in enumerate(parts):
        title = titles[place].strip() if place < len(titles) else ""
        pages = [PageRecipe(number) for number in range(part.first, part.last + 1)]
        _ask(session, document, CopyKind.PART, pages, title or _plain_title(document, part), viewer, at)
    return len(parts)


def ask_for_arrangement(
    session: Session, document_id: str, order: str, turns: Mapping[int, str], *, viewer: Viewer, at: datetime
) -> None:
    """Have a copy made with its pages in this order, some of them turned clockwise.

    ``order`` names pages (``3, 1-2``), and is empty for the order they have; a page that it leaves out is
    not in the copy. ``turns`` names the pages to be turned by 90, 180 and 270 degrees.
    Raises as ``ask_for_parts`` does.
    """
    document = get_to_change(session, document_id, viewer)
    count = document.page_count or 0
    numbers = parse_order(order, count) if order.strip() else tuple(range(1, count + 1))
    turned = _turned(turns, count)
    pages = [PageRecipe(number, turned.get(number, 0)) for number in numbers]
    if pages == [PageRecipe(number) for number in range(1, count + 1)]:
        raise BadPages("This is how the pages are already.", help="Turn a page, or write another order.")
    _ask(session, document, CopyKind.ARRANGED, pages, document.title, viewer, at)


def parse_order(text: str, page_count: int) -> tuple[int, ...]:
    """Pages in the order written, each once: ``3, 1-2`` is 3, 1, 2. Raises ``BadPages``."""
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    numbers: dict[int, None] = {}
    for part in (_part(piece, page_count) for piece in pieces):
        for number in range(part.first, part.last + 1):
            if number in numbers:
                raise BadPages(f"Page {number} is there twice.")
            numbers[number] = None
    return tuple(numbers)


def title_of_page(text: str) -> str:
    """What a part may be called: its subject line, else its first line that says something."""
    subject = _SUBJECT.search(text)
    if subject:
        return subject[1].strip()
    lines = (line.strip() for line in text.splitlines())
    return next((line[:120] for line in lines if len(line) > 5 and not _MEANINGLESS.match(line)), "")


def _turned(turns: Mapping[int, str], page_count: int) -> dict[int, int]:
    turned: dict[int, int] = {}
    for degrees, text in turns.items():
        if degrees not in QUARTER_TURNS:
            raise BadPages("Pages are turned by 90, 180 or 270 degrees.")
        for number in parse_order(text, page_count):
            if number in turned:
                raise BadPages(f"Page {number} is to be turned in two ways.")
            turned[number] = degrees
    return turned


def _ask(
    session: Session,
    document: Document,
    kind: CopyKind,
    pages: Sequence[PageRecipe],
    title: str,
    viewer: Viewer,
    at: datetime,
) -> None:
    said = "Some pages of a longer file" if kind == CopyKind.PART else "Pages turned or in another order"
    ask_for_copy(session, document.id, kind=kind, pages=pages, title=title, reason=said, viewer=viewer, at=at)


def _part(piece: str, page_count: int) -> Part:
    found = _RANGE.fullmatch(piece)
    if not found:
        raise BadPages(f"“{piece[:40]}” is not a page or a range of pages.")
    first = int(found[1])
    last = int(found[2] or first)
    if not 1 <= first <= last:
        raise BadPages(f"“{piece[:40]}” runs backwards, or begins before page 1.")
    if last > page_count:
        raise BadPages(f"There is no page {last}: the document has {page_count:,}.")
    return Part(first, last)


def _plain_title(document: Document, part: Part) -> str:
    words = "page" if part.first == part.last else "pages"
    return f"{document.title[:900]}, {words} {part.pages}"
