"""Changes are undone where nobody has changed the field since, and what could not be undone is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, FieldProposal
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role, Visibility
from archive.services.descriptions import save_description
from archive.services.field_changes import (
    ChangesNotFound,
    find_changes,
    list_changes_by,
    list_changes_of,
    undo_changes,
)
from archive.services.field_values import base_of
from tests.describing import actions_of, make_undescribed, person
from tests.factories import NOON


@pytest.fixture
def volunteer(parts: Parts) -> Viewer:
    return person(parts.database, Role.VOLUNTEER)


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    return person(parts.database, Role.EDITOR)


@pytest.fixture
def session(parts: Parts, volunteer: Viewer, editor: Viewer) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def memo(session: Session, parts: Parts, volunteer: Viewer) -> Document:
    return make_undescribed(session, parts.storage, uploaded_by_id=volunteer.account_id, agency="ICE")


def save(session: Session, document: Document, viewer: Viewer, **values: str) -> str:
    return save_description(session, document.id, values, based_on=base_of(document), viewer=viewer, at=NOON)


def test_a_change_is_undone(session: Session, memo: Document, volunteer: Viewer) -> None:
    name = save(session, memo, volunteer, sender="New", agency="Another Agency", kind="memo")
    version = memo.content_version
    undone = undo_changes(session, name, viewer=volunteer, at=NOON)
    assert (undone.fields, undone.left) == (3, ())
    assert (memo.sender, memo.agency and memo.agency.name, memo.kind) == ("The Director", "ICE", None)
    assert memo.content_version == version + 1
    assert actions_of(session, memo.id) == ["fields_changed", "fields_undone"]


def test_what_was_confirmed_by_the_change_is_open_again(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    name = save(session, memo, volunteer, sender="New")
    undo_changes(session, name, viewer=volunteer, at=NOON)
    proposal = session.scalars(select(FieldProposal).where(FieldProposal.field == "sender")).one()
    assert proposal.confirmed_at is None


def test_a_field_that_changed_since_stays_and_is_named(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    name = save(session, memo, volunteer, sender="New", subject="New")
    save(session, memo, editor, sender="Newer")
    undone = undo_changes(session, name, viewer=volunteer, at=NOON)
    assert (undone.fields, undone.left) == (1, ((memo.id, "From"),))
    assert (memo.sender, memo.subject) == ("Newer", "Opting out")


def test_undoing_twice_changes_nothing(session: Session, memo: Document, volunteer: Viewer) -> None:
    name = save(session, memo, volunteer, sender="New")
    undo_changes(session, name, viewer=volunteer, at=NOON)
    version = memo.content_version
    assert undo_changes(session, name, viewer=volunteer, at=NOON).fields == 0
    assert memo.content_version == version


def test_only_whoever_made_changes_and_editors_undo_them(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    name = save(session, memo, volunteer, sender="New")
    other = Viewer(Role.VOLUNTEER, editor.account_id, "other@example.org")
    for change_set in (name, "f" * 32):
        with pytest.raises(ChangesNotFound):
            undo_changes(session, change_set, viewer=other, at=NOON)
    assert find_changes(session, name, other) is None
    assert undo_changes(session, name, viewer=editor, at=NOON).fields == 1


def test_a_volunteer_does_not_undo_what_is_published_meanwhile(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    name = save(session, memo, volunteer, sender="New")
    memo.visibility = Visibility.PUBLISHED
    session.flush()
    assert undo_changes(session, name, viewer=volunteer, at=NOON).left == ((memo.id, "From"),)
    assert memo.sender == "New"


def test_changes_are_listed_by_document_and_by_person(
    session: Session, memo: Document, volunteer: Viewer, editor: Viewer
) -> None:
    first = save(session, memo, volunteer, sender="New", kind="letter")
    second = save(session, memo, editor, subject="New")
    undo_changes(session, first, viewer=volunteer, at=NOON)
    listed = list_changes_of(session, memo.id, volunteer)
    assert [(found.change_set, found.is_undone) for found in listed] == [(second, False), (first, True)]
    assert listed[1].fields == ("Kind", "From")
    assert [found.change_set for found in list_changes_by(session, volunteer)] == [first]
    assert [found.changed_by for found in listed] == ["editor@example.org", "volunteer@example.org"]


def test_a_title_that_one_may_not_see_is_not_told_by_the_list_of_changes(
    session: Session, memo: Document, volunteer: Viewer
) -> None:
    save(session, memo, volunteer, sender="New")
    memo.visibility = Visibility.SEALED
    session.flush()
    [found] = list_changes_by(session, volunteer)
    assert (found.documents, found.document_count) == ((), 1)
