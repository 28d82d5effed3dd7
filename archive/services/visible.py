"""What somebody who searches may see, also in the moment before the index learns of a withdrawal."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.query import Query
from archive.rules.statuses import Visibility
from archive.services.indexing import is_outdated

_EDITOR_SEARCHES = (
    Visibility.PUBLISHED,
    Visibility.MEMBERS,
    Visibility.UNPUBLISHED,
    Visibility.HELD,
    Visibility.SEALED,
)


def seen_by(*, editor: bool) -> tuple[Visibility, ...]:
    """The documents that a search looks at: an editor's those that are not published, too."""
    return _EDITOR_SEARCHES if editor else (Visibility.PUBLISHED,)


def without_withdrawn(session: Session, query: Query, *, editor: bool = False) -> Query:
    """The query without documents that may no longer be seen although the index still has them."""
    hidden = tuple(session.scalars(select(Document.id).where(is_outdated(seen_by(editor=editor)))))
    return replace(query, filters=replace(query.filters, without=hidden))
