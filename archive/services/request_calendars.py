"""The dates of requests for calendar programs: the same that their pages show, counted by the same clocks.

``RequestDate`` only says which requests have a date in reach; every date in a calendar is counted anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, Production, RequestDate, RequestEvent
from archive.rules.access import Viewer
from archive.rules.addresses import request_path
from archive.rules.calendar_entries import PAST, CalendarEntry, entry_of, is_in_calendar
from archive.rules.calendar_words import subject_of
from archive.rules.clock_values import ClockEvent, ClockQuestion, Deadline
from archive.rules.clocks import deadlines_of
from archive.rules.laws import get_law
from archive.services.foia_requests import (
    get_request,
    promised_production_on,
    sees_whole_requests,
    visible_events,
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
    entries = _entries(session, chosen, viewer, site, today)
    entries.sort(key=lambda entry: (entry.due_on, entry.summary, entry.uid))
    return RequestDates(tuple(entries), total - len(chosen))


def dates_of_request(
    session: Session, slug: str, viewer: Viewer, site: CalendarSite, *, today: date
) -> tuple[FoiaRequest, RequestDates]:
    """One request and its dates. Raises ``RequestNotFound``."""
    request = get_request(session, slug, viewer)
    return request, RequestDates(tuple(_entries(session, [request], viewer, site, today)))


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that the entries of one request hang on."""

    request_id: int
    slug: str
    title: str
    law_id: str
    agency: str
    events: tuple[ClockEvent, ...]
    promised_on: date | None
    changed_at: datetime
    is_member: bool


def _entries(
    session: Session, requests: Sequence[FoiaRequest], viewer: Viewer, site: CalendarSite, today: date
) -> list[CalendarEntry]:
    """The facts of all requests at once: a calendar of everything is fetched twice a day by every program
    that has it."""
    events = _events_of(session, requests, viewer)
    promised = _promised(session, requests, viewer)
    is_member = sees_whole_requests(viewer)
    found: list[CalendarEntry] = []
    for request in requests:
        facts = _Facts(
            request_id=request.id,
            slug=request.slug,
            title=request.title,
            law_id=request.law_id,
            agency=request.agency.abbreviation or request.agency.name,
            events=tuple(events[request.id]),
            promised_on=promised.get(request.id),
            # Everybody is told the day alone: when something hidden changed is nobody's business.
            changed_at=request.changed_at if is_member else datetime.combine(today, time(), UTC),
            is_member=is_member,
        )
        found += _counted(facts, site, today)
    return found


def _events_of(
    session: Session, requests: Sequence[FoiaRequest], viewer: Viewer
) -> dict[int, list[ClockEvent]]:
    found: dict[int, list[ClockEvent]] = defaultdict(list)
    asked = visible_events(viewer).where(RequestEvent.request_id.in_([request.id for request in requests]))
    columns = (
        RequestEvent.request_id,
        RequestEvent.kind,
        RequestEvent.happened_on,
        RequestEvent.outcome,
        RequestEvent.until_on,
        RequestEvent.days,
        RequestEvent.id,
    )
    for request_id, kind, on, outcome, until_on, days, event_id in session.execute(
        asked.with_only_columns(*columns)
    ):
        found[request_id].append(ClockEvent(kind, on, outcome, until_on, days, event_id))
    return found


def _promised(session: Session, requests: Sequence[FoiaRequest], viewer: Viewer) -> dict[int, date]:
    """Of the few requests with productions that promise one, one by one."""
    wanted = {request.id: request for request in requests}
    promising = select(Production.request_id).where(
        Production.next_due_on.is_not(None), Production.request_id.in_(wanted)
    )
    found = {
        request_id: promised_production_on(session, wanted[request_id], viewer)
        for request_id in session.scalars(promising.distinct())
        if request_id is not None
    }
    return {request_id: day for request_id, day in found.items() if day is not None}


@lru_cache(maxsize=2_048)  # what nobody changed is not counted again the next time; a few megabytes
def _counted(facts: _Facts, site: CalendarSite, today: date) -> tuple[CalendarEntry, ...]:
    law = get_law(facts.law_id)
    names: Counter[str] = Counter()
    found = []
    for deadline in deadlines_of(ClockQuestion(law, facts.events, facts.agency, facts.promised_on), today):
        name = _name(facts, deadline)
        names[name] += 1
        if is_in_calendar(deadline, today):
            found.append(
                entry_of(
                    deadline,
                    law,
                    uid=_uid(f"{name}\0{names[name]}", site),
                    subject=subject_of(facts.agency, facts.title),
                    url=site.base_url + request_path(facts.slug),
                    changed_at=facts.changed_at,
                    has_alarm=facts.is_member,
                )
            )
    return tuple(found)


def _name(facts: _Facts, deadline: Deadline) -> str:
    view = "members" if facts.is_member else "public"
    return f"{facts.request_id}\0{deadline.kind}\0{deadline.event_id or 0}\0{view}"


def _uid(name: str, site: CalendarSite) -> str:
    digest = hmac.new(site.key.encode(), f"calendar\0{name}".encode(), hashlib.sha256)
    return f"{digest.hexdigest()[:32]}@{site.host}"
