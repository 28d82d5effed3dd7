"""What a list of requests is narrowed by, and how its rows are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, extract, func, or_, select, true
from sqlalchemy.orm import Session

from archive.models import Agency, FoiaRequest, Place, RequestDate, RequestStanding, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.deadline_choice import COMING_KINDS
from archive.rules.request_states import Outcome, RequestStatus
from archive.services.foia_requests import sees_whole_requests, visible_requests

MOST_WORDS = 12


class RequestOrder(StrEnum):
    """What stands first."""

    NEWEST = "newest"  # sent last; drafts before them
    DUE = "due"  # the next date that comes
    WAITING = "waiting"  # sent first, among those without an answer


@dataclass(frozen=True, slots=True)
class RequestFilters:
    """What is asked for: values of one filter are alternatives, filters together narrow.

    ``agency`` and ``place`` are slugs, ``year`` the one it was sent in. ``responsible`` (ids of accounts)
    and ``audience`` are for members, and do nothing for others. ``text``: each of its words stands in the
    title, in the records sought or in a number.
    """

    text: str = ""
    agency: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    status: tuple[RequestStatus, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    year: tuple[int, ...] = ()
    place: tuple[str, ...] = ()
    responsible: tuple[int, ...] = ()
    audience: tuple[Audience, ...] = ()
    overdue: bool = False
    order: RequestOrder = RequestOrder.NEWEST


def standing_requests(viewer: Viewer) -> Select[FoiaRequest]:
    """The requests ``viewer`` may see, each with its standing as this viewer may know it."""
    is_theirs = RequestStanding.is_public_view.is_(not sees_whole_requests(viewer))
    return visible_requests(viewer).join(
        RequestStanding, and_(RequestStanding.request_id == FoiaRequest.id, is_theirs)
    )


def has_requests(session: Session, agency_id: int, viewer: Viewer) -> bool:
    """Whether ``viewer`` may see a request to this agency."""
    asked = visible_requests(viewer).where(FoiaRequest.agency_id == agency_id).limit(1)
    return session.scalar(asked.with_only_columns(FoiaRequest.id)) is not None


def found_requests(filters: RequestFilters, viewer: Viewer, today: date) -> Select[FoiaRequest]:
    """Those that the filters leave, in their order."""
    found = standing_requests(viewer).where(*_conditions(filters, viewer, today))
    if filters.order is RequestOrder.DUE:
        coming = _next_due(viewer, today)
        found = found.outerjoin(coming, coming.c.request_id == FoiaRequest.id)
        found = found.order_by(coming.c.due_on.asc().nulls_last())
    return found.order_by(*_order(filters.order), FoiaRequest.id.desc())


def is_overdue(today: date) -> ColumnElement[bool]:
    """Whether an answer was due before ``today`` and has not come."""
    return RequestStanding.is_waiting & (RequestStanding.answer_due_on < today)


def has_words(text: str, viewer: Viewer) -> ColumnElement[bool]:
    """Whether each word stands in what ``viewer`` may read of a request."""
    number = exists().where(TrackingNumber.request_id == FoiaRequest.id)
    if not sees_whole_requests(viewer):
        number = number.where(TrackingNumber.is_public)
    each = [
        or_(
            FoiaRequest.title.icontains(word, autoescape=True),
            FoiaRequest.records_sought.icontains(word, autoescape=True),
            number.where(TrackingNumber.number.icontains(word, autoescape=True)),
        )
        for word in text.split()[:MOST_WORDS]
    ]
    return and_(true(), *each)


def _conditions(filters: RequestFilters, viewer: Viewer, today: date) -> list[ColumnElement[bool]]:
    row = RequestStanding
    places, agencies = select(Place.id), select(Agency.id)
    asked: list[tuple[Any, ColumnElement[bool]]] = [
        (filters.text.strip(), has_words(filters.text, viewer)),
        (filters.agency, FoiaRequest.agency_id.in_(agencies.where(Agency.slug.in_(filters.agency)))),
        (filters.law, FoiaRequest.law_id.in_(filters.law)),
        (filters.status, row.status.in_(filters.status)),
        (filters.outcome, row.outcome.in_(filters.outcome)),
        (filters.year, extract("year", row.sent_on).in_(filters.year)),
        (filters.place, FoiaRequest.place_id.in_(places.where(Place.slug.in_(filters.place)))),
        (filters.overdue, is_overdue(today)),
    ]
    if sees_whole_requests(viewer):
        asked += [
            (filters.responsible, FoiaRequest.responsible_id.in_(filters.responsible)),
            (filters.audience, FoiaRequest.audience.in_(filters.audience)),
        ]
    return [condition for is_asked, condition in asked if is_asked]


def _order(order: RequestOrder) -> list[ColumnElement[Any]]:
    sent_on = RequestStanding.sent_on
    match order:
        case RequestOrder.NEWEST:
            return [sent_on.desc().nulls_first()]
        case RequestOrder.DUE:  # after the date itself
            return [sent_on.desc().nulls_last()]
        case RequestOrder.WAITING:
            is_open = RequestStanding.answered_on.is_(None) & (RequestStanding.status != RequestStatus.CLOSED)
            waits = case((is_open & sent_on.is_not(None), 0), else_=1)
            return [waits, sent_on.asc().nulls_last()]


def _next_due(viewer: Viewer, today: date) -> Subquery:
    """The next date of each request. Asked for once: for each request anew it would take seconds."""
    return (
        select(RequestDate.request_id, func.min(RequestDate.due_on).label("due_on"))
        .where(
            RequestDate.is_public_view.is_(not sees_whole_requests(viewer)),
            RequestDate.is_done.is_(False),
            RequestDate.due_on >= today,
            RequestDate.kind.in_(COMING_KINDS),
        )
        .group_by(RequestDate.request_id)
        .subquery()
    )
