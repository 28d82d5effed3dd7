"""The passages of a collection: added, noted, put in order, taken out; and who sees them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from archive.models import Citation, Collection, CollectionItem, Document
from archive.rules.access import Action, Viewer
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import (
    BadCollection,
    CollectionFull,
    CollectionNotYours,
    NotACitation,
    PassageNotInCollection,
)
from archive.services.citations import get_citation
from archive.services.collection_screening import refuse_private
from archive.services.collections import (
    get_collection,
    get_writable,
    may_keep,
    may_write,
    record_change,
)
from archive.services.documents import visible_documents

MOST_ITEMS = 500
MOST_NOTE_CHARACTERS = 2_000
_WRITTEN = re.compile(r"(?:^|/cite/)([a-z2-7]{16})(?:$|[./?#])")


def list_items(session: Session, collection: Collection) -> Sequence[CollectionItem]:
    """Everything in a collection, in its order, whoever may see it: look the citations up for the viewer."""
    wanted = select(CollectionItem).where(CollectionItem.collection_id == collection.id)
    return session.scalars(
        wanted.order_by(CollectionItem.position).options(lazyload(CollectionItem.citation))
    ).all()


def seen_items(session: Session, collection: Collection, viewer: Viewer) -> Sequence[CollectionItem]:
    """Those whose document ``viewer`` may see, in their order."""
    seen = visible_documents(viewer).with_only_columns(Document.id)
    wanted = (
        select(CollectionItem)
        .join(Citation, Citation.id == CollectionItem.citation_id)
        .where(CollectionItem.collection_id == collection.id, Citation.document_id.in_(seen))
    )
    return session.scalars(
        wanted.order_by(CollectionItem.position).options(lazyload(CollectionItem.citation))
    ).all()


def citation_id_in(written: str) -> str:
    """The number of a citation in what somebody wrote: its address, or the number alone.

    Raises ``NotACitation``.
    """
    found = _WRITTEN.search(written.strip())
    if found is None:
        raise NotACitation
    return found[1]


def add_passage(
    session: Session,
    slug: str,
    written: str,
    note: str = "",
    *,
    viewer: Viewer,
    at: datetime,
    was_looked_at: bool = False,
) -> CollectionItem:
    """Put a citation at the end; again is no error, and changes nothing.

    Raises as ``get_writable`` and ``get_citation``, ``NotACitation``, ``CollectionFull``, and for the note as
    ``write_note`` does.
    """
    collection = get_writable(session, slug, viewer)
    citation = get_citation(session, citation_id_in(written), viewer)
    items = list_items(session, collection)
    known = next((item for item in items if item.citation_id == citation.id), None)
    if known is not None:
        return known
    if len(items) >= MOST_ITEMS:
        raise CollectionFull
    note = _checked_note(collection, note, viewer=viewer, was_looked_at=was_looked_at)
    item = CollectionItem(
        collection_id=collection.id,
        citation_id=citation.id,
        position=len(items) + 1,
        note=note,
        added_by_id=viewer.account_id,
        added_at=at,
    )
    session.add(item)
    session.flush()
    record_change(session, collection, "passage_collected", viewer=viewer, at=at, passage=citation.id)
    return item


def write_note(
    session: Session,
    slug: str,
    item_id: int,
    note: str,
    *,
    viewer: Viewer,
    at: datetime,
    was_looked_at: bool = False,
) -> None:
    """Say why a passage is here. Editors may empty any note. Raises as ``get_writable``,
    ``PassageNotInCollection``, ``BadCollection`` when it is too long, and ``LikelyPrivate`` when everybody
    would see it."""
    collection = get_collection(session, slug, viewer)
    if not may_write(collection, viewer) and not (viewer.may(Action.REVIEW) and not note.strip()):
        raise CollectionNotYours
    item = _item(session, collection, item_id, viewer)
    note = _checked_note(collection, note, viewer=viewer, was_looked_at=was_looked_at)
    if note != item.note:
        item.note = note
        action = "passage_noted" if note else "passage_note_removed"
        record_change(session, collection, action, viewer=viewer, at=at, passage=item.citation_id)


def move_passage(
    session: Session, slug: str, item_id: int, place: int, *, viewer: Viewer, at: datetime
) -> None:
    """Put a passage at this place, counted from 1 among those that ``viewer`` sees.

    Raises as ``get_writable``, and ``PassageNotInCollection``.
    """
    collection = get_writable(session, slug, viewer)
    item = _item(session, collection, item_id, viewer)
    seen = [one for one in seen_items(session, collection, viewer) if one.id != item.id]
    rest = [one for one in list_items(session, collection) if one.id != item.id]
    before = seen[min(max(place, 1), len(seen) + 1) - 1 :]
    at_index = rest.index(before[0]) if before else len(rest)
    rest.insert(at_index, item)
    if _number(rest):
        record_change(session, collection, "passages_ordered", viewer=viewer, at=at, passage=item.citation_id)


def remove_passage(session: Session, slug: str, item_id: int, *, viewer: Viewer, at: datetime) -> None:
    """Take a passage out; its citation stays. Raises as ``get_writable``, and ``PassageNotInCollection``."""
    collection = get_writable(session, slug, viewer)
    item = _item(session, collection, item_id, viewer)
    citation_id = item.citation_id
    session.delete(item)
    session.flush()
    _number(list_items(session, collection))
    record_change(session, collection, "passage_taken_out", viewer=viewer, at=at, passage=citation_id)


def set_audience(
    session: Session,
    slug: str,
    audience: Audience,
    *,
    viewer: Viewer,
    at: datetime,
    was_looked_at: bool = False,
) -> Collection:
    """Show a collection to everybody, or to members only. Its keeper decides, and editors.

    Raises ``CollectionNotFound``, ``CollectionNotYours``, and ``LikelyPrivate`` while something that people
    wrote in it may be private.
    """
    collection = get_collection(session, slug, viewer)
    if not may_keep(collection, viewer) and not viewer.may(Action.REVIEW):
        raise CollectionNotYours
    if collection.audience == audience:
        return collection
    details: dict[str, object] = {}
    if audience == Audience.PUBLIC:
        texts = _texts(session, collection, viewer)
        looked_at = refuse_private(texts, viewer=viewer, was_looked_at=was_looked_at)
        details = {"looked_at": looked_at} if looked_at else {}
    collection.audience = audience
    action = "collection_made_public" if audience == Audience.PUBLIC else "collection_taken_back"
    record_change(session, collection, action, viewer=viewer, at=at, **details)
    return collection


def _texts(session: Session, collection: Collection, viewer: Viewer) -> list[tuple[str, str]]:
    """Everything that people wrote in it, each with the words for its place as ``viewer`` sees it."""
    places = {item.id: number for number, item in enumerate(seen_items(session, collection, viewer), 1)}
    texts = [("the title", collection.title), ("the introduction", collection.introduction)]
    for item in list_items(session, collection):
        number = places.get(item.id)
        place = f"the note on passage {number}" if number else "the note on a passage that you do not see"
        texts.append((place, item.note))
    return texts


def _checked_note(collection: Collection, note: str, *, viewer: Viewer, was_looked_at: bool) -> str:
    note = note.strip()
    if len(note) > MOST_NOTE_CHARACTERS:
        raise BadCollection("This note is too long.", help="Write 2,000 characters at most.")
    if collection.audience == Audience.PUBLIC:
        refuse_private([("the note", note)], viewer=viewer, was_looked_at=was_looked_at)
    return note


def _item(session: Session, collection: Collection, item_id: int, viewer: Viewer) -> CollectionItem:
    """One that ``viewer`` sees. Raises ``PassageNotInCollection``."""
    found = next((one for one in seen_items(session, collection, viewer) if one.id == item_id), None)
    if found is None:
        raise PassageNotInCollection
    return found


def _number(items: Sequence[CollectionItem]) -> bool:
    """Count their places from 1; whether anything changed."""
    changed = False
    for position, item in enumerate(items, 1):
        if item.position != position:
            item.position, changed = position, True
    return changed
