"""Documents that somebody has taken to describe, so that no two people do the same work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select, update
from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.access import Viewer
from archive.rules.statuses import ReadingStatus, Visibility
from archive.services.audit import record_event
from archive.services.description_access import get_to_describe

MOST_CLAIMED = 20
CLAIM_LASTS = timedelta(days=7)
_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Progress:
    """``7 of 20 described``. ``until``: when the oldest claim ends."""

    described: int
    claimed: int
    until: datetime | None


def claim_documents(session: Session, *, viewer: Viewer, at: datetime) -> tuple[str, ...]:
    """Take documents that nobody has described, the oldest first, those of a batch or a production
    together; nobody holds more than ``MOST_CLAIMED`` that are not described. Call it in a write transaction.
    """
    held = select(func.count()).where(_held_by(viewer, at), Document.described_at.is_(None))
    room = MOST_CLAIMED - (session.scalar(held) or 0)
    waiting = and_(Document.described_at.is_(None), _is_free(at))
    return _claim(session, waiting, room, viewer=viewer, at=at)


def claim_to_check(session: Session, *, viewer: Viewer, at: datetime) -> tuple[str, ...]:
    """Take documents that somebody else has described, to look at them as the second person."""
    others = or_(Document.uploaded_by_id.is_(None), Document.uploaded_by_id != viewer.account_id)
    mine = select(func.count()).where(_held_by(viewer, at), _waits_for(viewer))
    room = MOST_CLAIMED - (session.scalar(mine) or 0)
    done_with = or_(_is_free(at), Document.claimed_by_id == Document.described_by_id)
    return _claim(session, and_(_waits_for(viewer), others, done_with), room, viewer=viewer, at=at)


def give_back(session: Session, document_id: str, *, viewer: Viewer, at: datetime) -> bool:
    """End one's own claim; False when there was none. Raises ``DocumentNotFound``."""
    document = get_to_describe(session, document_id, viewer)
    if document.claimed_by_id is None or document.claimed_by_id != viewer.account_id:
        return False
    document.claimed_by_id = document.claimed_at = None
    record_event(session, "claim_given_back", document_id, actor=viewer.name, at=at, details={})
    return True


def give_all_back(session: Session, *, viewer: Viewer, at: datetime) -> int:
    """End one's own claims on what is not described yet; how many."""
    ids = session.scalars(
        select(Document.id).where(_held_by(viewer, at), Document.described_at.is_(None))
    ).all()
    return sum(give_back(session, document_id, viewer=viewer, at=at) for document_id in ids)


def end_old_claims(session: Session, *, at: datetime) -> int:
    """End the claims that have lasted long enough; how many."""
    ended = session.scalars(
        update(Document)
        .where(Document.claimed_at <= at - CLAIM_LASTS)
        .values(claimed_by_id=None, claimed_at=None)
        .returning(Document.id)
        .execution_options(synchronize_session=False)
    ).all()
    for document_id in ended:
        record_event(session, "claim_ended", document_id, actor="worker", at=at, details={})
    return len(ended)


def progress_of(session: Session, viewer: Viewer, *, at: datetime) -> Progress:
    """How far somebody is with what they claimed."""
    row = session.execute(
        select(
            func.count(),
            func.count(Document.described_at),
            func.min(Document.claimed_at),
        ).where(_held_by(viewer, at))
    ).one()
    return Progress(row[1], row[0], row[2] + CLAIM_LASTS if row[2] else None)


def count_claimable(session: Session, *, at: datetime) -> int:
    """How many documents wait for somebody to claim them."""
    free = and_(Document.described_at.is_(None), _is_free(at), _is_ready())
    return session.scalar(select(func.count()).where(free)) or 0


def _claim(
    session: Session, waiting: ColumnElement[bool], room: int, *, viewer: Viewer, at: datetime
) -> tuple[str, ...]:
    if room <= 0:
        return ()
    together = case(
        (Document.batch_id.is_not(None), "b" + Document.batch_id),
        (Document.production_id.is_not(None), "p" + cast(Document.production_id, String)),
        else_=Document.id,
    )
    since = func.min(Document.received_at).over(partition_by=together)
    chosen = (
        select(Document.id)
        .where(waiting, _is_ready())
        .order_by(since, together, Document.received_at, Document.id)
        .limit(room)
    )
    ids = session.scalars(
        update(Document)
        .where(Document.id.in_(chosen))
        .values(claimed_by_id=viewer.account_id, claimed_at=at)
        .returning(Document.id)
        .execution_options(synchronize_session=False)
    ).all()
    for document_id in ids:
        record_event(session, "document_claimed", document_id, actor=viewer.name, at=at, details={})
    return tuple(ids)


def _is_ready() -> ColumnElement[bool]:
    return and_(Document.visibility == Visibility.UNPUBLISHED, Document.reading_status.in_(_READ))


def _is_free(at: datetime) -> ColumnElement[bool]:
    return or_(Document.claimed_by_id.is_(None), Document.claimed_at <= at - CLAIM_LASTS)


def _held_by(viewer: Viewer, at: datetime) -> ColumnElement[bool]:
    return and_(
        Document.claimed_by_id == viewer.account_id,
        Document.claimed_at > at - CLAIM_LASTS,
        Document.visibility == Visibility.UNPUBLISHED,
    )


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        Document.described_at.is_not(None),
        Document.checked_at.is_(None),
        Document.described_by_id != viewer.account_id,
    )
