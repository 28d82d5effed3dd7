"""Choosing pages by document and number in a way that every database answers from its primary key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, or_

from archive.models import Page

PageKey = tuple[str, int]  # document id, page number


def pages_at(keys: Iterable[PageKey]) -> ColumnElement[bool]:
    """The pages with these keys; a few hundred at most.

    Not ``(document_id, page_number) IN (...)``: SQLite reads the whole table for that.
    """
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for document_id, page_number in keys:
        numbers[document_id].append(page_number)
    each = [
        and_(Page.document_id == document_id, Page.page_number.in_(some))
        for document_id, some in numbers.items()
    ]
    return or_(*each) if each else false()
