"""What is shown of a search, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from archive.models import Document
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.query import Filters, Query
from archive.rules.statuses import DocumentKind, Visibility
from archive.search.query import parse_query
from archive.services.indexing import bring_index_up_to_date
from archive.services.search import ResultWindow, search_pages
from archive.services.search_answer import Answer
from archive.services.search_json import search_as_json
from archive.services.visible import WHOLE_ARCHIVE
from tests.factories import make_document


@pytest.fixture
def ids(parts: Parts) -> dict[str, str]:
    """An archive with three documents in the index; their ids by title."""
    with parts.database.transaction() as session:
        made = [
            make_document(
                session,
                parts.storage,
                title="Opt-out memo",
                pages=["A detainer is a request.", None, "Detainer, detainer: <b>bold</b>."],
                kind=DocumentKind.MEMO,
                dated_on=date(2010, 8, 17),
                agency="Immigration and Customs Enforcement (ICE)",
                place="Arlington County, VA",
                production="first",
                bates="ICE-",
            ),
            make_document(
                session, parts.storage, title="Scan", pages=["A detainer"], source="ocr", quality=0.4
            ),
            make_document(
                session,
                parts.storage,
                title="Secret",
                pages=["secret detainer"],
                visibility=Visibility.UNPUBLISHED,
            ),
        ]
    bring_index_up_to_date(parts.database, parts.engine)
    return {document.title: document.id for document in made}


def ask(parts: Parts, query: str | Query, *, limit: int = 20, everything: bool = False) -> ResultWindow:
    """The window of a search."""
    asked = parse_query(query) if isinstance(query, str) else query
    with parts.database.reading() as session:
        viewer = WHOLE_ARCHIVE if everything else READER
        return search_pages(session, parts.engine, asked, limit=limit, viewer=viewer)


def shown(window: ResultWindow) -> Sequence[tuple[str, list[int]]]:
    """Titles and page numbers."""
    return [(found.document.title, [page.page_number for page in found.pages]) for found in window.documents]


def test_pages_stand_under_their_documents_the_best_first(parts: Parts, ids: dict[str, str]) -> None:
    window = ask(parts, "detainer")
    assert sorted(shown(window)) == [("Opt-out memo", [3, 1]), ("Scan", [1])]
    assert (window.total_pages, window.total_documents) == (3, 2)
    best = [max(page.score for page in found.pages) for found in window.documents]
    assert best == sorted(best, reverse=True)


def test_a_page_says_what_it_is_called_and_how_well_it_was_read(parts: Parts, ids: dict[str, str]) -> None:
    pages = {page.label: page for found in ask(parts, "detainer").documents for page in found.pages}
    assert set(pages) == {"ICE-000001", "ICE-000003", "1"}
    assert (pages["1"].source, pages["1"].quality) == ("ocr", 0.4)
    assert "<mark>Detainer</mark>" in pages["ICE-000003"].snippet
    assert "&lt;b&gt;" in pages["ICE-000003"].snippet
    assert pages["1"].has_thumbnail


def test_facets_say_what_people_call_things(parts: Parts, ids: dict[str, str]) -> None:
    window = ask(parts, parse_query("detainer", Filters(agency=("ice",))))
    facets = {facet.name: facet.values for facet in window.facets}
    (agency,) = facets["agency"]
    assert (agency.value, agency.label, agency.pages, agency.documents, agency.chosen) == (
        "ice",
        "ICE",
        2,
        1,
        True,
    )
    assert [(one.value, one.label) for one in facets["place"]] == [
        ("arlington-county-va", "Arlington County, VA")
    ]
    assert [(one.value, one.label) for one in facets["kind"]] == [("memo", "memo")]
    assert [one.label for one in facets["year"]] == ["2010"]


def test_unpublished_documents_are_for_editors_only(parts: Parts, ids: dict[str, str]) -> None:
    assert shown(ask(parts, "secret")) == []
    assert shown(ask(parts, "secret", everything=True)) == [("Secret", [1])]


def test_a_withdrawn_document_is_neither_shown_nor_counted_before_the_index_knows(
    parts: Parts, ids: dict[str, str]
) -> None:
    with parts.database.transaction() as session:
        memo = session.get_one(Document, ids["Opt-out memo"])
        memo.visibility = Visibility.WITHDRAWN
        memo.content_version += 1
    for everything in (False, True):
        window = ask(parts, "detainer", everything=everything)
        assert "Opt-out memo" not in dict(shown(window))
        assert window.total_documents == 1 + everything
        assert [facet.values for facet in window.facets if facet.name == "agency"] == [()]


def test_a_hit_that_the_database_no_longer_has_is_left_out(parts: Parts, ids: dict[str, str]) -> None:
    """As when a row was changed behind the back of the index."""
    with parts.database.transaction() as session:
        session.get_one(Document, ids["Scan"]).visibility = Visibility.WITHDRAWN
    window = ask(parts, "detainer")
    assert [title for title, _ in shown(window)] == ["Opt-out memo"]
    assert (window.total_pages, window.total_documents) == (2, 1)


def test_a_title_is_found_and_shown_as_what_it_is(parts: Parts, ids: dict[str, str]) -> None:
    (found,) = ask(parts, "Arlington").documents
    assert [page.page_number for page in found.pages] == [1]
    assert "Opt-out memo" in found.pages[0].snippet
    assert "<mark>Arlington</mark>" in found.pages[0].snippet


def test_the_json_has_the_promised_names(parts: Parts, ids: dict[str, str]) -> None:
    said = search_as_json(Answer(ask(parts, "request detainer")))
    assert list(said) == [
        "query",
        "total_pages",
        "total_documents",
        "took_ms",
        "facets",
        "documents",
        "warnings",
        "synonyms",
    ]
    assert said["query"] == "request detainer"
    assert said["facets"]["agency"] == [{"value": "ICE", "label": "ICE", "pages": 1, "documents": 1}]
    (document,) = said["documents"]
    document_id = ids["Opt-out memo"]
    (page,) = document.pop("pages")
    assert len(document.pop("sha256")) == 64
    assert document == {
        "id": document_id,
        "title": "Opt-out memo",
        "agency": "ICE",
        "kind": "memo",
        "dated_on": "2010-08-17",
        "url": f"/documents/{document_id}",
        "source_file": "Opt-out memo.pdf",
        "page_count": 3,
    }
    assert page["score"] > 0
    assert page["snippet"] == "A <mark>detainer</mark> is a <mark>request</mark>."
    assert (page["page_number"], page["label"]) == (1, "ICE-000001")
    assert page["url"] == f"/documents/{document_id}/pages/1?q=request+detainer"
