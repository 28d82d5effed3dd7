"""The figures of an agency's requests equal a plain recount."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from statistics import median

import pytest
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Agency, Document, FoiaRequest, Page, Production
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import DeadlineKind, DeadlineState
from archive.rules.request_standing import standing_of
from archive.rules.request_states import RequestStatus
from archive.rules.statuses import Role, Visibility
from archive.services.agency_requests import get_agency_figures
from archive.services.foia_requests import as_clock_events, events_of, request_deadlines
from archive.services.shelves import ShelfKind, get_shelf
from ingest.redaction_found import PageDisposition
from tests.factories import make_document
from tests.requests_made import make_request
from tests.services.test_request_lists import make_by_chance
from tests.visitors import make_account

TODAY = date(2026, 11, 2)
MEMBER = Viewer(Role.MEMBER)


@pytest.fixture
def filled(parts: Parts) -> Parts:
    """Requests by chance, productions of some, and pages of every disposition."""
    account = make_account(parts.database, Role.EDITOR)
    chance = random.Random(11)
    with parts.database.transaction() as session:
        for number in range(36):
            request = make_by_chance(session, number, chance, account.id)
            if chance.random() < 0.5:
                add_production(session, parts, request, number, chance)
    return parts


def add_production(
    session: Session, parts: Parts, request: FoiaRequest, number: int, chance: random.Random
) -> None:
    production = Production(slug=f"p-{number}", title=f"Release {number}", request_id=request.id)
    session.add(production)
    session.flush()
    texts = tuple(f"Page {number}, {page}" for page in range(chance.randrange(1, 4)))
    document = make_document(session, parts.storage, title=f"Memo {number}", pages=texts)
    document.production_id = production.id
    document.visibility = chance.choice([Visibility.PUBLISHED, Visibility.PUBLISHED, Visibility.UNPUBLISHED])
    for page in session.query(Page).where(Page.document_id == document.id):
        page.disposition = chance.choice(list(PageDisposition))


def seen(session: Session, agency: Agency, viewer: Viewer) -> list[FoiaRequest]:
    return [
        one
        for one in session.query(FoiaRequest).where(FoiaRequest.agency_id == agency.id)
        if viewer is MEMBER or one.audience is Audience.PUBLIC
    ]


@pytest.mark.parametrize("viewer", [READER, MEMBER])
def test_figures_equal_a_plain_recount(filled: Parts, viewer: Viewer) -> None:
    with filled.database.reading() as session:
        agencies = session.query(Agency).all()
        assert len(agencies) == 3
        for agency in agencies:
            figures = get_agency_figures(session, agency, viewer, TODAY)
            assert figures is not None
            days, outcomes, late, timed, overdue = [], Counter(), 0, 0, 0  # type: ignore[var-annotated]  # plain counts
            sent = 0
            for request in seen(session, agency, viewer):
                standing = standing_of(as_clock_events(events_of(session, request, viewer)))
                if standing.sent_on is None:
                    continue
                sent += 1
                answer = next(
                    one
                    for one in request_deadlines(session, request, viewer, TODAY)
                    if one.kind is DeadlineKind.ANSWER
                )
                if standing.answered_on:
                    days.append((standing.answered_on - standing.sent_on).days)
                    timed += answer.due_on is not None
                    late += answer.due_on is not None and standing.answered_on > answer.due_on
                elif standing.status is not RequestStatus.CLOSED:
                    overdue += answer.state is DeadlineState.MISSED
                if standing.outcome:
                    outcomes[standing.outcome] += 1
            assert figures.sent == sent
            assert figures.answered == len(days)
            assert figures.median_days == (median(days) if days else None)
            assert (figures.timed, figures.late, figures.overdue) == (timed, late, overdue)
            assert dict(figures.outcomes) == outcomes


@pytest.mark.parametrize("viewer", [READER, MEMBER])
def test_pages_equal_a_plain_recount(filled: Parts, viewer: Viewer) -> None:
    with filled.database.reading() as session:
        total = 0
        for agency in session.query(Agency):
            figures = get_agency_figures(session, agency, viewer, TODAY)
            assert figures is not None
            ids = {one.id for one in seen(session, agency, viewer)}
            counted: Counter[PageDisposition] = Counter()
            for page in session.query(Page):
                document = session.get_one(Document, page.document_id)
                production = session.get_one(Production, document.production_id)
                if document.visibility is Visibility.PUBLISHED and production.request_id in ids:
                    counted[page.disposition] += 1
            tally = figures.pages
            assert tally.pages == counted.total()
            assert (tally.released, tally.in_part, tally.withheld, tally.referred) == tuple(
                counted[one] for one in PageDisposition
            )
            total += tally.pages
        assert total > 5


def test_an_agency_with_a_public_request_has_a_page_and_one_with_a_hidden_one_has_none(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, agency="FBI", is_public=True)
        make_request(session, agency="CIA")
        assert get_shelf(session, ShelfKind.AGENCIES, "fbi").documents.total == 0
        with pytest.raises(ShelfNotFound):
            get_shelf(session, ShelfKind.AGENCIES, "cia")
        assert get_shelf(session, ShelfKind.AGENCIES, "cia", viewer=MEMBER).row.slug == "cia"
        agency = session.query(Agency).where(Agency.slug == "cia").one()
        assert get_agency_figures(session, agency, READER, TODAY) is None


def test_a_place_needs_documents_also_when_a_request_is_about_it(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, place="Arlington County, VA", is_public=True)
        with pytest.raises(ShelfNotFound):
            get_shelf(session, ShelfKind.PLACES, "arlington-county-va")
