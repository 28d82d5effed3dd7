"""Requests are made public and taken back. What is shown is chosen event by event, number by number, name by
name, and looked through for what is private before everybody sees it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestEvent, RequestPerson, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.request_errors import RequestNotReady
from archive.rules.request_publication import ChangedMeanwhile, WhyShown
from archive.rules.request_states import EventKind
from archive.services.foia_requests import events_of
from archive.services.request_access import get_to_publish, record_change, screen_texts
from archive.services.request_editing import public_texts
from archive.services.request_events import event_texts
from archive.services.request_numbers import number_texts
from archive.services.request_people import people_of, person_texts

Ids = Collection[int]


def make_request_public(
    session: Session,
    slug: str,
    *,
    events: Ids,
    numbers: Ids,
    people: Ids,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
    based_on: str = "",
) -> FoiaRequest:
    """Show a request to everybody, with the events, numbers and people of these ids. That it was sent is
    shown always. ``based_on``: when it had been changed last, in ISO 8601, as whoever decides saw it.

    Raises ``RequestNotFound``, ``NotAllowed``, ``RequestNotReady`` for one that was not sent,
    ``ChangedMeanwhile``, and ``LikelyPrivate`` for what may be private in what would be shown, without
    ``why_shown``.
    """
    request = get_to_publish(session, slug, viewer)
    if based_on and based_on != request.changed_at.isoformat():
        raise ChangedMeanwhile
    if request.audience is Audience.PUBLIC:
        return choose_public(
            session,
            slug,
            events=events,
            numbers=numbers,
            people=people,
            viewer=viewer,
            at=at,
            why_shown=why_shown,
        )
    chosen = _choose(session, request, viewer, events, numbers, people)
    details = screen_texts(_texts(session, request, *chosen), viewer=viewer, why_shown=why_shown)
    request.audience, request.made_public_at = Audience.PUBLIC, at
    record_change(
        session, request, "request_made_public", viewer=viewer, at=at, **_ids_of(*chosen), **details
    )
    return request


def choose_public(
    session: Session,
    slug: str,
    *,
    events: Ids,
    numbers: Ids,
    people: Ids,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> FoiaRequest:
    """Choose again what is shown of a request. Raises as ``make_request_public``."""
    request = get_to_publish(session, slug, viewer)
    chosen = _choose(session, request, viewer, events, numbers, people)
    details = screen_texts(_texts(session, request, *chosen), viewer=viewer, why_shown=why_shown)
    record_change(
        session, request, "request_events_shown", viewer=viewer, at=at, **_ids_of(*chosen), **details
    )
    return request


def take_request_back(session: Session, slug: str, *, viewer: Viewer, at: datetime) -> FoiaRequest:
    """Show a request to members only. What was chosen stays chosen, for when it is made public again.

    Raises ``RequestNotFound``, ``NotAllowed``.
    """
    request = get_to_publish(session, slug, viewer)
    if request.audience is Audience.PUBLIC:
        request.audience = Audience.MEMBERS
        record_change(session, request, "request_taken_back", viewer=viewer, at=at)
    return request


def _choose(
    session: Session, request: FoiaRequest, viewer: Viewer, events: Ids, numbers: Ids, people: Ids
) -> tuple[list[RequestEvent], list[TrackingNumber], list[RequestPerson]]:
    """Mark each; return those that are shown."""
    all_events = events_of(session, request, viewer)
    if not any(event.kind is EventKind.SENT for event in all_events):
        raise RequestNotReady
    for event in all_events:
        event.is_public = event.id in events or event.kind is EventKind.SENT
    all_numbers = session.scalars(select(TrackingNumber).where(TrackingNumber.request_id == request.id)).all()
    for number in all_numbers:
        number.is_public = number.id in numbers
    all_people = people_of(session, request, viewer)
    for person in all_people:
        person.is_public = person.id in people
    session.flush()
    return (
        [event for event in all_events if event.is_public],
        [number for number in all_numbers if number.is_public],
        [person for person in all_people if person.is_public],
    )


def _texts(
    session: Session,
    request: FoiaRequest,
    events: list[RequestEvent],
    numbers: list[TrackingNumber],
    people: list[RequestPerson],
) -> list[tuple[str, str]]:
    texts = public_texts(request)
    for event in events:
        texts += event_texts(session, event)
    for number in numbers:
        texts += number_texts(session, number)
    for person in people:
        texts += person_texts(person)
    return texts


def _ids_of(
    events: list[RequestEvent], numbers: list[TrackingNumber], people: list[RequestPerson]
) -> dict[str, object]:
    return {
        "events": [event.id for event in events],
        "numbers": [number.id for number in numbers],
        "people": [person.id for person in people],
    }
