"""What is overdue and what comes next."""

from __future__ import annotations

from datetime import date, timedelta

from archive.database import Database
from archive.models import Production
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import DeadlineKind
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role
from archive.services.due_requests import DuePart, get_due_requests
from archive.services.request_standings import restand
from tests.requests_made import Happened, make_request

TODAY = date(2026, 11, 2)
MEMBER = Viewer(Role.MEMBER)
E = EventKind


def titles(part: DuePart) -> list[str]:
    assert part.total == len(part.lines)
    return [line.row.request.title for line in part.lines]


def test_each_request_stands_where_somebody_has_to_act(database: Database) -> None:
    with database.transaction() as session:
        day = TODAY - timedelta(10)
        make_request(session, title="Late", sent_on=date(2026, 3, 2), is_public=True)
        make_request(session, title="Later", sent_on=date(2026, 2, 2), is_public=True)
        make_request(session, title="Soon", sent_on=day, is_public=True)
        make_request(session, title="Asked", sent_on=day, events=[(E.INFORMATION_ASKED, day)], is_public=True)
        make_request(session, title="Answered", sent_on=day, answered_on=TODAY, outcome=Outcome.GRANTED)
        make_request(session, title="Ended", sent_on=date(2026, 2, 2), events=[(E.CLOSED, date(2026, 6, 1))])
        ordered = {"until_on": date(2026, 12, 24)}
        sued: list[Happened] = [(E.SUED, date(2026, 4, 20)), (E.COURT_ORDERED, date(2026, 5, 1), ordered)]
        make_request(session, title="Ordered", sent_on=date(2026, 3, 2), events=sued)
        due = get_due_requests(session, MEMBER, TODAY)
        assert titles(due.overdue)[:2] == ["Later", "Late"]
        assert "Ended" not in titles(due.overdue)
        assert "Answered" not in titles(due.overdue)
        assert titles(due.in_court) == ["Ordered"]
        assert titles(due.coming) == ["Soon"]
        assert titles(due.waiting) == ["Asked"]
        assert due.in_court.lines[0].deadline is not None
        assert due.in_court.lines[0].deadline.due_on == date(2026, 12, 24)


def test_readers_see_public_requests_by_their_public_events(database: Database) -> None:
    with database.transaction() as session:
        make_request(session, title="Hidden", sent_on=date(2026, 3, 2))
        events = [(E.DETERMINED, date(2026, 3, 10), {"outcome": Outcome.GRANTED})]
        make_request(
            session, title="Shown", sent_on=date(2026, 3, 2), events=events, is_public=True, shows=[E.SENT]
        )
        reader, member = (get_due_requests(session, who, TODAY) for who in (READER, MEMBER))
        assert titles(reader.overdue) == ["Shown"]  # that it was answered is not public
        assert titles(member.overdue) == ["Hidden"]


def test_a_promised_production_is_told_with_its_event(database: Database) -> None:
    with database.transaction() as session:
        promise = Production(
            slug="one", title="One", received_on=date(2026, 5, 1), next_due_on=date(2026, 6, 1)
        )
        session.add(promise)
        session.flush()
        produced = (E.PRODUCED, date(2026, 5, 1), {"production_id": promise.id})
        request = make_request(session, sent_on=date(2026, 3, 2), events=[produced])
        promise.request_id = request.id
        restand(session, request)
        (line,) = get_due_requests(session, MEMBER, TODAY).in_court.lines
        assert line.deadline is not None
        assert (line.deadline.kind, line.deadline.due_on) == (DeadlineKind.PRODUCTION, date(2026, 6, 1))
