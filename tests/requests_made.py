"""Requests for tests: made by the services that people use, so that what is derived is derived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from archive.models import FoiaRequest
from archive.rules.access import Viewer
from archive.rules.request_states import EventKind, NumberKind, Outcome
from archive.rules.statuses import Role
from archive.services.foia_requests import events_of, numbers_of
from archive.services.request_editing import RequestForm, add_request
from archive.services.request_events import EventForm, add_event
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_people import people_of
from archive.services.request_publication import make_request_public
from tests.factories import NOON

EDITOR = Viewer(Role.EDITOR, name="editor@example.org")
ICE = "Immigration and Customs Enforcement (ICE)"
SENT_ON = date(2010, 2, 3)  # a Wednesday

Happened = tuple[EventKind, date] | tuple[EventKind, date, dict[str, Any]]


def make_request(
    session: Session,
    *,
    title: str = "Opt-out records",
    agency: str = ICE,
    law_id: str = "us",
    sent_on: date | None = SENT_ON,
    answered_on: date | None = None,
    outcome: Outcome = Outcome.GRANTED_IN_PART,
    events: Sequence[Happened] = (),
    numbers: Sequence[str] = (),
    is_public: bool = False,
    shows: Sequence[EventKind] | None = None,
    **fields: Any,
) -> FoiaRequest:
    """A request with what happened to it: ``events`` are (kind, day) or (kind, day, more fields).

    ``is_public``: everybody sees it, with all events and numbers, or with the kinds in ``shows`` alone.
    ``fields`` are further ones of ``RequestForm``.
    """
    form = RequestForm(title=title, agency=agency, law_id=law_id, **fields)
    request = add_request(session, form, viewer=EDITOR, at=NOON)
    happened: list[Happened] = list(events)
    if sent_on is not None:
        happened.insert(0, (EventKind.SENT, sent_on))
    if answered_on is not None:
        happened.append((EventKind.DETERMINED, answered_on, {"outcome": outcome}))
    for kind, day, *more in happened:
        event = EventForm(kind, day, **(more[0] if more else {}))
        add_event(session, request, event, viewer=EDITOR, at=NOON)
    for number in numbers:
        add_number(session, request, NumberForm(number, NumberKind.REQUEST), viewer=EDITOR, at=NOON)
    if is_public:
        publish(session, request, shows=shows)
    return request


def publish(
    session: Session, request: FoiaRequest, *, shows: Sequence[EventKind] | None = None
) -> FoiaRequest:
    """Show it to everybody: all events, or those of the kinds in ``shows``; all numbers, no people."""
    events = events_of(session, request, EDITOR)
    return make_request_public(
        session,
        request.slug,
        events=[event.id for event in events if shows is None or event.kind in shows],
        numbers=[number.id for number in numbers_of(session, request, EDITOR)],
        people=[],
        viewer=EDITOR,
        at=NOON,
    )


def all_people(session: Session, request: FoiaRequest) -> list[int]:
    """The ids of everybody who has to do with it."""
    return [person.id for person in people_of(session, request, EDITOR)]
