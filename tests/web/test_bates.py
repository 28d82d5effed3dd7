"""Bates numbers on the site: the way to a page, and what is missing from a production."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from archive.models import Document, Page
from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument, Visit

PRODUCTION = "Third release"
REPORT = "/productions/third-release/bates"


@pytest.fixture
def stamp(parts: Parts, add: MakeDocument) -> MakeDocument:
    """Adds a document of the production whose pages bear these numbers (empty: no stamp)."""

    def make(*numbers: str, production: str = PRODUCTION, **fields: object) -> Document:
        title = str(fields.pop("title", f"Memo {numbers[0]}"))
        document = add(
            index=False,
            title=title,
            pages=[f"{title}, {place}" for place in range(len(numbers))],
            production=production,
            **fields,
        )
        with parts.database.transaction() as session:
            for page_number, number in enumerate(numbers, 1):
                session.get_one(Page, (document.id, page_number)).bates = number or None
        return document

    return make


def csv_of(visitor: FlaskClient, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(visitor.get(path).data.decode("utf-8-sig"))))


def test_a_gap_and_an_overlap_are_reported_with_their_pages(
    client: FlaskClient, visit: Visit, stamp: MakeDocument
) -> None:
    first = stamp("ICE-001202", "ICE-001203", title="First")
    second = stamp("ICE-001378", "ICE-001379", title="Second")
    third = stamp("ICE-001379", title="Third")
    page = visit(Role.EDITOR).get(REPORT).text
    assert "Pages 1,204 to 1,377 never produced</strong>: 174 numbers" in page
    assert "1,379</strong>: 1 number, each on 2 pages" in page
    for document, number in ((first, 1), (second, 2), (third, 1)):
        assert f'href="/documents/{document.id}/pages/{number}"' in page
    assert "Pages 1,204 to 1,377 never produced, or not public here" in client.get(REPORT).text
    rows = csv_of(client, f"{REPORT}.csv")
    assert [row[:4] for row in rows[1:]] == [
        ["produced", "ICE-001202", "ICE-001203", "2"],
        ["produced", "ICE-001378", "ICE-001379", "2"],
        ["produced", "ICE-001379", "ICE-001379", "1"],
        ["never produced, or not public here", "ICE-001204", "ICE-001377", "174"],
        ["on more than one page", "ICE-001379", "ICE-001379", "1"],
        ["on more than one page", "ICE-001379", "ICE-001379", "1"],
    ]


def test_a_reader_is_told_the_same_whether_a_hidden_document_fills_the_gap_or_none_does(
    client: FlaskClient, visit: Visit, stamp: MakeDocument
) -> None:
    stamp("ICE-000001", title="First")
    stamp("ICE-000005", title="Second")
    paths = (REPORT, f"{REPORT}.csv", "/bates?number=ICE-000003", "/bates?number=3")
    before = [(answer.status_code, answer.data) for answer in map(client.get, paths)]
    hidden = stamp("ICE-000003", title="Zqhidden", visibility=Visibility.HELD)
    stamp("ICE-000004", title="Zqelsewhere", production="Other", visibility=Visibility.UNPUBLISHED)
    stamp("ICE-000009", title="Zqmembers", visibility=Visibility.MEMBERS)
    assert [(answer.status_code, answer.data) for answer in map(client.get, paths)] == before
    editor = visit(Role.EDITOR)
    assert editor.get(paths[2]).headers["Location"] == f"/documents/{hidden.id}/pages/1"
    assert "Outside this production" in editor.get(REPORT).text
    assert "Page 2 never produced</strong>" in editor.get(REPORT).text
    member = visit(Role.MEMBER).get(REPORT).text
    assert "Pages 6 to 8 never produced, or not among what you may see here" in member
    assert "Zqhidden" not in member


def test_a_production_of_which_nothing_may_be_seen_has_no_report(
    client: FlaskClient, stamp: MakeDocument
) -> None:
    absent = [client.get(f"{REPORT}{ending}") for ending in ("", ".csv")]
    stamp("ICE-000001", visibility=Visibility.UNPUBLISHED)
    hidden = [client.get(f"{REPORT}{ending}") for ending in ("", ".csv")]
    assert {answer.status_code for answer in absent + hidden} == {404}
    assert [answer.data for answer in absent] == [answer.data for answer in hidden]


def test_a_page_whose_stamp_was_not_read_fills_its_place_and_files_without_stamps_are_named(
    client: FlaskClient, stamp: MakeDocument
) -> None:
    stamp("ICE-000001", "", "ICE-000003")
    stamp("", title="Covering letter")
    page = client.get(REPORT).text
    assert "0 gaps" in page
    assert "1 page with a stamp that could not be read" in page
    assert "Covering letter" in page.partition("Without a number")[2]


@pytest.mark.parametrize(
    "written", ["ICE FOIA 10-2674.0001234", "ice foia 10-2674 1234", "10-2674.0001234", "0001234"]
)
def test_a_number_leads_to_its_page_however_it_is_written(
    client: FlaskClient, stamp: MakeDocument, written: str
) -> None:
    document = stamp("ICE FOIA 10-2674.0001233", "ICE FOIA 10-2674.0001234")
    answer = client.get("/bates", query_string={"number": written})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/documents/{document.id}/pages/2")


def test_a_number_on_several_pages_leads_to_all_and_one_on_none_to_its_neighbours(
    client: FlaskClient, stamp: MakeDocument
) -> None:
    stamp("ICE-000001", "ICE-000002", title="First")
    stamp("ICE-000002", "ICE-000009", title="Second")
    stamp("DHS-000005", title="Of others")
    several = client.get("/bates?number=ICE-2")
    assert (several.status_code, "2 pages with this Bates number" in several.text) == (200, True)
    none = client.get("/bates?number=ICE-000005")
    assert none.status_code == 404
    assert "nearest before it" in none.text
    assert "ICE-000002" in none.text
    assert "nearest after it" in none.text
    assert "ICE-000009" in none.text
    assert "Of others" not in none.text
    assert "no page here has a number of this series" in client.get("/bates?number=XYZ-1").text


def test_what_is_no_number_is_said_to_be_none(client: Visitor) -> None:
    assert client.get("/bates").status_code == 200
    for written in ("no number", "1" * 200, "ICE-" + "9" * 19, "%00"):
        answer = client.get("/bates", query_string={"number": written})
        assert answer.status_code in (400, 404)
        assert "Bates number" in answer.text
