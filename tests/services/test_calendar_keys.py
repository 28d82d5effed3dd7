"""The key of a calendar opens it and nothing else, for as long as its account wants it to."""

from __future__ import annotations

import pytest

from archive.database import Database
from archive.models import Account, AuditEntry
from archive.parts import Parts
from archive.rules.access import Action, Viewer
from archive.rules.account_errors import CalendarNotFound
from archive.rules.statuses import Role
from archive.services.calendar_keys import (
    make_calendar_key,
    remove_calendar_key,
    switch_reminders,
    viewer_by_calendar_key,
)
from tests.factories import NOON
from tests.visitors import make_account


def member(database: Database, email: str = "m@example.org") -> Viewer:
    account = make_account(database, Role.VOLUNTEER, email)
    return Viewer(account.role, account.id, account.email)


def made(database: Database, viewer: Viewer) -> str:
    with database.transaction() as session:
        return make_calendar_key(session, viewer=viewer, at=NOON)


def test_a_key_is_its_accounts_and_only_its_hash_is_kept(parts: Parts) -> None:
    viewer = member(parts.database)
    key = made(parts.database, viewer)
    with parts.database.reading() as session:
        found = viewer_by_calendar_key(session, key)
        kept = session.get_one(Account, viewer.account_id).calendar_key_hash
    assert found.account_id == viewer.account_id
    assert kept is not None
    assert key not in kept
    assert len(key) == 43


def test_with_a_key_nobody_changes_anything(parts: Parts) -> None:
    key = made(parts.database, member(parts.database))
    with parts.database.reading() as session:
        found = viewer_by_calendar_key(session, key)
    assert found.may(Action.READ_REQUESTS)
    assert not found.may(Action.KEEP_REQUESTS)
    assert not found.may(Action.OWN_ACCOUNT)


def test_a_new_key_ends_the_one_before(parts: Parts) -> None:
    viewer = member(parts.database)
    old, new = made(parts.database, viewer), made(parts.database, viewer)
    with parts.database.reading() as session:
        assert viewer_by_calendar_key(session, new).account_id == viewer.account_id
        with pytest.raises(CalendarNotFound):
            viewer_by_calendar_key(session, old)


@pytest.mark.parametrize("key", ["", "x", "a" * 43, "é" * 43, "a" * 100_000, "\0", "%00"])
def test_a_wrong_key_opens_nothing(parts: Parts, key: str) -> None:
    made(parts.database, member(parts.database))
    with parts.database.reading() as session, pytest.raises(CalendarNotFound):
        viewer_by_calendar_key(session, key)


def test_a_removed_key_and_one_of_a_closed_account_open_nothing(parts: Parts) -> None:
    one, two = member(parts.database), member(parts.database, "other@example.org")
    keys = [made(parts.database, viewer) for viewer in (one, two)]
    with parts.database.transaction() as session:
        assert remove_calendar_key(session, viewer=one, at=NOON)
        assert not remove_calendar_key(session, viewer=one, at=NOON)
        session.get_one(Account, two.account_id).disabled_at = NOON
    with parts.database.reading() as session:
        for key in keys:
            with pytest.raises(CalendarNotFound):
                viewer_by_calendar_key(session, key)


def test_what_was_done_is_on_record_without_the_key(parts: Parts) -> None:
    viewer = member(parts.database)
    key = made(parts.database, viewer)
    with parts.database.transaction() as session:
        assert switch_reminders(session, wanted=False, viewer=viewer, at=NOON)
        assert not switch_reminders(session, wanted=False, viewer=viewer, at=NOON)
        remove_calendar_key(session, viewer=viewer, at=NOON)
    with parts.database.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert [entry.action for entry in entries] == [
        "calendar_key_made",
        "reminders_changed",
        "calendar_key_removed",
    ]
    assert key not in str([entry.details for entry in entries])
