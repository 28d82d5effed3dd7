"""Requests are made public part by part, looked through before, and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import AuditEntry, FoiaRequest, Production, RequestFile
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import DeadlineState
from archive.rules.collection_errors import LikelyPrivate
from archive.rules.request_errors import RequestNotFound, RequestNotReady
from archive.rules.request_publication import PublicAlready, WhyShown
from archive.rules.request_standing import standing_of
from archive.rules.request_states import EventKind, NumberKind, Outcome, PersonRole
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import (
    as_clock_events,
    events_of,
    get_request,
    numbers_of,
    request_deadlines,
)
from archive.services.request_events import EventForm, add_event, change_event
from archive.services.request_numbers import NumberForm, add_number, change_number
from archive.services.request_people import PersonForm, add_person, change_person, people_of
from archive.services.request_preview import preview_public
from archive.services.request_publication import make_request_public, take_request_back
from archive.services.request_sheet import get_keeping_sheet
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, SENT_ON, Happened, make_request, publish

VOLUNTEER = Viewer(Role.VOLUNTEER, name="volunteer@example.org")
PHONE = "Call John Example at home: (408) 555-0134."
TODAY = NOON.date()
FEES_ON, SETTLED_ON, ANSWERED_ON = date(2010, 2, 10), date(2010, 3, 10), date(2010, 8, 17)


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def request_(session: Session) -> FoiaRequest:
    events: list[Happened] = [
        (EventKind.FEES_ASKED, FEES_ON, {"amount_cents": 5_000, "note": "Secret note"}),
        (EventKind.FEES_SETTLED, SETTLED_ON),
    ]
    return make_request(session, events=events, answered_on=ANSWERED_ON, numbers=("10-2674", "10-2674A"))


def show(session: Session, request: FoiaRequest, *, events: list[int], **more: Any) -> FoiaRequest:
    chosen: dict[str, Any] = {"numbers": [], "people": [], "viewer": EDITOR, "at": NOON, **more}
    return make_request_public(session, request.slug, events=events, **chosen)


def ids(session: Session, request: FoiaRequest) -> dict[EventKind, int]:
    return {event.kind: event.id for event in events_of(session, request, EDITOR)}


def test_readers_see_what_was_chosen_and_always_that_it_was_sent(
    session: Session, request_: FoiaRequest
) -> None:
    show(session, request_, events=[ids(session, request_)[EventKind.DETERMINED]], numbers=[2])
    kinds = [event.kind for event in events_of(session, request_, READER)]
    assert kinds == [EventKind.SENT, EventKind.DETERMINED]
    assert [row.number for row in numbers_of(session, request_, READER)] == ["10-2674A"]
    show(session, request_, events=[])
    assert [event.kind for event in events_of(session, request_, READER)] == [EventKind.SENT]
    assert numbers_of(session, request_, READER) == ()


def test_ids_of_another_request_choose_nothing(session: Session, request_: FoiaRequest) -> None:
    other = make_request(session, title="Other", answered_on=ANSWERED_ON)
    show(session, request_, events=list(ids(session, other).values()))
    assert [event.kind for event in events_of(session, request_, READER)] == [EventKind.SENT]
    assert events_of(session, other, READER) == ()


def test_a_draft_is_not_made_public(session: Session) -> None:
    draft = make_request(session, sent_on=None)
    with pytest.raises(RequestNotReady):
        publish(session, draft)


def test_volunteers_and_readers_do_not_decide_what_everybody_sees(
    session: Session, request_: FoiaRequest
) -> None:
    for viewer, refusal in ((VOLUNTEER, NotAllowed), (READER, RequestNotFound)):
        with pytest.raises(refusal):
            show(session, request_, events=[], viewer=viewer)
        with pytest.raises(refusal):
            take_request_back(session, request_.slug, viewer=viewer, at=NOON)


def test_a_request_that_was_taken_back_is_not_there_for_readers(
    session: Session, request_: FoiaRequest
) -> None:
    publish(session, request_)
    assert get_request(session, request_.slug, READER) is request_
    take_request_back(session, request_.slug, viewer=EDITOR, at=NOON)
    with pytest.raises(RequestNotFound):
        get_request(session, request_.slug, READER)
    assert events_of(session, request_, READER) == ()


@pytest.mark.parametrize("place", ["title", "records_sought", "requester"])
def test_what_looks_private_in_the_request_is_not_shown_unsaid(session: Session, place: str) -> None:
    words: dict[str, Any] = {"title": "Opt-out"} | {place: PHONE}
    request = make_request(session, **words)
    with pytest.raises(LikelyPrivate) as refused, session.begin_nested():
        publish(session, request)
    assert "phone number in the" in refused.value.findings[0]
    with pytest.raises(RequestNotFound):
        get_request(session, request.slug, READER)
    show(session, request, events=[], why_shown=WhyShown.AGREED)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.details["why"] == "agreed"
    assert "555" not in str(entry.details)


def test_only_what_is_shown_is_looked_through(session: Session, request_: FoiaRequest) -> None:
    form = EventForm(EventKind.CORRESPONDED, ANSWERED_ON, says=PHONE, note=PHONE, sender="a@b.example")
    event = add_event(session, request_, form, viewer=VOLUNTEER, at=NOON)
    form = EventForm(EventKind.REFERRED, ANSWERED_ON, agency=PHONE)
    referred = add_event(session, request_, form, viewer=VOLUNTEER, at=NOON)
    docket = NumberForm("1", NumberKind.DOCKET, court=PHONE)
    number = add_number(session, request_, docket, viewer=VOLUNTEER, at=NOON)
    somebody = PersonForm("Jane", PersonRole.OFFICER, organisation=PHONE, email="jane@b.example")
    person = add_person(session, request_, somebody, viewer=VOLUNTEER, at=NOON)
    show(session, request_, events=[])
    private = (
        {"events": [event.id]},
        {"events": [referred.id]},
        {"events": [], "numbers": [number.id]},
        {"events": [], "people": [person.id]},
    )
    for chosen in private:
        with pytest.raises(LikelyPrivate), session.begin_nested():
            show(session, request_, **chosen)
    somebody = PersonForm("Jane", PersonRole.OFFICER, email="jane@b.example")
    change_person(session, request_, person.id, somebody, viewer=VOLUNTEER, at=NOON)
    show(session, request_, events=[], people=[person.id])
    assert [row.name for row in people_of(session, request_, READER)] == ["Jane"]


def test_what_is_shown_is_changed_by_editors_and_looked_through_again(
    session: Session, request_: FoiaRequest
) -> None:
    person = add_person(session, request_, PersonForm("Jane", PersonRole.OFFICER), viewer=VOLUNTEER, at=NOON)
    publish(session, request_)
    show(session, request_, events=[1], numbers=[1], people=[person.id])
    with pytest.raises(PublicAlready), session.begin_nested():
        change_number(session, request_, 1, NumberForm("10-1"), viewer=VOLUNTEER, at=NOON)
    renamed = PersonForm("Joan", PersonRole.OFFICER)
    with pytest.raises(PublicAlready), session.begin_nested():
        change_person(session, request_, person.id, renamed, viewer=VOLUNTEER, at=NOON)
    with_phone = PersonForm("Jane", PersonRole.OFFICER, phone="(408) 555-0134")
    change_person(session, request_, person.id, with_phone, viewer=VOLUNTEER, at=NOON)
    said = EventForm(EventKind.SENT, SENT_ON, says=PHONE)
    with pytest.raises(LikelyPrivate), session.begin_nested():
        change_event(session, request_, 1, said, viewer=EDITOR, at=NOON)


def test_a_public_request_keeps_the_day_it_was_sent(session: Session, request_: FoiaRequest) -> None:
    publish(session, request_)
    with pytest.raises(RequestNotReady):
        change_event(session, request_, 1, EventForm(EventKind.CORRESPONDED, SENT_ON), viewer=EDITOR, at=NOON)


@pytest.mark.parametrize(
    "left_out", [set(), {EventKind.FEES_ASKED, EventKind.FEES_SETTLED}, {EventKind.DETERMINED}]
)
def test_the_preview_tells_what_a_reader_is_told_then(
    session: Session, request_: FoiaRequest, left_out: set[EventKind]
) -> None:
    chosen = [number for kind, number in ids(session, request_).items() if kind not in left_out]
    sheet = get_keeping_sheet(session, request_.slug, EDITOR)
    preview = preview_public(
        session, sheet, events=chosen, numbers=[1], people=[], viewer=EDITOR, today=TODAY
    )
    show(session, request_, events=chosen, numbers=[1])
    told = events_of(session, request_, READER)
    assert preview.events == told
    assert preview.standing == standing_of(as_clock_events(told))
    for viewer, told_of in (
        (READER, [line.shown for line in preview.dates]),
        (EDITOR, [line.known for line in preview.dates]),
    ):
        deadlines = request_deadlines(session, request_, viewer, TODAY)
        applying = [one for one in deadlines if one.state is not DeadlineState.LAPSED]
        assert sorted(map(str, applying)) == sorted(str(one) for one in told_of if one)
    assert any(line.differs for line in preview.dates) is bool(left_out)


def test_the_promise_of_a_production_that_is_not_shown_is_not_told(
    session: Session, request_: FoiaRequest
) -> None:
    promised = date(2010, 12, 1)
    made = Production(
        slug="p", title="P", request_id=request_.id, received_on=ANSWERED_ON, next_due_on=promised
    )
    session.add(made)
    session.flush()
    form = EventForm(EventKind.PRODUCED, ANSWERED_ON, production_id=made.id)
    produced = add_event(session, request_, form, viewer=EDITOR, at=NOON).id
    sheet = get_keeping_sheet(session, request_.slug, EDITOR)
    for chosen, is_told in (([], False), ([produced], True)):
        preview = preview_public(
            session, sheet, events=chosen, numbers=[], people=[], viewer=EDITOR, today=TODAY
        )
        assert (promised in {line.shown.due_on for line in preview.dates if line.shown}) is is_told
        show(session, request_, events=chosen)
        told = request_deadlines(session, request_, READER, TODAY)
        assert (promised in {one.due_on for one in told}) is is_told


def test_documents_that_stay_hidden_are_counted_apart(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    for number, visibility in enumerate((Visibility.PUBLISHED, Visibility.UNPUBLISHED)):
        document = make_document(session, parts.storage, title=str(number), visibility=visibility)
        session.add(RequestFile(event_id=1, document_id=document.id))
    session.flush()
    sheet = get_keeping_sheet(session, request_.slug, EDITOR)
    preview = preview_public(session, sheet, events=[], numbers=[], people=[], viewer=EDITOR, today=TODAY)
    assert (preview.files, preview.hidden_files) == (1, 1)


def test_the_outcome_is_not_told_by_an_answer_that_is_not_shown(
    session: Session, request_: FoiaRequest
) -> None:
    sheet = get_keeping_sheet(session, request_.slug, EDITOR)
    preview = preview_public(session, sheet, events=[], numbers=[], people=[], viewer=EDITOR, today=TODAY)
    assert preview.standing.outcome is None
    assert preview.known_standing.outcome is Outcome.GRANTED_IN_PART
