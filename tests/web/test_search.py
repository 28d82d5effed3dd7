"""Search as a reader sees it."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.rules.statuses import DocumentKind
from archive.search.examples import EXAMPLES
from archive.search.query import parse_tree
from archive.settings import Settings
from tests.web.conftest import MakeDocument


@pytest.fixture
def _filled(add: MakeDocument) -> None:
    add(
        title="Memo on opting out",
        pages=("Counties may not opt out.", "The sheriff asked to opt out.", "Nothing here."),
        kind=DocumentKind.MEMO,
        dated_on=date(2010, 8, 17),
        agency="Immigration and Customs Enforcement (ICE)",
        place="Arlington County, VA",
        bates="ICE-",
    )
    add(
        title="Resolution",
        pages=("Resolved: to opt out of the programme.",),
        kind=DocumentKind.RESOLUTION,
        dated_on=date(2011, 3, 1),
        agency="Santa Clara County Board",
        source="ocr",
        quality=0.5,
    )


def _links(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]


@pytest.mark.usefixtures("_filled")
def test_pages_are_found_under_their_documents(client: FlaskClient) -> None:
    page = client.get("/search?q=opt").text
    assert "3 pages" in page
    assert "2 documents" in page
    assert page.count('class="found-document"') == 2
    assert page.count('class="hit"') == 3
    assert "Counties may not <mark>opt</mark> out." in page
    assert "ICE-000002" in page


@pytest.mark.usefixtures("_filled")
def test_a_hit_opens_its_page_with_the_words_marked(client: FlaskClient) -> None:
    link = next(link for link in _links(client.get("/search?q=sheriff").text) if "/pages/2?" in link)
    assert link.endswith("/pages/2?q=sheriff&hit=0")
    assert "<mark>sheriff</mark>" in client.get(link).text


@pytest.mark.usefixtures("_filled")
def test_doubtful_words_are_called_so(client: FlaskClient) -> None:
    page = client.get("/search?q=resolved").text
    assert "OCR, low confidence" in page
    assert "OCR, low confidence" not in client.get("/search?q=sheriff").text


@pytest.mark.usefixtures("_filled")
def test_a_filter_is_one_click_and_one_click_away(client: FlaskClient) -> None:
    page = client.get("/search?q=opt").text
    narrow = "/search?q=opt&agency=ice"
    assert narrow in _links(page)
    narrowed = client.get(narrow).text
    assert "2 pages" in narrowed
    assert "Resolution" not in narrowed
    assert "agency</span> ICE" in narrowed
    assert "/search?q=opt" in _links(narrowed)


@pytest.mark.usefixtures("_filled")
def test_filters_count_pages(client: FlaskClient) -> None:
    page = client.get("/search?q=opt").text
    assert 'title="2 pages in 1 document"' in page
    counts = {
        name: int(count)
        for name, count in re.findall(r'<span dir="auto">([^<]+)</span> <span class="count"[^>]*>(\d+)', page)
    }
    assert counts == {
        "ICE": 2,
        "Santa Clara County Board": 1,
        "Memo": 2,
        "Resolution": 1,
        "Arlington County, VA": 2,
        "2010": 2,
        "2011": 1,
    }


@pytest.mark.usefixtures("_filled")
def test_order_by_date(client: FlaskClient) -> None:
    newest, oldest = (
        client.get("/search?q=opt&sort=newest").text,
        client.get("/search?q=opt&sort=oldest").text,
    )
    assert newest.index("Resolution</a>") < newest.index("Memo on opting out</a>")
    assert oldest.index("Memo on opting out</a>") < oldest.index("Resolution</a>")


@pytest.mark.usefixtures("_filled")
def test_dates_narrow(client: FlaskClient) -> None:
    page = client.get("/search?q=opt&after=2011-01-01").text
    assert "1 page" in page
    assert "Memo on opting out" not in page


@pytest.mark.usefixtures("_filled")
def test_no_hit_says_what_else_to_try(client: FlaskClient) -> None:
    page = client.get("/search?q=sheriff+unicorn&agency=ice").text
    assert "No page has this" in page
    assert "/search?q=sheriff+unicorn" in _links(page)
    assert "/search?q=sheriff+OR+unicorn&agency=ice" in _links(page)


def test_a_query_that_is_wrong_shows_where_and_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = client.get('/search?q=opt AND ("out')
    assert answer.status_code == 400
    assert 'value="opt AND (&#34;out"' in answer.text
    assert 'class="fault"' in answer.text


def test_a_date_that_is_none_is_said_so(client: FlaskClient) -> None:
    answer = client.get("/search?q=opt&after=yesterday")
    assert answer.status_code == 400
    assert "yesterday is not a date" in answer.text


@pytest.mark.usefixtures("_filled")
def test_without_words_all_documents_are_listed(client: FlaskClient) -> None:
    page = client.get("/search").text
    assert "2 documents</strong> in the archive" in page
    assert page.index("Resolution</a>") < page.index("Memo on opting out</a>")
    filtered = client.get("/search?kind=memo").text
    assert "1 document</strong>" in filtered
    assert "Resolution</a>" not in filtered
    assert "No document has these filters" in client.get("/search?kind=nonsense").text


@pytest.mark.usefixtures("_filled")
def test_what_was_typed_is_text_and_never_markup(client: FlaskClient) -> None:
    typed = "<script>alert(1)</script>"
    for parameters in (
        {"q": typed},
        {"q": typed, "place": typed},
        {"q": "opt", "after": typed},
        {"agency": typed},
    ):
        assert "<script>alert" not in client.get("/search", query_string=parameters).text


def test_windows_of_hits_go_to_the_end(client: FlaskClient, add: MakeDocument) -> None:
    for number in range(3):
        add(title=f"Log {number}", pages=[f"entry {number} {page}" for page in range(1, 16)])
    seen: list[str] = []
    address = "/search?q=entry"
    while address:
        page = client.get(address).text
        seen += re.findall(r'class="hit-label" href="([^"]+)"', page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(further[1]) if further else ""
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.usefixtures("_filled")
def test_search_within_one_document(client: FlaskClient) -> None:
    link = next(
        link
        for link in _links(client.get("/search?q=sheriff").text)
        if re.fullmatch(r"/documents/\w{12}", link)
    )
    page = client.get(f"{link}/search?q=opt").text
    assert "2 pages" in page
    assert "Resolved" not in page
    assert "No page of this document has this" in client.get(f"{link}/search?q=resolved").text
    assert client.get(f'{link}/search?q="opt').status_code == 400
    assert "Type words" in client.get(f"{link}/search").text


@pytest.mark.parametrize("example", [example.query for example in EXAMPLES])
def test_the_examples_of_the_help_page_run(client: FlaskClient, example: str) -> None:
    parse_tree(example)
    assert client.get("/search", query_string={"q": example}).status_code == 200
    assert html.escape(example) in client.get("/search/help").text.replace("&#34;", "&quot;")


def test_without_an_index_search_says_so_and_pages_can_be_read(
    client: FlaskClient, add: MakeDocument, settings: Settings
) -> None:
    document = add(pages=("Counties may opt out.", "opt"))
    for file in (settings.home / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    answer = client.get("/search?q=opt")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert "Retry-After" in answer.headers
    api = client.get("/api/v1/search?q=opt")
    assert (api.status_code, api.json and api.json["error"]["code"]) == (503, "index_damaged")
    page = client.get(f"/documents/{document.id}/pages/1?q=opt")
    assert page.status_code == 200
    assert page.text.count("<rect ") == 1
    assert "search index does not answer" in page.text
    health = client.get("/healthz")
    assert (health.status_code, health.json and health.json["index"]) == (503, "unavailable")
