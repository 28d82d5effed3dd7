"""The first page."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.requests_made import make_request
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument


def test_an_empty_archive_says_how_to_fill_it(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Nothing is published here yet" in page
    assert "reading-room ingest FOLDER --publish" in page


def test_counts_are_of_what_is_published(client: FlaskClient, add: MakeDocument) -> None:
    add(title="One", pages=("a", None, "c"))
    add(title="Two", pages=("d",))
    add(title="Three", pages=("e", None), visibility=Visibility.UNPUBLISHED)
    page = client.get("/").text
    assert "<strong>2</strong> documents" in page
    assert "<strong>4</strong> pages" in page
    assert "1 page could not be read" in page


def test_an_archive_that_was_read_whole_says_so(client: FlaskClient, add: MakeDocument) -> None:
    add()
    assert "Every page could be read." in client.get("/").text


def test_shelves_hold_published_documents_only(client: FlaskClient, add: MakeDocument) -> None:
    add(title="One", agency="Immigration and Customs Enforcement (ICE)", place="Arlington County, VA")
    add(title="Two", agency="Secret Bureau", visibility=Visibility.UNPUBLISHED)
    page = client.get("/").text
    assert "Immigration and Customs Enforcement (ICE)" in page
    assert "Arlington County, VA" in page
    assert "Secret Bureau" not in page


def test_health_tells_of_each_part(client: FlaskClient, add: MakeDocument) -> None:
    add()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": "ok", "storage": "ok", "index": "ok"}


def test_crawlers_are_asked_to_leave_search_alone(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /search" in answer.text


def test_readers_are_told_of_public_requests_only(
    visit: Callable[[Role | None], Visitor], parts: Parts
) -> None:
    with parts.database.transaction() as session:
        make_request(session, title="Memos on opting out", is_public=True)
        make_request(session, title="What we plan to ask")
    page = visit(None).get("/").text
    assert "Memos on opting out" in page
    assert "No document is published yet" in page
    assert "What we plan to ask" not in page
    assert "What we plan to ask" in visit(Role.MEMBER).get("/").text
