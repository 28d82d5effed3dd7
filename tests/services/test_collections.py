"""Collections: who may do what, what stays of an address, and who sees what of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from archive.models import AuditEntry, Citation, Collection, CollectionItem, Document, OldSlug
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.audit_words import AUDIT_WORDS
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import (
    BadCollection,
    CollectionNotFound,
    CollectionNotYours,
)
from archive.rules.statuses import Visibility
from archive.services.collection_items import (
    list_items,
    move_passage,
    set_audience,
    write_note,
)
from archive.services.collections import (
    add_collection,
    delete_collection,
    describe_collection,
    find_new_slug,
    get_collection,
    list_collections,
    share_collection,
)
from tests.factories import NOON

PHONE = "Call John Example at home: (408) 555-0134."


@pytest.fixture
def session(parts: Parts, people: dict[str, Viewer]) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def item_of(session: Session, collection: Collection, index: int) -> CollectionItem:
    return list_items(session, collection)[index]


def hide(session: Session, citation: Citation, visibility: Visibility = Visibility.HELD) -> None:
    session.get_one(Document, citation.document_id).visibility = visibility
    session.flush()


def test_readers_and_programs_write_nothing(session: Session, collection: Collection, keeper: Viewer) -> None:
    program = Viewer(keeper.role, keeper.account_id, keeper.name, by_token=True)
    with pytest.raises(CollectionNotYours):
        describe_collection(session, collection.slug, "Other", "", viewer=program, at=NOON)
    with pytest.raises(CollectionNotFound):
        describe_collection(session, collection.slug, "Other", "", viewer=READER, at=NOON)


def test_a_members_collection_is_not_there_for_readers(
    session: Session, collection: Collection, keeper: Viewer
) -> None:
    with pytest.raises(CollectionNotFound):
        get_collection(session, collection.slug, READER)
    assert list_collections(session, READER).total == 0
    set_audience(session, collection.slug, Audience.PUBLIC, viewer=keeper, at=NOON)
    assert get_collection(session, collection.slug, READER) is collection
    (row,) = list_collections(session, READER).items
    assert row.passages == 4


def test_only_what_a_visitor_sees_is_counted(
    session: Session, collection: Collection, cited: list[Citation], keeper: Viewer
) -> None:
    hide(session, cited[0], Visibility.MEMBERS)
    set_audience(session, collection.slug, Audience.PUBLIC, viewer=keeper, at=NOON)
    assert list_collections(session, READER).items[0].passages == 3
    assert list_collections(session, keeper).items[0].passages == 4


def test_a_renamed_collection_is_found_under_every_name_it_had(
    session: Session, collection: Collection, keeper: Viewer, people: dict[str, Viewer]
) -> None:
    for title in ("Second title", "Third title"):
        describe_collection(session, collection.slug, title, "", viewer=keeper, at=NOON)
    assert collection.slug == "third-title"
    for old in ("opting-out", "second-title"):
        assert find_new_slug(session, old, keeper) == "third-title"
        assert find_new_slug(session, old, READER) is None, "members only"
    other = add_collection(session, "Opting out", viewer=people["other"], at=NOON)
    assert other.slug == "opting-out-2", "the old name still leads to the first"
    describe_collection(session, collection.slug, "Opting  out", "", viewer=keeper, at=NOON)
    assert collection.slug == "opting-out", "it may be called so again"
    assert find_new_slug(session, "opting-out", keeper) is None
    assert find_new_slug(session, "third-title", keeper) == "opting-out"


def test_the_address_of_a_deleted_collection_is_given_to_no_other(
    session: Session, collection: Collection, keeper: Viewer, cited: list[Citation]
) -> None:
    describe_collection(session, collection.slug, "Second title", "", viewer=keeper, at=NOON)
    gone = collection.id
    delete_collection(session, "second-title", viewer=keeper, at=NOON)
    assert session.scalars(select(CollectionItem)).all() == []
    assert session.get(Citation, cited[0].id) is not None
    for title, slug in (("Second title", "second-title-2"), ("Opting out", "opting-out-2")):
        assert add_collection(session, title, viewer=keeper, at=NOON).slug == slug
    assert session.get(Collection, gone) is not None, "the database gave the number away again"
    for old in ("second-title", "opting-out"):
        assert find_new_slug(session, old, keeper) is None
    assert len(session.scalars(select(OldSlug)).all()) == 2


@pytest.mark.parametrize(
    ("title", "slug"),
    [("New", "new-2"), ("Add", "add-2"), ("!!!", "unnamed"), ("مذكرة", "unnamed"), ("x" * 300, "x" * 80)],
)
def test_a_slug_is_an_address_that_is_free(session: Session, keeper: Viewer, title: str, slug: str) -> None:
    assert add_collection(session, title, viewer=keeper, at=NOON).slug == slug
    again = add_collection(session, title, viewer=keeper, at=NOON).slug
    assert again != slug
    assert len(again) <= 80


@pytest.mark.parametrize(("title", "introduction"), [("  ", ""), ("x" * 301, ""), ("x", "y" * 10_001)])
def test_a_title_is_there_and_nothing_is_too_long(
    session: Session, keeper: Viewer, title: str, introduction: str
) -> None:
    with pytest.raises(BadCollection):
        add_collection(session, title, introduction, viewer=keeper, at=NOON)


def test_every_change_is_in_the_audit_log_without_a_word_of_what_was_written(
    session: Session, collection: Collection, keeper: Viewer
) -> None:
    slug, first = collection.slug, item_of(session, collection, 0).id
    later = NOON + timedelta(hours=1)
    given: dict[str, Any] = {"viewer": keeper, "at": later}
    write_note(session, slug, first, "zqnote", **given)
    write_note(session, slug, first, "zqnote", **given)  # nothing new
    move_passage(session, slug, first, 2, **given)
    share_collection(session, slug, is_shared=True, **given)
    set_audience(session, slug, Audience.PUBLIC, **given)
    set_audience(session, slug, Audience.MEMBERS, **given)
    slug = describe_collection(session, slug, "zqtitle", "zqintroduction", **given).slug
    assert collection.changed_at == later
    delete_collection(session, slug, **given)
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.happened_at == later).order_by(AuditEntry.id)
    ).all()
    assert [entry.action for entry in entries] == [
        "passage_noted",
        "passages_ordered",
        "collection_shared",
        "collection_made_public",
        "collection_taken_back",
        "collection_described",
        "collection_deleted",
    ]
    assert all(entry.action in AUDIT_WORDS for entry in session.scalars(select(AuditEntry)))
    assert "zq" not in str([(entry.subject, entry.details) for entry in entries])


def test_a_list_of_collections_asks_the_database_as_often_for_many_as_for_few(
    session: Session, collection: Collection, keeper: Viewer
) -> None:
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    list_collections(session, keeper)
    few = len(asked)
    for number in range(10):
        add_collection(session, f"Title {number}", viewer=keeper, at=NOON)
    session.flush()
    session.expunge_all()
    asked.clear()
    list_collections(session, keeper)
    assert len(asked) <= few
