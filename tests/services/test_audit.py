"""A change to the audit log shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from archive.database import Database
from archive.models import AuditEntry
from archive.services.audit import find_broken_entry, record_event


def record_five(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        for number in range(5):
            record_event(
                session, "document_published", f"doc{number}", actor="ed", at=at, details={"n": number}
            )


def broken(database: Database) -> int | None:
    with database.reading() as session:
        entry = find_broken_entry(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
        return None if entry is None else entry.id


def test_an_untouched_log_holds(database: Database, at: datetime) -> None:
    record_five(database, at)
    assert broken(database) is None


def test_a_changed_entry_is_named(database: Database, at: datetime) -> None:
    record_five(database, at)
    with database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 3).values(actor="somebody else"))
    assert broken(database) == 3


def test_a_removed_entry_shows_at_the_next_one(database: Database, at: datetime) -> None:
    record_five(database, at)
    with database.transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 2))
    assert broken(database) == 3
