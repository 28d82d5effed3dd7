"""What a reader is told beside the results: why, how else, and from one result to the next."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Visibility
from archive.search.synonyms import FILE_NAME
from archive.services.indexing import bring_index_up_to_date
from tests.web.conftest import MakeDocument

SENTENCE = "did the sheriff of the county refuse every detainer in writing"


@pytest.fixture
def _filled(add: MakeDocument) -> None:
    add(
        title="Memo on detainers",
        pages=("The sheriff may refuse a detainer.", "Secure Communities (b)(7)(E).", "Counties pay."),
        agency="Immigration and Customs Enforcement (ICE)",
        bates="ICE-",
    )
    add(title="Minutes", pages=("The county heard the sheriff on detainer costs.", "Every vote in writing."))


def _links(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]


def _link(page: str, *parts: str) -> str:
    return next(link for link in _links(page) if all(part in unquote_plus(link) for part in parts))


@pytest.mark.usefixtures("_filled")
def test_a_sentence_finds_the_pages_with_most_of_its_words_and_says_so(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": SENTENCE}).text
    assert "No page has all 10 words." in page
    assert "<mark>sheriff</mark> may <mark>refuse</mark> a <mark>detainer</mark>." in page


def test_a_sentence_is_loosened_within_one_document_too(client: FlaskClient, add: MakeDocument) -> None:
    memo = add(title="Memo", pages=("The sheriff may refuse.", "A county pays."))
    page = client.get(
        f"/documents/{memo.id}/search", query_string={"q": "sheriff refuse county detainer"}
    ).text
    assert "No page of this document has all 4 words." in page
    assert "<mark>sheriff</mark>" in page


@pytest.mark.usefixtures("_filled")
@pytest.mark.parametrize(
    "query", ['"sheriff refuse detainer writing"', "sheriff AND refuse AND vote", "sheriff refuse title:vote"]
)
def test_phrases_operators_and_fields_are_never_loosened(client: FlaskClient, query: str) -> None:
    assert "No page has this" in client.get("/search", query_string={"q": query}).text


@pytest.mark.usefixtures("_filled")
def test_the_spreadsheet_has_the_same_pages_as_a_loosened_list(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": SENTENCE}).get_json()
    rows = client.get("/search.csv", query_string={"q": SENTENCE}).text.splitlines()
    shown = [page["url"].partition("?")[0] for found in answer["documents"] for page in found["pages"]]
    assert shown
    assert {path for row in rows for path in shown if path in row} == set(shown)
    assert answer["warnings"][0].startswith("No page has all 10 words.")


@pytest.mark.usefixtures("_filled")
def test_other_names_are_searched_and_one_click_leaves_them_out(client: FlaskClient) -> None:
    page = client.get("/search?q=s-comm").text
    assert "for <q>S-Comm</q>" in page
    assert "<mark>Secure Communities</mark>" in page
    without = client.get(_link(page, "synonyms=off")).text
    assert "No page has this" in without
    assert "Search for them, too" in without


@pytest.mark.usefixtures("_filled")
def test_an_operators_own_vocabulary_counts_at_once(client: FlaskClient, parts: Parts) -> None:
    assert "No page has this" in client.get("/search?q=constable").text
    (parts.settings.home / FILE_NAME).write_text("constable = sheriff\n")
    assert "<mark>sheriff</mark>" in client.get("/search?q=constable").text
    (parts.settings.home / FILE_NAME).write_text("constable\n")  # a mistake must not stop searches
    assert client.get("/search?q=constable").status_code == 200


def test_misreadings_are_found_when_asked_for(client: FlaskClient, add: MakeDocument) -> None:
    add(pages=("A detaincr was lodged.",))
    page = client.get("/search?q=detainer").text
    assert "No page has this" in page
    assert "<mark>detaincr</mark>" in client.get(_link(page, "ocr=on")).text


@pytest.mark.usefixtures("_filled")
def test_a_query_that_finds_nothing_is_told_why(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "detaner shreiff", "agency": "ice"}).text
    assert "No page has <mark>detaner</mark>" in page
    assert _link(page, "q=detainer shreiff", "agency=ice")
    assert "<mark>" in client.get(_link(page, "q=detainer sheriff", "agency=ice")).text


@pytest.mark.usefixtures("_filled")
def test_each_filter_tells_what_it_takes_away(client: FlaskClient) -> None:
    page = client.get("/search?q=vote&agency=ice").text
    assert "Without the filter agency" in page
    assert "Without any filter: 1 page" in page


@pytest.mark.usefixtures("_filled")
def test_a_wrong_query_is_one_click_from_a_right_one(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "(sheriff OR county", "sort": "oldest"})
    assert answer.status_code == 400
    assert (
        "<mark>sheriff</mark>" in client.get(_link(answer.text, "q=(sheriff OR county)", "sort=oldest")).text
    )
    assert client.get("/api/v1/search?q=(sheriff").get_json()["error"]["repaired"] == "(sheriff)"


@pytest.mark.usefixtures("_filled")
def test_a_query_that_is_too_wide_for_the_engine_is_refused_in_words(client: FlaskClient) -> None:
    wide = " OR ".join(f"*{chr(97 + number)}{number}" for number in range(26))
    answer = client.get("/search", query_string={"q": wide})
    assert answer.status_code == 400
    assert client.get("/search.csv", query_string={"q": wide}).status_code == 400


@pytest.mark.usefixtures("_filled")
def test_each_hit_says_why(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "sheriff refuse detainer"}).text
    assert (
        "sheriff once; refuse once; detainer or another name of it once, in the title, in the file's name."
        in html.unescape(page)
    )


@pytest.mark.usefixtures("_filled")
def test_exemptions_are_a_filter_with_their_words(client: FlaskClient) -> None:
    page = client.get("/search?q=secure").text
    assert "(b)(7)(E) law enforcement techniques" in page
    chosen = client.get(_link(page, "exemption=b7e")).text
    assert "1 page" in chosen
    assert "No page has this" in client.get("/search?q=secure&exemption=b5").text
    assert client.get("/search?q=secure&exemption=zz").status_code == 400


@pytest.mark.usefixtures("_filled")
def test_from_result_to_result_and_back(client: FlaskClient) -> None:
    results = client.get("/search?q=sheriff&sort=oldest").text
    first = client.get(_link(results, "hit=0")).text
    assert "Result <b>1</b> of 2" in first
    second = client.get(_link(first, "hit=1", "sort=oldest")).text
    assert "Result <b>2</b> of 2" in second
    assert _link(second, "hit=0", "q=sheriff", "sort=oldest")
    assert _link(second, "/search?", "q=sheriff", "sort=oldest")


@pytest.mark.usefixtures("_filled")
def test_a_result_that_moved_is_said_to_have_moved(client: FlaskClient, parts: Parts) -> None:
    link = _link(client.get("/search?q=sheriff").text, "hit=1")
    moved = client.get(link.replace("hit=1", "hit=0")).text
    assert "has another place among them now" in moved
    assert "Result <b>2</b> of 2" in moved
    gone = client.get(link.replace("q=sheriff", "q=vote")).text
    assert "not among them any more" in gone


@pytest.mark.usefixtures("_filled")
def test_pages_that_could_not_be_read_are_counted_and_listed(client: FlaskClient, add: MakeDocument) -> None:
    assert "could not be read" not in client.get("/search?q=sheriff").text
    add(title="Torn", pages=("The sheriff wrote.", None, None))
    add(title="Hidden", pages=("x", None), visibility=Visibility.UNPUBLISHED)
    page = client.get("/search?q=sheriff").text
    assert "2 pages of this archive could not be read" in page
    listed = client.get(_link(page, "/unread")).text
    assert "Torn" in listed
    assert "Pages 2–3 of 3" in listed.replace("-", "–")
    assert "Hidden" not in listed


@pytest.mark.usefixtures("_filled")
def test_spellings_come_from_published_pages_alone(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    before = client.get("/search?q=xylophoness").text
    add(pages=("a xylophone",), visibility=Visibility.UNPUBLISHED)
    withdrawn = add(pages=("xylophones",))
    with parts.database.transaction() as session:
        row = session.get_one(Document, withdrawn.id)
        row.visibility = Visibility.WITHDRAWN
        row.content_version += 1
    assert client.get("/search?q=xylophoness").text == before
    bring_index_up_to_date(parts.database, parts.engine)
    assert client.get("/search?q=xylophoness").text == before
