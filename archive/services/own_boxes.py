"""Boxes on a copy that this archive drew itself: no agency withheld what is beneath them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import DocumentCopy
from ingest.copying import PageRecipe, pages_from_rows
from ingest.page import Box

_MOST_GENERATIONS = 10  # a copy of a copy of a copy


def find_own_boxes(session: Session, document_id: str, page_number: int) -> tuple[Box, ...]:
    """Where this archive covered something on a page of a copy, or on what the copy was made of; in points as
    displayed. Empty for a document as received. What was turned since is not followed further."""
    boxes: list[Box] = []
    for _ in range(_MOST_GENERATIONS):
        copy = session.scalar(select(DocumentCopy).where(DocumentCopy.copy_id == document_id).limit(1))
        page = _page_of(copy, page_number) if copy is not None else None
        if copy is None or page is None:
            break
        boxes += (cover.box for cover in page.boxes)
        if page.turn:
            break
        document_id, page_number = copy.document_id, page.page_number
    return tuple(boxes)


def _page_of(copy: DocumentCopy, page_number: int) -> PageRecipe | None:
    pages = pages_from_rows(copy.recipe)
    return pages[page_number - 1] if page_number <= len(pages) else None
