"""Calendars over the web: the same dates as the pages, for whom they are for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from archive.models import Account
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.clock_values import DeadlineState
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role
from archive.services.calendar_keys import make_calendar_key
from archive.services.foia_requests import get_request, request_deadlines
from archive.services.request_editing import RequestForm, describe_request
from tests.factories import NOON
from tests.requests_made import EDITOR, ICE, make_request
from tests.visitors import make_account
from tests.web.conftest import Visit

TODAY, DAY = NOON.date(), timedelta(days=1)


@pytest.fixture
def key(parts: Parts) -> str:
    """The key of a member's calendar, with four requests there."""
    account = make_account(parts.database, Role.MEMBER, "m@example.org")
    with parts.database.transaction() as session:
        make_request(session, title="Public memos", sent_on=TODAY - 5 * DAY, is_public=True)
        make_request(session, title="Secret memos", sent_on=TODAY - 5 * DAY, responsible_id=account.id)
        make_request(
            session,
            title="Half public",
            sent_on=TODAY - 40 * DAY,
            answered_on=TODAY - 3 * DAY,
            outcome=Outcome.DENIED,
            is_public=True,
            shows=[EventKind.SENT],
        )
        viewer = Viewer(account.role, account.id, account.email)
        return make_calendar_key(session, viewer=viewer, at=NOON)


def heads(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/calendar; charset=utf-8"
    return [str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def test_without_a_key_everybody_gets_what_is_public(key: str, visit: Visit) -> None:
    for role in (None, Role.ADMIN):
        said = heads(visit(role).get("/requests.ics"))
        assert "Answer due: ICE, Public memos" in said
        assert not [head for head in said if "Secret" in head or head.startswith("Last day to appeal")]


def test_with_a_key_a_member_gets_all_without_a_cookie(key: str, visit: Visit) -> None:
    answer = visit(None).get(f"/requests.ics?key={key}")
    said = heads(answer)
    assert "Answer due: ICE, Secret memos" in said
    assert "Last day to appeal: ICE, Half public" in said
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


def test_mine_are_those_that_one_answers_for(key: str, visit: Visit) -> None:
    said = heads(visit(None).get(f"/requests.ics?key={key}&mine=1"))
    assert said
    assert all("Secret memos" in head for head in said)


@pytest.mark.parametrize("wrong", ["", "x", "A" * 43, "%00", "key"])
def test_a_wrong_key_is_told_that_nothing_is_there(key: str, visit: Visit, wrong: str) -> None:
    for path in ("/requests.ics", "/requests/public-memos.ics", "/requests/secret-memos.ics"):
        answer = visit(None).get(f"{path}?key={wrong}")
        assert answer.status_code == 404
        assert "There is nothing at this address." in answer.text


def test_the_key_of_a_closed_account_opens_nothing(key: str, visit: Visit, parts: Parts) -> None:
    with parts.database.transaction() as session:
        session.query(Account).filter_by(email="m@example.org").one().disabled_at = NOON
    assert visit(None).get(f"/requests.ics?key={key}").status_code == 404


def test_a_request_that_is_not_public_and_one_that_is_not_there_answer_alike(key: str, visit: Visit) -> None:
    reader = visit(None)
    hidden, absent = (reader.get(f"/requests/{slug}.ics") for slug in ("secret-memos", "no-such-thing"))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text.replace("secret-memos", "") == absent.text.replace("no-such-thing", "")
    assert "ETag" not in hidden.headers


def test_a_request_has_the_dates_of_its_page_for_whoever_looks(key: str, visit: Visit, parts: Parts) -> None:
    member = Viewer(Role.MEMBER, 1)
    for slug in ("public-memos", "half-public"):
        for viewer, answer in (
            (READER, visit(None).get(f"/requests/{slug}.ics")),
            (member, visit(Role.MEMBER).get(f"/requests/{slug}.ics")),
            (member, visit(None).get(f"/requests/{slug}.ics?key={key}")),
        ):
            told = [event.decoded("dtstart") for event in Calendar.from_ical(answer.data).walk("VEVENT")]
            with parts.database.reading() as session:
                request = get_request(session, slug, viewer)
                shown = request_deadlines(session, request, viewer, TODAY)
            due = [one.due_on for one in shown if one.due_on and one.state is not DeadlineState.LAPSED]
            assert sorted(told) == sorted(due)


def test_a_calendar_that_did_not_change_is_not_sent_again_and_tells_nothing_of_what_is_hidden(
    key: str, visit: Visit, parts: Parts
) -> None:
    reader = visit(None)
    first = reader.get("/requests.ics")
    with parts.database.transaction() as session:
        make_request(session, title="Another secret", sent_on=TODAY - 2 * DAY)
    again = reader.get("/requests.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert reader.get("/requests.ics").data == first.data


def test_programs_may_ask_with_head(key: str, visit: Visit) -> None:
    assert visit(None).head("/requests.ics").status_code == 200


def test_a_request_that_got_another_title_is_still_found_by_those_who_had_its_address(
    key: str, visit: Visit, parts: Parts
) -> None:
    with parts.database.transaction() as session:
        form = RequestForm("Other memos", ICE, "us")
        describe_request(session, "secret-memos", form, viewer=EDITOR, at=NOON)
    answer = visit(None).get(f"/requests/secret-memos.ics?key={key}")
    assert answer.headers["Location"] == f"/requests/other-memos.ics?key={key}"
    assert visit(None).get("/requests/secret-memos.ics").status_code == 404
