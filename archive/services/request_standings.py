"""What lists of requests are filtered and ordered by: derived from events, made again with every change.

A due date is never kept as a fact. These rows are an index, like that of search: they are thrown away and
made again, and no page shows a date from them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestDate, RequestStanding
from archive.rules.access import READER, Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import Deadline, DeadlineKind, DeadlineState
from archive.rules.laws import law_version
from archive.rules.request_standing import standing_of
from archive.rules.request_states import RequestStatus
from archive.rules.statuses import Role
from archive.services.foia_requests import as_clock_events, events_of, request_deadlines

_MEMBER = Viewer(Role.MEMBER)
_VOID = frozenset({DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.LAPSED, DeadlineState.OPEN})
_NO_DAY = date.min  # what is derived must not hang on the day on which it is


def touch_request(session: Session, request: FoiaRequest, *, at: datetime) -> None:
    """Call it after every change of a request, its events, numbers or productions, in the same
    transaction."""
    request.changed_at = at
    session.flush()
    restand(session, request)


def restand(session: Session, request: FoiaRequest) -> None:
    """Derive what lists need of one request again: for members, and for everybody when it is public."""
    for table in (RequestStanding, RequestDate):
        session.execute(delete(table).where(table.request_id == request.id))
    views = [(_MEMBER, False)]
    if request.audience is Audience.PUBLIC:
        views.append((READER, True))
    for viewer, is_public_view in views:
        _stand(session, request, viewer, is_public_view=is_public_view)
    session.flush()


def restand_outdated(session: Session, *, most: int | None = None) -> int:
    """Derive again what was derived by other laws than today's. Returns how many requests."""
    outdated = or_(RequestStanding.request_id.is_(None), RequestStanding.law_version != law_version())
    asked = (
        select(FoiaRequest)
        .outerjoin(
            RequestStanding,
            (RequestStanding.request_id == FoiaRequest.id) & ~RequestStanding.is_public_view,
        )
        .where(outdated)
        .order_by(FoiaRequest.id)
        .limit(most)
    )
    found = session.scalars(asked).all()
    for request in found:
        restand(session, request)
    return len(found)


def _stand(session: Session, request: FoiaRequest, viewer: Viewer, *, is_public_view: bool) -> None:
    standing = standing_of(as_clock_events(events_of(session, request, viewer)))
    deadlines = request_deadlines(session, request, viewer, _NO_DAY)
    answer = next((one for one in deadlines if one.kind is DeadlineKind.ANSWER), None)
    sent_on, answered_on = standing.sent_on, standing.answered_on
    is_over = standing.status is RequestStatus.CLOSED
    session.add(
        RequestStanding(
            request_id=request.id,
            is_public_view=is_public_view,
            status=standing.status,
            outcome=standing.outcome,
            sent_on=sent_on,
            answered_on=answered_on,
            days_to_answer=(answered_on - sent_on).days if sent_on and answered_on else None,
            is_waiting=answer is not None
            and answer.due_on is not None
            and not is_over
            and not _is_done(answer),
            was_late=answer is not None and answer.state is DeadlineState.MET_LATE,
            answer_due_on=answer.due_on if answer else None,
            last_event_on=standing.last_event_on,
            law_version=law_version(),
        )
    )
    session.add_all(
        RequestDate(
            request_id=request.id,
            is_public_view=is_public_view,
            kind=one.kind,
            due_on=one.due_on,
            is_done=is_over or _is_done(one),
        )
        for one in deadlines
        if one.due_on is not None
    )


def _is_done(deadline: Deadline) -> bool:
    return deadline.met_on is not None or deadline.state in _VOID
