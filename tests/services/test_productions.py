"""Productions: who may know of them, what is kept of them, and what follows for their request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed, ShelfNotFound
from archive.models import AuditEntry, FoiaRequest, RequestEvent
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.collection_errors import LikelyPrivate
from archive.rules.production_forms import ProductionForm
from archive.rules.production_letter import SaidFigure
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_publication import PublicAlready
from archive.rules.request_states import EventKind
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import events_of, promised_production_on
from archive.services.production_editing import (
    add_production,
    blank_form,
    describe_production,
    form_of,
)
from archive.services.production_letters import list_letters, propose
from archive.services.productions import facts_of, get_production
from tests.factories import NOON
from tests.productions_made import CAME_ON, fill_production, make_letter, make_production
from tests.requests_made import EDITOR, make_request, publish

VOLUNTEER = Viewer(Role.VOLUNTEER, name="volunteer@example.org")
MEMBER = Viewer(Role.MEMBER, name="member@example.org")


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as opened:
        yield opened


@pytest.fixture
def request_(session: Session) -> FoiaRequest:
    return make_request(session, numbers=["10-2674"])


def produced(session: Session, request: FoiaRequest) -> list[RequestEvent]:
    return [one for one in events_of(session, request, EDITOR) if one.kind is EventKind.PRODUCED]


def test_a_production_makes_one_event_of_its_request_and_keeps_its_day(
    session: Session, request_: FoiaRequest
) -> None:
    production = make_production(session, request_, number=1)
    (event,) = produced(session, request_)
    assert (event.production_id, event.happened_on, event.is_public) == (production.id, CAME_ON, False)
    form = ProductionForm(request=request_.slug, number=1, received_on=date(2011, 1, 15))
    describe_production(session, production.slug, form, viewer=VOLUNTEER, at=NOON)
    (event,) = produced(session, request_)
    assert event.happened_on == date(2011, 1, 15)


def test_a_production_without_a_day_makes_no_event_before_it_has_one(
    session: Session, request_: FoiaRequest
) -> None:
    production = make_production(session, request_, received_on=None)
    assert produced(session, request_) == []
    form = ProductionForm(request=request_.slug, received_on=CAME_ON)
    describe_production(session, production.slug, form, viewer=EDITOR, at=NOON)
    assert len(produced(session, request_)) == 1


def test_a_production_of_another_request_takes_its_event_along(
    session: Session, request_: FoiaRequest
) -> None:
    other = make_request(session, title="Another one")
    production = make_production(session, request_)
    form = ProductionForm(request=other.slug, received_on=CAME_ON)
    describe_production(session, production.slug, form, viewer=EDITOR, at=NOON)
    assert produced(session, request_) == []
    assert len(produced(session, other)) == 1


def test_a_promise_of_the_next_release_is_a_date_of_the_request(
    session: Session, request_: FoiaRequest
) -> None:
    make_production(session, request_, next_due_on=date(2011, 6, 30))
    assert promised_production_on(session, request_, EDITOR) == date(2011, 6, 30)


def test_names_and_numbers_of_new_productions_follow_from_their_request(
    session: Session, request_: FoiaRequest
) -> None:
    blank = blank_form(session, request_, EDITOR)
    assert (blank.request, blank.number, blank.tracking_number) == (request_.slug, 1, "10-2674")
    first = make_production(session, request_, number=1)
    assert first.title == "Release 1, 14 January 2011"
    assert first.agency_id == request_.agency_id
    assert blank_form(session, request_, EDITOR).number == 2
    again = make_production(session, request_, number=1)
    assert again.slug == f"{first.slug}-2"


def test_what_is_said_is_kept_and_shown_in_the_form_again(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_letter(session, parts)
    given = {"said_pages": 7, "said_withheld": 2, "bates_first": "ICE-1", "bates_last": "ICE-9"}
    production = make_production(session, request_, cover_letter=f"/documents/{letter.id}", **given)
    form = form_of(session, production)
    assert form.cover_letter == letter.id
    assert {field: getattr(form, field) for field in given} == given


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("request", {"request": ""}),
        ("request", {"request": "nowhere"}),
        ("cover_letter", {"cover_letter": "aaaaaaaaaaaa"}),
        ("cover_letter", {"cover_letter": "no letter!"}),
        ("said_pages", {"said_pages": 10_000_001}),
        ("bates_first", {"bates_last": "ICE-9"}),
        ("bates_last", {"bates_first": "ICE-9", "bates_last": "ICE-1"}),
        ("received_on", {"received_on": date(2030, 1, 1)}),
        ("next_due_on", {"received_on": CAME_ON, "next_due_on": date(2010, 1, 1)}),
        ("number", {"number": 0}),
        ("title", {"title": "x" * 501}),
        ("note", {"note": "x" * 4001}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, request_: FoiaRequest, field: str, given: dict[str, object]
) -> None:
    form = ProductionForm(**{"request": request_.slug, **given})  # type: ignore[arg-type]  # as parametrized
    with pytest.raises(BadRequestForm) as refused:
        add_production(session, form, viewer=EDITOR, at=NOON)
    assert refused.value.field == field


def test_readers_know_a_production_by_its_public_event_or_its_published_documents_alone(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    production = make_production(session, request_, said_pages=7)
    for viewer in (EDITOR, VOLUNTEER, MEMBER):
        assert get_production(session, production.slug, viewer) is production
    with pytest.raises(ShelfNotFound):
        get_production(session, production.slug, READER)
    publish(session, request_, shows=[EventKind.SENT])
    with pytest.raises(ShelfNotFound):
        get_production(session, production.slug, READER)
    fill_production(session, parts, production, visibility=Visibility.MEMBERS)
    with pytest.raises(ShelfNotFound):
        get_production(session, production.slug, READER)
    publish(session, request_)
    assert get_production(session, production.slug, READER) is production


def test_what_a_letter_says_is_for_whoever_sees_the_letter_or_the_event(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_letter(session, parts, visibility=Visibility.MEMBERS)
    production = make_production(
        session, request_, said_pages=7, cover_letter=letter.id, next_due_on=date(2011, 6, 30)
    )
    fill_production(session, parts, production)
    facts = facts_of(session, production, READER)
    assert (facts.said, facts.cover_letter, facts.request, facts.next_due_on) == (None, None, None, None)
    letter.visibility = Visibility.PUBLISHED
    session.flush()
    facts = facts_of(session, production, READER)
    assert facts.said is not None
    assert facts.next_due_on is None  # the event says when it was promised; the letter may not
    publish(session, request_)
    facts = facts_of(session, production, READER)
    assert facts.request is request_
    assert facts.next_due_on == date(2011, 6, 30)


def test_what_everybody_sees_is_changed_by_editors_and_looked_through(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    production = make_production(session, request_)
    fill_production(session, parts, production)
    form = ProductionForm(request=request_.slug, received_on=CAME_ON, note="SSN 219-09-9999")
    with pytest.raises(PublicAlready):
        describe_production(session, production.slug, form, viewer=VOLUNTEER, at=NOON)
    with pytest.raises(LikelyPrivate):
        describe_production(session, production.slug, form, viewer=EDITOR, at=NOON)


def test_members_and_readers_enter_no_productions(session: Session, request_: FoiaRequest) -> None:
    for viewer in (MEMBER, READER):
        with pytest.raises(NotAllowed):
            add_production(session, ProductionForm(request=request_.slug), viewer=viewer, at=NOON)


def test_the_audit_log_has_ids_and_no_words(session: Session, request_: FoiaRequest) -> None:
    production = make_production(session, request_, note="Secret words", title="Secret title")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "production_added")).one()
    assert entry.subject == f"productions:{production.id}"
    assert entry.details == {"request": request_.id, "cover_letter": None}


def test_empty_fields_are_proposed_from_the_letter_and_written_ones_stay(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_letter(session, parts)
    form = ProductionForm(request=request_.slug, cover_letter=letter.id, said_in_full=4)
    found = propose(session, form, VOLUNTEER)
    assert found.letter is letter
    assert found.form.said_in_full == 4
    assert (found.form.said_pages, found.form.said_in_part, found.form.said_withheld) == (7, 2, 2)
    assert (found.form.bates_first, found.form.bates_last) == (
        "ICE FOIA 10-2674.000001",
        "10-2674.000009",
    )
    assert (found.form.received_on, found.form.next_due_on) == (CAME_ON, date(2011, 6, 30))
    assert found.words[SaidFigure.IN_PART] == "2 pages in part"
    assert SaidFigure.IN_FULL not in found.words


def test_a_letter_that_is_not_for_the_visitor_proposes_nothing(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_letter(session, parts, visibility=Visibility.HELD)
    form = ProductionForm(request=request_.slug, cover_letter=letter.id)
    assert propose(session, form, VOLUNTEER).words == {}
    with pytest.raises(BadRequestForm):
        add_production(session, form, viewer=VOLUNTEER, at=NOON)


def test_letters_of_the_production_and_of_the_request_are_offered(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    production = make_production(session, request_)
    letter = make_letter(session, parts)
    assert list_letters(session, request_, production, EDITOR) == ()
    letter.production_id = production.id
    session.flush()
    assert list_letters(session, request_, production, EDITOR) == (letter,)
