"""Agencies, productions, places."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.rules.statuses import Visibility
from tests.web.conftest import MakeDocument


def test_a_shelf_holds_its_documents_newest_first(client: FlaskClient, add: MakeDocument) -> None:
    add(title="Older memo", agency="Immigration and Customs Enforcement (ICE)", dated_on=date(2009, 1, 2))
    add(title="Newer memo", agency="Immigration and Customs Enforcement (ICE)", dated_on=date(2011, 1, 2))
    add(title="Undated memo", agency="Immigration and Customs Enforcement (ICE)")
    add(title="Of others", agency="Department of State")
    page = client.get("/agencies/ice").text
    assert page.index("Newer memo") < page.index("Older memo") < page.index("Undated memo")
    assert "Of others" not in page
    assert "3 documents, 3 pages" in page


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("agency", "Secret Bureau", "/agencies/secret-bureau"),
        ("production", "secret-production", "/productions/secret-production"),
        ("place", "Secret County, VA", "/places/secret-county-va"),
    ],
)
def test_a_shelf_of_hidden_documents_looks_absent(
    client: FlaskClient, add: MakeDocument, field: str, name: str, address: str
) -> None:
    absent = client.get(address)
    add(visibility=Visibility.UNPUBLISHED, **{field: name})
    hidden = client.get(address)
    assert absent.status_code == hidden.status_code == 404
    assert absent.data == hidden.data
    add(title="Public", **{field: name})
    assert client.get(address).status_code == 200


def test_a_long_shelf_is_shown_in_windows(client: FlaskClient, add: MakeDocument) -> None:
    for number in range(31):
        add(title=f"Memo {number:02}", production="rolling", index=False)
    first, second = client.get("/productions/rolling").text, client.get("/productions/rolling?window=2").text
    assert "Documents 1–30 of 31" in first
    assert "Memo 30" not in first
    assert "Memo 30" in second


def test_the_front_shows_ten_shelves_and_the_way_to_the_rest(client: FlaskClient, add: MakeDocument) -> None:
    for number in range(11):
        add(title=f"Memo {number}", agency=f"Agency {number:02}", index=False)
    add(title="Hidden", agency="Secret Bureau", visibility=Visibility.UNPUBLISHED)
    front, every = client.get("/").text, client.get("/agencies").text
    assert front.count('href="/agencies/agency-') == 10 + 8  # and once in each new document's line
    assert 'href="/agencies"' in front
    assert every.count('href="/agencies/agency-') == 11
    assert "Secret Bureau" not in every
    assert "None yet." in client.get("/places").text
