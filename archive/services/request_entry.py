"""A request that was filed elsewhere is entered at once: to whom, when, its number, how it was answered.

One letter to several agencies is one request to each: each has its own clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.models import Account, Agency, Document, FoiaRequest, Place
from archive.rules.access import Viewer
from archive.rules.law_guess import guess_law
from archive.rules.laws import all_laws
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_forms import EventForm, NumberForm, RequestForm
from archive.rules.request_states import EventKind, Outcome, RequestRelation
from archive.services.documents import visible_documents
from archive.services.foia_requests import visible_requests
from archive.services.request_editing import add_request
from archive.services.request_events import add_event
from archive.services.request_numbers import add_number

# Where an event's own field stands under another name in the form for the whole request.
_FIELDS = {
    EventKind.SENT: "sent_on",
    EventKind.RECEIVED: "received_on",
    EventKind.DETERMINED: "answered_on",
}


@dataclass(frozen=True, slots=True)
class Filed:
    """What is known of a request that was filed elsewhere. ``law_id`` empty: guessed from the agency."""

    described: RequestForm
    agencies: Sequence[str]
    sent_on: date | None = None
    received_on: date | None = None
    number: str = ""
    answered_on: date | None = None
    outcome: Outcome | None = None


def enter_requests(
    session: Session, filed: Filed, *, viewer: Viewer, at: datetime
) -> tuple[FoiaRequest, ...]:
    """One request for each agency; the others came from the first, sent together with it.

    Raises ``NotAllowed``, ``BadRequestForm``.
    """
    _check(filed)
    made: list[FoiaRequest] = []
    for agency in filed.agencies:
        law_id = filed.described.law_id or find_law(session, agency, filed.described.place)
        form = replace(filed.described, agency=agency, law_id=law_id or "")
        if made:
            form = replace(form, parent=made[0].slug, relation=RequestRelation.SENT_TOGETHER)
        request = add_request(session, form, viewer=viewer, at=at)
        _happened(session, request, filed, viewer, at)
        made.append(request)
    return tuple(made)


def find_law(session: Session, agency: str, place: str = "") -> str | None:
    """The law that requests to this agency were made under before, else the one that its name or place
    suggests; None when nothing is known here."""
    wanted = agency.strip().casefold()
    used = session.scalars(
        select(FoiaRequest.law_id)
        .join(Agency, Agency.id == FoiaRequest.agency_id)
        .where(
            (func.lower(Agency.name) == wanted)
            | (func.lower(Agency.abbreviation) == wanted)
            | (func.lower(Agency.name + " (" + func.coalesce(Agency.abbreviation, "") + ")") == wanted)
        )
    ).all()
    if used:
        return Counter(used).most_common(1)[0][0]
    guessed = guess_law(agency, place)
    return guessed if guessed in {law.id for law in all_laws()} else None


def known_agencies(session: Session, viewer: Viewer) -> list[str]:
    """The names of the agencies of requests and documents that ``viewer`` may see, as the form suggests
    them: an agency that only hidden documents have is not told of."""
    known = or_(
        visible_requests(viewer).where(FoiaRequest.agency_id == Agency.id).exists(),
        visible_documents(viewer).where(Document.agency_id == Agency.id).exists(),
    )
    names = select(Agency.name, Agency.abbreviation).where(known).order_by(func.lower(Agency.name))
    return [f"{name} ({short})" if short else name for name, short in session.execute(names)]


def known_places(session: Session, viewer: Viewer) -> list[str]:
    """The names of places, likewise."""
    known = or_(
        visible_requests(viewer).where(FoiaRequest.place_id == Place.id).exists(),
        visible_documents(viewer).where(Document.place_id == Place.id).exists(),
    )
    names = select(Place.name, Place.state).where(known).order_by(func.lower(Place.name))
    return [f"{name}, {state}" if state else name for name, state in session.execute(names)]


def responsible_people(session: Session) -> list[tuple[int, str]]:
    """Who may answer for a request: everybody with an account in use, by name, never a mail address."""
    rows = session.execute(
        select(Account.id, Account.name)
        .where(Account.disabled_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return [(number, name or f"account {number}, without a name") for number, name in rows]


def _check(filed: Filed) -> None:
    if not filed.agencies:
        raise BadRequestForm("A request goes to an agency.", field="agency", help="Write which one.")
    if (filed.answered_on is None) != (filed.outcome is None):
        raise BadRequestForm(
            "An answer has a day and an outcome.",
            field="answered_on" if filed.answered_on is None else "outcome",
            help="Give both, or neither.",
        )
    if filed.number.strip() and len(filed.agencies) > 1:
        raise BadRequestForm(
            "Each agency gives its own number.",
            field="number",
            help="Leave it empty here, and note the numbers on each request afterwards.",
        )
    if filed.sent_on is None and (filed.received_on or filed.answered_on):
        raise BadRequestForm(
            "The day on which it was sent is missing.",
            field="sent_on",
            help="It is on your letter or in your sent mail; the day it was received can stand for it.",
        )


def _happened(session: Session, request: FoiaRequest, filed: Filed, viewer: Viewer, at: datetime) -> None:
    if filed.number.strip():
        add_number(session, request, NumberForm(filed.number), viewer=viewer, at=at)
    happened = (
        (EventKind.SENT, filed.sent_on, None),
        (EventKind.RECEIVED, filed.received_on, None),
        (EventKind.DETERMINED, filed.answered_on, filed.outcome),
    )
    for kind, day, outcome in happened:
        if day is None:
            continue
        try:
            add_event(session, request, EventForm(kind, day, outcome=outcome), viewer=viewer, at=at)
        except BadRequestForm as wrong:
            if wrong.field == "happened_on":
                wrong.field = _FIELDS[kind]
            raise
