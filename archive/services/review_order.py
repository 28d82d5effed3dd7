"""Which documents need a decision, and which of them first: the order of the review queue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, or_, select

from archive.models import Agency, Document, Finding
from archive.rules.review_words import BADLY_HIDDEN
from archive.rules.statuses import FindingKind, ReadingStatus, Visibility
from archive.services.finding_decisions import open_condition

LIKELY = 0.8  # a finding with this score is nearly always what it looks like

_BEING_READ = (ReadingStatus.RECEIVED, ReadingStatus.READING)
_SHOWN = (Visibility.PUBLISHED, Visibility.MEMBERS)


class QueueState(StrEnum):
    """What an editor looks for in the queue."""

    WAITING = "waiting"  # needs a decision
    ASKED = "asked"  # sent back, and not answered yet
    READING = "reading"
    HELD = "held"
    MEMBERS = "members"
    PUBLISHED = "published"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Urgency(IntEnum):
    """What comes first. The smaller, the more urgent."""

    SHOWN_WITH_FINDINGS = 0  # it can be read by others at this moment
    BADLY_HIDDEN = 1
    LIKELY_PRIVATE = 2
    NOT_LOOKED_THROUGH = 3  # reading failed, or private details were not looked for
    OTHERS = 4  # the oldest first


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which part of the queue is looked at. Empty: all."""

    state: QueueState = QueueState.WAITING
    batch: str = ""
    uploader: int | None = None
    agency: str = ""
    kind: FindingKind | None = None


def urgency(reviewers: int) -> ColumnElement[int]:
    """``Urgency`` of a document, to sort by."""
    never = or_(Document.screened_at.is_(None), Document.screened_at < Document.read_at)
    shown = and_(Document.visibility.in_(_SHOWN), has_open_finding(reviewers))
    return case(
        (shown, Urgency.SHOWN_WITH_FINDINGS.value),
        (has_open_finding(reviewers, Finding.kind.in_(BADLY_HIDDEN)), Urgency.BADLY_HIDDEN.value),
        (has_open_finding(reviewers, Finding.score >= LIKELY), Urgency.LIKELY_PRIVATE.value),
        (or_(Document.reading_status == ReadingStatus.FAILED, never), Urgency.NOT_LOOKED_THROUGH.value),
        else_=Urgency.OTHERS.value,
    )


def has_open_finding(reviewers: int, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a document has an open finding like this. Asked for each document by the index on findings:
    adding them all up first would take longer than the few documents that are looked at."""
    of_this = Finding.document_id == Document.id
    return exists().where(of_this, open_condition(reviewers), *conditions).correlate(Document)


def state_condition(state: QueueState, reviewers: int) -> ColumnElement[bool]:
    """The documents in this part of the queue."""
    unpublished = Document.visibility == Visibility.UNPUBLISHED
    being_read = Document.reading_status.in_(_BEING_READ)
    match state:
        case QueueState.WAITING:
            undecided = and_(unpublished, Document.asked_at.is_(None), ~being_read)
            return or_(undecided, and_(Document.visibility.in_(_SHOWN), has_open_finding(reviewers)))
        case QueueState.ASKED:
            return and_(unpublished, Document.asked_at.is_not(None))
        case QueueState.READING:
            return and_(unpublished, Document.asked_at.is_(None), being_read)
        case _:
            return Document.visibility == Visibility(state.value)


def condition(asked: QueueFilter, reviewers: int) -> ColumnElement[bool]:
    """The documents that are asked for."""
    conditions = [state_condition(asked.state, reviewers)]
    if asked.batch:
        conditions.append(Document.batch_id == asked.batch)
    if asked.uploader is not None:
        conditions.append(Document.uploaded_by_id == asked.uploader)
    if asked.agency:
        conditions.append(Document.agency_id.in_(select(Agency.id).where(Agency.slug == asked.agency)))
    if asked.kind is not None:
        conditions.append(has_open_finding(reviewers, Finding.kind == asked.kind))
    return and_(*conditions)
