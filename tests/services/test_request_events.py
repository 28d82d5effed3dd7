"""What happened to a request: what follows from it, and the documents that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, NotAllowed
from archive.models import Account, AuditEntry, RequestStanding
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import ClockEvent
from archive.rules.request_errors import BadRequestForm, RequestPartNotFound
from archive.rules.request_events import FIELDS, GROUPS, check_event, check_order, position_of
from archive.rules.request_forms import EventForm
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import events_of
from archive.services.request_events import (
    add_event,
    attach_document,
    change_event,
    files_of,
    get_event,
    remove_event,
)
from archive.services.request_files import attach_documents, attached_documents, documents_at_hand
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, ICE, SENT_ON, make_request

VOLUNTEER = Viewer(Role.VOLUNTEER, name="volunteer@example.org")
MEMBER = Viewer(Role.MEMBER, name="member@example.org")
TODAY = NOON.date()


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def someone(session: Session, role: Role) -> Viewer:
    account = Account(email=f"{role}@example.org", role=role, created_at=NOON)
    session.add(account)
    session.flush()
    return Viewer(role, account.id, account.email)


def waiting(session: Session) -> bool:
    session.expire_all()
    return session.scalars(select(RequestStanding.is_waiting)).one()


def test_what_lists_need_follows_from_each_change(session: Session) -> None:
    request = make_request(session)
    assert waiting(session)
    answered = EventForm(EventKind.DETERMINED, date(2010, 8, 17), outcome=Outcome.DENIED)
    event = add_event(session, request, answered, viewer=VOLUNTEER, at=NOON)
    assert not waiting(session)
    noted = EventForm(EventKind.NOTED, date(2010, 8, 17))
    change_event(session, request, event.id, noted, viewer=VOLUNTEER, at=NOON)
    assert waiting(session)
    remove_event(session, request, event.id, viewer=VOLUNTEER, at=NOON)
    with pytest.raises(RequestPartNotFound):
        get_event(session, request, event.id)


def test_members_and_readers_write_nothing_down(session: Session) -> None:
    request = make_request(session)
    form = EventForm(EventKind.NOTED, SENT_ON)
    for viewer in (MEMBER, READER):
        with pytest.raises(NotAllowed):
            add_event(session, request, form, viewer=viewer, at=NOON)
        with pytest.raises(NotAllowed):
            change_event(session, request, 1, form, viewer=viewer, at=NOON)
        with pytest.raises(NotAllowed):
            remove_event(session, request, 1, viewer=viewer, at=NOON)


def test_events_of_one_day_stand_in_the_order_of_such_things(session: Session) -> None:
    kinds = (EventKind.CLOSED, EventKind.PRODUCED, EventKind.ACKNOWLEDGED)
    request = make_request(session, events=[(kind, SENT_ON) for kind in kinds])
    found = [event.kind for event in events_of(session, request, EDITOR)]
    assert found == [EventKind.SENT, *reversed(kinds)]


def test_a_correction_keeps_the_e_mail_that_an_event_was_made_of(session: Session) -> None:
    request = make_request(
        session, events=[(EventKind.CORRESPONDED, SENT_ON, {"message_id": "<1@a.example>"})]
    )
    form = EventForm(EventKind.ACKNOWLEDGED, SENT_ON)
    assert change_event(session, request, 2, form, viewer=VOLUNTEER, at=NOON).message_id == "<1@a.example>"


def test_a_document_is_attached_once_and_an_absent_one_not(session: Session, parts: Parts) -> None:
    request = make_request(session)
    event = get_event(session, request, 1)
    document = make_document(session, parts.storage)
    for _ in range(2):
        attach_document(session, event, document.id, name="memo.pdf")
    assert [file.name for file in files_of(session, event)] == ["memo.pdf"]
    with pytest.raises(DocumentNotFound):
        attach_document(session, event, "a" * 12)


def test_only_documents_that_one_sees_are_attached_shown_and_offered(session: Session, parts: Parts) -> None:
    request = make_request(session)
    event = get_event(session, request, 1)
    volunteer, editor = (someone(session, role) for role in (Role.VOLUNTEER, Role.EDITOR))
    seen = make_document(session, parts.storage, title="Seen", agency=ICE)
    hidden = make_document(
        session, parts.storage, title="Hidden", agency=ICE, visibility=Visibility.UNPUBLISHED
    )
    make_document(session, parts.storage, title="Of others", agency="Other agency")
    offered = [document.id for document in documents_at_hand(session, request, volunteer)]
    assert offered == [seen.id]
    with pytest.raises(BadRequestForm):
        attach_documents(session, request, event, [hidden.id], viewer=volunteer, at=NOON)
    attach_documents(session, request, event, [seen.id, hidden.id], viewer=editor, at=NOON)
    assert [document.id for document in attached_documents(session, event, volunteer)] == [seen.id]
    assert len(attached_documents(session, event, editor)) == 2
    assert documents_at_hand(session, request, editor) == ()


def test_the_log_says_which_event_and_nothing_of_it(session: Session) -> None:
    request = make_request(session)
    form = EventForm(EventKind.NOTED, SENT_ON, says="Said words", note="Noted words", sender="a@b.example")
    add_event(session, request, form, viewer=VOLUNTEER, at=NOON)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.details) == ("request_event_added", {"event": 2})


def test_every_kind_is_in_the_form_once() -> None:
    listed = [kind for _, kinds in GROUPS for kind in kinds]
    assert sorted(listed) == sorted(EventKind)


days = some.dates(date(1999, 1, 1), TODAY)
forms = some.builds(EventForm, some.sampled_from(EventKind), days)


@given(some.lists(forms, max_size=6), forms)
def test_what_is_taken_is_never_before_it_was_sent(others: list[EventForm], form: EventForm) -> None:
    """However events are written down one after another."""
    taken: list[ClockEvent] = []
    for one in (*others, form):
        try:
            check_order(one, taken)
        except BadRequestForm:
            continue
        taken.append(ClockEvent(one.kind, one.happened_on))
    sent = [event.on for event in taken if event.kind is EventKind.SENT]
    answered = [event.on for event in taken if event.kind is EventKind.DETERMINED]
    assert not sent or not answered or min(sent) <= min(answered)


@given(some.sampled_from(EventKind), some.integers(1, 1000))
def test_no_event_is_still_to_come(kind: EventKind, ahead: int) -> None:
    with pytest.raises(BadRequestForm) as refused:
        check_event(EventForm(kind, TODAY + timedelta(days=ahead)), TODAY)
    assert refused.value.field == "happened_on"


@given(some.sampled_from(EventKind))
def test_each_kind_refuses_what_it_has_not(kind: EventKind) -> None:
    given_fields = {
        "outcome": EventForm(kind, TODAY, outcome=Outcome.DENIED),
        "until_on": EventForm(kind, TODAY, until_on=TODAY),
        "days": EventForm(kind, TODAY, days=10),
        "amount": EventForm(kind, TODAY, amount_cents=100),
        "agency": EventForm(kind, TODAY, agency="ICE"),
        "production": EventForm(kind, TODAY, production_id=1),
    }
    for field, form in given_fields.items():
        if field in FIELDS.get(kind, frozenset()):
            continue
        with pytest.raises(BadRequestForm) as refused:
            check_event(form, TODAY)
        assert refused.value.field == field


def test_positions_are_of_the_kind_alone() -> None:
    assert position_of(EventKind.SENT) < position_of(EventKind.DETERMINED) < position_of(EventKind.CLOSED)
