"""``/search.atom``: what is new, for feed readers."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from archive.exports.feeds import ATOM
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Visibility
from tests.exports.test_feeds import check_feed
from tests.factories import NOON
from tests.web.conftest import MakeDocument


def titles(client: FlaskClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.mimetype == "application/atom+xml"
    root = check_feed(answer.data)
    return [entry.findtext(f"{{{ATOM}}}title") or "" for entry in root.findall(f"{{{ATOM}}}entry")]


def publish(parts: Parts, document: Document, hours: int) -> None:
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).published_at = NOON + timedelta(hours=hours)


def test_matching_documents_come_newest_published_first(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    for hours, title in ((2, "Second"), (3, "Third"), (1, "First")):
        publish(parts, add(title=title, pages=(f"opt {title}", "opt"), agency="ICE", bates="B-"), hours)
    add(title="Other", pages=("nothing",))
    assert titles(client, "/search.atom?q=opt") == ["Third", "Second", "First"]
    assert titles(client, "/search.atom?agency=ice") == ["Third", "Second", "First"]
    assert len(titles(client, "/search.atom")) == 4
    page = client.get("/search.atom?q=third").text
    assert "B-000001" in page
    assert "/pages/1?q=third" in page
    assert page.count("<updated>2026-11-02T15:00:00Z</updated>") == 2


def test_the_order_of_results_is_not_part_of_a_feed(client: FlaskClient, add: MakeDocument) -> None:
    add()
    plain, sorted_ = (client.get(f"/search.atom?q=opt{more}") for more in ("", "&sort=oldest"))
    assert plain.data == sorted_.data


def test_what_is_unchanged_is_not_sent_again(client: FlaskClient, add: MakeDocument, parts: Parts) -> None:
    document = add()
    first = client.get("/search.atom?q=opt")
    asking = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get("/search.atom?q=opt", headers=asking).status_code == 304
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).visibility = Visibility.WITHDRAWN
    assert client.get("/search.atom?q=opt", headers=asking).status_code == 200
    del asking["If-None-Match"]
    assert client.get("/search.atom?q=opt", headers=asking).status_code == 200
    assert titles(client, "/search.atom?q=opt") == []


def test_hostile_words_stay_words(client: FlaskClient, add: MakeDocument) -> None:
    add(title="<script>\x00\x0b]]>&amp;", pages=("opt <script>alert(1)</script> \x00\x1b",))
    assert titles(client, "/search.atom?q=opt") == ["<script>]]>&amp;"]
    page = client.get("/search.atom?q=opt+script").text
    assert "<script" not in page
    assert "&lt;script&gt;" not in page.partition("<content")[2].replace("&amp;lt;", "")


def test_a_wrong_query_is_answered_in_words(client: FlaskClient) -> None:
    answer = client.get('/search.atom?q="opt')
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
