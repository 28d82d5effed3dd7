"""The pages of requests: list, one request with its explained clocks, what is overdue, and the table."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.models import RequestEvent
from archive.parts import Parts
from archive.rules.clock_values import StepKind
from archive.rules.request_states import EventKind, Outcome, PersonRole, RequestRelation
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import get_request, request_deadlines
from archive.services.request_events import attach_document
from archive.services.request_people import PersonForm, add_person
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR, make_request
from tests.web.conftest import Visit

E = EventKind
TODAY = NOON.date()  # 2 November 2026
STOPPED = [(E.INFORMATION_ASKED, date(2026, 10, 14))]


@pytest.fixture
def made(parts: Parts) -> dict[str, str]:
    """A few requests in different stages; their slugs."""
    with parts.database.transaction() as session:
        made = {
            "open": make_request(
                session,
                title="Opt-out <memos>",
                records_sought="All memoranda.",
                numbers=["2026-ICFO-1"],
                sent_on=date(2026, 10, 9),
                events=[(E.RECEIVED, date(2026, 10, 12))],
                is_public=True,
            ),
            "late": make_request(
                session, title="Late", agency="FBI", sent_on=date(2026, 3, 2), is_public=True
            ),
            "stopped": make_request(
                session, title="Stopped", sent_on=date(2026, 10, 9), events=STOPPED, is_public=True
            ),
            "answered": make_request(
                session,
                title="Answered",
                sent_on=date(2025, 3, 3),
                answered_on=date(2025, 4, 2),
                outcome=Outcome.DENIED,
                is_public=True,
            ),
            "hidden": make_request(
                session,
                title="Hidden",
                agency="Secret Office",
                numbers=["SECRET-1"],
                sent_on=date(2026, 3, 2),
            ),
        }
        return {name: request.slug for name, request in made.items()}


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_rows_say_status_outcome_and_the_date_that_matters(client: FlaskClient, made: dict[str, str]) -> None:
    page = client.get("/requests").text
    said = plain(page)
    assert "Opt-out &lt;memos&gt;" in page
    for words in (
        "4 requests",
        "2026-ICFO-1",
        "Answer due 9 November 2026 , in 5 workdays",  # 3, 4, 5, 6 and 9 November
        "Answer due 30 March 2026 , 217 days overdue",
        "stopped: ",
        "Answered denied in full Answer due 31 March 2025 , answered 2 days late",
        "sent on 9 October 2026",
    ):
        assert words in said, words
    assert "Hidden" not in said
    assert "Secret Office" not in said


def test_members_see_all_and_what_is_for_members_is_marked(sign: Visit, made: dict[str, str]) -> None:
    said = plain(sign("keeper").get("/requests").text)
    assert "5 requests" in said
    assert said.lower().count("members only") == 1 + 1  # the row, and the filter
    assert "Hidden" in said


def test_filters_stand_in_the_address_with_counts_and_come_off(
    client: FlaskClient, made: dict[str, str]
) -> None:
    page = client.get("/requests").text
    assert '/requests?agency=fbi"' in page
    narrowed = client.get("/requests?agency=fbi&agency=ice&overdue=yes").text
    assert "1 request<" in narrowed
    chips = re.findall(r'<ul class="chips".*?</ul>', narrowed, re.S)[0]
    assert plain(chips).startswith("overdue Answer overdue × , remove this filter")
    assert 'href="/requests?agency=fbi&amp;agency=ice"' in chips
    assert "Remove all" in chips


@pytest.mark.parametrize("query", ["?status=no_such", "?outcome=x", "?sort=best"])
def test_a_filter_that_is_none_is_told(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/requests{query}")
    assert answer.status_code == 400
    assert "There is no" in answer.text
    assert "Traceback" not in answer.text
    assert client.get(f"/requests.csv{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "?year=twenty",
        "?responsible=7",
        "?agency=%00",
        "?q=%25_%27",
        "?window=0",
        "?audience=members",
        "?law=zz",
    ],
)
def test_odd_addresses_show_a_list(client: FlaskClient, made: dict[str, str], query: str) -> None:
    assert client.get(f"/requests{query}").status_code == 200


def test_filters_of_members_change_nothing_for_readers(client: FlaskClient, made: dict[str, str]) -> None:
    answer = client.get("/requests?responsible=1&audience=members").text
    assert "4 requests" in answer
    assert "chips" not in answer
    assert "Who sees it" not in answer


def test_empty_lists_say_what_to_do(client: FlaskClient, sign: Visit) -> None:
    assert "No request was made public yet" in plain(client.get("/requests").text)
    assert "No request was entered yet" in plain(sign("keeper").get("/requests").text)
    assert "No request is like that" in plain(client.get("/requests?q=zebra").text)


def test_every_date_opens_to_its_arithmetic_and_it_sums_up(
    client: FlaskClient, made: dict[str, str], parts: Parts
) -> None:
    page = client.get(f"/requests/{made['open']}").text
    with parts.database.reading() as session:
        deadlines = request_deadlines(session, get_request(session, made["open"]), EDITOR, TODAY)
    shown = re.findall(r"<details class=\"clock-date.*?</details>", page, re.S)
    assert len(shown) == len(deadlines) >= 2
    for block, deadline in zip(shown, deadlines, strict=True):
        rows = re.findall(r'<tr class="step-(\w+)">(.*?)</tr>', block, re.S)
        assert [kind for kind, _ in rows] == [step.kind for step in deadline.steps]
        counts = [int(n.replace(",", "")) for n in re.findall(r"together </span>([\d,]+)</td>", block)]
        added = [int(n.replace(",", "")) for n in re.findall(r'visually-hidden">([\d,]+) \w+ more', block)]
        assert added == [step.days for step in deadline.steps if step.days]
        assert counts == [sum(added[: n + 1]) for n in range(len(added))]
        if deadline.steps and deadline.due_on:
            assert f'datetime="{deadline.due_on}"' in rows[-1][1]
            assert deadline.steps[-1].kind is StepKind.DUE
        assert "Not legal advice" in block
    answer = next(block for block in shown if "Answer due" in block)
    for words in ("20 workdays counted", "weekend", "5 U.S.C. 552(a)(6)(A)(i)", "received by the agency"):
        assert words in plain(answer), words


def test_a_missed_limit_says_what_it_does_to_fees(client: FlaskClient, made: dict[str, str]) -> None:
    late = plain(client.get(f"/requests/{made['late']}").text)
    assert "5 U.S.C. 552(a)(4)(A)(viii)" in late
    assert "5 U.S.C. 552(a)(6)(C)(i)" in late
    assert "552(a)(4)(A)(viii)" not in plain(client.get(f"/requests/{made['open']}").text)


def test_hidden_and_absent_requests_answer_the_same(
    client: FlaskClient, sign: Visit, made: dict[str, str]
) -> None:
    hidden, absent = (client.get(f"/requests/{slug}") for slug in (made["hidden"], "never-was"))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.text == absent.text
    assert sign("keeper").get(f"/requests/{made['hidden']}").status_code == 200


def test_readers_never_see_what_is_for_members(client: FlaskClient, sign: Visit, parts: Parts) -> None:
    with parts.database.transaction() as session:
        more = {"note": "Note-secret", "sender": "sender@secret.example", "recipient": "rec@secret.example"}
        request = make_request(
            session,
            sent_on=None,
            events=[(E.SENT, date(2010, 2, 3), more), (E.NOTED, date(2010, 2, 4), {"says": "Says-secret"})],
            is_public=True,
            shows=[E.SENT],
        )
        person = PersonForm(
            "Name-secret", PersonRole.OFFICER, email="mail@secret.example", phone="202 555 0199"
        )
        add_person(session, request, person, viewer=EDITOR, at=NOON)
        document = make_document(
            session, parts.storage, title="Title-secret", visibility=Visibility.UNPUBLISHED
        )
        event = session.query(RequestEvent).where(RequestEvent.kind == E.SENT).one()
        attach_document(session, event, document.id, name="name-secret.pdf")
        child = make_request(
            session, title="Child-secret", parent=request.slug, relation=RequestRelation.SPLIT
        )
        slug = request.slug
    reader, member = client.get(f"/requests/{slug}").text, sign("keeper").get(f"/requests/{slug}").text
    assert "secret" not in reader
    assert "0199" not in reader
    assert child.slug not in reader
    for words in (
        "Note-secret",
        "sender@secret.example",
        "Says-secret",
        "mail@secret.example",
        "Child-secret",
    ):
        assert words in member, words
    assert "name-secret.pdf" in member
    assert "in review" in member


def test_the_overdue_page_is_public_and_leaks_nothing(
    client: FlaskClient, sign: Visit, made: dict[str, str]
) -> None:
    said = plain(client.get("/requests/overdue").text)
    assert "Answers overdue 1" in said
    assert "217 days overdue Late" in said
    assert "Due in the next 30 days 1" in said
    assert "Hidden" not in said
    assert "Answers overdue 2" in plain(sign("keeper").get("/requests/overdue").text)


def test_the_table_has_the_rows_of_the_page(client: FlaskClient, sign: Visit, made: dict[str, str]) -> None:
    def rows(visitor: FlaskClient, query: str = "") -> list[list[str]]:
        answer = visitor.get(f"/requests.csv{query}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))

    heads, *cells = rows(client, "?sort=waiting")
    assert heads[:3] == ["Title", "Agency", "Tracking numbers"]
    assert [row[0] for row in cells][:1] == ["Late"]
    assert {row[0] for row in cells} == {"Opt-out <memos>", "Late", "Stopped", "Answered"}
    late = dict(zip(heads, cells[0], strict=True))
    assert (late["Next date"], late["Stands"]) == ("2026-03-30", "217 days overdue")
    assert late["Address"].endswith(f"/requests/{made['late']}")
    assert len(rows(client, "?agency=fbi")) == 2
    assert len(rows(sign("keeper"))) == 6


def test_an_agency_tells_its_public_requests_in_figures(
    client: FlaskClient, sign: Visit, made: dict[str, str]
) -> None:
    said = plain(client.get("/agencies/ice").text)
    for words in (
        "Requests sent 3",
        "Answered 1 of 3",
        "Median time to answer 30",
        "Answered late 100 % 1 of 1",
    ):
        assert words in said, words
    assert "denied in full 1" in said
    assert client.get("/agencies/secret-office").status_code == 404
    assert "Requests sent 1" in plain(sign("keeper").get("/agencies/secret-office").text)


def test_members_pages_are_not_for_search_engines(
    sign: Visit, client: FlaskClient, made: dict[str, str]
) -> None:
    assert 'content="noindex"' in sign("keeper").get(f"/requests/{made['hidden']}").text
    assert 'rel="canonical"' in client.get(f"/requests/{made['open']}").text


def test_who_may_not_enter_requests_is_not_asked_to(sign: Visit, visit: Visit, made: dict[str, str]) -> None:
    assert "/requests/new" not in sign("keeper").get("/requests").text
    assert "/requests/new" in visit(Role.VOLUNTEER).get("/requests").text
