"""What is not public of requests is told to nobody else: not by counts, filters, files or dates.

Two archives are compared where one has something that a reader must not know of and the other has not: the
reader is answered alike, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.app import create_app
from archive.models import Document, FoiaRequest, Production
from archive.parts import Parts, open_parts
from archive.rules.request_states import EventKind, Outcome, PersonRole
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import events_of, get_request
from archive.services.indexing import bring_index_up_to_date
from archive.services.request_events import EventForm, add_event, attach_document
from archive.services.request_people import PersonForm, add_person
from archive.services.request_publication import take_request_back
from archive.settings import load_settings
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, make_request, publish
from tests.visitors import Visitor

Fill = Callable[[Session, Parts], None]
ICE = "Immigration and Customs Enforcement (ICE)"
# Everything that a reader can ask and that is made of more than one request.
ASKED = """
/ /requests /requests.csv /requests.ics /requests/overdue /requests?overdue=1 /requests?q=secret
/requests?q=SECRET-1 /requests?status=answered /requests?outcome=denied /requests?status=draft
/requests?year=2011 /requests?audience=members /requests?responsible=1 /requests?agency=ice
/requests?agency=cbp /requests?law=us-ca /requests?place=secret-county-va /requests?sort=due
/requests?sort=waiting /requests?window=2 /requests.csv?q=secret /agencies /agencies/ice /agencies/cbp
/places /places/secret-county-va /productions /productions/secret-release /productions/shown-release
/productions/secret-release/report /productions/shown-release/report /search?q=secret
/search?request=secret-1 /search.atom?q=secret /search.csv?q=secret /search/suggest?q=secr
/api/v1/search?q=secret /sitemap.xml /bates?number=X /requests/secret-request
/requests/secret-request.ics /requests/secret-request/yield /requests/shown /requests/shown.ics
/requests/shown/yield /laws /laws/us /laws/us-ca /deadlines /your-town /redactions /audit
"""
# Tokens that are new each time, and how long a search took.
NOISE = re.compile(
    r'nonce-[\w+/=-]+|name="form_token" value="[^"]*"|(?:data-cite-token|nonce)="[^"]*"|"took_ms":[\d.]+'
)


def nothing(session: Session, parts: Parts) -> None:
    """The archive as it is."""


def a_draft(session: Session, parts: Parts) -> None:
    make_request(session, title="Secret request", agency="CBP", sent_on=None, place="Secret County, VA")


def a_request_of_members(session: Session, parts: Parts) -> None:
    make_request(
        session,
        title="Secret request",
        agency=ICE,
        answered_on=date(2011, 7, 19),
        outcome=Outcome.DENIED,
        numbers=("SECRET-1",),
        place="Secret County, VA",
        law_id="us-ca",
    )


def a_request_taken_back(session: Session, parts: Parts) -> None:
    request = make_request(session, title="Secret request", agency=ICE, numbers=("SECRET-1",), is_public=True)
    take_request_back(session, request.slug, viewer=EDITOR, at=NOON)


def a_hidden_answer(session: Session, parts: Parts) -> None:
    """Of the public request: status, dates and figures would change."""
    request = shown(session)
    answer = EventForm(EventKind.DETERMINED, date(2010, 5, 4), outcome=Outcome.DENIED, says="Secret words")
    add_event(session, request, answer, viewer=EDITOR, at=NOON)


def hidden_clock_events(session: Session, parts: Parts) -> None:
    request = shown(session)
    for kind, day in ((EventKind.FEES_ASKED, 10), (EventKind.EXPEDITED_ASKED, 11), (EventKind.SUED, 12)):
        add_event(session, request, EventForm(kind, date(2010, 3, day)), viewer=EDITOR, at=NOON)


def a_hidden_person(session: Session, parts: Parts) -> None:
    person = PersonForm("Secret Person", PersonRole.OFFICER, email="secret@example.org", phone="555 1234")
    add_person(session, shown(session), person, viewer=EDITOR, at=NOON)


def a_hidden_production(session: Session, parts: Parts) -> None:
    request = shown(session)
    production = Production(
        slug="secret-release",
        title="Secret release",
        agency_id=request.agency_id,
        request_id=request.id,
        received_on=date(2010, 4, 1),
        next_due_on=date(2010, 9, 9),
        next_due_says="Secret promise",
        said_pages=400,
    )
    session.add(production)
    session.flush()
    produced = EventForm(EventKind.PRODUCED, date(2010, 4, 1), production_id=production.id)
    add_event(session, request, produced, viewer=EDITOR, at=NOON)


def a_hidden_file(session: Session, parts: Parts) -> None:
    request = shown(session)
    document = make_document(
        session, parts.storage, title="Secret letter", pages=("Secret.",), visibility=Visibility.UNPUBLISHED
    )
    attach_document(session, events_of(session, request, EDITOR)[0], document.id, name="secret.pdf")


def a_link_of_members(session: Session, parts: Parts) -> None:
    """The published document came with an event of a request that only members know of, too."""
    request = make_request(session, title="Secret request", agency=ICE)
    document = session.query(Document).filter(Document.title == "Shown record").one()
    attach_document(session, events_of(session, request, EDITOR)[0], document.id, name="secret.pdf")


SECRETS: dict[str, Fill] = {
    fill.__name__: fill
    for fill in (
        a_draft,
        a_request_of_members,
        a_request_taken_back,
        a_hidden_answer,
        hidden_clock_events,
        a_hidden_person,
        a_hidden_production,
        a_hidden_file,
        a_link_of_members,
    )
}


def shown(session: Session) -> FoiaRequest:
    """The one request that is public."""
    return get_request(session, "shown")


@pytest.fixture(scope="module")
def archive_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Fill], Parts]]:
    """Makes an archive with a public request, its production and its document, and what ``fill`` adds."""
    opened: list[Parts] = []

    def make(fill: Fill) -> Parts:
        home = tmp_path_factory.mktemp(fill.__name__) / "home"
        parts = open_parts(load_settings(home, environ={}))
        opened.append(parts)
        with parts.database.transaction() as session:
            _shown_request(session, parts)
        with parts.database.transaction() as session:
            fill(session, parts)
        bring_index_up_to_date(parts.database, parts.engine)
        return parts

    yield make
    for parts in opened:
        parts.close()


def _shown_request(session: Session, parts: Parts) -> None:
    request = make_request(session, title="Shown", agency=ICE, numbers=("OPEN-1",))
    make_document(
        session,
        parts.storage,
        title="Shown record",
        pages=("Counties may not opt out.",),
        agency=ICE,
        production="shown-release",
    )
    production = session.query(Production).filter(Production.slug == "shown-release").one()
    production.request_id, production.received_on = request.id, date(2010, 3, 9)
    produced = EventForm(EventKind.PRODUCED, date(2010, 3, 9), production_id=production.id)
    event = add_event(session, request, produced, viewer=EDITOR, at=NOON)
    document = session.query(Document).filter(Document.title == "Shown record").one()
    attach_document(session, event, document.id)
    publish(session, request)


def answers_of(parts: Parts) -> dict[str, tuple[int, str, str]]:
    """What a reader is told, but for what differs each time."""
    app = create_app(parts.settings, replace(parts, clock=lambda: NOON))
    visitor = app.test_client()
    with parts.database.reading() as session:
        document_id = session.query(Document.id).filter(Document.title == "Shown record").scalar()
    found = {}
    for address in (*ASKED.split(), f"/documents/{document_id}", f"/documents/{document_id}/pages/1"):
        answer = visitor.get(address)
        kept = {name: value for name, value in answer.headers if name not in ("Date", "Content-Length")}
        found[address] = (answer.status_code, NOISE.sub("", str(kept)), NOISE.sub("", answer.text))
    return found


@pytest.fixture(scope="module")
def plain(archive_with: Callable[[Fill], Parts]) -> tuple[dict[str, tuple[int, str, str]], list[str]]:
    """What a reader and a member are told where nothing is hidden."""
    parts = archive_with(nothing)
    return answers_of(parts), _as_member(parts)


@pytest.mark.parametrize("name", SECRETS)
def test_a_reader_is_answered_alike_with_and_without_what_is_hidden(
    archive_with: Callable[[Fill], Parts],
    plain: tuple[dict[str, tuple[int, str, str]], list[str]],
    name: str,
) -> None:
    parts = archive_with(SECRETS[name])
    without, with_it = plain[0], answers_of(parts)
    differing = [address for address in without if without[address] != with_it[address]]
    assert differing == []
    assert _as_member(parts) != plain[1], "nothing is hidden, so nothing was compared"


def _as_member(parts: Parts) -> list[str]:
    app = create_app(parts.settings, replace(parts, clock=lambda: NOON))
    app.test_client_class = Visitor
    member = app.test_client()
    member.sign_in(parts.database, Role.ADMIN)  # type: ignore[attr-defined]  # a Visitor
    addresses = ("/requests", "/requests/shown", "/requests/secret-request")
    return [NOISE.sub("", member.get(address).text) for address in addresses]


def test_absent_and_hidden_requests_are_answered_in_the_same_words(
    archive_with: Callable[[Fill], Parts],
) -> None:
    parts = archive_with(a_request_of_members)
    visitor = create_app(parts.settings, parts).test_client()
    for ending in ("", ".ics", "/yield"):
        hidden = visitor.get(f"/requests/secret-request{ending}")
        absent = visitor.get(f"/requests/no-such-request{ending}")
        assert hidden.status_code == absent.status_code == 404
        assert NOISE.sub("", hidden.text) == NOISE.sub("", absent.text)


def test_the_public_page_stands_where_its_public_events_leave_it(
    archive_with: Callable[[Fill], Parts],
) -> None:
    parts = archive_with(a_hidden_answer)
    app = create_app(parts.settings, replace(parts, clock=lambda: NOON))
    app.test_client_class = Visitor
    reader, member = app.test_client(), app.test_client()
    member.sign_in(parts.database, Role.MEMBER)  # type: ignore[attr-defined]  # a Visitor
    assert "denied in full" not in reader.get("/requests/shown").text.lower()
    assert "4 May 2010" not in reader.get("/requests/shown").text
    assert "denied in full" in member.get("/requests/shown").text.lower()
