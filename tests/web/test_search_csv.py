"""``/search.csv``: all page hits, in order, for a spreadsheet."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient

from archive.services import search_export
from archive.services.search_export import COLUMNS
from tests.web.conftest import MakeDocument


def rows(client: FlaskClient, address: str) -> list[list[str]]:
    """The rows below the head."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    head, *rest = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    return rest


def test_every_hit_is_there_in_the_order_of_the_results(client: FlaskClient, add: MakeDocument) -> None:
    for number in range(3):
        add(
            title=f"Log {number}",
            pages=[f"entry {number} {page}" for page in range(1, 16)],
            bates=f"L{number}-",
        )
    shown: list[str] = []
    for window in (1, 2, 3):
        page = client.get(f"/search?q=entry&sort=oldest&window={window}").text
        shown += [html.unescape(link) for link in re.findall(r'class="hit-label" href="([^"]+)"', page)]
    listed = rows(client, "/search.csv?q=entry&sort=oldest")
    assert len(listed) == 45
    assert {row[10].removeprefix("http://localhost").partition("?")[0] for row in listed} == {
        link.partition("?")[0] for link in shown
    }
    assert [row[0] for row in listed] == [str(rank) for rank in range(1, 46)]
    assert listed[0][6:8] == ["L0-000001", "L0-000001"] or listed[0][6].startswith("L")


def test_filters_and_wrong_queries(client: FlaskClient, add: MakeDocument) -> None:
    add(title="A", pages=("opt",), agency="ICE")
    add(title="B", pages=("opt",), agency="DHS")
    assert [row[1] for row in rows(client, "/search.csv?q=opt&agency=ice")] == ["A"]
    assert [row[1] for row in rows(client, "/search.csv?agency=dhs")] == ["B"]
    assert len(rows(client, "/search.csv")) == 2
    wrong = client.get('/search.csv?q="opt')
    assert (wrong.status_code, wrong.mimetype) == (400, "text/plain")
    assert "never closed" in wrong.text
    assert client.get("/search.csv?q=opt&after=yesterday").status_code == 400


def test_no_cell_is_a_formula_and_the_file_has_a_name(client: FlaskClient, add: MakeDocument) -> None:
    add(title="=cmd|'/C calc'!A0", pages=("=1+1 opt",), source_file="+1.pdf", agency="@agency")
    (row,) = rows(client, "/search.csv?q=opt")
    assert (row[1], row[2], row[8], row[11]) == ("'=cmd|'/C calc'!A0", "'@agency", "'=1+1 opt", "'+1.pdf")
    disposition = client.get("/search.csv?q=opt%0d%0aX:+y").headers["Content-Disposition"]
    assert disposition == 'attachment; filename="search-opt-x-y-2026-11-02.csv"'


def test_a_list_that_is_cut_says_so(
    client: FlaskClient, add: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_export.find_list, "__kwdefaults__", {"most": 2})
    add(pages=("opt", "opt", "opt"))
    listed = rows(client, "/search.csv?q=opt")
    assert len(listed) == 3
    assert listed[-1][0].startswith("Only the first 2 of 3 page hits")
