"""The column types that all tables share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from archive.database import Database
from archive.models import AuditEntry, Job
from archive.rules.statuses import JobKind, JobState


def entry(happened_at: datetime) -> AuditEntry:
    return AuditEntry(
        happened_at=happened_at,
        actor="a",
        action="b",
        subject="c",
        details={},
        previous_hash="",
        entry_hash="",
    )


def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime"), database.transaction() as session:
        session.add(entry(datetime(2026, 11, 2, 12, 0)))  # noqa: DTZ001  the mistake that is refused


def test_a_moment_in_any_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    arizona = datetime(2026, 11, 2, 5, 0, tzinfo=timezone(timedelta(hours=-7)))
    with database.transaction() as session:
        session.add(entry(arizona))
    with database.reading() as session:
        happened_at = session.scalars(select(AuditEntry.happened_at)).one()
    assert happened_at == arizona
    assert happened_at.tzinfo is UTC


def test_moments_sort_in_the_database_as_they_happened(database: Database) -> None:
    early = datetime(2026, 11, 2, 23, 0, tzinfo=timezone(timedelta(hours=9)))  # 14:00 UTC
    late = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    with database.transaction() as session:
        session.add_all([entry(late), entry(early)])
    with database.reading() as session:
        found = session.scalars(select(AuditEntry.happened_at).order_by(AuditEntry.happened_at)).all()
    assert list(found) == [early, late]


def test_a_status_is_kept_as_its_text_and_comes_back_as_itself(database: Database, at: datetime) -> None:
    kind, state = next(iter(JobKind)), next(iter(JobState))
    with database.transaction() as session:
        session.add(Job(kind=kind, state=state, attempts=0, publish_when_read=False, created_at=at))
    with database.reading() as session:
        assert session.scalar(text("SELECT kind FROM job")) == str(kind)
        assert session.scalars(select(Job.state)).one() is state


def test_a_status_that_does_not_exist_is_refused(database: Database, at: datetime) -> None:
    with pytest.raises(StatementError), database.transaction() as session:
        session.add(
            Job(kind="dance", state=next(iter(JobState)), attempts=0, publish_when_read=False, created_at=at)
        )
