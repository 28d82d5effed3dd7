"""The dates of requests for calendar programs: the same that their pages show, counted by the same clocks.

``RequestDate`` only says which requests have a date in reach; every date in a calendar is counted anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestDate
from archive.rules.access import Viewer
from archive.rules.addresses import request_path
from archive.rules.calendar_entries import PAST, CalendarEntry, entry_of, is_in_calendar
from archive.rules.calendar_words import subject_of
from archive.rules.clock_values import Deadline
from archive.rules.laws import get_law
from archive.services.foia_requests import (
    get_request,
    request_deadlines,
    sees_whole_requests,
    visible_requests,
)

MOST_REQUESTS = 500


@dataclass(frozen=True, slots=True)
class CalendarSite:
    """Where links lead, and what names are made with: ``key`` keeps row numbers, which would tell how many
    requests are not public, out of them. ``host`` ends each name (RFC 7986, 5.3)."""

    base_url: str
    host: str
    key: str


@dataclass(frozen=True, slots=True)
class RequestDates:
    """``left_out``: requests with later dates that there was no room for."""

    entries: tuple[CalendarEntry, ...]
    left_out: int = 0


def dates_of_requests(
    session: Session, viewer: Viewer, site: CalendarSite, *, today: date, mine: bool = False
) -> RequestDates:
    """Every date in reach of the requests that ``viewer`` may see; ``mine``: that they answer for.

    Of more than ``MOST_REQUESTS`` requests only those whose next date comes first.
    """
    soonest = (
        select(RequestDate.request_id, func.min(RequestDate.due_on).label("due_on"))
        .where(
            RequestDate.is_public_view == (not sees_whole_requests(viewer)),
            RequestDate.is_done.in_((False, True)),  # the index begins with it
            RequestDate.due_on >= today - PAST,
        )
        .group_by(RequestDate.request_id)
        .subquery()
    )
    asked = visible_requests(viewer).join(soonest, soonest.c.request_id == FoiaRequest.id)
    if mine:
        asked = asked.where(FoiaRequest.responsible_id == viewer.account_id)
    total = session.scalar(asked.with_only_columns(func.count(FoiaRequest.id))) or 0
    chosen = session.scalars(asked.order_by(soonest.c.due_on, FoiaRequest.id).limit(MOST_REQUESTS)).all()
    entries = [entry for request in chosen for entry in _entries(session, request, viewer, site, today)]
    entries.sort(key=lambda entry: (entry.due_on, entry.summary, entry.uid))
    return RequestDates(tuple(entries), total - len(chosen))


def dates_of_request(
    session: Session, slug: str, viewer: Viewer, site: CalendarSite, *, today: date
) -> tuple[FoiaRequest, RequestDates]:
    """One request and its dates. Raises ``RequestNotFound``."""
    request = get_request(session, slug, viewer)
    return request, RequestDates(tuple(_entries(session, request, viewer, site, today)))


def _entries(
    session: Session, request: FoiaRequest, viewer: Viewer, site: CalendarSite, today: date
) -> list[CalendarEntry]:
    is_member = sees_whole_requests(viewer)
    names: Counter[str] = Counter()
    found = []
    for deadline in request_deadlines(session, request, viewer, today):
        name = _name(request, deadline, is_member=is_member)
        names[name] += 1
        if is_in_calendar(deadline, today):
            found.append(
                entry_of(
                    deadline,
                    get_law(request.law_id),
                    uid=_uid(f"{name}\0{names[name]}", site),
                    subject=subject_of(request.agency.abbreviation or request.agency.name, request.title),
                    url=site.base_url + request_path(request.slug),
                    changed_at=_changed_at(request, today, is_member=is_member),
                    has_alarm=is_member,
                )
            )
    return found


def _changed_at(request: FoiaRequest, today: date, *, is_member: bool) -> datetime:
    """Everybody is told the day alone: when something that is not public changed is nobody's business."""
    return request.changed_at if is_member else datetime.combine(today, time(), UTC)


def _name(request: FoiaRequest, deadline: Deadline, *, is_member: bool) -> str:
    view = "members" if is_member else "public"
    return f"{request.id}\0{deadline.kind}\0{deadline.event_id or 0}\0{view}"


def _uid(name: str, site: CalendarSite) -> str:
    digest = hmac.new(site.key.encode(), f"calendar\0{name}".encode(), hashlib.sha256)
    return f"{digest.hexdigest()[:32]}@{site.host}"
