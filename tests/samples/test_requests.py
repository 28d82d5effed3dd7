"""The sample story as requests: told once, public event by event, with the gap that is planted in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, RequestFile
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import DeadlineKind, DeadlineState
from archive.rules.laws import get_law
from archive.rules.request_standing import standing_of
from archive.rules.request_states import EventKind, Outcome, RequestStatus
from archive.rules.statuses import Role
from archive.samples.maker import sample_documents
from archive.samples.request_story import FIRST_REQUEST, FIRST_TITLE, OTHER_REQUESTS, SampleRequest
from archive.samples.requests import add_sample_requests
from archive.samples.story import FIRST_RELEASE, SECOND_RELEASE
from archive.services.catalogue import find_or_add_production
from archive.services.foia_requests import as_clock_events, events_of, request_deadlines, visible_requests
from archive.services.production_gaps import get_gap_report
from archive.services.productions import get_production
from tests.factories import make_document

AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MEMBER = Viewer(Role.MEMBER, name="member@example.org")


def add(parts: Parts, at: datetime = AT) -> int:
    with parts.database.transaction() as session:
        return add_sample_requests(session, at=at)


def public(session: Session) -> dict[str, FoiaRequest]:
    return {one.title: one for one in session.scalars(visible_requests(READER))}


def test_the_story_is_told_once(parts: Parts) -> None:
    assert add(parts) == 1 + len(OTHER_REQUESTS)
    assert add(parts) == 0


def test_what_is_still_to_happen_is_left_out(parts: Parts) -> None:
    add(parts, datetime(2026, 10, 1, tzinfo=UTC))
    with parts.database.reading() as session:
        assert "Audits of what counties were told" not in public(session)
        assert "What is shared with counties today" in public(session)


def test_everybody_sees_all_requests_but_the_draft_and_all_events_but_notes(parts: Parts) -> None:
    add(parts)
    with parts.database.reading() as session:
        seen = public(session)
        drafts = [one for one in session.scalars(visible_requests(MEMBER)) if one.title not in seen]
        assert [standing_of(as_clock_events(events_of(session, one, MEMBER))).status for one in drafts] == [
            RequestStatus.DRAFT
        ]
        first = seen[FIRST_TITLE]
        kinds = [event.kind for event in events_of(session, first, READER)]
        assert EventKind.NOTED not in kinds
        assert EventKind.NOTED in [event.kind for event in events_of(session, first, MEMBER)]


def test_each_request_stands_where_its_story_left_it(parts: Parts) -> None:
    add(parts)
    with parts.database.reading() as session:
        stand = {
            title: standing_of(as_clock_events(events_of(session, one, READER)))
            for title, one in public(session).items()
        }
    assert stand[FIRST_TITLE].status is RequestStatus.IN_COURT
    assert stand[FIRST_TITLE].outcome is Outcome.GRANTED_IN_PART
    assert stand["Suppressing the query to IDENT for one identifier"].outcome is Outcome.NO_RECORDS
    assert stand["What is shared with counties today"].status is RequestStatus.ACKNOWLEDGED


def test_the_clocks_show_one_overdue_one_running_and_one_without_limit(parts: Parts) -> None:
    add(parts)
    with parts.database.reading() as session:
        answers = {
            title: deadline
            for title, one in public(session).items()
            for deadline in request_deadlines(session, one, READER, AT.date())
            if deadline.kind is DeadlineKind.ANSWER
        }
    assert answers["What is shared with counties today"].state is DeadlineState.MISSED
    assert answers["What is shared with counties today"].due_on == date(2026, 10, 7)
    assert answers["Audits of what counties were told"].state is DeadlineState.RUNNING
    no_limit = answers["Jail bookings held for immigration, Palmetto County"]
    assert (no_limit.state, no_limit.due_on) == (DeadlineState.NO_LIMIT, None)
    # Received 8 February 2010, 20 workdays without Washington's Birthday, 10 more, three days of fees asked.
    assert answers[FIRST_TITLE].state is DeadlineState.MET_LATE


def test_letters_are_attached_to_their_events_and_the_planted_gap_shows(parts: Parts) -> None:
    with parts.database.transaction() as session:
        for release in (FIRST_RELEASE, SECOND_RELEASE):
            find_or_add_production(session, release.slug, title=release.title)
        for event in FIRST_REQUEST.events:
            for name in event.files:
                make_document(session, parts.storage, title=name, source_file=f"{name}.pdf")
        add_sample_requests(session, at=AT)
    with parts.database.reading() as session:
        wanted = {f"{name}.pdf" for event in FIRST_REQUEST.events for name in event.files}
        joined = select(Document.source_file).join(RequestFile, RequestFile.document_id == Document.id)
        assert set(session.scalars(joined)) == wanted
        production = get_production(session, FIRST_RELEASE.slug, READER)
        assert production.number == 1
        report = get_gap_report(session, FIRST_RELEASE.slug, READER)
        assert report.contradictions == (
            "The letter names 41 Bates numbers for 40 pages: at least 1 number is on no page that it counts.",
        )
        assert report.cover_letter is not None
        assert report.next_due_on == date(2011, 5, 13)
        first = public(session)[FIRST_TITLE]
        produced = [one for one in events_of(session, first, READER) if one.kind is EventKind.PRODUCED]
        assert [one.happened_on for one in produced] == [
            FIRST_RELEASE.received_on,
            SECOND_RELEASE.received_on,
        ]


def test_every_file_of_the_story_is_a_sample_and_every_law_is_known() -> None:
    names = {document.name for document in sample_documents()}
    for told in (FIRST_REQUEST, *OTHER_REQUESTS):
        assert {name for event in told.events for name in event.files} <= names
        get_law(told.law_id)
        assert [event.on for event in told.events] == sorted(event.on for event in told.events)


@pytest.mark.parametrize("told", [FIRST_REQUEST, *OTHER_REQUESTS])
def test_each_request_says_that_it_is_made_up(told: SampleRequest) -> None:
    assert "made up" in told.records_sought
