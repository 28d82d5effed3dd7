"""What happened to a request: written down, corrected, taken out; with the documents that came or went.

Status, outcome and every date follow from these rows, so each change derives them again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Agency, Document, FoiaRequest, Production, RequestEvent, RequestFile
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import ClockEvent
from archive.rules.request_errors import BadRequestForm, RequestNotReady, RequestPartNotFound
from archive.rules.request_events import check_event, check_order, position_of
from archive.rules.request_forms import EventForm, clean_event
from archive.rules.request_publication import WhyShown
from archive.rules.request_states import EventKind
from archive.services.catalogue import find_or_add_agency
from archive.services.foia_requests import as_clock_events
from archive.services.request_access import Texts, record_change, refuse_unless_keeper, screen_change

__all__ = [
    "EventForm",
    "add_event",
    "attach_document",
    "change_event",
    "detach_document",
    "event_texts",
    "files_of",
    "get_event",
    "remove_event",
]


def add_event(
    session: Session, request: FoiaRequest, form: EventForm, *, viewer: Viewer, at: datetime
) -> RequestEvent:
    """Write down what happened. Nobody but members sees it before it is chosen to be public.

    Raises ``NotAllowed``; ``BadRequestForm`` for what cannot be.
    """
    refuse_unless_keeper(viewer)
    form = _checked(session, request, form, None, at)
    event = RequestEvent(request_id=request.id, recorded_at=at, recorded_by_id=viewer.account_id)
    _fill(session, event, form)
    session.add(event)
    session.flush()
    record_change(session, request, "request_event_added", viewer=viewer, at=at, event=event.id)
    return event


def change_event(
    session: Session,
    request: FoiaRequest,
    event_id: int,
    form: EventForm,
    *,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> RequestEvent:
    """Correct an event. What its form does not name (the e-mail it was made of) stays.

    Raises ``NotAllowed``, ``RequestPartNotFound``, ``BadRequestForm``, ``RequestNotReady`` when a public
    request would be left without the day it was sent; of a public event ``PublicAlready``, ``LikelyPrivate``.
    """
    refuse_unless_keeper(viewer)
    event = get_event(session, request, event_id)
    form = _checked(session, request, form, event_id, at)
    if form.kind is not EventKind.SENT:
        _refuse_unsent(session, request, event)
    before = _shown(event)
    message_id = event.message_id
    _fill(session, event, form)
    event.message_id = form.message_id or message_id
    is_shown = event.is_public and _shown(event) != before
    details = screen_change(
        request, event_texts(session, event), is_shown=is_shown, viewer=viewer, why_shown=why_shown
    )
    record_change(session, request, "request_event_changed", viewer=viewer, at=at, event=event.id, **details)
    return event


def remove_event(
    session: Session, request: FoiaRequest, event_id: int, *, viewer: Viewer, at: datetime
) -> None:
    """Take an event out; the documents that came with it stay in the archive.

    Raises ``NotAllowed``, ``RequestPartNotFound``, ``PublicAlready``, ``RequestNotReady`` as above.
    """
    refuse_unless_keeper(viewer)
    event = get_event(session, request, event_id)
    _refuse_unsent(session, request, event)
    screen_change(request, [], is_shown=event.is_public, viewer=viewer, why_shown=None)
    session.delete(event)
    session.flush()
    record_change(session, request, "request_event_removed", viewer=viewer, at=at, event=event_id)


def attach_document(
    session: Session, event: RequestEvent, document_id: str, *, name: str = ""
) -> RequestFile:
    """A document came or went with an event. Once is enough: a second time changes nothing.

    The caller has looked whether the document may be seen by whoever attaches it, and records the change.
    Raises ``DocumentNotFound``.
    """
    if session.get(Document, document_id) is None:
        raise DocumentNotFound
    mine = RequestFile.event_id == event.id
    found = session.scalar(select(RequestFile).where(mine, RequestFile.document_id == document_id))
    if found is not None:
        return found
    last = session.scalar(select(func.max(RequestFile.position)).where(mine))
    file = RequestFile(
        event_id=event.id, document_id=document_id, name=name[:1024], position=0 if last is None else last + 1
    )
    session.add(file)
    session.flush()
    return file


def detach_document(session: Session, event: RequestEvent, document_id: str) -> None:
    """The document stays in the archive. Raises ``RequestPartNotFound``."""
    wanted = select(RequestFile).where(
        RequestFile.event_id == event.id, RequestFile.document_id == document_id
    )
    found = session.scalar(wanted)
    if found is None:
        raise RequestPartNotFound
    session.delete(found)
    session.flush()


def get_event(session: Session, request: FoiaRequest, event_id: int) -> RequestEvent:
    """An event of this request. Raises ``RequestPartNotFound``."""
    event = session.get(RequestEvent, event_id)
    if event is None or event.request_id != request.id:
        raise RequestPartNotFound
    return event


def files_of(session: Session, event: RequestEvent) -> tuple[RequestFile, ...]:
    """What is attached to an event, as it was attached: whether a visitor may see it is another question."""
    wanted = select(RequestFile).where(RequestFile.event_id == event.id)
    return tuple(session.scalars(wanted.order_by(RequestFile.position, RequestFile.id)))


def event_texts(session: Session, event: RequestEvent) -> Texts:
    """What people wrote about an event and everybody sees once it is public."""
    agency = session.get(Agency, event.agency_id) if event.agency_id else None
    day = f"{event.happened_on.day} {event.happened_on:%B %Y}"
    return [
        (f"what is said of {day}", event.says),
        (f"the name of the agency of {day}", agency.name if agency else ""),
    ]


def _checked(
    session: Session, request: FoiaRequest, form: EventForm, own_id: int | None, at: datetime
) -> EventForm:
    form = clean_event(form)
    check_event(form, at.date())
    check_order(form, _others(session, request, own_id))
    if form.production_id is not None and session.get(Production, form.production_id) is None:
        raise BadRequestForm(
            "There is no such production.", field="production", help="Choose one of the list."
        )
    return form


def _others(session: Session, request: FoiaRequest, own_id: int | None) -> tuple[ClockEvent, ...]:
    wanted = select(RequestEvent).where(RequestEvent.request_id == request.id)
    if own_id is not None:
        wanted = wanted.where(RequestEvent.id != own_id)
    found = session.scalars(wanted.order_by(RequestEvent.happened_on, RequestEvent.position)).all()
    return as_clock_events(found)


def _fill(session: Session, event: RequestEvent, form: EventForm) -> None:
    event.kind, event.happened_on, event.position = form.kind, form.happened_on, position_of(form.kind)
    event.outcome, event.until_on, event.days = form.outcome, form.until_on, form.days
    event.amount_cents, event.production_id = form.amount_cents, form.production_id
    event.agency_id = find_or_add_agency(session, form.agency).id if form.agency else None
    event.says, event.note = form.says, form.note
    event.sender, event.recipient, event.message_id = form.sender, form.recipient, form.message_id


def _shown(event: RequestEvent) -> tuple[object, ...]:
    """What everybody sees of an event."""
    facts = event.kind, event.happened_on, event.outcome, event.until_on, event.days
    return *facts, event.amount_cents, event.agency_id, event.production_id, event.says


def _refuse_unsent(session: Session, request: FoiaRequest, event: RequestEvent) -> None:
    """A public request says when it was sent."""
    if request.audience is not Audience.PUBLIC or event.kind is not EventKind.SENT:
        return
    others = select(RequestEvent.id).where(
        RequestEvent.request_id == request.id,
        RequestEvent.kind == EventKind.SENT,
        RequestEvent.is_public,
        RequestEvent.id != event.id,
    )
    if session.scalar(others.limit(1)) is None:
        raise RequestNotReady(
            "A public request says when it was sent.", help="Take the request back to members first."
        )
