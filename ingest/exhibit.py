"""What an exhibit is made of: pages of files, marked and stamped, bound with papers of our own. Plain values.

Each file's pages are made by a child of its own (``ExhibitPart``), so that one hostile file cannot reach the
pages of another; one more child binds what they made (``Binding``).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.copying import BadRecipe
from ingest.page import Box

MOST_MARKS_A_PAGE = 2_000
STRIP_WIDTH_PT, STRIP_HEIGHT_PT = 612.0, 36.0  # of a stamp, drawn for letter paper
_NARROWEST_PT = 540.0  # paper: what is narrower is set in the middle of wider paper, so the stamp is legible
_STRIPS_A_PAGE = 12  # lower pages are not scaled to make room: the paper becomes higher
_LARGEST_PT = 14_400.0  # a side of a page, for common readers (PDF 32000-1, annex C)


@dataclass(frozen=True, slots=True)
class ExhibitPage:
    """One page of a file (1-based), and what is marked on it, in points as displayed."""

    page_number: int
    marks: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class ExhibitPart:
    """Pages of one file. ``strips`` is a PDF of our own with a stamp for each of them, in their order."""

    pages: tuple[ExhibitPage, ...]
    strips: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """One file among those to be bound, which stand one after the other: so many bytes, so many pages."""

    byte_count: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What a reader program lists; ``page_number`` counts from 1 through the whole exhibit."""

    title: str
    page_number: int


@dataclass(frozen=True, slots=True)
class Binding:
    """How an exhibit is bound. The first section is paper of our own: its first ``front_pages`` come first,
    then all other sections, then the rest of it."""

    sections: tuple[Section, ...]
    front_pages: int
    title: str
    made_at: datetime
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a page stands on its paper: lengths in points from the lower left corner, ``scale`` of the page,
    ``strip_scale`` of the stamp, which lies along the lower edge from ``strip_left``."""

    paper_width: float
    paper_height: float
    left: float
    bottom: float
    scale: float
    strip_left: float
    strip_scale: float


Exhibit = ExhibitPart | Binding


def place_page(width_pt: float, height_pt: float) -> Placement:
    """Make room below a page of this size. It keeps its size and shrinks by a few percent; a low page keeps
    its scale, and the paper grows. The stamp never lies on the page."""
    shrunk = min(1.0, (_LARGEST_PT - 10 * STRIP_HEIGHT_PT) / max(width_pt, height_pt))
    width, height = width_pt * shrunk, height_pt * shrunk
    paper = max(width, _NARROWEST_PT)
    strip_scale = min(paper / STRIP_WIDTH_PT, max(1.0, height / STRIP_WIDTH_PT))
    strip = STRIP_HEIGHT_PT * strip_scale
    fits = height >= _STRIPS_A_PAGE * strip
    scale = (height - strip) / height if fits else 1.0
    return Placement(
        paper_width=paper,
        paper_height=height if fits else height + strip,
        left=(paper - width * scale) / 2,
        bottom=strip,
        scale=scale * shrunk,
        strip_left=(paper - STRIP_WIDTH_PT * strip_scale) / 2,
        strip_scale=strip_scale,
    )


def exhibit_to_json(exhibit: Exhibit) -> dict[str, Any]:
    """As JSON, for the child."""
    if isinstance(exhibit, ExhibitPart):
        pages = [[p.page_number, [[m.x0, m.top, m.x1, m.bottom] for m in p.marks]] for p in exhibit.pages]
        return {"is": "part", "pages": pages, "strips": base64.b64encode(exhibit.strips).decode("ascii")}
    return {
        "is": "binding",
        "sections": [[section.byte_count, section.page_count] for section in exhibit.sections],
        "front": exhibit.front_pages,
        "title": exhibit.title,
        "made_at": exhibit.made_at.isoformat(),
        "bookmarks": [[mark.title, mark.page_number] for mark in exhibit.bookmarks],
    }


def exhibit_from_json(data: Mapping[str, Any]) -> Exhibit:
    """Back from ``exhibit_to_json``. Raises ``BadRecipe``."""
    try:
        if data["is"] == "part":
            pages = tuple(
                ExhibitPage(number, tuple(Box(*m) for m in marks)) for number, marks in data["pages"]
            )
            return ExhibitPart(pages, base64.b64decode(data["strips"], validate=True))
        return Binding(
            sections=tuple(Section(size, count) for size, count in data["sections"]),
            front_pages=data["front"],
            title=data["title"],
            made_at=datetime.fromisoformat(data["made_at"]),
            bookmarks=tuple(Bookmark(title, number) for title, number in data["bookmarks"]),
        )
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise BadRecipe from error


def pages_in(exhibit: Exhibit) -> int:
    """How many pages there are to make: what time is given by."""
    if isinstance(exhibit, ExhibitPart):
        return len(exhibit.pages)
    return sum(section.page_count for section in exhibit.sections)


def check_part(part: ExhibitPart, page_count: int) -> None:
    """Raises ``BadRecipe`` unless every page is there."""
    if not part.pages:
        raise BadRecipe
    for page in part.pages:
        if not 1 <= page.page_number <= page_count or len(page.marks) > MOST_MARKS_A_PAGE:
            raise BadRecipe
