"""Productions are entered and described; each keeps the event of its request that says that it came.

What everybody sees of a production is changed by those who decide about that, as with requests.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production, RequestEvent
from archive.rules.access import READER, Action, Viewer
from archive.rules.addresses import slug_of
from archive.rules.production_forms import ProductionForm, clean_production
from archive.rules.production_letter import SaidFigure
from archive.rules.request_errors import BadRequestForm, RequestNotFound
from archive.rules.request_publication import PublicAlready, WhyShown
from archive.rules.request_states import EventKind
from archive.services.audit import record_event
from archive.services.catalogue import find_renamed
from archive.services.documents import visible_documents
from archive.services.foia_requests import get_request, numbers_of
from archive.services.productions import get_production, visible_productions
from archive.services.request_access import Texts, refuse_unless_keeper, screen_texts
from archive.services.request_events import EventForm, add_event
from archive.services.request_standings import touch_request

_NOT_SLUGS = frozenset({"new"})
_TEXTS = ("tracking_number", "bates_first", "bates_last", "next_due_says", "note")
_VALUES = ("number", "received_on", "next_due_on", *SaidFigure)


def add_production(session: Session, form: ProductionForm, *, viewer: Viewer, at: datetime) -> Production:
    """Enter a release in answer to a request. Nobody but members knows of it before its event is shown, or
    one of its documents is published.

    Raises ``NotAllowed``; ``BadRequestForm`` for what cannot be, a request or letter that is not there too.
    """
    refuse_unless_keeper(viewer)
    form = clean_production(form, at.date())
    if not form.request:
        raise BadRequestForm("A release answers a request.", field="request", help="Write which one.")
    request = _request(session, form, viewer)
    title = form.title or _title(form)
    production = Production(
        slug=_free_slug(session, f"{request.slug[:50]} {title}"), title=title, agency_id=request.agency_id
    )
    session.add(production)
    _fill(session, production, form, request, viewer)
    _record(session, production, "production_added", viewer=viewer, at=at)
    _keep_event(session, production, request, viewer=viewer, at=at)
    return production


def describe_production(
    session: Session,
    slug: str,
    form: ProductionForm,
    *,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> Production:
    """Change what is said of a production; its title stays. Documents are indexed again when their tracking
    number changes.

    Raises as ``add_production``, and ``ShelfNotFound``; of one that everybody knows of ``PublicAlready``,
    ``LikelyPrivate``.
    """
    refuse_unless_keeper(viewer)
    production, form = get_production(session, slug, viewer), clean_production(form, at.date())
    before = session.get(FoiaRequest, production.request_id) if production.request_id else None
    request = _request(session, form, viewer) if form.request else None
    details = _screen(session, production, form, viewer=viewer, why_shown=why_shown)
    number_before = production.tracking_number
    _fill(session, production, form, request, viewer)
    if production.tracking_number != number_before:
        _index_again(session, production)
    _record(session, production, "production_described", viewer=viewer, at=at, **details)
    if before is not None and (request is None or before.id != request.id):
        _drop_event(session, production, before, at=at)
    if request is not None:
        _keep_event(session, production, request, viewer=viewer, at=at)
    return production


def blank_form(session: Session, request: FoiaRequest, viewer: Viewer) -> ProductionForm:
    """What is known of the next production of a request before anybody writes anything."""
    numbers = numbers_of(session, request, viewer)
    count = session.scalars(select(Production.number).where(Production.request_id == request.id)).all()
    return ProductionForm(
        request=request.slug,
        number=max([len(count), *(number or 0 for number in count)], default=0) + 1,
        tracking_number=numbers[0].number if numbers else "",
    )


def form_of(session: Session, production: Production) -> ProductionForm:
    """A production as its form shows it."""
    request = session.get(FoiaRequest, production.request_id) if production.request_id else None
    kept: dict[str, Any] = {field: getattr(production, field) for field in _VALUES}
    kept |= {field: getattr(production, field) or "" for field in _TEXTS}
    return ProductionForm(
        request=request.slug if request else "",
        title=production.title,
        cover_letter=production.cover_letter_id or "",
        **kept,
    )


def _request(session: Session, form: ProductionForm, viewer: Viewer) -> FoiaRequest:
    try:
        return get_request(session, form.request, viewer)
    except RequestNotFound:
        raise BadRequestForm(
            "There is no such request.", field="request", help="Open it and copy its address."
        ) from None


def _fill(
    session: Session,
    production: Production,
    form: ProductionForm,
    request: FoiaRequest | None,
    viewer: Viewer,
) -> None:
    if form.cover_letter and form.cover_letter != production.cover_letter_id:
        wanted = visible_documents(viewer).where(Document.id == form.cover_letter)
        if session.scalar(wanted.with_only_columns(Document.id)) is None:
            raise BadRequestForm(
                "There is no such document.", field="cover_letter", help="Open it and copy its address."
            )
    production.request_id = request.id if request else None
    production.cover_letter_id = form.cover_letter or None
    for field in _VALUES:
        setattr(production, field, getattr(form, field))
    for field in _TEXTS:
        setattr(production, field, getattr(form, field) or None)
    session.flush()


def _screen(
    session: Session,
    production: Production,
    form: ProductionForm,
    *,
    viewer: Viewer,
    why_shown: WhyShown | None,
) -> dict[str, object]:
    """What everybody may know is changed by who decides about it, and looked through for what is private."""
    known = visible_productions(READER).where(Production.id == production.id)
    if session.scalar(known.with_only_columns(Production.id)) is None:
        return {}
    if not viewer.may(Action.PUBLISH_REQUESTS):
        raise PublicAlready
    texts: Texts = [("the note", form.note), ("what is said of the next release", form.next_due_says)]
    return screen_texts(texts, viewer=viewer, why_shown=why_shown)


def _event_of(session: Session, production: Production, request: FoiaRequest) -> RequestEvent | None:
    return session.scalar(
        select(RequestEvent)
        .where(
            RequestEvent.request_id == request.id,
            RequestEvent.production_id == production.id,
            RequestEvent.kind == EventKind.PRODUCED,
        )
        .order_by(RequestEvent.id)
        .limit(1)
    )


def _keep_event(
    session: Session, production: Production, request: FoiaRequest, *, viewer: Viewer, at: datetime
) -> None:
    """One event says that it came, on the day it came. Without a day there is none yet."""
    event = _event_of(session, production, request)
    if event is None and production.received_on is not None:
        form = EventForm(EventKind.PRODUCED, production.received_on, production_id=production.id)
        add_event(session, request, form, viewer=viewer, at=at)
        return
    if event is not None and production.received_on is not None:
        event.happened_on = production.received_on
    touch_request(session, request, at=at)


def _drop_event(session: Session, production: Production, request: FoiaRequest, *, at: datetime) -> None:
    """It answers another request now: this one has not got it."""
    event = _event_of(session, production, request)
    if event is not None:
        session.delete(event)
    touch_request(session, request, at=at)


def _index_again(session: Session, production: Production) -> None:
    session.execute(
        update(Document)
        .where(Document.production_id == production.id)
        .values(content_version=Document.content_version + 1)
    )


def _record(
    session: Session, production: Production, action: str, *, viewer: Viewer, at: datetime, **details: object
) -> None:
    told = {"request": production.request_id, "cover_letter": production.cover_letter_id, **details}
    record_event(session, action, f"productions:{production.id}", actor=viewer.name, at=at, details=told)


def _title(form: ProductionForm) -> str:
    """'Release 3, 9 May 2011'."""
    day = form.received_on
    named = f"Release {form.number}" if form.number else "Release"
    return f"{named}, {day.day} {day:%B %Y}" if day else named


def _free_slug(session: Session, name: str) -> str:
    wanted = slug_of(name)
    for number in range(1, 10_000):
        slug = wanted if number == 1 else f"{wanted[:74]}-{number}"
        taken = session.scalar(select(Production.id).where(Production.slug == slug))
        if taken is None and find_renamed(session, "productions", slug) is None and slug not in _NOT_SLUGS:
            return slug
    raise BadRequestForm("Too many productions have this title.", field="title", help="Choose another one.")
