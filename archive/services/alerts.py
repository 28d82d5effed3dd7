"""Looks for new matches of saved searches and writes down the letters that tell of them.

Functions that take a ``Database`` open short transactions of their own, unlike other services: a search
must not hold the write lock, and each saved search is done or not done by itself.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import BadQuery
from archive.models import Document, OutgoingLetter, SavedSearch, SavedSearchSeen
from archive.ports import SearchEngine
from archive.rules.statuses import HowOften, LetterKind
from archive.services.documents import public_documents
from archive.services.matches import published_ids
from archive.services.saved_searches import (
    PERIODS,
    forget_unconfirmed,
    mark_as_seen,
    matching_documents,
    saved_query,
)

_log = logging.getLogger(__name__)
LOOK_AGAIN_AFTER = timedelta(days=1)  # also when nothing changed: a new version may find more


def note_news(database: Database, engine: SearchEngine, *, at: datetime) -> int:
    """Write down a letter for each saved search that is due and has new matches. Returns how many.

    A document is reported once for a saved search, whenever it comes to match. Raises
    ``IndexUnavailable``.
    """
    with database.transaction() as session:
        forget_unconfirmed(session, at=at)
    with database.reading() as session:
        state = _published_state(session)
        due = session.scalars(
            select(SavedSearch.id)
            .where(SavedSearch.due_at <= at)
            .where(
                or_(
                    SavedSearch.searched_state != state,
                    SavedSearch.searched_at.is_(None),
                    SavedSearch.searched_at < at - LOOK_AGAIN_AFTER,
                )
            )
            .order_by(SavedSearch.due_at)
        ).all()
    return sum(_note_one(database, engine, saved_id, state, at) for saved_id in due)


def _note_one(database: Database, engine: SearchEngine, saved_id: str, state: str, at: datetime) -> bool:
    with database.reading() as session:
        saved = session.get(SavedSearch, saved_id)
        if saved is None:
            return False
        try:
            found = matching_documents(session, engine, saved_query(saved))
        except BadQuery:
            _log.warning("saved search %s cannot be understood any more", saved_id)
            found = []
    with database.transaction() as session:
        saved = session.get(SavedSearch, saved_id)
        if saved is None or saved.due_at is None or saved.due_at > at:
            return False  # given up, or done by another worker meanwhile
        return _record(session, saved, found, state, at)


def _record(session: Session, saved: SavedSearch, found: list[str], state: str, at: datetime) -> bool:
    """The letter and what it tells of, in one transaction: neither is ever there without the other."""
    seen = set(
        session.scalars(
            select(SavedSearchSeen.document_id).where(SavedSearchSeen.saved_search_id == saved.id)
        )
    )
    published = published_ids(session)
    new = [document_id for document_id in found if document_id in published and document_id not in seen]
    saved.searched_at, saved.searched_state = at, state
    if new or saved.how_often is not HowOften.AT_ONCE:
        saved.due_at = at + PERIODS[saved.how_often]
    if not new:
        return False
    letter = OutgoingLetter(saved_search_id=saved.id, kind=LetterKind.NEWS, created_at=at, try_at=at)
    session.add(letter)
    session.flush()
    mark_as_seen(session, saved.id, new, letter_id=letter.id)
    return True


def _published_state(session: Session) -> str:
    """Changes whenever a published document is added, indexed anew, or withdrawn."""
    columns = Document.id, Document.indexed_version
    rows = session.execute(public_documents().with_only_columns(*columns).order_by(Document.id))
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()
