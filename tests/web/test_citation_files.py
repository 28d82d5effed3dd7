"""A citation as files, as a picture, and inside other sites."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from PIL import Image

from archive.exports.citation_json import record_from_json
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument

TEXT = "Counties may not opt out of the programme.\nThe sheriff may ask."
NASTY = '</script><b>"Memo" & \x0b=1+1'


@pytest.fixture
def document(add: MakeDocument) -> Document:
    return add(title=NASTY, pages=(TEXT, "x"), agency="Immigration and Customs Enforcement (ICE)")


@pytest.fixture
def at(client: FlaskClient, document: Document) -> str:
    sent = {"document": document.id, "here": "1", "quote": "opt out of the programme"}
    answer = client.post("/cite", data=sent)
    assert answer.status_code == 303
    return answer.location


def test_the_json_is_read_back_as_the_same_citation(client: FlaskClient, at: str) -> None:
    answer = client.get(f"{at}.json")
    assert answer.mimetype == "application/ld+json"
    record, number = record_from_json(answer.get_json(force=True))
    assert f"/cite/{record.id}" == f"/cite/{number}" == at
    assert "attachment" in client.get(f"{at}.json?download").headers["Content-Disposition"]


def test_styles_are_files_with_names_of_their_own(client: FlaskClient, at: str) -> None:
    for style, extension in (("bibtex", "bib"), ("ris", "ris"), ("csl-json", "csl.json")):
        answer = client.get(f"{at}/styles/{style}")
        name = f"citation-{at.removeprefix('/cite/')}.{extension}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert at in answer.text
    assert client.get(f"{at}/styles/nonsense").status_code == 404


def test_the_picture_is_made_once_for_a_state(client: FlaskClient, at: str) -> None:
    answer = client.get(f"{at}.png")
    assert Image.open(io.BytesIO(answer.data)).width == 1200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get(f"{at}.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    bare = client.get(f"{at}.png?show=passage")
    assert Image.open(io.BytesIO(bare.data)).height < Image.open(io.BytesIO(answer.data)).height


def test_an_embed_may_be_framed_anywhere_and_runs_nothing(
    client: FlaskClient, at: str, document: Document
) -> None:
    for address in (f"{at}/embed", f"/cite/embed?document={document.id}&page=1"):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status_code == 200
        assert "frame-ancestors *" in policy
        assert "script-src" not in policy
        assert "<script" not in answer.text
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors 'none'" in client.get(at).headers["Content-Security-Policy"]


def test_oembed_tells_what_its_specification_asks_for(
    client: FlaskClient, at: str, document: Document
) -> None:
    page = f"/documents/{document.id}/pages/1"
    for address in (at, page, f"{page}?q=opt"):
        asked = {"url": f"http://localhost{address}", "maxwidth": "300", "maxheight": "5000"}
        told = client.get("/oembed", query_string=asked).get_json()
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert (told["width"], told["height"]) == (300, 480)
        assert told["html"].startswith("<iframe src=")
        assert 'width="300"' in told["html"]
        assert "<b>" not in told["html"]
        assert told["thumbnail_width"] == 240
        source = told["html"].split('"')[1].replace("&amp;", "&").removeprefix("http://localhost")
        assert client.get(source).status_code == 200
        answer = client.get("/oembed", query_string=asked | {"format": "xml"})
        assert answer.mimetype == "text/xml"
        tree = ET.fromstring(answer.data)
        assert tree.tag == "oembed"
        assert tree.findtext("html") == told["html"]
    small = client.get("/oembed", query_string={"url": f"http://localhost{at}", "maxwidth": "100"}).get_json()
    assert "thumbnail_url" not in small


def test_oembed_refuses_as_its_specification_says(client: FlaskClient, at: str) -> None:
    for url in (
        "",
        "x",
        f"http://elsewhere.example{at}",
        "http://localhost/search",
        "http://[",
        "ftp://localhost/",
    ):
        assert client.get("/oembed", query_string={"url": url}).status_code == 404, url
    other = client.get("/oembed", query_string={"url": f"http://localhost{at}", "format": "yaml"})
    assert other.status_code == 501


def test_pages_say_where_their_oembed_is(client: FlaskClient, at: str, document: Document) -> None:
    for address in (at, f"/documents/{document.id}/pages/1"):
        page = client.get(address).text
        assert 'type="application/json+oembed"' in page
        assert 'type="text/xml+oembed"' in page


def test_inside_other_sites_everybody_is_a_reader(
    client: FlaskClient, visit: object, at: str, document: Document, parts: Parts
) -> None:
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).visibility = Visibility.MEMBERS
    editor = visit(Role.EDITOR)  # type: ignore[operator]  # a fixture that is a function
    assert isinstance(editor, Visitor)
    assert editor.get(at).status_code == 200
    assert "oembed" not in editor.get(at).text
    for address in (f"{at}/embed", f"/cite/embed?document={document.id}&page=1"):
        assert editor.get(address).status_code == 404
    asked = {"url": f"http://localhost{at}"}
    assert editor.get("/oembed", query_string=asked).status_code == 404
    for suffix in ("", ".json", ".png", "/embed", "/styles/ris"):
        hidden, absent = client.get(at + suffix), client.get("/cite/aaaaaaaaaaaaaaaa" + suffix)
        assert (hidden.status_code, hidden.data) == (absent.status_code, absent.data), suffix
        assert hidden.status_code == 404
