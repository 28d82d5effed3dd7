"""The passages of a collection, and what people write about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentWithdrawn
from archive.models import AuditEntry, Citation, Collection, CollectionItem, Document
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.citation_errors import CitationNotFound
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import (
    CollectionFull,
    CollectionNotYours,
    LikelyPrivate,
    NotACitation,
    PassageNotInCollection,
)
from archive.rules.statuses import Visibility
from archive.services import collection_items
from archive.services.citations import cite_passage
from archive.services.collection_items import (
    add_passage,
    citation_id_in,
    list_items,
    move_passage,
    remove_passage,
    seen_items,
    set_audience,
    write_note,
)
from archive.services.collections import (
    delete_collection,
    describe_collection,
    may_write,
    share_collection,
    writable_collections,
)
from tests.factories import NOON, make_document

PHONE = "Call John Example at home: (408) 555-0134."


@pytest.fixture
def session(parts: Parts, people: dict[str, Viewer]) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def order(session: Session, collection: Collection) -> list[str]:
    items = list_items(session, collection)
    assert [item.position for item in items] == list(range(1, len(items) + 1)), "no gaps"
    return [session.get_one(Citation, item.citation_id).words.split()[0] for item in items]


def item_of(session: Session, collection: Collection, index: int) -> CollectionItem:
    return list_items(session, collection)[index]


def hide(session: Session, citation: Citation, visibility: Visibility = Visibility.HELD) -> None:
    session.get_one(Document, citation.document_id).visibility = visibility
    session.flush()


def test_passages_stand_in_the_order_they_came_each_once(
    session: Session, collection: Collection, cited: list[Citation], keeper: Viewer
) -> None:
    again = add_passage(session, collection.slug, cited[0].id, viewer=keeper, at=NOON)
    assert again.position == 1
    assert order(session, collection) == ["alpha", "beta", "gamma", "delta"]


@pytest.mark.parametrize(
    ("index", "place", "expected"),
    [
        (0, 2, "beta alpha gamma delta"),
        (3, 1, "delta alpha beta gamma"),
        (0, 4, "beta gamma delta alpha"),
        (1, 2, "alpha beta gamma delta"),
        (2, 99_999, "alpha beta delta gamma"),
        (2, 0, "gamma alpha beta delta"),
    ],
)
def test_a_passage_goes_to_its_place(
    session: Session, collection: Collection, keeper: Viewer, index: int, place: int, expected: str
) -> None:
    item = item_of(session, collection, index)
    move_passage(session, collection.slug, item.id, place, viewer=keeper, at=NOON)
    assert order(session, collection) == expected.split()


def test_places_count_among_what_is_seen(
    session: Session, collection: Collection, cited: list[Citation], keeper: Viewer
) -> None:
    hide(session, cited[1])
    gamma = item_of(session, collection, 2)
    move_passage(session, collection.slug, gamma.id, 1, viewer=keeper, at=NOON)
    assert order(session, collection) == ["gamma", "alpha", "beta", "delta"]
    move_passage(session, collection.slug, gamma.id, 2, viewer=keeper, at=NOON)
    assert [item.citation_id for item in seen_items(session, collection, keeper)] == [
        cited[0].id,
        cited[2].id,
        cited[3].id,
    ]


def test_what_is_taken_out_leaves_no_gap(session: Session, collection: Collection, keeper: Viewer) -> None:
    remove_passage(session, collection.slug, item_of(session, collection, 1).id, viewer=keeper, at=NOON)
    assert order(session, collection) == ["alpha", "gamma", "delta"]


def test_a_passage_that_one_does_not_see_cannot_be_touched_or_added(
    session: Session, collection: Collection, cited: list[Citation], keeper: Viewer
) -> None:
    hide(session, cited[1])
    hidden = item_of(session, collection, 1).id
    changes: tuple[Callable[[], object], ...] = (
        lambda: move_passage(session, collection.slug, hidden, 1, viewer=keeper, at=NOON),
        lambda: write_note(session, collection.slug, hidden, "x", viewer=keeper, at=NOON),
        lambda: remove_passage(session, collection.slug, hidden, viewer=keeper, at=NOON),
    )
    for change in changes:
        with pytest.raises(PassageNotInCollection):
            change()
    with pytest.raises(CitationNotFound):
        add_passage(session, collection.slug, cited[1].id, viewer=keeper, at=NOON)
    withdrawn = session.get_one(Document, cited[2].document_id)
    withdrawn.visibility, withdrawn.published_at, withdrawn.withdrawn_at = Visibility.WITHDRAWN, NOON, NOON
    session.flush()
    with pytest.raises(DocumentWithdrawn):
        add_passage(session, collection.slug, cited[2].id, viewer=keeper, at=NOON)


def test_another_member_writes_only_where_it_is_shared_and_never_decides(
    session: Session, collection: Collection, people: dict[str, Viewer], cited: list[Citation]
) -> None:
    other, slug, first = people["other"], collection.slug, item_of(session, collection, 0).id
    given: dict[str, Any] = {"viewer": other, "at": NOON}
    changes: list[Callable[[], object]] = [
        lambda: describe_collection(session, slug, "Other", "", **given),
        lambda: move_passage(session, slug, first, 2, **given),
        lambda: write_note(session, slug, first, "A note", **given),
        lambda: add_passage(session, slug, cited[0].id, **given),
        lambda: remove_passage(session, slug, first, **given),
    ]
    decisions: list[Callable[[], object]] = [
        lambda: share_collection(session, slug, is_shared=True, **given),
        lambda: set_audience(session, slug, Audience.PUBLIC, **given),
        lambda: delete_collection(session, slug, **given),
    ]
    for change in changes + decisions:
        with pytest.raises(CollectionNotYours):
            change()
    assert not may_write(collection, other)
    assert writable_collections(session, other) == []
    share_collection(session, slug, is_shared=True, viewer=people["keeper"], at=NOON)
    for change in decisions:
        with pytest.raises(CollectionNotYours):
            change()
    for change in changes[1:]:
        change()
    assert order(session, collection) == ["beta", "gamma", "delta"]
    assert writable_collections(session, other) == [collection]


@pytest.mark.parametrize("where", ["title", "introduction", "note", "hidden note"])
def test_what_may_be_private_is_not_shown_to_everybody(
    session: Session,
    collection: Collection,
    people: dict[str, Viewer],
    cited: list[Citation],
    where: str,
) -> None:
    keeper, editor = people["keeper"], people["editor"]
    if "note" in where:
        write_note(
            session, collection.slug, item_of(session, collection, 1).id, PHONE, viewer=keeper, at=NOON
        )
    else:
        said: dict[str, str] = {"title": "T", "introduction": "I", where: PHONE}
        describe_collection(
            session, collection.slug, said["title"], said["introduction"], viewer=keeper, at=NOON
        )
    if where == "hidden note":
        hide(session, cited[1])
    with pytest.raises(LikelyPrivate) as refused:
        set_audience(session, collection.slug, Audience.PUBLIC, viewer=keeper, at=NOON, was_looked_at=True)
    (finding,) = refused.value.findings
    place = {"note": "the note on passage 2", "hidden note": "a passage that you do not see"}
    assert "phone number" in finding
    assert place.get(where, where) in finding
    with pytest.raises(LikelyPrivate):
        set_audience(session, collection.slug, Audience.PUBLIC, viewer=editor, at=NOON)
    set_audience(session, collection.slug, Audience.PUBLIC, viewer=editor, at=NOON, was_looked_at=True)
    assert collection.audience == Audience.PUBLIC
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.action == "collection_made_public"
    assert "555" not in str(entry.details)


def test_what_is_public_stays_free_of_private_details(
    session: Session, collection: Collection, keeper: Viewer, cited: list[Citation]
) -> None:
    slug = collection.slug
    last = item_of(session, collection, 3).id
    remove_passage(session, slug, last, viewer=keeper, at=NOON)
    set_audience(session, slug, Audience.PUBLIC, viewer=keeper, at=NOON)
    first = item_of(session, collection, 0).id
    given: dict[str, Any] = {"viewer": keeper, "at": NOON, "was_looked_at": True}
    changes: tuple[Callable[[], object], ...] = (
        lambda: write_note(session, slug, first, PHONE, **given),
        lambda: describe_collection(session, slug, "Opting out", PHONE, **given),
        lambda: add_passage(session, slug, cited[3].id, PHONE, **given),
    )
    for change in changes:
        with pytest.raises(LikelyPrivate):
            change()


def test_editors_take_a_collection_back_and_remove_notes_and_no_more(
    session: Session, collection: Collection, people: dict[str, Viewer]
) -> None:
    keeper, editor, slug = people["keeper"], people["editor"], collection.slug
    first = item_of(session, collection, 0).id
    write_note(session, slug, first, "A rude note", viewer=keeper, at=NOON)
    set_audience(session, slug, Audience.PUBLIC, viewer=keeper, at=NOON)
    write_note(session, slug, first, "", viewer=editor, at=NOON)
    set_audience(session, slug, Audience.MEMBERS, viewer=editor, at=NOON)
    assert item_of(session, collection, 0).note == ""
    assert collection.audience == Audience.MEMBERS
    changes: tuple[Callable[[], object], ...] = (
        lambda: write_note(session, slug, first, "Mine", viewer=editor, at=NOON),
        lambda: remove_passage(session, slug, first, viewer=editor, at=NOON),
        lambda: delete_collection(session, slug, viewer=editor, at=NOON),
    )
    for change in changes:
        with pytest.raises(CollectionNotYours):
            change()


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("abcdefghijklmnop", True),
        (" https://a.example/cite/abcdefghijklmnop.json?x ", True),
        ("/cite/abcdefghijklmnop/embed", True),
        ("https://a.example/documents/abcdefghijklmnop", False),
        ("abcdefghijklmnopq", False),
        ("", False),
    ],
)
def test_a_citation_is_named_by_its_address_or_its_number(written: str, is_one: bool) -> None:
    if is_one:
        assert citation_id_in(written) == "abcdefghijklmnop"
    else:
        with pytest.raises(NotACitation):
            citation_id_in(written)


def test_a_collection_is_full_some_day(
    session: Session, collection: Collection, keeper: Viewer, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection_items, "MOST_ITEMS", 4)
    document = make_document(session, parts.storage, title="One more", pages=("one more",))
    more = cite_passage(session, document.id, 1, "one more", viewer=keeper, at=NOON)
    with pytest.raises(CollectionFull):
        add_passage(session, collection.slug, more.id, viewer=keeper, at=NOON)
