"""The requests of the demo: entered by the services that people use, each once, however often it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production
from archive.rules.access import Viewer
from archive.rules.production_forms import ProductionForm
from archive.rules.request_publication import WhyShown
from archive.rules.request_states import NumberKind, NumberRelation, PersonRole
from archive.rules.statuses import Role
from archive.samples.request_story import (
    CLINIC_NAME,
    COUNSEL,
    COUNSEL_MAIL,
    COUNSEL_PHONE,
    FIRST_REQUEST,
    OTHER_REQUESTS,
    RELATION,
    REQUESTER,
    SampleEvent,
    SampleRequest,
)
from archive.samples.sample import SampleAgency, SamplePlace
from archive.samples.story import FIRST_RELEASE, SECOND_RELEASE, TRACKING_NUMBER
from archive.services.foia_requests import events_of, numbers_of
from archive.services.production_editing import describe_production
from archive.services.request_editing import RequestForm, add_request
from archive.services.request_events import EventForm, add_event, attach_document
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_people import PersonForm, add_person, people_of
from archive.services.request_publication import make_request_public

_KEEPER = Viewer(Role.EDITOR, name="sample")
_RELEASES = {
    FIRST_RELEASE.slug: ProductionForm(
        number=1,
        received_on=FIRST_RELEASE.received_on,
        tracking_number=TRACKING_NUMBER,
        cover_letter="foia-10-2674-first-interim-response",
        bates_first="ICE FOIA 10-2674.0001201",
        bates_last="ICE FOIA 10-2674.0001241",
        said_pages=40,
        said_withheld=1,
        next_due_on=date(2011, 5, 13),
        next_due_says="by order of the court of 11 March 2011",
    ),
    SECOND_RELEASE.slug: ProductionForm(
        number=2,
        received_on=SECOND_RELEASE.received_on,
        tracking_number=TRACKING_NUMBER,
        cover_letter="foia-10-2674-second-interim-response",
    ),
}


def add_sample_requests(session: Session, *, at: datetime) -> int:
    """Enter those that are not there yet, and the two releases of the first; how many were entered. What is
    yet to happen ``at`` that moment is left out."""
    first = _add(session, FIRST_REQUEST, None, at)
    if first is None:
        return 0  # the story is told once, whatever people made of it since
    _add_releases(session, first, at)
    _publish(session, FIRST_REQUEST, first, at)
    count = 1
    for told in OTHER_REQUESTS:
        if any(event.on > at.date() for event in told.events):
            continue
        made = _add(session, told, first if told.with_first else None, at)
        if made is not None:
            _publish(session, told, made, at)
            count += 1
    return count


def _add(
    session: Session, told: SampleRequest, parent: FoiaRequest | None, at: datetime
) -> FoiaRequest | None:
    """The request with what happened to it; None when there is one with its title."""
    if session.scalar(select(FoiaRequest.id).where(FoiaRequest.title == told.title)) is not None:
        return None
    form = RequestForm(
        title=told.title,
        agency=_agency(told.agency),
        law_id=told.law_id,
        records_sought=told.records_sought,
        requester=REQUESTER,
        place=_place(told.place),
        fee_category=told.fee_category,
        parent=parent.slug if parent else "",
        relation=RELATION if parent else None,
    )
    request = add_request(session, form, viewer=_KEEPER, at=at)
    for event in told.events:
        _add_event(session, request, event, at)
    _add_numbers(session, request, told, at)
    _add_people(session, request, told, at)
    return request


def _add_event(session: Session, request: FoiaRequest, told: SampleEvent, at: datetime) -> None:
    form = EventForm(
        told.kind,
        told.on,
        outcome=told.outcome,
        until_on=told.until_on,
        days=told.days,
        amount_cents=told.amount_cents,
        agency=_agency(told.agency),
        says=told.says if told.is_public else "",
        note="" if told.is_public else told.says,
    )
    event = add_event(session, request, form, viewer=_KEEPER, at=at)
    for name in told.files:
        document_id = _document_id(session, name)
        if document_id is not None:
            attach_document(session, event, document_id, name=f"{name}.pdf")


def _add_numbers(session: Session, request: FoiaRequest, told: SampleRequest, at: datetime) -> None:
    if not told.number:
        return
    first = add_number(session, request, NumberForm(told.number), viewer=_KEEPER, at=at)
    if told.docket:
        docket = NumberForm(
            told.docket,
            NumberKind.DOCKET,
            court=told.court,
            from_id=first.id,
            relation=NumberRelation.TAKEN_TO_COURT,
        )
        add_number(session, request, docket, viewer=_KEEPER, at=at)


def _add_people(session: Session, request: FoiaRequest, told: SampleRequest, at: datetime) -> None:
    counsel = PersonForm(COUNSEL, PersonRole.COUNSEL, CLINIC_NAME, COUNSEL_MAIL, COUNSEL_PHONE)
    add_person(session, request, counsel, viewer=_KEEPER, at=at)
    if told.officer:
        officer = PersonForm(told.officer, PersonRole.OFFICER, told.agency.name)
        add_person(session, request, officer, viewer=_KEEPER, at=at)


def _add_releases(session: Session, request: FoiaRequest, at: datetime) -> None:
    """The two productions that came with the documents, with what their letters say."""
    for slug, form in _RELEASES.items():
        if session.scalar(select(Production.id).where(Production.slug == slug)) is None:
            continue  # its documents were not added here
        letter = _document_id(session, form.cover_letter) or ""
        told = replace(form, request=request.slug, cover_letter=letter)
        why = WhyShown.NOT_PRIVATE
        describe_production(session, slug, told, viewer=_KEEPER, at=at, why_shown=why)


def _publish(session: Session, told: SampleRequest, request: FoiaRequest, at: datetime) -> None:
    """Show it event by event: all but notes. Its counsel's address is nobody's to see."""
    if not told.is_public:
        return
    private = {(event.kind, event.on) for event in told.events if not event.is_public}
    events = [
        event.id
        for event in events_of(session, request, _KEEPER)
        if (event.kind, event.happened_on) not in private
    ]
    make_request_public(
        session,
        request.slug,
        events=events,
        numbers=[number.id for number in numbers_of(session, request, _KEEPER)],
        people=[person.id for person in people_of(session, request, _KEEPER)],
        viewer=_KEEPER,
        at=at,
        why_shown=WhyShown.NOT_PRIVATE,
    )


def _document_id(session: Session, name: str) -> str | None:
    return session.scalar(
        select(Document.id).where(Document.source_file == f"{name}.pdf").order_by(Document.id)
    )


def _agency(agency: SampleAgency | None) -> str:
    if agency is None:
        return ""
    return f"{agency.name} ({agency.abbreviation})" if agency.abbreviation else agency.name


def _place(place: SamplePlace | None) -> str:
    return f"{place.name}, {place.state}" if place else ""
