"""Productions on the site: entered from their letters, reported, and the way from a page to its request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest

from archive.models import Document, Production
from archive.parts import Parts
from archive.rules.request_states import EventKind
from archive.rules.statuses import Role, Visibility
from archive.services.foia_requests import events_of, get_request
from archive.services.request_events import attach_document
from tests.productions_made import fill_production, make_letter, make_production
from tests.requests_made import EDITOR, make_request, publish
from tests.visitors import Visitor

See = Callable[[Role | None], Visitor]


@pytest.fixture
def slug(parts: Parts) -> str:
    """The slug of a request for members that has no production yet."""
    with parts.database.transaction() as session:
        return make_request(session, numbers=["10-2674"]).slug


@pytest.fixture
def letter(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_letter(session, parts)


@pytest.fixture
def made(parts: Parts) -> tuple[str, str, str]:
    """The slugs of a request for members and of its production, and the id of a published document of it."""
    with parts.database.transaction() as session:
        request = make_request(session)
        figures = {"said_pages": 7, "said_withheld": 2, "next_due_on": date(2011, 6, 30)}
        production = make_production(session, request, title="First release", **figures)
        document = fill_production(session, parts, production)
        return request.slug, production.slug, document.id


def show(parts: Parts, slug: str, *kinds: EventKind) -> None:
    """Make a request public, with its events of these kinds; all when none is named."""
    with parts.database.transaction() as session:
        publish(session, get_request(session, slug, EDITOR), shows=kinds or None)


def test_a_release_is_entered_with_what_its_letter_says(
    visit: See, parts: Parts, slug: str, letter: Document
) -> None:
    volunteer = visit(Role.VOLUNTEER)
    blank = volunteer.get(f"/productions/new?request={slug}").text
    assert 'value="10-2674"' in blank
    sent = {"request": slug, "number": "1", "cover_letter": f"http://localhost/documents/{letter.id}"}
    read = volunteer.post("/productions/new", data={**sent, "what": "read"})
    assert read.status_code == 200
    assert "“2 pages in part”" in read.text
    assert re.search(r'name="said_in_part" value="2"', read.text)
    with parts.database.reading() as session:
        assert session.query(Production).count() == 0  # a proposal is no fact
    figures = {"said_pages": "1,204", "said_in_part": "2", "received_on": "2011-01-14"}
    answer = volunteer.post("/productions/new", data={**sent, **figures, "what": "save"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/requests/{slug}#production-")
    with parts.database.reading() as session:
        production = session.query(Production).one()
        assert (production.said_pages, production.cover_letter_id) == (1204, letter.id)


@pytest.mark.parametrize(
    ("field", "given"), [("said_pages", "many"), ("received_on", "yesterday"), ("bates_last", "none")]
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    visit: See, slug: str, field: str, given: str
) -> None:
    sent = {"request": slug, "note": "Kept <b>", "bates_first": "ICE-1", field: given}
    answer = visit(Role.VOLUNTEER).post("/productions/new", data=sent)
    assert answer.status_code == 400
    assert f'id="{field}-wrong"' in answer.text
    assert "Kept &lt;b&gt;" in answer.text
    assert f'value="{given}"' in answer.text


def test_a_production_is_changed_and_everybody_sees_what_editors_say(
    visit: See, parts: Parts, made: tuple[str, str, str]
) -> None:
    slug, production, _ = made
    here = f"/productions/{production}/edit"
    editor = visit(Role.EDITOR)
    assert 'name="said_withheld" value="2"' in editor.get(here).text
    sent = {"request": slug, "received_on": "2011-01-14", "said_withheld": "4"}
    refused = visit(Role.VOLUNTEER).post(here, data=sent)
    assert refused.status_code == 409
    assert "only an editor changes it" in refused.text
    assert editor.post(here, data=sent).status_code == 303
    private = editor.post(here, data={**sent, "note": "SSN 219-09-9999"})
    assert private.status_code == 409
    assert 'name="why_shown"' in private.text
    assert (
        editor.post(here, data={**sent, "note": "SSN 219-09-9999", "why_shown": "not_private"}).status_code
        == 303
    )


def test_the_report_says_each_difference_and_leads_to_the_pages(
    visit: See, made: tuple[str, str, str]
) -> None:
    _, production, document_id = made
    page = visit(Role.EDITOR).get(f"/productions/{production}/report").text
    assert "1 slip sheet and 2 missing numbers are here: 1 more than the letter says." in page
    assert f'href="/documents/{document_id}/pages/5"' in page
    assert "30 June 2011" in page
    reader = visit(None).get(f"/productions/{production}/report").text
    assert "not known here, or not public" in reader
    assert "this report cannot tell which" in reader
    assert "30 June 2011" not in reader


def test_the_report_goes_out_as_a_table(visit: See, made: tuple[str, str, str]) -> None:
    _, production, _ = made
    answer = visit(Role.EDITOR).get(f"/productions/{production}/report.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["what", "the letter says", "here", "difference", "in words", "link"]
    assert rows[1][:4] == ["pages in all", "7", "6", "0"]
    assert "said-and-arrived-first-release" in answer.headers["Content-Disposition"]


def test_absent_and_hidden_productions_answer_alike(visit: See, parts: Parts, slug: str) -> None:
    with parts.database.transaction() as session:
        production = make_production(session, get_request(session, slug, EDITOR), title="Hidden one")
        fill_production(session, parts, production, visibility=Visibility.MEMBERS)
        hidden = production.slug
    reader = visit(None)
    for end in ("", "/report", "/report.csv"):
        answers = [reader.get(f"/productions/{name}{end}") for name in (hidden, "nothing")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert "Hidden one" not in answers[0].text
    answers = [reader.get(f"/requests/{name}/yield") for name in (slug, "nothing")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace(slug, "") == answers[1].text.replace("nothing", "")


def test_a_page_leads_to_its_request_and_the_request_back_to_the_page(
    visit: See, parts: Parts, made: tuple[str, str, str]
) -> None:
    slug, _, document_id = made
    reader = visit(None)
    page = reader.get(f"/documents/{document_id}/pages/3").text
    assert f"/requests/{slug}" not in page
    show(parts, slug, EventKind.SENT)
    page = reader.get(f"/documents/{document_id}/pages/3").text
    found = re.search(rf'href="(/requests/{slug}\?from=[^"#]+)#productions"', page)
    assert found is not None
    request_page = reader.get(found[1]).text
    assert f'href="/documents/{document_id}/pages/3">Back to page 3 of' in request_page
    assert request_page.count(f'href="/documents/{document_id}/pages/3"') == 2  # and in the list


@pytest.mark.parametrize("given", ["", "x", "aaaaaaaaaaaa/1", "/", "aaaaaaaaaaaa/999999999", "%00/1"])
def test_a_way_back_that_leads_nowhere_is_not_shown(
    visit: See, parts: Parts, made: tuple[str, str, str], given: str
) -> None:
    slug, _, _ = made
    show(parts, slug)
    answer = visit(None).get(f"/requests/{slug}?from={given}")
    assert answer.status_code == 200
    assert "Back to page" not in answer.text


def test_the_yield_has_productions_with_documents_pages_and_figures(
    visit: See, parts: Parts, made: tuple[str, str, str]
) -> None:
    slug, production, document_id = made
    show(parts, slug)
    page = visit(None).get(f"/requests/{slug}/yield").text
    assert "3 released in full, 2 in part, 1 withheld in full" in page
    assert f'href="/documents/{document_id}/pages/6"' in page
    assert f'href="/productions/{production}/report"' in page
    assert f"/productions/{production}/edit" not in page


def test_a_letter_says_what_it_was_attached_to(visit: See, parts: Parts, slug: str, letter: Document) -> None:
    with parts.database.transaction() as session:
        request = get_request(session, slug, EDITOR)
        attach_document(session, events_of(session, request, EDITOR)[0], letter.id)
        make_production(session, request, cover_letter=letter.id, title="Its release")
    member = visit(Role.MEMBER).get(f"/documents/{letter.id}").text
    assert "Attached to the request of 3 February 2010" in member
    assert "Its release" in member
    reader = visit(None).get(f"/documents/{letter.id}").text
    assert "Attached to" not in reader
    assert "Its release" not in reader


def test_a_productions_own_page_has_its_request_and_its_report(
    visit: See, parts: Parts, made: tuple[str, str, str]
) -> None:
    slug, production, _ = made
    page = visit(None).get(f"/productions/{production}").text
    assert f"/productions/{production}/report" in page
    assert f"/requests/{slug}" not in page
    assert "It says" not in page
    show(parts, slug)
    page = visit(None).get(f"/productions/{production}").text
    assert f'href="/requests/{slug}"' in page
    assert "7 pages: 5 released in full or in part, 2 withheld in full" in page
