"""A document's page and its text."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

from archive.rules.statuses import DocumentKind
from tests.factories import UNREADABLE
from tests.web.conftest import MakeDocument


def test_a_document_says_what_it_is_and_what_file_it_is(client: FlaskClient, add: MakeDocument) -> None:
    document = add(
        title="Talking points",
        kind=DocumentKind.MEMO,
        dated_on=date(2010, 8, 17),
        agency="Immigration and Customs Enforcement (ICE)",
        production="ice-2010",
        sender="Director",
        bates="ICE-",
        pages=("one", "two"),
    )
    page = client.get(f"/documents/{document.id}").text
    for fact in (
        "Talking points",
        "Memo",
        "17 August 2010",
        "Director",
        document.sha256,
        "ICE-000001",
        "ICE-000002",
    ):
        assert fact in page
    assert f"{document.byte_count:,} bytes" in page
    assert 'href="/productions/ice-2010"' in page


def test_a_proposed_field_says_that_nobody_confirmed_it(client: FlaskClient, add: MakeDocument) -> None:
    document = add(dated_on=date(2010, 8, 17), sender="Director", proposals=("dated_on",))
    page = client.get(f"/documents/{document.id}").text
    assert page.count("not yet confirmed") == 1


def test_pages_that_failed_are_named_with_the_reason(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one", None, None, "four", None))
    page = client.get(f"/documents/{document.id}").text
    assert "Pages 2–3, 5." in page
    assert UNREADABLE in page


def test_a_long_document_shows_a_window_of_thumbnails(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=["page"] * 51, index=False)
    first = client.get(f"/documents/{document.id}").text
    second = client.get(f"/documents/{document.id}?window=2").text
    assert "Pages 1–48 of 51" in first
    assert f"/documents/{document.id}/pages/49" not in first
    assert "Pages 49–51 of 51" in second
    assert f"/documents/{document.id}/pages/49" in second


def test_an_address_into_a_list_that_became_shorter_shows_its_end(
    client: FlaskClient, add: MakeDocument
) -> None:
    document = add(pages=["page"] * 51, index=False)
    assert "Pages 49–51 of 51" in client.get(f"/documents/{document.id}?window=99").text
    assert "Pages 1–48 of 51" in client.get(f"/documents/{document.id}?window=nonsense").text


def test_text_of_all_pages_in_order(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("first words", None, "third <words>", ""), source="ocr", quality=0.5)
    page = client.get(f"/documents/{document.id}/text").text
    assert page.index("first words") < page.index(UNREADABLE) < page.index("third &lt;words&gt;")
    assert "No words on this page." in page
    assert "OCR, low confidence" in page


def test_a_title_is_text_and_never_markup(client: FlaskClient, add: MakeDocument) -> None:
    document = add(title='<img src=x onerror="alert(1)">', sender="<script>", source_file="<b>.pdf")
    page = client.get(f"/documents/{document.id}").text
    assert "<img src=x" not in page
    assert "<script>" not in page
    assert "<b>.pdf" not in page
