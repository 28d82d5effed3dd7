"""What pages tell reference managers, search engines and other sites; and that they tell it of published
documents alone."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]  # it has no types
from jsonschema import Draft202012Validator

from archive.models import Document
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.statuses import DocumentKind, Visibility
from archive.services.citations import cite_passage
from tests.exports.cited_kinds import EVIL
from tests.factories import NOON, make_document
from tests.visitors import Visitor

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What schema.org says of the types that we use, as far as we use them; all addresses are whole.
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
NAMED = {"type": "object", "required": ["@type", "name"]}
RECORD: dict[str, Any] = {
    "type": "object",
    "required": ["@type", "@id", "url", "name", "encoding", "inLanguage", "includedInDataCatalog"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "DigitalDocument"},
        "@id": ADDRESS,
        "url": ADDRESS,
        "name": {"type": "string", "minLength": 1},
        "genre": {"type": "string"},
        "identifier": {"type": "string", "pattern": "^[a-z2-7]{12}$"},
        "inLanguage": {"type": "string", "pattern": "^[A-Za-z-]{2,35}$"},
        "isAccessibleForFree": {"const": True},
        "datePublished": {"type": "string", "format": "date"},
        "publisher": NAMED,
        "author": {"type": "array", "items": NAMED},
        "isPartOf": NAMED,
        "includedInDataCatalog": {"type": "object", "required": ["@type", "name", "url"]},
        "hasPart": {"type": "object", "required": ["@type", "url"]},
        "encoding": {
            "type": "object",
            "required": ["@type", "contentUrl", "encodingFormat", "sha256"],
            "properties": {
                "@type": {"const": "MediaObject"},
                "contentUrl": ADDRESS,
                "encodingFormat": {"const": "application/pdf"},
                "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "name": {"type": "string"},
            },
        },
    },
}
QUOTATION: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "@type", "@id", "url", "text", "isBasedOn"],
    "properties": {"@type": {"const": "Quotation"}, "@id": ADDRESS, "url": ADDRESS, "isBasedOn": RECORD},
}


class Head(HTMLParser):
    """What a program takes from a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.unapi = ""
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := given.get("name") or given.get("property")):
            self.meta.setdefault(name, []).append(given.get("content", ""))
        if tag == "link":
            self.links.setdefault(given.get("rel", ""), []).append(given.get("href", ""))
        if tag == "abbr" and given.get("class") == "unapi-id":
            self.unapi = given["title"]
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.scripts.append(data)
            self._in_data = False


@pytest.fixture
def document(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_document(
            session,
            parts.storage,
            title="Secure Communities: Setting the Record Straight",
            pages=("Counties may opt out of it.", "By letter."),
            kind=DocumentKind.MEMO,
            dated_on=date(2010, 8, 17),
            agency="Immigration and Customs Enforcement (ICE)",
            production="first-release",
            sender="Dana Whitcomb; Office of Communications",
        )


def test_zotero_is_told_of_a_report_with_its_pdf_and_its_agency(client: Visitor, document: Document) -> None:
    page = client.get(f"/documents/{document.id}")
    meta = Head(page.text).meta
    assert meta["citation_title"] == ["Secure Communities: Setting the Record Straight"]
    assert meta["citation_technical_report_institution"] == ["Immigration and Customs Enforcement"]
    assert meta["citation_author"] == ["Dana Whitcomb"], "an office is no author: its name would be split"
    assert meta["citation_publication_date"] == ["2010/08/17"]
    (address,) = meta["citation_pdf_url"]
    assert client.get(address.removeprefix("http://localhost")).mimetype == "application/pdf"
    assert "Z3988" not in page.text, "Zotero would take COinS first, and bring no PDF"


def test_unapi_hands_out_the_record(client: Visitor, document: Document) -> None:
    head = Head(client.get(f"/documents/{document.id}").text)
    (server,) = head.links["unapi-server"]
    path = server.removeprefix("http://localhost")
    formats = ET.fromstring(client.get(path).data)
    assert {one.get("name") for one in formats} == {"ris", "bibtex", "csl-json"}
    offered = client.get(path, query_string={"id": head.unapi})
    assert offered.status_code == 300
    assert ET.fromstring(offered.data).get("id") == document.id
    (record,) = rispy.loads(client.get(path, query_string={"id": head.unapi, "format": "ris"}).text)
    assert record["type_of_reference"] == "RPRT"
    assert record["file_attachments1"].endswith(f"/documents/{document.id}/file.pdf")
    assert client.get(path, query_string={"id": head.unapi, "format": "mods"}).status_code == 406
    assert client.get(path, query_string={"id": "aaaaaaaaaaaa", "format": "ris"}).status_code == 404


def test_linked_data_is_as_schema_org_says(client: Visitor, parts: Parts, document: Document) -> None:
    with parts.database.transaction() as session:
        citation = cite_passage(session, document.id, 1, "Counties may opt out", viewer=READER, at=NOON)
    for path, schema in (
        (f"/documents/{document.id}", RECORD),
        (f"/documents/{document.id}/pages/2", RECORD),
        (f"/cite/{citation.id}", QUOTATION),
    ):
        (data,) = Head(client.get(path).text).scripts
        assert list(Draft202012Validator(schema).iter_errors(json.loads(data))) == [], path


def test_a_link_to_it_is_shown_with_a_picture(client: Visitor, parts: Parts, document: Document) -> None:
    with parts.database.transaction() as session:
        citation = cite_passage(session, document.id, 1, "Counties may opt out", viewer=READER, at=NOON)
    for path in (f"/documents/{document.id}", f"/documents/{document.id}/pages/1", f"/cite/{citation.id}"):
        head = Head(client.get(path).text)
        (image,) = head.meta["og:image"]
        answer = client.get(image.removeprefix("http://localhost"))
        assert answer.status_code == 200
        assert [answer.mimetype] == head.meta["og:image:type"]
        assert head.meta["og:url"] == head.links["canonical"]
        assert head.meta["og:image:alt"]
    assert head.meta["og:title"] == ["“Counties may opt out”"]


@pytest.mark.parametrize("title", EVIL)
def test_no_title_gets_out_of_its_place(client: Visitor, parts: Parts, title: str) -> None:
    with parts.database.transaction() as session:
        made = make_document(session, parts.storage, title=title, sender=title, agency=title[:200])
    page = client.get(f"/documents/{made.id}").text
    head = Head(page)
    assert len(head.scripts) == 1
    assert json.loads(head.scripts[0])["@type"] == "DigitalDocument"
    scripts = re.findall(r"<script\b[^>]*>", page)
    assert all('type="module"' in script or "ld+json" in script for script in scripts)
    assert len(head.meta["citation_title"]) == 1


def test_readers_of_other_states_are_told_nothing(client: Visitor, parts: Parts, document: Document) -> None:
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).visibility = Visibility.MEMBERS
    assert client.get("/unapi", query_string={"id": document.id, "format": "ris"}).status_code == 404
    assert document.id not in client.get("/sitemap/1.xml").text


def test_the_sitemap_names_every_published_document(
    client: Visitor, parts: Parts, document: Document
) -> None:
    with parts.database.transaction() as session:
        make_document(session, parts.storage, title="Hidden", visibility=Visibility.HELD)
    robots = client.get("/robots.txt").text
    (address,) = re.findall("^Sitemap: (.+)$", robots, re.MULTILINE)
    index = ET.fromstring(client.get(address.removeprefix("http://localhost")).data)
    files = [found.text or "" for found in index.iter(f"{SITEMAP}loc")]
    assert files == ["http://localhost/sitemap/1.xml"]
    file = ET.fromstring(client.get("/sitemap/1.xml").data)
    assert [found.text for found in file.iter(f"{SITEMAP}loc")] == [
        f"http://localhost/documents/{document.id}"
    ]
    assert client.get("/sitemap/2.xml").status_code == 404
    assert client.get("/sitemap/0.xml").status_code == 404
