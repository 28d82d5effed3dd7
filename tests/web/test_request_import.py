"""Requests out of a table: shown first, made once somebody agrees, and never twice."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive.models import AuditEntry, FoiaRequest, RequestEvent, RequestStanding, TrackingNumber
from archive.parts import Parts
from archive.rules.citation_states import Audience
from archive.rules.request_states import EventKind, RequestStatus
from archive.rules.statuses import Role
from tests.requests_made import make_request
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
HEAD = "title,agency,law,number,sent,answered,outcome,notes\n"
GOOD = HEAD + (
    "Opting out,ICE,us,2010-F-1,2010-02-03,2010-09-01,granted in part,from the old list\n"
    "Deployment plans,ICE,California,,2010-03-01,,,\n"
)


@pytest.fixture
def keeper(app: Flask, visit: Visit) -> Visitor:
    return visit(Role.VOLUNTEER)


def look(visitor: Visitor, text: str | bytes, **fields: str) -> TestResponse:
    data = text if isinstance(text, bytes) else text.encode()
    form = {"table": (io.BytesIO(data), "requests.csv"), "law": "us", **fields}
    answer: TestResponse = visitor.post("/requests/import", data=form, content_type="multipart/form-data")
    return answer


def confirm(visitor: Visitor, page: str, **fields: str) -> TestResponse:
    packed = re.search(r'name="packed" value="([^"]*)"', page)
    assert packed is not None
    form = {"packed": html.unescape(packed[1]), "law": "us", "confirmed": "yes", **fields}
    answer: TestResponse = visitor.post("/requests/import", data=form)
    return answer


def titles(parts: Parts) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(FoiaRequest.title).order_by(FoiaRequest.id)))


def test_nothing_is_made_before_somebody_agrees(keeper: Visitor, parts: Parts) -> None:
    page = look(keeper, GOOD).text
    assert "2 requests to be made" in page
    assert "request sent 3 February 2010" in page
    assert titles(parts) == []


def test_what_was_agreed_to_is_made_for_members(keeper: Visitor, parts: Parts) -> None:
    answer = confirm(keeper, look(keeper, GOOD).text)
    assert answer.location.endswith("/requests/import?made=2")
    assert "2 requests made" in keeper.get(answer.location).text
    with parts.database.reading() as session:
        first = session.scalars(select(FoiaRequest).order_by(FoiaRequest.id)).first()
        assert first is not None
        assert (first.audience, first.law_id, first.agency.name) == (Audience.MEMBERS, "us", "ICE")
        events = session.scalars(select(RequestEvent).where(RequestEvent.request_id == first.id)).all()
        assert {event.kind for event in events} == {EventKind.SENT, EventKind.DETERMINED, EventKind.NOTED}
        assert not any(event.is_public for event in events)
        assert session.scalars(select(TrackingNumber.number)).all() == ["2010-F-1"]
        standing = session.get_one(RequestStanding, (first.id, False))
        assert standing.status is RequestStatus.ANSWERED
        actions = session.scalars(select(AuditEntry.action)).all()
        assert actions.count("request_imported") == 2


def test_the_same_file_twice_makes_nothing_twice(keeper: Visitor, parts: Parts) -> None:
    confirm(keeper, look(keeper, GOOD).text)
    page = look(keeper, GOOD).text
    assert "0 requests to be made, 2 here already" in page
    assert 'name="confirmed"' not in page
    assert confirm(keeper, page).location.endswith("made=0")
    assert len(titles(parts)) == 2


def test_a_number_is_the_same_for_the_same_agency_only(keeper: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, agency="Customs and Border Protection (CBP)", numbers=("2010-F-1",))
        make_request(session, title="Another", numbers=("2010-f-9",))
    ice = "Immigration and Customs Enforcement (ICE)"
    rows = f"A,CBP,us,2010-F-1,,,,\nB,ICE,us,2010-F-1,,,,\nC,{ice},us,2010-F-9,,,,\n"
    page = look(keeper, HEAD + rows).text
    assert "1 request to be made, 2 here already" in page


def test_a_row_that_stands_twice_in_a_file_is_made_once(keeper: Visitor) -> None:
    page = look(keeper, GOOD + "Again,ice,us,2010-f-1,,,,\n").text
    assert "2 requests to be made, 1 twice in the file" in page
    assert "the same as line 2" in page


def test_a_bad_row_says_line_and_column_and_keeps_all_out(keeper: Visitor, parts: Parts) -> None:
    page = look(keeper, GOOD + "Bad,ICE,us,7,32 May 2010,,,\n").text
    assert "1 row with problems" in page
    assert "Column &#39;sent&#39;" in page
    assert '<td class="n import-line">4</td>' in page
    answer = confirm(keeper, page)
    assert answer.status_code == 409
    assert titles(parts) == []


def test_bad_rows_are_left_out_when_somebody_says_so(keeper: Visitor, parts: Parts) -> None:
    page = look(keeper, GOOD + "Bad,ICE,us,7,32 May 2010,,,\n").text
    confirm(keeper, page, leave_out="on")
    assert titles(parts) == ["Opting out", "Deployment plans"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,ICE,Atlantis,,2010-02-03,,,", "is no law that is known here"),
        ("A,ICE,us,,2027-02-03,,,", "still to come"),
        ("A" * 501 + ",ICE,us,,2010-02-03,,,", "too long"),
    ],
)
def test_a_row_is_held_to_the_rules_of_the_forms(keeper: Visitor, row: str, said: str) -> None:
    assert said in look(keeper, HEAD + row + "\n").text


def test_a_row_without_a_law_takes_the_one_that_was_chosen(keeper: Visitor) -> None:
    assert "1 request to be made" in look(keeper, "title,agency\nA,ICE\n").text
    assert "choose which law" in look(keeper, "title,agency\nA,ICE\n", law="").text


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'title,agency\n"A,B\n'])
def test_a_file_that_cannot_be_read_is_said_on_the_form(keeper: Visitor, text: str) -> None:
    answer = look(keeper, text)
    assert answer.status_code == 400
    assert 'id="problem"' in answer.text


@pytest.mark.parametrize("packed", ["", "x", "eJw=", "AAAA"])
def test_a_form_without_a_table_is_asked_for_one(keeper: Visitor, packed: str) -> None:
    answer = keeper.post("/requests/import", data={"packed": packed, "confirmed": "yes"})
    assert answer.status_code == 400


def test_markup_in_a_table_is_text(keeper: Visitor) -> None:
    page = look(keeper, HEAD + "<script>x</script>,=cmd(),us,<b>,2010-02-03,,,\n").text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_the_table_to_fill_in_can_be_read_back(keeper: Visitor) -> None:
    template = keeper.get("/requests/import/template.csv")
    assert template.mimetype == "text/csv"
    assert "1 request to be made" in look(keeper, template.data).text


def test_members_and_readers_import_nothing(visit: Visit, parts: Parts) -> None:
    assert look(visit(Role.MEMBER), GOOD).status_code == 403
    assert look(visit(None), GOOD).status_code == 401
    assert visit(Role.MEMBER).get("/requests/import").status_code == 403
