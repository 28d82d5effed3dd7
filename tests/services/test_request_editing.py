"""Entering, describing and deleting requests: who may, what is refused, what stays of an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import (
    Account,
    AuditEntry,
    Production,
    RequestEvent,
    RequestStanding,
    TrackingNumber,
)
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.audit_words import AUDIT_WORDS
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import LikelyPrivate
from archive.rules.request_errors import BadRequestForm, RequestNotFound
from archive.rules.request_publication import PublicAlready, RequestHasProductions, WhyShown
from archive.rules.request_states import RequestRelation, RequestStatus
from archive.rules.statuses import Role
from archive.services.foia_requests import get_request
from archive.services.request_editing import (
    RequestForm,
    add_request,
    delete_request,
    describe_request,
    find_new_request_slug,
)
from archive.services.request_publication import take_request_back
from tests.factories import NOON
from tests.requests_made import EDITOR, ICE, make_request, publish

VOLUNTEER = Viewer(Role.VOLUNTEER, name="volunteer@example.org")
MEMBER = Viewer(Role.MEMBER, name="member@example.org")
FORM = RequestForm(title="Opt-out records", agency=ICE, law_id="us")
PHONE = "Call John Example at home: (408) 555-0134."


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def test_volunteers_and_editors_enter_requests_and_members_do_not(session: Session) -> None:
    for viewer in (VOLUNTEER, EDITOR):
        assert add_request(session, FORM, viewer=viewer, at=NOON).audience is Audience.MEMBERS
    for viewer in (MEMBER, READER, replace(EDITOR, by_token=True)):
        with pytest.raises(NotAllowed):
            add_request(session, FORM, viewer=viewer, at=NOON)


def test_a_request_is_a_draft_until_it_was_sent(session: Session) -> None:
    request = add_request(session, FORM, viewer=VOLUNTEER, at=NOON)
    standing = session.scalars(select(RequestStanding)).one()
    assert (standing.request_id, standing.status) == (request.id, RequestStatus.DRAFT)


def test_readers_find_no_request_that_is_for_members(session: Session) -> None:
    request = make_request(session)
    with pytest.raises(RequestNotFound):
        get_request(session, request.slug, READER)
    with pytest.raises(RequestNotFound):
        describe_request(session, request.slug, FORM, viewer=READER, at=NOON)


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("title", replace(FORM, title=" ")),
        ("title", replace(FORM, title="x" * 501)),
        ("agency", replace(FORM, agency="")),
        ("law_id", replace(FORM, law_id="")),
        ("law_id", replace(FORM, law_id="atlantis")),
        ("parent", replace(FORM, relation=RequestRelation.SPLIT)),
        ("relation", replace(FORM, parent="nothing")),
        ("parent", replace(FORM, parent="nothing", relation=RequestRelation.SPLIT)),
        ("responsible_id", replace(FORM, responsible_id=999)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(session: Session, field: str, form: RequestForm) -> None:
    with pytest.raises(BadRequestForm) as refused:
        add_request(session, form, viewer=VOLUNTEER, at=NOON)
    assert refused.value.field == field


def test_who_left_cannot_become_responsible_but_may_stay_so(session: Session, parts: Parts) -> None:
    account = Account(email="gone@example.org", role=Role.VOLUNTEER, created_at=NOON)
    session.add(account)
    session.flush()
    form = replace(FORM, responsible_id=account.id)
    request = add_request(session, form, viewer=VOLUNTEER, at=NOON)
    account.disabled_at = NOON
    other = replace(form, title="Another title")
    assert describe_request(session, request.slug, other, viewer=VOLUNTEER, at=NOON).responsible_id
    with pytest.raises(BadRequestForm):
        add_request(session, form, viewer=VOLUNTEER, at=NOON)


def test_requests_that_came_from_each_other_are_no_circle(session: Session) -> None:
    first = make_request(session, title="First")
    second = make_request(session, title="Second", parent=first.slug, relation=RequestRelation.SPLIT)
    assert second.parent_id == first.id
    form = replace(FORM, title="First", parent=second.slug, relation=RequestRelation.SPLIT)
    for slug in (first.slug, second.slug):
        with pytest.raises(BadRequestForm) as refused, session.begin_nested():
            describe_request(session, slug, form, viewer=VOLUNTEER, at=NOON)
        assert refused.value.field == "parent"


def test_the_address_of_a_parent_is_taken_as_it_is_copied(session: Session) -> None:
    first = make_request(session, title="First")
    address = f"https://archive.example/requests/{first.slug}/"
    second = make_request(session, title="Second", parent=address, relation=RequestRelation.ASKED_AGAIN)
    assert second.parent_id == first.id


def test_two_requests_with_one_title_have_two_addresses(session: Session) -> None:
    slugs = [make_request(session, title="New").slug for _ in range(2)]
    assert slugs == ["new-2", "new-3"]  # /requests/new is a form


def test_the_address_follows_the_title_until_the_request_is_public(session: Session) -> None:
    request = make_request(session, title="File of somebody")
    form = replace(FORM, title="Opt-out records")
    assert describe_request(session, request.slug, form, viewer=VOLUNTEER, at=NOON).slug == "opt-out-records"
    assert find_new_request_slug(session, "file-of-somebody", MEMBER) == "opt-out-records"
    publish(session, request)
    assert find_new_request_slug(session, "file-of-somebody", READER) is None
    form = replace(FORM, title="Another title")
    assert describe_request(session, request.slug, form, viewer=EDITOR, at=NOON).slug == "opt-out-records"
    take_request_back(session, request.slug, viewer=EDITOR, at=NOON)
    form = replace(FORM, title="A third title")
    assert describe_request(session, request.slug, form, viewer=EDITOR, at=NOON).slug == "opt-out-records"


def test_an_address_that_was_another_requests_is_not_given_away(session: Session) -> None:
    request = make_request(session, title="First name")
    describe_request(session, request.slug, replace(FORM, title="Second"), viewer=VOLUNTEER, at=NOON)
    assert make_request(session, title="First name").slug == "first-name-2"
    back = describe_request(session, "second", replace(FORM, title="First name"), viewer=VOLUNTEER, at=NOON)
    assert back.slug == "first-name"


def test_what_everybody_sees_is_changed_by_editors_alone(session: Session) -> None:
    request = make_request(session, title=FORM.title, is_public=True)
    changed = replace(FORM, records_sought="All of it.")
    with pytest.raises(PublicAlready), session.begin_nested():
        describe_request(session, request.slug, changed, viewer=VOLUNTEER, at=NOON)
    describe_request(session, request.slug, changed, viewer=EDITOR, at=NOON)
    assert request.records_sought == "All of it."


def test_volunteers_say_who_is_responsible_for_a_public_request(session: Session) -> None:
    request = make_request(session, title=FORM.title, is_public=True)
    account = Account(email="v@example.org", role=Role.VOLUNTEER, created_at=NOON)
    session.add(account)
    session.flush()
    form = replace(FORM, responsible_id=account.id)
    assert describe_request(session, request.slug, form, viewer=VOLUNTEER, at=NOON).responsible_id


def test_what_may_be_private_does_not_get_into_a_public_request_by_a_change(session: Session) -> None:
    request = make_request(session, title=FORM.title, is_public=True)
    form = replace(FORM, records_sought=PHONE)
    with pytest.raises(LikelyPrivate), session.begin_nested():
        describe_request(session, request.slug, form, viewer=EDITOR, at=NOON)
    describe_request(session, request.slug, form, viewer=EDITOR, at=NOON, why_shown=WhyShown.OFFICIAL)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.details["why"] == "official"
    assert entry.details["looked_at"] == ["phone number in the records sought"]


def test_nothing_is_noted_when_nothing_changed(session: Session) -> None:
    request = make_request(session, title=FORM.title)
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    describe_request(session, request.slug, FORM, viewer=VOLUNTEER, at=NOON)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_editors_delete_a_request_with_all_that_is_in_it(session: Session) -> None:
    request = make_request(session, numbers=("10-2674",))
    child = make_request(session, title="Child", parent=request.slug, relation=RequestRelation.SPLIT)
    slug = request.slug
    with pytest.raises(NotAllowed):
        delete_request(session, slug, viewer=VOLUNTEER, at=NOON)
    delete_request(session, slug, viewer=EDITOR, at=NOON)
    with pytest.raises(RequestNotFound):
        get_request(session, slug, EDITOR)
    assert session.scalar(select(func.count()).select_from(TrackingNumber)) == 0
    kept = session.scalars(select(RequestEvent.request_id)).all()
    assert kept == [child.id]
    session.refresh(child)
    assert (child.parent_id, child.relation) == (None, None)
    assert make_request(session).slug == f"{slug}-2"


def test_a_request_with_productions_is_not_deleted(session: Session) -> None:
    request = make_request(session)
    session.add(Production(slug="first", title="First", request_id=request.id))
    session.flush()
    with pytest.raises(RequestHasProductions):
        delete_request(session, request.slug, viewer=EDITOR, at=NOON)


def test_the_log_has_a_word_for_each_change_and_nothing_of_what_was_written(session: Session) -> None:
    request = make_request(session, title="Secret words", numbers=("10-2674",), is_public=True)
    describe_request(session, request.slug, FORM, viewer=EDITOR, at=NOON)
    delete_request(session, request.slug, viewer=EDITOR, at=NOON)
    for entry in session.scalars(select(AuditEntry)):
        assert entry.action in AUDIT_WORDS
        assert entry.subject == "request/1"
        assert "ecret" not in str(entry.details)
        assert "2674" not in str(entry.details)
