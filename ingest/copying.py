"""What a copy of a PDF is made of: which pages, how turned, and what is covered on them. Plain values.

A redacted copy (``Recipe.redacts``) holds nothing of what is beneath its boxes; ``ingest.covered_page`` says
how. A copy that is not redacted shows its pages as they were, and holds nothing of the other pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.errors import IngestError
from ingest.page import Box

QUARTER_TURNS = (0, 90, 180, 270)
MOST_BOXES_A_PAGE = 2_000
_LABEL_CHARACTERS = 200


class BadRecipe(IngestError):
    code = "bad_recipe"
    sentence = "This copy cannot be made: a page that it names is not in the file. Choose the pages again."


class CopyTooLarge(IngestError):
    code = "copy_too_large"
    sentence = "This copy needs too much memory to be made at once. Make parts of the file first."


class RedactionNotClean(IngestError):
    code = "redaction_not_clean"
    sentence = (
        "The redacted copy was made and thrown away: reading it back, something that was covered could still "
        "be found. Cover it wherever it stands, and make the copy again."
    )


@dataclass(frozen=True, slots=True)
class CoverBox:
    """A black box: ``box`` in points as displayed, before the page is turned; ``label`` is public."""

    box: Box
    label: str = ""


@dataclass(frozen=True, slots=True)
class PageRecipe:
    """One page of the copy: which page it is in the file (1-based), and by how many degrees it is turned
    clockwise from how it is displayed there (0, 90, 180, 270)."""

    page_number: int
    turn: int = 0
    boxes: tuple[CoverBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A copy, page by page. ``title`` is the copy's own, and public."""

    pages: tuple[PageRecipe, ...]
    redacts: bool = False
    title: str = ""


def pages_to_rows(pages: Sequence[PageRecipe]) -> list[dict[str, Any]]:
    """As JSON, for the database and for the child."""
    return [
        {
            "page": page.page_number,
            "turn": page.turn,
            "boxes": [
                {"box": [c.box.x0, c.box.top, c.box.x1, c.box.bottom], "label": c.label} for c in page.boxes
            ],
        }
        for page in pages
    ]


def pages_from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[PageRecipe, ...]:
    """Back from ``pages_to_rows``. Raises ``BadRecipe`` for what is none."""
    try:
        return tuple(_page_from(row) for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecipe from error


def recipe_to_json(recipe: Recipe) -> dict[str, Any]:
    """As JSON, for the child that makes the copy."""
    return {"pages": pages_to_rows(recipe.pages), "redacts": recipe.redacts, "title": recipe.title}


def recipe_from_json(data: Mapping[str, Any]) -> Recipe:
    """Back from ``recipe_to_json``. Raises ``BadRecipe``."""
    try:
        return Recipe(pages_from_rows(data["pages"]), bool(data["redacts"]), str(data["title"]))
    except (KeyError, TypeError) as error:
        raise BadRecipe from error


def check_recipe(recipe: Recipe, page_count: int) -> None:
    """Raises ``BadRecipe`` unless every page is there and every turn is a quarter."""
    if not recipe.pages:
        raise BadRecipe
    for page in recipe.pages:
        if not 1 <= page.page_number <= page_count or page.turn not in QUARTER_TURNS:
            raise BadRecipe
        if len(page.boxes) > MOST_BOXES_A_PAGE:
            raise BadRecipe


def _page_from(row: Mapping[str, Any]) -> PageRecipe:
    boxes = tuple(
        CoverBox(
            Box(*(float(edge) for edge in cover["box"])), str(cover.get("label", ""))[:_LABEL_CHARACTERS]
        )
        for cover in row.get("boxes", ())
    )
    return PageRecipe(int(row["page"]), int(row.get("turn", 0)), boxes)
