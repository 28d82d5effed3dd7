"""The dates in a calendar are those of the pages, and nobody learns more from it than from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import FoiaRequest, Production
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import Deadline, DeadlineState
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role
from archive.services import request_calendars
from archive.services.foia_requests import request_deadlines, visible_requests
from archive.services.request_calendars import CalendarSite, RequestDates, dates_of_requests
from archive.services.request_events import EventForm, add_event
from archive.services.request_standings import touch_request
from tests.factories import NOON
from tests.requests_made import EDITOR, make_request, publish
from tests.visitors import make_account

SITE = CalendarSite("https://a.example", "a.example", "key")
TODAY = NOON.date()
MEMBER = Viewer(Role.MEMBER, 1, "m@example.org")
DAY = timedelta(days=1)


def dates(session: Session, viewer: Viewer, **more: bool) -> RequestDates:
    return dates_of_requests(session, viewer, SITE, today=TODAY, **more)


def fill(database: Database) -> None:
    """Requests in many states, some of them public, some in part."""
    with database.transaction() as session:
        make_request(session, title="Draft", sent_on=None)
        make_request(session, title="Waiting", sent_on=TODAY - 5 * DAY, is_public=True)
        make_request(session, title="Overdue", sent_on=TODAY - 50 * DAY, is_public=True)
        make_request(session, title="Long ago", sent_on=date(2010, 2, 3), answered_on=date(2010, 6, 1))
        make_request(session, title="State", law_id="us-va", agency="Arlington", sent_on=TODAY - 3 * DAY)
        make_request(session, title="Denied", sent_on=TODAY - 40 * DAY, answered_on=TODAY - 9 * DAY)
        make_request(
            session,
            title="Hidden denial",
            sent_on=TODAY - 40 * DAY,
            answered_on=TODAY - 9 * DAY,
            outcome=Outcome.DENIED,
            is_public=True,
            shows=[EventKind.SENT],
        )
        make_request(
            session,
            title="Stopped",
            sent_on=TODAY - 10 * DAY,
            events=[(EventKind.INFORMATION_ASKED, TODAY - 4 * DAY)],
            is_public=True,
        )
        make_request(
            session,
            title="In court",
            sent_on=TODAY - 90 * DAY,
            events=[
                (EventKind.SUED, TODAY - 30 * DAY),
                (EventKind.COURT_ORDERED, TODAY - 9 * DAY, {"until_on": TODAY + 5 * DAY}),
                (EventKind.COURT_ORDERED, TODAY - 9 * DAY, {"until_on": TODAY + 35 * DAY}),
            ],
            is_public=True,
        )
        promise(session, "Open promise", shows=[EventKind.SENT, EventKind.PRODUCED])
        promise(session, "Hidden promise", shows=[EventKind.SENT])


def promise(session: Session, title: str, *, shows: list[EventKind]) -> None:
    """A public request whose only production promises the next one."""
    production = Production(slug=title.lower().replace(" ", "-"), title=title, received_on=TODAY - 20 * DAY)
    production.next_due_on = TODAY + 9 * DAY
    session.add(production)
    session.flush()
    produced = (EventKind.PRODUCED, TODAY - 20 * DAY, {"production_id": production.id})
    request = make_request(session, title=title, sent_on=TODAY - 90 * DAY, events=[produced])
    production.request_id = request.id
    touch_request(session, request, at=NOON)
    publish(session, request, shows=shows)


def due_on_pages(session: Session, viewer: Viewer) -> list[date]:
    """What the pages of all requests show and a calendar should, too."""

    def is_shown(one: Deadline) -> bool:
        if one.due_on is None or one.due_on < TODAY - 60 * DAY or one.state is DeadlineState.LAPSED:
            return False
        return one.met_on is None or one.met_on >= TODAY - 60 * DAY

    requests = session.scalars(visible_requests(viewer)).all()
    found = [one for request in requests for one in request_deadlines(session, request, viewer, TODAY)]
    return sorted(one.due_on for one in found if is_shown(one) and one.due_on is not None)


def test_the_dates_of_a_calendar_are_those_of_the_pages(parts: Parts) -> None:
    fill(parts.database)
    with parts.database.reading() as session:
        for viewer in (READER, MEMBER):
            told = [entry.due_on for entry in dates(session, viewer).entries]
            assert told
            assert told == due_on_pages(session, viewer)


def test_everybody_is_told_of_public_requests_and_public_events_alone(parts: Parts) -> None:
    fill(parts.database)
    with parts.database.reading() as session:
        told = dates(session, READER).entries
    said = " ".join(entry.summary + entry.description for entry in told)
    assert "Waiting" in said
    assert "Draft" not in said
    assert "State" not in said
    assert "Next production due: ICE, Open promise" in said
    assert "Next production due: ICE, Hidden promise" not in said
    hidden = [entry for entry in told if "Hidden denial" in entry.summary]
    assert hidden
    assert not [entry for entry in hidden if entry.summary.startswith(("Done", "Last day to appeal"))]
    assert {entry.changed_at.date() for entry in told} == {TODAY}  # not when a member last changed it
    assert not any(entry.has_alarm for entry in told)


def test_a_clock_that_stands_has_no_date(parts: Parts) -> None:
    fill(parts.database)
    with parts.database.reading() as session:
        told = [entry.summary for entry in dates(session, MEMBER).entries]
    assert not [one for one in told if one.startswith("Answer due") and "Stopped" in one]


def test_mine_are_those_that_one_answers_for(parts: Parts) -> None:
    account = make_account(parts.database, Role.VOLUNTEER)
    viewer = Viewer(account.role, account.id, account.email)
    fill(parts.database)
    with parts.database.transaction() as session:
        make_request(session, title="Mine", sent_on=TODAY - DAY, responsible_id=account.id)
        mine = dates(session, viewer, mine=True).entries
        assert {entry.summary.split(", ")[-1] for entry in mine} == {"Mine"}
        assert len(dates(session, viewer).entries) > len(mine)


def test_an_entry_keeps_its_name_while_its_date_moves_and_no_two_have_the_same(parts: Parts) -> None:
    fill(parts.database)
    with parts.database.transaction() as session:
        before = {entry.uid: entry for entry in dates(session, MEMBER).entries}
        waiting = session.query(FoiaRequest).filter_by(title="Waiting").one()
        add_event(session, waiting, EventForm(EventKind.EXTENDED, TODAY, days=10), viewer=EDITOR, at=NOON)
        after = {entry.uid: entry for entry in dates(session, MEMBER).entries}
        public = {entry.uid for entry in dates(session, READER).entries}
        count = len(dates(session, MEMBER).entries)
    assert len(after) == count
    moved = [uid for uid in before if after[uid].due_on != before[uid].due_on]
    assert "Answer due: ICE, Waiting" in {after[uid].summary for uid in moved}
    assert all(after[uid].due_on > before[uid].due_on for uid in moved)
    assert not public & set(after)  # who has both calendars sees two entries, and not one that flips


def test_an_entry_says_how_its_date_was_counted(parts: Parts) -> None:
    fill(parts.database)
    with parts.database.reading() as session:
        entry = next(
            one for one in dates(session, MEMBER).entries if one.summary == "Answer due: ICE, Waiting"
        )
    for words in ("20 workdays: 5 U.S.C. 552(a)(6)(A)(i).", "weekend days", "Veterans", "Not legal advice"):
        assert words in entry.description
    assert entry.url == "https://a.example/requests/waiting"
    assert entry.url in entry.description
    assert entry.has_alarm


def test_of_too_many_requests_those_with_the_next_dates_are_told(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(parts.database)
    monkeypatch.setattr(request_calendars, "MOST_REQUESTS", 2)
    with parts.database.reading() as session:
        found = dates(session, READER)
        every = {entry.url for entry in found.entries}
    assert len(every) == 2
    assert found.left_out == 4  # a clock that stands has no date
