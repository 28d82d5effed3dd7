"""A page of a document."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.factories import UNREADABLE
from tests.web.conftest import MakeDocument

TEXT = "Counties may not opt out of the programme.\nThe sheriff may ask."


def test_every_word_of_the_page_lies_over_its_picture(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=(TEXT,))
    page = client.get(f"/documents/{document.id}/pages/1").text
    assert re.findall(r"<tspan [^>]*>([^<]*)</tspan>", page) == TEXT.split()
    assert f'src="/documents/{document.id}/pages/1.webp" width="1000" height="1294"' in page


def test_hits_are_marked_on_the_paper_and_in_the_text(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=(TEXT,))
    page = client.get(f"/documents/{document.id}/pages/1?q=sheriff").text
    assert page.count("<rect ") == 1
    assert "<mark>sheriff</mark> may ask" in page
    assert client.get(f"/documents/{document.id}/pages/1").text.count("<rect ") == 0


def test_a_page_without_a_mark_says_why(client: FlaskClient, add: MakeDocument) -> None:
    document = add(title="Unicorn memo", pages=("Counties", "Sheriffs"))
    first, second = (client.get(f"/documents/{document.id}/pages/{n}?q=unicorn").text for n in (1, 2))
    assert "not on this page" in first
    assert "Nothing on this page matches" in second
    assert "Nothing on this page matches" not in client.get(f"/documents/{document.id}/pages/2").text


def test_from_hit_to_hit_over_the_pages_between(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("sheriff", "none", "sheriff", "none", "sheriff"))
    at = f"/documents/{document.id}/pages/"
    third = client.get(f"{at}3?q=sheriff").text
    assert f'data-key="k" href="{at}1?q=sheriff"' in third
    assert f'data-key="j" href="{at}5?q=sheriff"' in third
    assert f'data-key="n" href="{at}4?q=sheriff"' in third
    assert "on 3 pages" in third
    assert 'data-key="j"' not in client.get(f"{at}5?q=sheriff").text


def test_the_ends_of_a_document_have_one_neighbour(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one", "two"))
    first = client.get(f"/documents/{document.id}/pages/1").text
    last = client.get(f"/documents/{document.id}/pages/2").text
    assert 'data-key="n"' in first
    assert 'data-key="p"' not in first
    assert 'data-key="n"' not in last
    assert 'data-key="p"' in last


def test_a_query_that_cannot_be_understood_does_not_hide_the_page(
    client: FlaskClient, add: MakeDocument
) -> None:
    document = add(pages=(TEXT,))
    answer = client.get(f'/documents/{document.id}/pages/1?q="opt')
    assert answer.status_code == 200
    assert "Nothing is marked" in answer.text
    assert "sheriff" in answer.text


def test_a_page_that_failed_says_why_and_where_to_see_it(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one", None))
    page = client.get(f"/documents/{document.id}/pages/2").text
    assert UNREADABLE in page
    assert f"/documents/{document.id}/file.pdf" in page
    assert '.webp" width' not in page


def test_doubtful_words_are_called_so(client: FlaskClient, add: MakeDocument) -> None:
    doubtful = add(title="scan", source="ocr", quality=0.6)
    sound = add(title="good scan", source="ocr", quality=0.95)
    assert "OCR, low confidence" in client.get(f"/documents/{doubtful.id}/pages/1").text
    assert "OCR, low confidence" not in client.get(f"/documents/{sound.id}/pages/1").text


def test_the_rail_is_short_however_long_the_document(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=["page"] * 40, index=False)
    for number in (1, 20, 40):
        page = client.get(f"/documents/{document.id}/pages/{number}").text
        rail = page[page.index('class="rail"') : page.index("</nav>", page.index('class="rail"'))]
        assert rail.count("<li") == 12
        assert f'pages/{number}" aria-current="page"' in rail


def test_a_typed_page_number_leads_to_the_nearest_page(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one", "two"))
    at = f"/documents/{document.id}/pages"
    for typed, number in (("2", 2), ("99", 2), ("0", 1), ("x", 1), ("", 1)):
        answer = client.get(f"{at}?page={typed}&q=opt out")
        assert answer.status_code == 303
        assert answer.location == f"{at}/{number}?q=opt+out"


def test_a_page_that_is_not_there(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one",))
    for number in ("0", "2", "99999999999999999999"):
        answer = client.get(f"/documents/{document.id}/pages/{number}")
        assert answer.status_code == 404
