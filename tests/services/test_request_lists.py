"""Lists of requests: what filters leave, what each further choice would leave, and in which order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from archive.database import Database, open_database
from archive.models import FoiaRequest, Production
from archive.rules.access import READER, Viewer
from archive.rules.citation_states import Audience
from archive.rules.clock_values import DeadlineKind, DeadlineState
from archive.rules.deadline_choice import COMING_KINDS, OPEN_STATES
from archive.rules.request_standing import standing_of
from archive.rules.request_states import EventKind, Outcome, RequestStatus
from archive.rules.statuses import Role
from archive.services.foia_requests import (
    as_clock_events,
    events_of,
    numbers_of,
    promised_production_on,
    request_deadlines,
)
from archive.services.request_filters import RequestFilters, RequestOrder
from archive.services.request_lists import RequestList, iter_requests, list_requests
from archive.services.request_rows import RequestRow, promised_productions_on, rows_of
from tests.requests_made import make_request
from tests.visitors import make_account

TODAY = date(2026, 11, 2)
MEMBER = Viewer(Role.MEMBER)
E = EventKind


@dataclass(frozen=True, slots=True)
class Told:
    """A request as one viewer knows it, worked out from its events one by one."""

    request: FoiaRequest
    status: str
    outcome: str | None
    sent_on: date | None
    overdue: bool

    def facet(self, name: str) -> object:
        request = self.request
        values: dict[str, object] = {
            "status": self.status,
            "outcome": self.outcome,
            "agency": request.agency.slug,
            "law": request.law_id,
            "year": str(self.sent_on.year) if self.sent_on else None,
            "place": request.place.slug if request.place else None,
            "overdue": "yes" if self.overdue else None,
            "audience": str(request.audience),
            "responsible": str(request.responsible_id) if request.responsible_id else None,
        }
        return values[name]


def told(session: Session, request: FoiaRequest, viewer: Viewer) -> Told:
    standing = standing_of(as_clock_events(events_of(session, request, viewer)))
    dates = request_deadlines(session, request, viewer, TODAY)
    late = (
        any(one.kind is DeadlineKind.ANSWER and one.state is DeadlineState.MISSED for one in dates)
        and standing.status is not RequestStatus.CLOSED
    )
    return Told(request, standing.status, standing.outcome, standing.sent_on, late)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """60 requests by chance."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'archive.sqlite3'}")
    account = make_account(database, Role.EDITOR)
    chance = random.Random(7)
    with database.transaction() as session:
        for number in range(60):
            make_by_chance(session, number, chance, account.id)
    yield database
    database.close()


def make_by_chance(session: Session, number: int, chance: random.Random, account_id: int) -> FoiaRequest:
    """A request with anything that may happen, some of it hidden."""
    sent_on = chance.choice([None, *(date(2024, 1, 5) + timedelta(chance.randrange(1000)) for _ in range(6))])
    events = []
    day = sent_on or date(2026, 1, 1)
    more = (E.ACKNOWLEDGED, E.FEES_ASKED, E.FEES_SETTLED, E.NOTED, E.FOLLOWED_UP)
    for kind in chance.sample(more, chance.randrange(4)) if sent_on else []:
        day = min(day + timedelta(chance.randrange(20)), TODAY)
        events.append((kind, day))
    answered_on = min(day + timedelta(chance.randrange(80)), TODAY)
    is_answered = sent_on is not None and chance.random() < 0.5
    is_public = sent_on is not None and chance.random() < 0.5
    hides = chance.random() < 0.4
    return make_request(
        session,
        title=f"Request {number} about {chance.choice(['detainers', 'opting out', '100% of _ids'])}",
        records_sought=chance.choice(["All memos.", "E-mail of the director."]),
        agency=chance.choice(["ICE", "FBI", "USCIS"]),
        law_id="us",
        place=chance.choice(["", "Arlington County, VA", "Cook County, IL"]),
        responsible_id=chance.choice([None, account_id]),
        sent_on=sent_on,
        events=events,
        answered_on=answered_on if is_answered else None,
        outcome=chance.choice([Outcome.GRANTED, Outcome.DENIED, Outcome.NO_RECORDS]),
        numbers=[f"2026-{number:04}"] if chance.random() < 0.7 else [],
        is_public=is_public,
        shows=[E.SENT, E.ACKNOWLEDGED] if hides else None,
    )


FACETS = ("overdue", "status", "outcome", "agency", "law", "year", "place")
ASKED = [
    RequestFilters(),
    RequestFilters(agency=("ice",)),
    RequestFilters(agency=("ice", "fbi"), status=(RequestStatus.ANSWERED,)),
    RequestFilters(outcome=(Outcome.DENIED, Outcome.NO_RECORDS), year=(2025,)),
    RequestFilters(overdue=True),
    RequestFilters(overdue=True, agency=("uscis",), place=("cook-county-il",)),
    RequestFilters(year=(2024, 2026), law=("us",)),
    RequestFilters(text="detainers"),
    RequestFilters(text="DETAINERS memos", agency=("ice",)),
    RequestFilters(text="100% _ids"),
    RequestFilters(agency=("nobody",)),
]


def chosen(filters: RequestFilters) -> dict[str, set[str]]:
    named = {name: {str(value) for value in getattr(filters, name)} for name in FACETS if name != "overdue"}
    return {**named, "overdue": {"yes"} if filters.overdue else set()}


def has_text(one: Told, text: str) -> bool:
    where = f"{one.request.title} {one.request.records_sought}".lower()
    return all(word in where for word in text.lower().split())


@pytest.mark.parametrize("filters", ASKED)
@pytest.mark.parametrize("viewer", [READER, MEMBER])
def test_filters_and_counts_equal_a_plain_recount(
    crowd: Database, filters: RequestFilters, viewer: Viewer
) -> None:
    with crowd.reading() as session:
        everything = session.query(FoiaRequest).all()
        seen = [one for one in everything if viewer is MEMBER or one.audience is Audience.PUBLIC]
        rows = [told(session, one, viewer) for one in seen]
        rows = [one for one in rows if has_text(one, filters.text)]
        wanted = chosen(filters)

        def passes(one: Told, without: str = "") -> bool:
            return all(
                name == without or not values or one.facet(name) in values for name, values in wanted.items()
            )

        found = list_requests(session, filters, viewer, TODAY)
        assert found.window.total == sum(map(passes, rows))
        every = list(iter_requests(session, filters, viewer, TODAY))
        assert {row.request.id for row in every} == {one.request.id for one in rows if passes(one)}
        for facet in found.facets:
            if facet.name in FACETS:
                counted = Counter(one.facet(facet.name) for one in rows if passes(one, facet.name))
                counted.pop(None, None)
                told_counts = {value.value: value.requests for value in facet.values if value.requests}
                assert told_counts == counted, facet.name


@pytest.mark.parametrize("viewer", [READER, MEMBER])
def test_rows_say_what_the_page_of_each_request_says(crowd: Database, viewer: Viewer) -> None:
    with crowd.reading() as session:
        rows = list(iter_requests(session, RequestFilters(), viewer, TODAY))
        assert len(rows) > 15
        for row in rows:
            assert row.deadlines == request_deadlines(session, row.request, viewer, TODAY)


def test_orders_are_by_day(crowd: Database) -> None:
    with crowd.reading() as session:
        sent = [row.standing.sent_on for row in every(session, RequestOrder.NEWEST)]
        dated = [day for day in sent if day]
        assert sent == [None] * (len(sent) - len(dated)) + sorted(dated, reverse=True)
        waiting = [row for row in every(session, RequestOrder.WAITING) if not row.standing.answered_on]
        days = [row.standing.sent_on for row in waiting if row.standing.sent_on]
        assert days == sorted(days)
        due = [
            min(
                one.due_on
                for one in row.deadlines
                if one.kind in COMING_KINDS
                and one.due_on
                and one.due_on >= TODAY
                and one.state in OPEN_STATES
            )
            for row in list_requests(
                session, RequestFilters(order=RequestOrder.DUE), MEMBER, TODAY
            ).window.items
            if row.deadline and row.deadline.due_on and row.deadline.due_on >= TODAY
        ]
        assert due == sorted(due)
        assert due


def every(session: Session, order: RequestOrder) -> list[RequestRow]:
    return list(iter_requests(session, RequestFilters(order=order), MEMBER, TODAY))


def test_windows_show_every_request_once(crowd: Database) -> None:
    with crowd.reading() as session:
        first = list_requests(session, RequestFilters(), MEMBER, TODAY)
        second = list_requests(session, RequestFilters(), MEMBER, TODAY, 2)
        ids = [row.request.id for found in (first, second) for row in found.window.items]
        assert len(set(ids)) == len(ids) == 60
        assert list_requests(session, RequestFilters(), MEMBER, TODAY, 99).window.number == 2


def labels(found: RequestList) -> set[str]:
    return {value.label for facet in found.facets for value in facet.values}


def test_readers_are_told_nothing_of_hidden_requests_numbers_and_events(database: Database) -> None:
    with database.transaction() as session:
        shown = make_request(
            session, numbers=["PUBLIC-1"], is_public=True, answered_on=date(2010, 4, 1), shows=[E.SENT]
        )
        make_request(
            session, title="Hidden", agency="Secret Office", numbers=["HIDDEN-1"], place="Nowhere County, VA"
        )
        secret = make_request(session, title="Third", numbers=["THIRD-1"], is_public=True)
        for number in numbers_of(session, secret, MEMBER):
            number.is_public = False
        session.flush()
        found = list_requests(session, RequestFilters(), READER, TODAY)
        assert {row.request.id for row in found.window.items} == {shown.id, secret.id}
        assert not labels(found) & {"Secret Office", "Nowhere County, VA", "answered"}
        for text, total in (("PUBLIC-1", 1), ("HIDDEN-1", 0), ("THIRD-1", 0), ("Hidden", 0)):
            assert list_requests(session, RequestFilters(text=text), READER, TODAY).window.total == total
        for text in ("HIDDEN-1", "THIRD-1"):
            assert list_requests(session, RequestFilters(text=text), MEMBER, TODAY).window.total == 1
        chosen_ones = RequestFilters(agency=("secret-office",), place=("nowhere-county-va",))
        named = labels(list_requests(session, chosen_ones, READER, TODAY))
        assert not named & {"Secret Office", "Nowhere County, VA"}
        for filters in (
            RequestFilters(status=(RequestStatus.ANSWERED,)),
            RequestFilters(agency=("secret-office",)),
        ):
            assert list_requests(session, filters, READER, TODAY).window.total == 0
            assert list_requests(session, filters, MEMBER, TODAY).window.total == 1


def test_filters_of_members_do_nothing_for_readers(database: Database) -> None:
    with database.transaction() as session:
        make_request(session, is_public=True)
        filters = RequestFilters(responsible=(99,), audience=(Audience.MEMBERS,))
        assert list_requests(session, filters, READER, TODAY).window.total == 1
        assert list_requests(session, filters, MEMBER, TODAY).window.total == 0
        names = {facet.name for facet in list_requests(session, RequestFilters(), READER, TODAY).facets}
        assert not names & {"responsible", "audience"}


def test_a_filter_that_leaves_nothing_can_still_be_taken_off(database: Database) -> None:
    with database.transaction() as session:
        make_request(session, is_public=True)
        filters = RequestFilters(status=(RequestStatus.CLOSED,))
        found = list_requests(session, filters, READER, TODAY)
        (status,) = (facet for facet in found.facets if facet.name == "status")
        assert ("closed", 0) in {(value.value, value.requests) for value in status.values}


def test_promises_in_lists_are_those_of_pages(database: Database) -> None:
    with database.transaction() as session:
        promise = Production(
            slug="one", title="One", received_on=date(2026, 5, 1), next_due_on=date(2026, 12, 1)
        )
        session.add(promise)
        session.flush()
        kept = [
            make_request(
                session,
                is_public=True,
                events=[(E.PRODUCED, date(2026, 5, 1), {"production_id": promise.id})],
                shows=shows,
            )
            for shows in (None, [E.SENT])
        ]
        for request in kept:
            promise.request_id = request.id
            session.flush()
            for viewer in (READER, MEMBER):
                one = promised_productions_on(session, [request.id], viewer).get(request.id)
                assert one == promised_production_on(session, request, viewer)
                (row,) = rows_of(session, [request], viewer, TODAY)
                assert row.deadlines == request_deadlines(session, request, viewer, TODAY)
