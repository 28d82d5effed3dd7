"""Indexes of withheld records: each belongs to the account that keeps it; editors see all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.models import Account, VaughnEntry, VaughnIndex
from archive.rules.access import Action, Viewer
from archive.rules.vaughn_errors import BadVaughnIndex, VaughnIndexNotFound, VaughnIndexNotYours
from archive.services.audit import record_event
from archive.services.documents import clamp_window
from archive.services.windows import Window

INDEXES_IN_WINDOW = 30
MOST_TITLE_CHARACTERS = 300
MOST_INTRODUCTION_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class VaughnIndexRow:
    """An index in a list, with how many rows it has and who keeps it."""

    index: VaughnIndex
    entries: int
    kept_by: str


def visible_indexes(viewer: Viewer) -> Select[VaughnIndex]:
    """The indexes that ``viewer`` may see: their own; editors see all."""
    found = select(VaughnIndex)
    if viewer.may(Action.REVIEW):
        return found
    return found.where(VaughnIndex.kept_by_id == viewer.account_id)


def list_indexes(session: Session, viewer: Viewer, *, window: int = 1) -> Window[VaughnIndexRow]:
    """One window of what ``viewer`` may see, changed last first."""
    visible = visible_indexes(viewer)
    total = session.scalar(select(func.count()).select_from(visible.subquery())) or 0
    number = clamp_window(window, total, INDEXES_IN_WINDOW)
    rows = session.scalars(
        visible.order_by(VaughnIndex.changed_at.desc(), VaughnIndex.id.desc())
        .offset((number - 1) * INDEXES_IN_WINDOW)
        .limit(INDEXES_IN_WINDOW)
    ).all()
    counts = _count_entries(session, [row.id for row in rows])
    items = tuple(VaughnIndexRow(row, counts.get(row.id, 0), name_of_keeper(session, row)) for row in rows)
    return Window(items, number, INDEXES_IN_WINDOW, total)


def own_indexes(session: Session, viewer: Viewer) -> list[VaughnIndex]:
    """Those that ``viewer`` may add to, changed last first."""
    own = select(VaughnIndex).where(VaughnIndex.kept_by_id == viewer.account_id)
    return list(session.scalars(own.order_by(VaughnIndex.changed_at.desc(), VaughnIndex.id.desc())))


def get_index(session: Session, index_id: int, viewer: Viewer) -> VaughnIndex:
    """An index that ``viewer`` may see. Raises ``VaughnIndexNotFound``."""
    found: VaughnIndex | None = session.scalar(visible_indexes(viewer).where(VaughnIndex.id == index_id))
    if found is None:
        raise VaughnIndexNotFound
    return found


def may_keep_index(index: VaughnIndex, viewer: Viewer) -> bool:
    """Whether ``viewer`` may change it."""
    return viewer.may(Action.KEEP_INDEXES) and index.kept_by_id == viewer.account_id


def get_kept_index(session: Session, index_id: int, viewer: Viewer) -> VaughnIndex:
    """One's own index, to be changed. Raises ``VaughnIndexNotFound``, ``VaughnIndexNotYours``."""
    index = get_index(session, index_id, viewer)
    if not may_keep_index(index, viewer):
        raise VaughnIndexNotYours
    return index


def add_index(
    session: Session, title: str, introduction: str = "", *, viewer: Viewer, at: datetime
) -> VaughnIndex:
    """Begin an index without rows. Raises ``BadVaughnIndex``."""
    title, introduction = _checked(title, introduction)
    assert viewer.account_id is not None, "only accounts keep indexes"
    index = VaughnIndex(
        title=title,
        introduction=introduction,
        kept_by_id=viewer.account_id,
        created_at=at,
        changed_at=at,
    )
    session.add(index)
    session.flush()
    _record(session, "vaughn_index_added", index, viewer, at)
    return index


def describe_index(
    session: Session, index_id: int, title: str, introduction: str, *, viewer: Viewer, at: datetime
) -> VaughnIndex:
    """Change title and introduction. Raises as ``get_kept_index``, and ``BadVaughnIndex``."""
    index = get_kept_index(session, index_id, viewer)
    index.title, index.introduction = _checked(title, introduction)
    index.changed_at = at
    return index


def delete_index(session: Session, index_id: int, *, viewer: Viewer, at: datetime) -> None:
    """Take an index away for good; the records stay. Raises as ``get_kept_index``."""
    index = get_kept_index(session, index_id, viewer)
    _record(session, "vaughn_index_deleted", index, viewer, at)
    for entry in session.scalars(select(VaughnEntry).where(VaughnEntry.index_id == index.id)):
        session.delete(entry)
    session.flush()
    session.delete(index)
    session.flush()


def name_of_keeper(session: Session, index: VaughnIndex) -> str:
    """The name of whoever keeps it; never a mail address."""
    account = session.get(Account, index.kept_by_id)
    return account.name or "a member" if account else "a member"


def _record(session: Session, action: str, index: VaughnIndex, viewer: Viewer, at: datetime) -> None:
    record_event(session, action, f"vaughn_index:{index.id}", actor=viewer.name, at=at, details={})


def _checked(title: str, introduction: str) -> tuple[str, str]:
    title, introduction = " ".join(title.split()), introduction.strip()
    if not title:
        raise BadVaughnIndex
    if len(title) > MOST_TITLE_CHARACTERS:
        raise BadVaughnIndex("This title is too long.", help="Write 300 characters at most.")
    if len(introduction) > MOST_INTRODUCTION_CHARACTERS:
        raise BadVaughnIndex("This introduction is too long.", help="Write 10,000 characters at most.")
    return title, introduction


def _count_entries(session: Session, index_ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(VaughnEntry.index_id, func.count())
        .where(VaughnEntry.index_id.in_(index_ids))
        .group_by(VaughnEntry.index_id)
    )
    return {row[0]: row[1] for row in rows}
