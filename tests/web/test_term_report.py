"""The term hit report as a reader sees it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from archive.web import term_report
from tests.web.conftest import MakeDocument


@pytest.fixture(autouse=True)
def _filled(add: MakeDocument) -> None:
    add(title="Memo", pages=("opt out", "opt detainer", None), agency="ICE", bates="ICE-")
    add(title="Letter", pages=("detainer bond",))


def test_a_short_list_has_an_address_of_its_own(client: FlaskClient) -> None:
    sent = client.post("/search/report", data={"queries": "opt\r\n\r\nbond\r\nopt", "agency": "ice"})
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/search/report?queries=opt%0Abond&agency=ice"
    page = client.get(sent.headers["Location"]).text
    cells = re.findall(r'<td class="n">([^<]*)</td>', page)
    assert cells == ["2", "1", "2", "1", "0", "0", "0", "0", "2", "1"]
    assert "agency: ice" in page
    assert re.search(r"[0-9a-f]{64}", page)
    assert "2 November 2026, 12:00 UTC" in page
    assert "http://localhost/search/report?queries=" in page


def test_a_long_list_is_answered_at_once_and_its_files_can_be_had(client: FlaskClient) -> None:
    queries = "\n".join(f"detainer OR word{number} OR padding{number}" for number in range(150))
    sent = client.post("/search/report", data={"queries": queries, "details": "on"})
    assert sent.status_code == 200
    assert 'method="post" action="/search/report.csv"' in sent.text
    assert "Address of this report" not in sent.text
    answer = client.post("/search/report.csv", data={"queries": queries})
    assert len(list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))) > 150


def test_a_file_is_taken(client: FlaskClient) -> None:
    file = (io.BytesIO('query;n\r\n"""opt out""";1\r\nbond;2\r\n'.encode("utf-16")), "terms.csv")
    sent = client.post("/search/report", data={"queries": "", "file": file})
    assert sent.headers["Location"] == "/search/report?queries=%22opt+out%22%0Abond"


def test_details_list_the_pages(client: FlaskClient) -> None:
    page = client.get("/search/report?queries=opt&details=on").text
    assert "ICE-000002" in page
    assert "/pages/2?q=opt" in page
    assert "ICE-000002" not in client.get("/search/report?queries=opt").text


def test_a_wrong_query_and_a_wrong_filter(client: FlaskClient) -> None:
    page = client.get("/search/report?queries=(opt%0Abond").text
    assert "A bracket is opened and never closed." in page
    assert "not answered" in page
    wrong = client.get("/search/report?queries=opt&after=yesterday")
    assert wrong.status_code == 400
    assert "yesterday is not a date" in wrong.text


def test_too_many_queries_are_refused_and_kept_in_the_field(client: FlaskClient) -> None:
    queries = "\n".join(f"word{number}" for number in range(201))
    sent = client.post("/search/report", data={"queries": queries})
    assert sent.status_code == 400
    assert "These are 201 queries" in sent.text
    assert "word200</textarea>" in sent.text
    assert client.post("/search/report.csv", data={"queries": queries}).status_code == 400
    assert client.get("/search/report.csv").status_code == 400


def test_the_spreadsheets(client: FlaskClient) -> None:
    counted = client.get("/search/report.csv?queries=opt%0A%3D1%2B1")
    table = list(csv.reader(io.StringIO(counted.data.decode("utf-8-sig"))))
    assert table[1] == ["1", "opt", "2", "1", "2", "1", ""]
    assert table[2][1] == "'=1+1"
    assert ["Pages that could not be read and were not searched", "1"] in table
    listed = client.get("/search/report.csv?queries=opt%0Abond&rows=pages")
    pages = list(csv.reader(io.StringIO(listed.data.decode("utf-8-sig"))))
    assert [row[6] for row in pages[1:]] == ["ICE-000001", "ICE-000002", "1"]
    assert "term-hit-report-pages-2026-11-02.csv" in listed.headers["Content-Disposition"]


def test_what_is_typed_is_text(client: FlaskClient) -> None:
    typed = "</textarea><script>alert(1)</script>"
    for answer in (
        client.get("/search/report", query_string={"queries": typed, "agency": typed, "details": "on"}),
        client.post("/search/report", data={"queries": typed * 100, "place": typed}),
    ):
        assert "<script>alert" not in answer.text


def test_one_report_at_a_time(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_report, "SECONDS", 0.03)
    with term_report._one_at_a_time():  # as another thread would hold it
        answer = client.get("/search/report?queries=opt")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert client.get("/search/report?queries=opt").status_code == 200


def test_a_form_that_is_too_large_is_refused(client: FlaskClient) -> None:
    sent = client.post("/search/report", data={"file": (io.BytesIO(b"x\n" * 600_000), "a.txt")})
    assert sent.status_code == 413
    assert "Traceback" not in sent.text
