"""A redacted copy takes the place of its original."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentWithdrawn
from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.statuses import CopyKind, Visibility
from archive.services.documents import get_document
from archive.services.publication import (
    publish_document,
    reject_document,
    show_to_members,
    withdraw_document,
)
from tests.findings import make_editor, make_reviewable


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def editor(session: Session) -> Viewer:
    return make_editor(session)


@pytest.fixture
def document(session: Session, parts: Parts) -> Document:
    return make_reviewable(session, parts.storage)


def make_copy(session: Session, parts: Parts, original: Document) -> Document:
    return make_reviewable(
        session,
        parts.storage,
        title="Letter to a person, redacted",
        derived_from_id=original.id,
        copy_kind=CopyKind.REDACTED,
    )


def test_publishing_a_redacted_copy_seals_its_original_for_good(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    copy = make_copy(session, parts, document)
    version = document.content_version
    publish_document(session, copy.id, actor="ed", at=at)
    assert document.visibility == Visibility.SEALED
    assert document.content_version == version + 1
    assert [entry.subject for entry in session.scalars(select(AuditEntry))] == [copy.id, document.id]
    withdraw_document(session, copy.id, reason="Not enough was redacted.", viewer=editor, at=at)
    assert document.visibility == Visibility.SEALED


def test_a_published_original_leaves_a_tombstone_that_names_the_copy(
    session: Session, parts: Parts, document: Document, at: datetime
) -> None:
    publish_document(session, document.id, actor="ed", at=at)
    copy = make_copy(session, parts, document)
    publish_document(session, copy.id, actor="ed", at=at)
    assert document.visibility == Visibility.WITHDRAWN
    with pytest.raises(DocumentWithdrawn) as tombstone:
        get_document(session, document.id, READER)
    assert f"/documents/{copy.id}" in tombstone.value.help


def test_a_rejected_original_stays_rejected(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    reject_document(session, document.id, viewer=editor, at=at)
    publish_document(session, make_copy(session, parts, document).id, actor="ed", at=at)
    assert document.visibility == Visibility.REJECTED


def test_a_copy_for_members_seals_what_only_members_saw(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    show_to_members(session, document.id, viewer=editor, at=at)
    show_to_members(session, make_copy(session, parts, document).id, viewer=editor, at=at)
    assert document.visibility == Visibility.SEALED


def test_a_copy_for_members_leaves_a_published_original_alone(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    publish_document(session, document.id, actor="ed", at=at)
    show_to_members(session, make_copy(session, parts, document).id, viewer=editor, at=at)
    assert document.visibility == Visibility.PUBLISHED
