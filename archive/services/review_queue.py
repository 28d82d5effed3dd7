"""The review queue: a window of the documents that need a decision, the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from archive.models import Account, Agency, Document, Finding, UploadBatch
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.statuses import FindingKind
from archive.services.documents import PageSummary, as_rows, clamp_window
from archive.services.finding_decisions import open_condition
from archive.services.review_order import (
    QueueFilter,
    QueueState,
    Urgency,
    condition,
    state_condition,
    urgency,
)
from archive.services.windows import Window

DOCUMENTS_IN_WINDOW = 40
MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A document in the queue, and why it stands where it stands."""

    document: Document
    first_page: PageSummary | None
    urgency: Urgency
    open_findings: int
    kinds: tuple[tuple[FindingKind, int], ...]
    uploader: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the queue can be narrowed to."""

    value: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One window of the queue, what else there is, and how it can be narrowed."""

    rows: Window[QueueRow]
    counts: Mapping[QueueState, int]
    choices: Mapping[str, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The documents before and after one in the queue."""

    before: str | None
    after: str | None


def get_queue(session: Session, asked: QueueFilter, *, reviewers: int, window: int = 1) -> Queue:
    """The queue as ``asked`` for; ``reviewers`` is how many people must agree."""
    wanted = condition(asked, reviewers)
    total = session.scalar(select(func.count()).select_from(Document).where(wanted)) or 0
    number = clamp_window(window, total, DOCUMENTS_IN_WINDOW)
    rank = urgency(reviewers)
    rows = session.execute(
        select(Document, rank)
        .where(wanted)
        .order_by(rank, Document.received_at, Document.id)
        .offset((number - 1) * DOCUMENTS_IN_WINDOW)
        .limit(DOCUMENTS_IN_WINDOW)
    ).all()
    lines = _lines(session, [(row[0], row[1]) for row in rows], reviewers)
    return Queue(
        rows=Window(lines, number, DOCUMENTS_IN_WINDOW, total),
        counts=_counts(session, reviewers),
        choices=_choices(session, asked.state, reviewers),
    )


def find_neighbours(session: Session, asked: QueueFilter, document_id: str, *, reviewers: int) -> Neighbours:
    """What stands before and after a document in the queue, also when it has just left it."""
    rank_of = urgency(reviewers)
    here = session.execute(
        select(rank_of, Document.received_at).where(Document.id == document_id)
    ).one_or_none()
    if here is None:
        return Neighbours(None, None)
    among = select(Document.id).where(condition(asked, reviewers))
    rank, received_at = here
    after = or_(rank_of > rank, and_(rank_of == rank, _later(received_at, document_id)))
    before = or_(rank_of < rank, and_(rank_of == rank, _earlier(received_at, document_id)))
    order = (rank_of, Document.received_at, Document.id)
    backwards = [column.desc() for column in order]
    return Neighbours(
        before=session.scalar(among.where(before).order_by(*backwards).limit(1)),
        after=session.scalar(among.where(after).order_by(*order).limit(1)),
    )


def _later(received_at: datetime, document_id: str) -> ColumnElement[bool]:
    same = and_(Document.received_at == received_at, Document.id > document_id)
    return or_(Document.received_at > received_at, same)


def _earlier(received_at: datetime, document_id: str) -> ColumnElement[bool]:
    same = and_(Document.received_at == received_at, Document.id < document_id)
    return or_(Document.received_at < received_at, same)


def _lines(session: Session, found: Sequence[tuple[Document, int]], reviewers: int) -> tuple[QueueRow, ...]:
    documents = [document for document, _ in found]
    kinds = _kinds(session, [document.id for document in documents], reviewers)
    names = _names(session, {document.uploaded_by_id for document in documents})
    pages = as_rows(session, documents)
    return tuple(
        QueueRow(
            document=document,
            first_page=row.first_page,
            urgency=Urgency(rank),
            open_findings=sum(count for _, count in kinds[document.id]),
            kinds=kinds[document.id],
            uploader=names.get(document.uploaded_by_id or 0, ""),
        )
        for (document, rank), row in zip(found, pages, strict=True)
    )


def _kinds(
    session: Session, document_ids: Sequence[str], reviewers: int
) -> Mapping[str, tuple[tuple[FindingKind, int], ...]]:
    rows = session.execute(
        select(Finding.document_id, Finding.kind, func.count())
        .where(Finding.document_id.in_(document_ids), open_condition(reviewers))
        .group_by(Finding.document_id, Finding.kind)
        .order_by(func.count().desc(), Finding.kind)
    )
    kinds: dict[str, tuple[tuple[FindingKind, int], ...]] = defaultdict(tuple)
    for document_id, kind, count in rows:
        kinds[document_id] += ((kind, count),)
    return kinds


def _names(session: Session, account_ids: set[int | None]) -> dict[int, str]:
    rows = session.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_(account_ids - {None}))
    )
    return {account_id: name or email for account_id, name, email in rows}


def _counts(session: Session, reviewers: int) -> dict[QueueState, int]:
    sums = [func.sum(case((state_condition(state, reviewers), 1), else_=0)) for state in QueueState]
    row = session.execute(select(*sums).select_from(Document)).one()
    return {state: count or 0 for state, count in zip(QueueState, row, strict=True)}


def _choices(session: Session, state: QueueState, reviewers: int) -> dict[str, list[Choice]]:
    """What the documents of this state can be narrowed to."""
    among = condition(QueueFilter(state), reviewers)
    return {
        "kind": _kind_choices(session, among, reviewers),
        "agency": _agency_choices(session, among),
        "uploader": _uploader_choices(session, among),
        "batch": _batch_choices(session, among),
    }


def _kind_choices(session: Session, among: ColumnElement[bool], reviewers: int) -> list[Choice]:
    opened = select(Finding.kind, Finding.document_id).where(open_condition(reviewers)).distinct().subquery()
    rows = session.execute(
        select(opened.c.kind, func.count())
        .join(Document, Document.id == opened.c.document_id)
        .where(among)
        .group_by(opened.c.kind)
        .order_by(func.count().desc(), opened.c.kind)
    )
    return [Choice(kind.value, FINDING_WORDS[kind], count) for kind, count in rows]


def _agency_choices(session: Session, among: ColumnElement[bool]) -> list[Choice]:
    rows = session.execute(
        select(Agency.slug, Agency.name, func.count())
        .join(Document, Document.agency_id == Agency.id)
        .where(among)
        .group_by(Agency.id)
        .order_by(func.count().desc(), Agency.name)
        .limit(MOST_CHOICES)
    )
    return [Choice(slug, name, count) for slug, name, count in rows]


def _uploader_choices(session: Session, among: ColumnElement[bool]) -> list[Choice]:
    rows = session.execute(
        select(Account.id, Account.name, Account.email, func.count())
        .join(Document, Document.uploaded_by_id == Account.id)
        .where(among)
        .group_by(Account.id)
        .order_by(func.count().desc(), Account.email)
        .limit(MOST_CHOICES)
    )
    return [Choice(str(number), name or email, count) for number, name, email, count in rows]


def _batch_choices(session: Session, among: ColumnElement[bool]) -> list[Choice]:
    rows = session.execute(
        select(UploadBatch, func.count())
        .join(Document, Document.batch_id == UploadBatch.id)
        .where(among)
        .group_by(UploadBatch.id)
        .order_by(UploadBatch.created_at.desc())
        .limit(MOST_CHOICES)
    )
    return [Choice(batch.id, _batch_label(batch), count) for batch, count in rows]


def _batch_label(batch: UploadBatch) -> str:
    day = f"{batch.created_at.day} {batch.created_at:%B %Y, %H:%M}"
    return f"{batch.production or batch.agency or 'files'} of {day}"
