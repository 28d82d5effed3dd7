"""Collections: passages that belong together, kept by a member, for members or for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from archive.models import Account, Citation, Collection, CollectionItem, Document, OldSlug
from archive.rules.access import Action, Viewer
from archive.rules.addresses import slug_of
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import BadCollection, CollectionNotFound, CollectionNotYours
from archive.services.audit import record_event
from archive.services.collection_screening import refuse_private
from archive.services.documents import clamp_window, visible_documents
from archive.services.slugs import SlugSpace
from archive.services.windows import Window

COLLECTIONS_IN_WINDOW = 30
MOST_TITLE_CHARACTERS = 300
MOST_INTRODUCTION_CHARACTERS = 10_000
KIND = "collections"  # of an OldSlug
_NOBODY = 0  # an old slug that leads nowhere, and is never given away
_SLUGS = SlugSpace(Collection, KIND, frozenset({"new", "add"}))


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection in a list, with how many of its passages the viewer sees and who keeps it."""

    collection: Collection
    passages: int
    kept_by: str


def visible_collections(viewer: Viewer) -> Select[Collection]:
    """The collections that ``viewer`` may see, as a query."""
    found = select(Collection)
    return found if viewer.may(Action.READ_MEMBERS) else found.where(Collection.audience == Audience.PUBLIC)


def list_collections(session: Session, viewer: Viewer, *, window: int = 1) -> Window[CollectionRow]:
    """One window of what ``viewer`` may see, changed last first."""
    visible = visible_collections(viewer)
    total = session.scalar(select(func.count()).select_from(visible.subquery())) or 0
    number = clamp_window(window, total, COLLECTIONS_IN_WINDOW)
    rows = session.scalars(
        visible.order_by(Collection.changed_at.desc(), Collection.id)
        .offset((number - 1) * COLLECTIONS_IN_WINDOW)
        .limit(COLLECTIONS_IN_WINDOW)
    ).all()
    counts = _count_passages(session, [row.id for row in rows], viewer)
    names = _names(session, {row.kept_by_id for row in rows})
    items = tuple(CollectionRow(row, counts.get(row.id, 0), names[row.kept_by_id]) for row in rows)
    return Window(items, number, COLLECTIONS_IN_WINDOW, total)


def writable_collections(session: Session, viewer: Viewer) -> list[Collection]:
    """Those that ``viewer`` may add to, by title."""
    rows = session.scalars(select(Collection).order_by(func.lower(Collection.title), Collection.id))
    return [row for row in rows if may_write(row, viewer)]


def get_collection(session: Session, slug: str, viewer: Viewer) -> Collection:
    """A collection by the slug that it has now. Raises ``CollectionNotFound``."""
    found: Collection | None = session.scalar(visible_collections(viewer).where(Collection.slug == slug))
    if found is None:
        raise CollectionNotFound
    return found


def find_new_slug(session: Session, old_slug: str, viewer: Viewer) -> str | None:
    """The slug that a collection has now which had this one before; None when there is none to be seen."""
    old = session.get(OldSlug, (KIND, old_slug))
    if old is None:
        return None
    wanted = visible_collections(viewer).where(Collection.id == old.target_id)
    slug: str | None = session.scalar(wanted.with_only_columns(Collection.slug))
    return slug


def keeper_of(session: Session, collection: Collection) -> str:
    """The name of whoever keeps it, for members; never a mail address."""
    return _names(session, {collection.kept_by_id})[collection.kept_by_id]


def may_keep(collection: Collection, viewer: Viewer) -> bool:
    """Whether ``viewer`` decides who sees it and who may write in it."""
    return viewer.may(Action.KEEP_COLLECTIONS) and collection.kept_by_id == viewer.account_id


def may_write(collection: Collection, viewer: Viewer) -> bool:
    """Whether ``viewer`` may add passages, order them and write notes."""
    return may_keep(collection, viewer) or (viewer.may(Action.KEEP_COLLECTIONS) and collection.is_shared)


def get_writable(session: Session, slug: str, viewer: Viewer) -> Collection:
    """A collection to be changed. Raises ``CollectionNotFound``, ``CollectionNotYours``."""
    collection = get_collection(session, slug, viewer)
    if not may_write(collection, viewer):
        raise CollectionNotYours
    return collection


def get_kept(session: Session, slug: str, viewer: Viewer) -> Collection:
    """One's own collection. Raises ``CollectionNotFound``, ``CollectionNotYours``."""
    collection = get_collection(session, slug, viewer)
    if not may_keep(collection, viewer):
        raise CollectionNotYours
    return collection


def add_collection(
    session: Session, title: str, introduction: str = "", *, viewer: Viewer, at: datetime
) -> Collection:
    """Begin a collection, for members only. Raises ``BadCollection``."""
    title, introduction = _checked(title, introduction)
    assert viewer.account_id is not None, "only accounts keep collections"
    collection = Collection(
        slug=_SLUGS.free(session, title, None),
        title=title,
        introduction=introduction,
        audience=Audience.MEMBERS,
        kept_by_id=viewer.account_id,
        created_at=at,
        changed_at=at,
    )
    session.add(collection)
    session.flush()
    record_change(session, collection, "collection_added", viewer=viewer, at=at)
    return collection


def describe_collection(
    session: Session,
    slug: str,
    title: str,
    introduction: str,
    *,
    viewer: Viewer,
    at: datetime,
    was_looked_at: bool = False,
) -> Collection:
    """Change title and introduction. With another title comes another address; the old one leads there.

    Raises as ``get_writable``, ``BadCollection``, and ``LikelyPrivate`` for one that everybody sees.
    """
    collection = get_writable(session, slug, viewer)
    title, introduction = _checked(title, introduction)
    if (title, introduction) == (collection.title, collection.introduction):
        return collection
    if collection.audience == Audience.PUBLIC:
        texts = (("the title", title), ("the introduction", introduction))
        refuse_private(texts, viewer=viewer, was_looked_at=was_looked_at)
    if slug_of(title) != slug_of(collection.title):
        _SLUGS.rename(session, collection, title, at)
    collection.title, collection.introduction = title, introduction
    record_change(session, collection, "collection_described", viewer=viewer, at=at)
    return collection


def share_collection(
    session: Session, slug: str, *, is_shared: bool, viewer: Viewer, at: datetime
) -> Collection:
    """Let all members write in it, or none. Raises as ``get_kept``."""
    collection = get_kept(session, slug, viewer)
    if collection.is_shared != is_shared:
        collection.is_shared = is_shared
        record_change(
            session,
            collection,
            "collection_shared" if is_shared else "collection_no_longer_shared",
            viewer=viewer,
            at=at,
        )
    return collection


def delete_collection(session: Session, slug: str, *, viewer: Viewer, at: datetime) -> None:
    """Take a collection away for good; the citations in it stay. Its addresses are given to no other.

    Raises as ``get_kept``."""
    collection = get_kept(session, slug, viewer)
    record_change(session, collection, "collection_deleted", viewer=viewer, at=at)
    # The database may give the number of the row to another collection: no slug may lead there.
    old = OldSlug.kind == KIND, OldSlug.target_id == collection.id
    session.execute(update(OldSlug).where(*old).values(target_id=_NOBODY))
    session.add(OldSlug(kind=KIND, slug=collection.slug, target_id=_NOBODY, changed_at=at))
    session.execute(delete(CollectionItem).where(CollectionItem.collection_id == collection.id))
    session.delete(collection)
    session.flush()


def record_change(
    session: Session,
    collection: Collection,
    action: str,
    *,
    viewer: Viewer,
    at: datetime,
    **details: object,
) -> None:
    """Note a change of a collection, and when it was."""
    collection.changed_at = at
    record_event(
        session, action, f"collection:{collection.id}", actor=viewer.name, at=at, details=dict(details)
    )


def _checked(title: str, introduction: str) -> tuple[str, str]:
    title, introduction = " ".join(title.split()), introduction.strip()
    if not title:
        raise BadCollection
    if len(title) > MOST_TITLE_CHARACTERS:
        raise BadCollection("This title is too long.", help="Write 300 characters at most.")
    if len(introduction) > MOST_INTRODUCTION_CHARACTERS:
        raise BadCollection("This introduction is too long.", help="Write 10,000 characters at most.")
    return title, introduction


def _names(session: Session, account_ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {row[0]: row[1] or "a member" for row in rows}


def _count_passages(session: Session, collection_ids: list[int], viewer: Viewer) -> dict[int, int]:
    seen = visible_documents(viewer).with_only_columns(Document.id)
    rows = session.execute(
        select(CollectionItem.collection_id, func.count())
        .join(Citation, Citation.id == CollectionItem.citation_id)
        .where(CollectionItem.collection_id.in_(collection_ids), Citation.document_id.in_(seen))
        .group_by(CollectionItem.collection_id)
    )
    return {row[0]: row[1] for row in rows}
