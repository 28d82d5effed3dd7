"""The headers of every answer."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import create_app
from archive.parts import Parts
from archive.settings import Settings
from tests.web.conftest import MakeDocument


def _addresses(document_id: str) -> list[str]:
    at = f"/documents/{document_id}"
    pages = [
        "/",
        "/search?q=opt",
        "/search",
        "/search/help",
        at,
        f"{at}/text",
        f"{at}/pages/1?q=opt",
        f"{at}/search?q=opt",
    ]
    bytes_ = [f"{at}/file.pdf", f"{at}/pages/1.webp", f"{at}/pages/1.txt", "/robots.txt", "/healthz"]
    return [*pages, *bytes_, "/api/v1/search?q=opt", "/nothing", '/search?q="']


def test_every_answer_is_locked_down(client: FlaskClient, add: MakeDocument) -> None:
    for address in _addresses(add().id):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cache-Control"] == "no-cache", address
        assert "Set-Cookie" not in headers
        assert "Strict-Transport-Security" not in headers


def test_pages_hold_nothing_inline(client: FlaskClient, add: MakeDocument) -> None:
    for address in _addresses(add().id):
        answer = client.get(address)
        if answer.mimetype == "text/html":
            # without the data for programs, which no browser runs, or fetches anything for
            seen = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", answer.text)
            inline = re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|https?://(?!localhost)", seen)
            assert inline is None, address


def test_on_https_browsers_are_told_to_stay_there(settings: Settings, parts: Parts) -> None:
    app = create_app(replace(settings, base_url="https://records.example.org"), parts)
    assert "max-age" in app.test_client().get("/").headers["Strict-Transport-Security"]


def test_a_forged_host_changes_no_address_when_the_archive_knows_its_own(
    settings: Settings, parts: Parts, add: MakeDocument
) -> None:
    document = add()
    app = create_app(replace(settings, base_url="https://records.example.org"), parts)
    page = app.test_client().get(f"/documents/{document.id}", headers={"Host": "evil.example"}).text
    assert "evil.example" not in page
    assert f"https://records.example.org/documents/{document.id}" in page


def test_text_is_sent_compressed_to_who_can_read_it(client: FlaskClient, add: MakeDocument) -> None:
    address = f"/documents/{add().id}"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(gzip.decompress(packed.data)) == len(plain.data)
    assert packed.content_length == len(packed.data) < len(plain.data)


@pytest.mark.parametrize("name", ["site.css", "site.js", "favicon.svg"])
def test_assets_may_be_kept_for_ever_under_their_version(app: Flask, client: FlaskClient, name: str) -> None:
    page = client.get("/").text
    address = re.search(rf"/static/{re.escape(name)}\?v=\w+", page)
    assert address
    versioned = client.get(address[0])
    assert "immutable" in versioned.headers["Cache-Control"]
    assert client.get(f"/static/{name}").headers["Cache-Control"] == "no-cache"
    again = client.get(address[0], headers={"If-None-Match": versioned.headers["ETag"]})
    assert again.status_code == 304


def test_the_first_page_is_small(client: FlaskClient, add: MakeDocument) -> None:
    for number in range(8):
        add(title=f"Document {number}", agency=f"Agency {number}", index=False)
    sizes = [
        len(client.get(address).data)
        for address in ("/", "/static/site.css", "/static/site.js", "/static/favicon.svg")
    ]
    assert sum(sizes) < 60_000
