"""One decision about many documents: those for which it is possible, and why not for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import ArchiveError, NotAllowed
from archive.models import Document
from archive.rules.access import Viewer
from archive.rules.addresses import is_document_id
from archive.rules.transitions import DECIDED_BY, ReviewAction
from archive.services.documents import visible_documents
from archive.services.finding_decisions import find_what_blocks
from archive.services.publication import decide_document, is_looked_through

MOST_AT_ONCE = 200
# Decisions that need no words of their own for each document.
IN_BATCHES = (
    ReviewAction.PUBLISH,
    ReviewAction.SHOW_TO_MEMBERS,
    ReviewAction.HOLD,
    ReviewAction.REJECT,
    ReviewAction.TAKE_BACK,
)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A document that was not decided, with what stands in its way."""

    document: Document
    why: tuple[str, ...]


def decide_many(
    database: Database,
    document_ids: Sequence[str],
    action: ReviewAction,
    *,
    viewer: Viewer,
    at: datetime,
    reviewers: int,
) -> tuple[int, tuple[str, ...]]:
    """How many were decided, and the ids of those that could not be. Each document is a transaction of its
    own, so that one that cannot be decided keeps no other from it. Raises ``NotAllowed``."""
    if not viewer.may(DECIDED_BY):
        raise NotAllowed
    left = []
    asked = list(dict.fromkeys(document_ids))[:MOST_AT_ONCE]
    for document_id in asked:
        try:
            with database.transaction() as session:
                decide_document(session, document_id, action, viewer=viewer, at=at, reviewers=reviewers)
        except ArchiveError:
            left.append(document_id)
    return len(asked) - len(left), tuple(left)


def list_left_over(
    session: Session, document_ids: Sequence[str], viewer: Viewer, *, reviewers: int
) -> tuple[LeftOver, ...]:
    """These documents, as far as ``viewer`` may see them, and why they may not be shown as they are."""
    wanted = [document_id for document_id in document_ids[:MOST_AT_ONCE] if is_document_id(document_id)]
    if not wanted:
        return ()
    found = {row.id: row for row in session.scalars(visible_documents(viewer).where(Document.id.in_(wanted)))}
    return tuple(
        LeftOver(found[document_id], _why(session, found[document_id], reviewers))
        for document_id in wanted
        if document_id in found
    )


def _why(session: Session, document: Document, reviewers: int) -> tuple[str, ...]:
    blocking = find_what_blocks(session, document.id, reviewers=reviewers)
    if blocking:
        return blocking
    if not is_looked_through(document):
        return ("not read and looked through yet",)
    return ("this is not possible from its present state",)
