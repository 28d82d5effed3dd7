"""The pages with figures of what was withheld: what they say, to whom, and where their links lead."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.models import Document
from archive.parts import Parts
from archive.rules.redaction_states import RedactionState
from archive.rules.statuses import DocumentKind, Role, Visibility
from archive.services.indexing import bring_index_up_to_date
from tests.visitors import Visitor
from tests.withheld import add_redaction, pages_of, withhold_page

MakeDocument = Callable[..., Document]
TABLES = ("exemptions", "agencies", "productions", "years", "documents")


@pytest.fixture
def memo(add: MakeDocument, parts: Parts) -> Document:
    """Four pages: in part under (b)(6) and (b)(7)(C), withheld, referred, released; one that is not read."""
    document = add(
        title="=Memo on opting out",
        pages=("Counties", "Two", "Three", "Four", None),
        agency="Immigration and Customs Enforcement (ICE)",
        production="First interim",
        dated_on=date(2010, 8, 17),
        kind=DocumentKind.MEMO,
        bates="ICE-",
        index=False,
    )
    with parts.database.transaction() as session:
        first, second, third, *_ = pages_of(session, document)
        add_redaction(session, first, ["b6"], share=0.25, state=RedactionState.CONFIRMED)
        add_redaction(session, first, ["b6", "b7c"], share=0.25)
        add_redaction(session, first, ["b1"], state=RedactionState.REJECTED)
        withhold_page(session, second, ["b5"])
        withhold_page(session, third, [], referred=True)
    bring_index_up_to_date(parts.database, parts.engine)
    return document


@pytest.fixture
def hidden(add: MakeDocument, parts: Parts) -> Document:
    document = add(
        title="Zqhidden list",
        pages=("Hidden",),
        agency="Zqbureau",
        production="zqrelease",
        dated_on=date(1987, 1, 1),
        visibility=Visibility.UNPUBLISHED,
    )
    with parts.database.transaction() as session:
        add_redaction(session, pages_of(session, document)[0], ["b9"], state=RedactionState.CONFIRMED)
    return document


def rows_of(client: FlaskClient, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def words_of(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_figures_stand_on_the_page(client: FlaskClient, memo: Document) -> None:
    said = words_of(client.get("/redactions").text)
    assert "4 pages of 1 document that is published here." in said
    assert "Released in full 1 25 %" in said
    assert "Withheld in full 1 25 %" in said
    assert "Referred to another agency 1 25 %" in said
    assert "On the average page, 62 % of the text is withheld." in said
    assert "1 page could not be read and is not counted." in said
    assert "(b)(6) personal privacy 1 2" in said
    assert "1 of them without a code that could be read" in said
    assert "1 of 1: too few to say" in said
    assert "(b)(1)" not in said, "an editor said that it is none"


def test_nothing_of_what_is_hidden_is_told(
    client: FlaskClient, visit: Callable[[Role | None], Visitor], memo: Document, hidden: Document
) -> None:
    paths = ["/redactions", "/redactions?year=1987", *(f"/redactions.csv?table={name}" for name in TABLES)]
    alike = client.get("/redactions?agency=zqbureau").text.replace("zqbureau", "nobody")
    assert alike == client.get("/redactions?agency=nobody").text
    for visitor in (client, visit(Role.MEMBER), visit(Role.VOLUNTEER)):
        told = "".join(visitor.get(path).text for path in paths)
        assert not re.search(r"zq|\(b\)\(9\)|1987</option|^1987", told, re.IGNORECASE | re.MULTILINE)
        assert visitor.get(f"/documents/{hidden.id}/redactions").status_code == 404
        assert visitor.get(f"/documents/{hidden.id}/redactions.csv").status_code == 404
    editor = visit(Role.EDITOR)
    assert "Zqbureau" in editor.get("/redactions").text
    assert "Zqbureau" not in editor.get("/redactions?shown=published").text
    assert "(b)(9)" in editor.get(f"/documents/{hidden.id}/redactions").text
    assert "Zqhidden" not in editor.get("/redactions.csv?table=documents&shown=published").text


def test_every_link_of_a_figure_leads_somewhere(
    client: FlaskClient, memo: Document, hidden: Document
) -> None:
    links = set()
    for path in ("/redactions", "/redactions?exemption=b7", f"/documents/{memo.id}/redactions"):
        found = re.findall(r'href="(/(?:search|redactions|documents)[^"#]*)', client.get(path).text)
        links |= {html.unescape(link) for link in found} - {"/redactions/released-later"}
    assert any("ex%3Ab6" in link for link in links)
    assert any("redacted%3A" in link for link in links)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_figure_is_what_its_search_finds(client: FlaskClient, memo: Document, hidden: Document) -> None:
    page = html.unescape(client.get("/redactions").text)
    figures = re.findall(r'<td class="n"><a href="/search([^"]+)">(\d+)</a>', page)
    asked = {path: int(number) for path, number in figures}
    assert len(asked) > 10
    found = {path: client.get(f"/api/v1/search{path}").get_json()["total_pages"] for path in asked}
    assert found == asked


def test_figures_are_narrowed_by_each_filter(client: FlaskClient, memo: Document) -> None:
    for asked in ("agency=ice", "production=first-interim", "year=2010", "kind=memo", "exemption=B7(C)"):
        page = client.get(f"/redactions?{asked}").text
        assert f"{'1 page' if 'exemption' in asked else '4 pages'} of 1 document that is published" in page
        assert "take off" in page
    nothing = client.get("/redactions?year=2011")
    assert nothing.status_code == 200
    assert "No page passes these filters." in nothing.text
    wrong = client.get("/redactions?exemption=z9")
    assert wrong.status_code == 400
    assert "is no exemption" in wrong.text
    assert client.get("/redactions.csv?year=soon").status_code == 400


def test_the_tables_go_out_whole(client: FlaskClient, memo: Document) -> None:
    head, *codes = rows_of(client, "/redactions.csv?table=exemptions")
    assert head == ["Exemption", "Protects", "Pages", "Redactions", "With its parts", "Pages of 2010"]
    assert ["(b)(6)", "personal privacy", "1", "2", "no", "1"] in codes
    assert codes[-1] == ["no code was read", "", "", "1", ""]
    counts = ["4", "1", "1", "1", "1", "1", "0.625"]
    assert rows_of(client, "/redactions.csv?table=years")[1:] == [["2010", "1", *counts]]
    assert rows_of(client, "/redactions.csv?table=productions")[1:] == [["First interim", "1", *counts]]
    agency = ["Immigration and Customs Enforcement", "1", *counts]
    assert rows_of(client, "/redactions.csv?table=agencies")[1:] == [agency]
    ((*_, address),) = (row for row in rows_of(client, "/redactions.csv?table=documents")[1:])
    assert address == f"http://localhost/documents/{memo.id}/redactions"
    assert rows_of(client, "/redactions.csv?table=documents")[1][1] == "'=Memo on opting out"
    assert client.get("/redactions.csv?table=zq").status_code == 404


def test_a_document_is_told_place_by_place(client: FlaskClient, memo: Document) -> None:
    said = words_of(client.get(f"/documents/{memo.id}/redactions").text)
    assert (
        "4 read, 1 could not be read: 1 released in full, 1 in part, 1 withheld in full, 1 referred" in said
    )
    assert "Released in part, 50 % of the text withheld: (b)(6), (b)(7)(C)" in said
    assert "Black box : (b)(6) personal privacy · found in what is drawn on the page, 90 % sure" in said
    assert "confirmed by an editor" in said
    assert "Sheet in place of a page : no code could be read" in said
    assert "Released in full" in said
    assert "This page could not be read: what is withheld on it is not known." in said
    head, *rows = rows_of(client, f"/documents/{memo.id}/redactions.csv")
    assert [row[1] for row in rows] == ["1", "1", "2", "3", "4", "5"], "every page, each place"
    assert {len(row) for row in rows} == {len(head)}
    assert [row[head.index("Number on the page")] for row in rows] == ["1", "2", "1", "1", "", ""]
    assert [row[3] for row in rows][-2:] == ["released in full", "could not be read"]
    assert rows[1][head.index("Exemptions")] == "(b)(6), (b)(7)(C)"
    assert rows[4][-1] == f"http://localhost/documents/{memo.id}/pages/4"


def test_a_long_document_comes_in_windows(client: FlaskClient, add: MakeDocument, parts: Parts) -> None:
    document = add(title="Log", pages=["Entry"] * 60, index=False)
    with parts.database.transaction() as session:
        for _ in range(103):
            add_redaction(session, pages_of(session, document)[0], ["b6"], share=0.001)
    path = f"/documents/{document.id}/redactions"
    first, last = client.get(path).text, client.get(f"{path}?window=3").text
    assert "3 more redactions on this page" in first
    alone = client.get(f"{path}?page=1").text
    assert alone.count("<li value=") == 103
    assert "Page 2<" not in alone
    assert client.get(f"{path}?page=61").status_code == 404
    assert "Page 25</a>" in first
    assert "Page 26</a>" not in first
    assert "Page 60</a>" in last
    assert 'rel="next"' not in last
    assert client.get(f"{path}?window=99").text == last
    rows = rows_of(client, f"{path}.csv")
    assert len(rows) == 1 + 103 + 59


def test_an_archive_without_documents_says_so(client: FlaskClient) -> None:
    page = client.get("/redactions")
    assert page.status_code == 200
    assert "No document has been read yet." in page.text
    assert len(rows_of(client, "/redactions.csv?table=years")) == 1


def test_a_document_that_was_not_read_says_so(client: FlaskClient, add: MakeDocument) -> None:
    document = add(title="Unread", pages=(), index=False)
    page = client.get(f"/documents/{document.id}/redactions")
    assert page.status_code == 200
    assert "This document has not been read yet." in page.text
