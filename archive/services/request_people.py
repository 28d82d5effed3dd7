"""People who have to do with a request. Their mail addresses and phones are for members and nobody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestPerson
from archive.rules.access import Viewer
from archive.rules.request_errors import RequestPartNotFound
from archive.rules.request_forms import PersonForm, clean_person
from archive.rules.request_publication import WhyShown
from archive.rules.request_states import PERSON_WORDS
from archive.services.foia_requests import sees_whole_requests
from archive.services.request_access import Texts, record_change, refuse_unless_keeper, screen_change

__all__ = [
    "PersonForm",
    "add_person",
    "change_person",
    "get_person",
    "people_of",
    "person_texts",
    "remove_person",
]


def people_of(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[RequestPerson, ...]:
    """Whose names ``viewer`` may see. A reader may be given the names and roles of these rows alone."""
    asked = select(RequestPerson).where(RequestPerson.request_id == request.id)
    if not sees_whole_requests(viewer):
        asked = asked.where(RequestPerson.is_public)
    return tuple(session.scalars(asked.order_by(RequestPerson.id)))


def add_person(
    session: Session, request: FoiaRequest, form: PersonForm, *, viewer: Viewer, at: datetime
) -> RequestPerson:
    """Raises ``NotAllowed``, ``BadRequestForm``."""
    refuse_unless_keeper(viewer)
    person = RequestPerson(request_id=request.id)
    _fill(person, clean_person(form))
    session.add(person)
    session.flush()
    record_change(session, request, "request_person_added", viewer=viewer, at=at, person=person.id)
    return person


def change_person(
    session: Session,
    request: FoiaRequest,
    person_id: int,
    form: PersonForm,
    *,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> RequestPerson:
    """Raises ``NotAllowed``, ``RequestPartNotFound``, ``BadRequestForm``; when what everybody sees changes
    ``PublicAlready``, ``LikelyPrivate``."""
    refuse_unless_keeper(viewer)
    person = get_person(session, request, person_id)
    before = person.name, person.role, person.organisation
    _fill(person, clean_person(form))
    is_shown = person.is_public and before != (person.name, person.role, person.organisation)
    details = screen_change(
        request, person_texts(person), is_shown=is_shown, viewer=viewer, why_shown=why_shown
    )
    record_change(
        session, request, "request_person_changed", viewer=viewer, at=at, person=person.id, **details
    )
    return person


def remove_person(
    session: Session, request: FoiaRequest, person_id: int, *, viewer: Viewer, at: datetime
) -> None:
    """Raises ``NotAllowed``, ``RequestPartNotFound``, ``PublicAlready``."""
    refuse_unless_keeper(viewer)
    person = get_person(session, request, person_id)
    screen_change(request, [], is_shown=person.is_public, viewer=viewer, why_shown=None)
    session.delete(person)
    session.flush()
    record_change(session, request, "request_person_removed", viewer=viewer, at=at, person=person_id)


def get_person(session: Session, request: FoiaRequest, person_id: int) -> RequestPerson:
    """Somebody of this request. Raises ``RequestPartNotFound``."""
    person = session.get(RequestPerson, person_id)
    if person is None or person.request_id != request.id:
        raise RequestPartNotFound
    return person


def person_texts(person: RequestPerson) -> Texts:
    """What everybody sees of somebody whose name is public. The places go into the audit log: no name."""
    who = PERSON_WORDS[person.role]
    return [
        (f"the name of a person ({who})", person.name),
        (f"a person's organisation ({who})", person.organisation),
    ]


def _fill(person: RequestPerson, form: PersonForm) -> None:
    person.name, person.role, person.organisation = form.name, form.role, form.organisation
    person.email, person.phone = form.email, form.phone
