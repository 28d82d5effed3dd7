"""What is overdue and what comes next, over all requests that a visitor may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestDate, RequestStanding
from archive.rules.access import Viewer
from archive.rules.clock_values import Deadline, DeadlineKind
from archive.rules.deadline_choice import COMING_KINDS, IN_COURT_KINDS, OPEN_STATES, OWED_KINDS
from archive.rules.request_states import RequestStatus
from archive.services.foia_requests import sees_whole_requests
from archive.services.request_filters import standing_requests
from archive.services.request_rows import RequestRow, rows_of

MOST_IN_PART = 40
DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class DueLine:
    """One date of one request; ``deadline`` None: the request waits for the requester, who has no limit."""

    row: RequestRow
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class DuePart:
    """The first lines of a part of the page, and how many there are in all."""

    lines: tuple[DueLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DueRequests:
    """``overdue``: answers that did not come, the oldest first. ``in_court``: what courts ordered and
    agencies promised, whether it is overdue or not. ``coming``: everything else that is due in the next
    days. ``waiting``: what the requester is asked for."""

    overdue: DuePart
    in_court: DuePart
    coming: DuePart
    waiting: DuePart


_Found = tuple[list[tuple[int, DeadlineKind, date]], int]


def get_due_requests(session: Session, viewer: Viewer, today: date) -> DueRequests:
    """From what ``viewer`` may know; every date that is shown is counted now."""
    day, kind = RequestDate.due_on, RequestDate.kind
    until = today + timedelta(DAYS_AHEAD)
    others = COMING_KINDS - set(IN_COURT_KINDS)
    overdue = _dates(session, viewer, kind.in_(OWED_KINDS), day < today)
    in_court = _dates(session, viewer, kind.in_(IN_COURT_KINDS))
    coming = _dates(session, viewer, kind.in_(others), day.between(today, until))
    waiting, waiting_total = _waiting(session, viewer)
    wanted = {request_id for found, _ in (overdue, in_court, coming) for request_id, _, _ in found}
    rows = _rows(session, wanted | set(waiting), viewer, today)
    return DueRequests(
        overdue=_part(overdue, rows),
        in_court=_part(in_court, rows),
        coming=_part(coming, rows),
        waiting=DuePart(tuple(DueLine(rows[one], None) for one in waiting if one in rows), waiting_total),
    )


def _dates(session: Session, viewer: Viewer, *where: ColumnElement[bool]) -> _Found:
    """The first of the dates that are not done, and how many there are."""
    asked = (
        standing_requests(viewer)
        .join(RequestDate, RequestDate.request_id == FoiaRequest.id)
        .where(RequestDate.is_public_view.is_(not sees_whole_requests(viewer)), ~RequestDate.is_done, *where)
        .with_only_columns(RequestDate.request_id, RequestDate.kind, RequestDate.due_on)
    )
    rows = session.execute(asked.order_by(RequestDate.due_on, RequestDate.id).limit(MOST_IN_PART))
    total = _count(session, asked.with_only_columns(RequestDate.id))
    return [(request_id, kind, due_on) for request_id, kind, due_on in rows], total


def _waiting(session: Session, viewer: Viewer) -> tuple[Sequence[int], int]:
    """The requests whose agency waits for the requester, the longest first."""
    asked = standing_requests(viewer).where(RequestStanding.status == RequestStatus.CLARIFYING)
    ids = asked.with_only_columns(FoiaRequest.id, maintain_column_froms=True)
    first = ids.order_by(RequestStanding.last_event_on, FoiaRequest.id).limit(MOST_IN_PART)
    return session.scalars(first).all(), _count(session, ids)


def _count(session: Session, asked: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(asked.subquery())) or 0


def _rows(
    session: Session, request_ids: Collection[int], viewer: Viewer, today: date
) -> dict[int, RequestRow]:
    asked = standing_requests(viewer).where(FoiaRequest.id.in_(request_ids))
    rows = rows_of(session, session.scalars(asked).all(), viewer, today)
    return {row.request.id: row for row in rows}


def _part(found: _Found, rows: dict[int, RequestRow]) -> DuePart:
    """Dates that the index of dates has and the clocks do not are left out: they are outdated."""
    dates, total = found
    lines: Iterable[tuple[RequestRow | None, DeadlineKind, date]] = (
        (rows.get(request_id), kind, due_on) for request_id, kind, due_on in dates
    )
    known = [(row, _counted(row, kind, due_on)) for row, kind, due_on in lines if row]
    return DuePart(tuple(DueLine(row, deadline) for row, deadline in known if deadline), total)


def _counted(row: RequestRow, kind: DeadlineKind, due_on: date) -> Deadline | None:
    return next(
        (
            one
            for one in row.deadlines
            if one.kind is kind and one.due_on == due_on and one.state in OPEN_STATES
        ),
        None,
    )
