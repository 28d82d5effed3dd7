"""What somebody who searches may see, also in the moment before the index learns of a withdrawal.

Readers are answered from the index of published documents alone. Who is signed in is answered from both
indexes, without the documents that the database says are not for them: those count as deleted, in scores too.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.access import READER, Action, Viewer
from archive.rules.query import Query
from archive.rules.statuses import Role, Visibility
from archive.services.documents import visible_documents
from archive.services.indexing import is_outdated

WHOLE_ARCHIVE = Viewer(Role.ADMIN)  # whoever runs the program on its own machine
_NOT_SEARCHED = (Visibility.REJECTED, Visibility.WITHDRAWN)


def sees_more(viewer: Viewer) -> bool:
    """Whether anything that is not published may be found by this viewer."""
    return viewer.may(Action.READ_MEMBERS)


def searched_documents(viewer: Viewer) -> Select[Document]:
    """The documents that a search of this viewer looks at."""
    return visible_documents(viewer).where(Document.visibility.not_in(_NOT_SEARCHED))


def in_sight(session: Session, query: Query, viewer: Viewer = READER) -> Query:
    """The query without the documents that this viewer may not see although an index has them, or may have
    them in a moment: whatever the index does, what is answered hangs on what they may see alone."""
    if sees_more(viewer):
        seen = searched_documents(viewer).with_only_columns(Document.id)
        hidden = select(Document.id).where(Document.id.not_in(seen))
    else:
        hidden = select(Document.id).where(is_outdated((Visibility.PUBLISHED,)))
    without = tuple(session.scalars(hidden.order_by(Document.id)))
    return replace(query, filters=replace(query.filters, without=without))


def without_facets(session: Session, query: Query, viewer: Viewer = READER) -> Query:
    """The same, when only the pages are wanted."""
    return replace(in_sight(session, query, viewer), facets=())
