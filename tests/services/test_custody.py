"""The custody log says the truth, and names people to those only who may read the audit log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.models import Account, Document
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.audit import record_event
from archive.services.custody import CustodyEvent, custody_of
from archive.services.publication import publish_document, withdraw_document
from tests.factories import NOON, make_document
from tests.visitors import make_account

LATER = NOON + timedelta(hours=5)
SENDER = "zqsender@example.org"
EDITOR_MAIL = "zqeditor@example.org"


@pytest.fixture
def sender(parts: Parts) -> Account:
    return make_account(parts.database, Role.VOLUNTEER, SENDER)


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    account = make_account(parts.database, Role.EDITOR, EDITOR_MAIL)
    return Viewer(account.role, account.id, account.email)


@pytest.fixture
def document(parts: Parts, sender: Account, editor: Viewer) -> Document:
    """Sent in by a volunteer, published by an editor five hours later, opened meanwhile."""
    with parts.database.transaction() as session:
        made = make_document(
            session,
            parts.storage,
            agency="Immigration and Customs Enforcement (ICE)",
            production="third-interim",
            visibility=Visibility.UNPUBLISHED,
        )
        assert made.production is not None
        made.production.received_on, made.production.tracking_number = date(2011, 2, 3), "10-2674"
        made.received_on = date(2011, 2, 10)
        made.uploaded_by_id, made.screened_at = sender.id, NOON
        details = {"sha256": made.sha256, "bytes": made.byte_count}
        record_event(session, "document_received", made.id, actor=SENDER, at=NOON, details=details)
        record_event(session, "original_opened", made.id, actor=EDITOR_MAIL, at=NOON, details={})
        record_event(session, "document_held", made.id, actor=EDITOR_MAIL, at=NOON, details={})
        assert publish_document(session, made.id, actor=EDITOR_MAIL, at=LATER)
        return made


def log_of(parts: Parts, document: Document, viewer: Viewer) -> tuple[CustodyEvent, ...]:
    with parts.database.reading() as session:
        return custody_of(session, session.get_one(Document, document.id), viewer)


def test_readers_are_told_what_happened_and_no_names(parts: Parts, document: Document) -> None:
    agency = "Immigration and Customs Enforcement"
    assert [(event.when, event.what, event.by, event.entry) for event in log_of(parts, document, READER)] == [
        (date(2011, 2, 3), "Released in “third-interim”, tracking number 10-2674", agency, ""),
        (date(2011, 2, 10), "Handed over, as the sender of the file says", agency, ""),
        (
            NOON,
            "Received by this archive and kept under the SHA-256 of its bytes",
            "a volunteer of this archive",
            "",
        ),
        (LATER, "Published", "an editor of this archive", ""),
    ]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.VOLUNTEER])
def test_no_account_is_named_to_those_who_may_not_read_the_log(
    parts: Parts, document: Document, role: Role | None
) -> None:
    viewer = READER if role is None else Viewer(role, 99, "someone@example.org")
    said = repr(log_of(parts, document, viewer))
    assert "zq" not in said
    assert "Opened" not in said
    assert "Held" not in said


def test_editors_are_told_who_and_which_entry_of_the_log(
    parts: Parts, document: Document, editor: Viewer
) -> None:
    events = log_of(parts, document, editor)
    received = next(event for event in events if event.what.startswith("Received"))
    assert (received.by, received.entry.split()[0]) == (SENDER, "1")
    published = events[-1]
    assert (published.what, published.by) == ("Published", EDITOR_MAIL)
    assert len(published.entry.split()[1]) == 12
    assert any(event.what.startswith("Opened the file") for event in events)


def test_a_withdrawal_is_told(parts: Parts, document: Document, editor: Viewer) -> None:
    with parts.database.transaction() as session:
        withdraw_document(session, document.id, reason="Asked for.", viewer=editor, at=LATER)
    events = log_of(parts, document, editor)
    assert [event.what for event in events[-2:]] == ["Published", "Withdrew"]


def test_a_copy_says_of_what_it_was_made_to_those_who_may_see_that(
    parts: Parts, document: Document, editor: Viewer
) -> None:
    with parts.database.transaction() as session:
        original = session.get_one(Document, document.id)
        original.visibility = Visibility.SEALED
        copy = make_document(session, parts.storage, title="Copy", pages=("covered",))
        copy.derived_from_id, copy.copy_kind = original.id, CopyKind.REDACTED
        copy.copy_reason, copy.uploaded_by_id = "personal privacy", original.uploaded_by_id
    for_readers, for_editors = (log_of(parts, copy, viewer)[0] for viewer in (READER, editor))
    assert for_readers.what == (
        "Made by this archive (redacted copy) of another file, which is kept and is not shown. "
        "Reason: personal privacy"
    )
    assert for_readers.by == for_editors.by == "this archive’s program"
    assert document.id in for_editors.what
    assert document.id not in for_readers.what


def test_a_file_that_came_without_a_person_and_was_published_before_there_was_a_log(parts: Parts) -> None:
    with parts.database.transaction() as session:
        made = make_document(session, parts.storage)
        made.published_at = LATER
    assert [(event.when, event.what, event.by) for event in log_of(parts, made, READER)] == [
        (NOON, "Received by this archive and kept under the SHA-256 of its bytes", "this archive’s program"),
        (LATER, "Published", "not on record"),
    ]
