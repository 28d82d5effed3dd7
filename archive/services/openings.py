"""Who opened the bytes of a document that is not shown: on record, once for each sitting."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import AuditEntry, Document
from archive.rules.access import Viewer
from archive.rules.statuses import Visibility
from archive.services.audit import record_event

ACTION = "original_opened"
ONE_SITTING = timedelta(minutes=10)  # a viewer asks for one file in many pieces
_SHOWN = (Visibility.PUBLISHED, Visibility.MEMBERS)


def must_be_recorded(document: Document) -> bool:
    """Whether opening this document's file goes on record: readers of what is shown need not be known."""
    return document.visibility not in _SHOWN


def record_opening(session: Session, document: Document, *, viewer: Viewer, at: datetime) -> bool:
    """Put on record that ``viewer`` opens the file; False when that was noted a moment ago."""
    last = session.scalar(
        select(AuditEntry.happened_at)
        .where(
            AuditEntry.subject == document.id, AuditEntry.action == ACTION, AuditEntry.actor == viewer.name
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    if last is not None and at - last < ONE_SITTING:
        return False
    details = {"state": document.visibility.value, "by_program": viewer.by_token}
    record_event(session, ACTION, document.id, actor=viewer.name, at=at, details=details)
    return True
