"""What the page of a request says, to members and to everybody."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import FoiaRequest, Production, TrackingNumber
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import DeadlineKind
from archive.rules.request_errors import RequestNotFound
from archive.rules.request_states import (
    EventKind,
    NumberKind,
    NumberRelation,
    PersonRole,
    RequestRelation,
)
from archive.rules.statuses import Role, Visibility
from archive.services.request_events import attach_document
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_pages import RequestPage, get_request_page
from archive.services.request_people import PersonForm, add_person
from archive.services.request_tree import RequestNode
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, make_request, publish

TODAY = date(2026, 11, 2)
MEMBER = Viewer(Role.MEMBER)
E = EventKind


def pages(session: Session, request: FoiaRequest) -> tuple[RequestPage, RequestPage]:
    """As a reader and as a member sees it."""
    reader, member = (get_request_page(session, request.slug, who, TODAY) for who in (READER, MEMBER))
    return reader, member


def answer_due(page: RequestPage) -> date:
    assert page.answer is not None
    assert page.answer.due_on is not None
    return page.answer.due_on


def test_absent_and_hidden_requests_answer_alike(database: Database) -> None:
    with database.transaction() as session:
        hidden = make_request(session)
        for slug in (hidden.slug, "never-was"):
            with pytest.raises(RequestNotFound):
                get_request_page(session, slug, READER, TODAY)
        assert get_request_page(session, hidden.slug, MEMBER, TODAY).request is hidden


def test_readers_see_public_events_alone_and_dates_that_follow_from_them(database: Database) -> None:
    with database.transaction() as session:
        events = [
            (E.EXTENDED, date(2010, 2, 10), {"days": 10, "note": "Call them", "sender": "a@example.gov"}),
        ]
        request = make_request(session, events=events, is_public=True, shows=[E.SENT])
        reader, member = pages(session, request)
        assert [line.event.kind for line in reader.lines] == [E.SENT]
        assert [line.event.kind for line in member.lines] == [E.SENT, E.EXTENDED]
        assert member.lines[1].note == "Call them"
        assert answer_due(reader) < answer_due(member)
        assert reader.responsible == ""


def test_what_is_for_members_is_not_in_the_lines_of_readers(database: Database) -> None:
    with database.transaction() as session:
        note = {"note": "Private", "sender": "a@example.gov", "recipient": "b@example.org", "says": "Sent."}
        request = make_request(session, sent_on=None, events=[(E.SENT, date(2010, 2, 3), note)])
        person = PersonForm("A. Officer", PersonRole.OFFICER, "ICE", "officer@example.gov", "202 555 0100")
        add_person(session, request, person, viewer=EDITOR, at=NOON)
        publish(session, request)
        reader, member = pages(session, request)
        (line,) = reader.lines
        assert (line.note, line.sender, line.recipient) == ("", "", "")
        assert reader.people == ()
        assert member.people[0].email == "officer@example.gov"
        member.people[0].person.is_public = True
        session.flush()
        (shown,) = pages(session, request)[0].people
        assert (shown.person.name, shown.email, shown.phone) == ("A. Officer", "", "")


def test_files_are_shown_by_their_own_visibility(parts: Parts) -> None:
    with parts.database.transaction() as session:
        request = make_request(session, is_public=True)
        event = get_request_page(session, request.slug, MEMBER, TODAY).events[0]
        for title, visibility in (("Open", Visibility.PUBLISHED), ("Shut", Visibility.UNPUBLISHED)):
            document = make_document(
                session, parts.storage, title=title, visibility=visibility, pages=(title,)
            )
            attach_document(session, event, document.id, name=f"{title}.pdf")
        reader, member = pages(session, request)
        assert [file.document.title for file in reader.lines[0].files if file.document] == ["Open"]
        assert [file.name for file in reader.lines[0].files] == [""]
        assert [(file.document is None, file.name) for file in member.lines[0].files] == [
            (False, "Open.pdf"),
            (True, "Shut.pdf"),
        ]


def test_a_production_without_published_documents_is_named_to_members_only(parts: Parts) -> None:
    with parts.database.transaction() as session:
        production = Production(slug="first", title="First release", received_on=date(2010, 5, 1))
        session.add(production)
        session.flush()
        produced = (E.PRODUCED, date(2010, 5, 1), {"production_id": production.id})
        request = make_request(session, events=[produced], is_public=True)
        reader, member = pages(session, request)
        assert (reader.lines[1].production_title, reader.lines[1].production_slug) == ("", "")
        assert (member.lines[1].production_title, member.lines[1].production_slug) == ("First release", "")
        document = make_document(session, parts.storage)
        document.production_id = production.id
        session.flush()
        assert pages(session, request)[0].lines[1].production_slug == "first"


def test_numbers_are_a_tree_that_hides_what_is_hidden(database: Database) -> None:
    with database.transaction() as session:
        request = make_request(session, numbers=["2010-1"])
        (first,) = session.query(TrackingNumber).all()
        split = NumberForm("2010-1A", from_id=first.id, relation=NumberRelation.SPLIT)
        second = add_number(session, request, split, viewer=EDITOR, at=NOON)
        docket = NumberForm(
            "10-cv-3488",
            NumberKind.DOCKET,
            court="S.D.N.Y.",
            from_id=second.id,
            relation=NumberRelation.TAKEN_TO_COURT,
        )
        add_number(session, request, docket, viewer=EDITOR, at=NOON)
        publish(session, request)
        second.is_public = False
        session.flush()
        reader, member = pages(session, request)
        (top,) = member.number_tree
        assert [top.row.number, top.children[0].row.number] == ["2010-1", "2010-1A"]
        assert top.children[0].children[0].came_from == "2010-1A"
        assert [node.row.number for node in reader.number_tree] == ["2010-1", "10-cv-3488"]
        assert [(node.came_from, node.relation) for node in reader.number_tree] == [("", None)] * 2


def titles(node: RequestNode | None) -> list[str]:
    return (
        [] if node is None else [node.request.title, *(t for child in node.children for t in titles(child))]
    )


def test_related_requests_are_a_tree_without_those_that_are_hidden(database: Database) -> None:
    with database.transaction() as session:
        top = make_request(session, title="Top", is_public=True)
        middle = make_request(session, title="Middle", parent=top.slug, relation=RequestRelation.SPLIT)
        here, referred = middle.slug, RequestRelation.REFERRED
        low = make_request(session, title="Low", is_public=True, parent=here, relation=referred)
        make_request(session, title="Other", is_public=True, parent=here, relation=referred)
        reader, member = pages(session, low)
        assert titles(member.tree) == ["Top", "Middle", "Low", "Other"]
        assert reader.tree is None  # the one between is hidden: nothing tells that there is anything
        assert pages(session, top)[0].tree is None
        top.parent_id = low.id  # a circle, which no form lets in
        session.flush()
        assert sorted(titles(pages(session, low)[1].tree)) == ["Low", "Middle", "Other", "Top"]


def test_the_date_that_matters_and_a_missed_limit(database: Database) -> None:
    with database.transaction() as session:
        page = get_request_page(session, make_request(session).slug, MEMBER, TODAY)
        assert page.deadline is page.answer
        assert page.deadline is not None
        assert page.deadline.kind is DeadlineKind.ANSWER
        assert page.answer_is_late
        early = make_request(session, title="Early", answered_on=date(2010, 2, 10))
        assert not get_request_page(session, early.slug, MEMBER, TODAY).answer_is_late
