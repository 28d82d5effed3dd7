"""Where a document comes from, what a request yielded, and what is told to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from archive.models import FoiaRequest, LaterRelease, Production, RecordMatch
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.request_errors import RequestNotFound
from archive.rules.request_states import EventKind
from archive.rules.statuses import Role, Visibility
from archive.services.citations import cite_passage
from archive.services.foia_requests import events_of
from archive.services.lineage import Attachment, Lineage, RequestLink, lineage_of
from archive.services.request_events import attach_document
from archive.services.request_yields import get_request_yield, list_request_productions
from tests.factories import NOON, make_document
from tests.productions_made import CAME_ON, PAGES, fill_production, make_letter, make_production
from tests.requests_made import EDITOR, SENT_ON, make_request, publish

MEMBER = Viewer(Role.MEMBER, name="member@example.org")


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as opened:
        yield opened


@pytest.fixture
def request_(session: Session) -> FoiaRequest:
    return make_request(session)


@pytest.fixture
def production(session: Session, request_: FoiaRequest) -> Production:
    return make_production(session, request_, said_pages=7)


def test_a_document_leads_to_the_request_of_its_production_when_the_viewer_may_see_it(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    document = fill_production(session, parts, production)
    link = RequestLink(request_.slug, request_.title)
    assert lineage_of(session, document, MEMBER).request == link
    assert lineage_of(session, document, READER) == Lineage()
    publish(session, request_, shows=[EventKind.SENT])
    assert lineage_of(session, document, READER).request == link


def test_an_attached_letter_names_its_events_that_the_viewer_may_know(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_document(session, parts.storage, title="Our request")
    attach_document(session, events_of(session, request_, EDITOR)[0], letter.id)
    found = Attachment(RequestLink(request_.slug, request_.title), EventKind.SENT, SENT_ON)
    assert lineage_of(session, letter, MEMBER).attached_to == (found,)
    assert lineage_of(session, letter, READER).attached_to == ()
    publish(session, request_)
    assert lineage_of(session, letter, READER).attached_to == (found,)


def test_an_event_that_is_not_public_is_not_told_by_a_published_document(
    session: Session, parts: Parts
) -> None:
    request = make_request(session, events=[(EventKind.CORRESPONDED, date(2010, 3, 1))])
    letter = make_document(session, parts.storage, title="A letter")
    attach_document(session, events_of(session, request, EDITOR)[1], letter.id)
    publish(session, request, shows=[EventKind.SENT])
    assert lineage_of(session, letter, READER).attached_to == ()
    assert lineage_of(session, letter, MEMBER).attached_to != ()


def test_a_cover_letter_names_its_production_when_the_viewer_may_know_of_it(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    letter = make_letter(session, parts)
    production = make_production(session, request_, cover_letter=letter.id)
    assert [one.slug for one in lineage_of(session, letter, MEMBER).cover_letter_of] == [production.slug]
    assert lineage_of(session, letter, READER).cover_letter_of == ()
    publish(session, request_)
    assert [one.slug for one in lineage_of(session, letter, READER).cover_letter_of] == [production.slug]


def test_lineage_asks_two_small_questions(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    document = fill_production(session, parts, production)
    publish(session, request_)
    asked: list[str] = []
    assert document.production is not None
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    lineage_of(session, document, READER)
    assert len(asked) == 2


def test_a_yield_counts_documents_and_pages_of_each_production_in_order(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    later = make_production(session, request_, received_on=date(2011, 5, 9))
    fill_production(session, parts, later, title="Later")
    document = fill_production(session, parts, production)
    found = get_request_yield(session, request_.slug, EDITOR)
    assert [one.production.id for one in found.productions] == [production.id, later.id]
    first = found.productions[0]
    assert [one.id for one in first.documents] == [document.id]
    assert (first.tally.pages, first.tally.released, first.tally.in_part, first.tally.withheld) == (
        6,
        3,
        2,
        1,
    )
    assert found.tally.pages == 2 * len(PAGES)
    assert first.said is not None
    assert first.said.pages == 7
    assert first.has_page
    assert list_request_productions(session, request_, EDITOR) == found.productions


def test_readers_are_told_of_published_documents_and_public_events_alone(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    fill_production(session, parts, production, visibility=Visibility.MEMBERS)
    with pytest.raises(RequestNotFound):
        get_request_yield(session, request_.slug, READER)
    publish(session, request_, shows=[EventKind.SENT])
    assert get_request_yield(session, request_.slug, READER).productions == ()
    publish(session, request_)
    (told,) = get_request_yield(session, request_.slug, READER).productions
    assert (told.documents, told.more, told.tally.pages, told.has_page) == ((), 0, 0, False)
    assert get_request_yield(session, request_.slug, MEMBER).tally.pages == len(PAGES)


def test_a_yield_counts_words_that_were_released_later_and_citations(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    shown = fill_production(session, parts, production)
    withheld = make_document(session, parts.storage, title="Withheld", visibility=Visibility.MEMBERS)
    first, second = sorted((shown.id, withheld.id))
    match = RecordMatch(
        first_id=first,
        second_id=second,
        kind=MatchKind.OTHER_RELEASE,
        score=0.9,
        state=MatchState.ACCEPTED,
        found_at=NOON,
    )
    session.add(match)
    session.flush()
    run = {"withheld_page": 1, "shown_page": 1, "start": 0, "end": 3, "words": "Opt", "word_count": 12}
    session.add(LaterRelease(match_id=match.id, withheld_id=withheld.id, shown_id=shown.id, codes=[], **run))
    cite_passage(session, shown.id, 1, "number 1", viewer=EDITOR, at=NOON)
    found = get_request_yield(session, request_.slug, MEMBER)
    assert (found.later_runs, found.later_words, found.citations) == (1, 12, 1)
    publish(session, request_)
    assert get_request_yield(session, request_.slug, READER).later_runs == 0
    assert production.received_on == CAME_ON
