"""The numbers of a term hit report are those of the searches, and unique is what nothing else finds."""

from __future__ import annotations

from itertools import count

import pytest

from archive.errors import BadFilter
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Visibility
from archive.services.index_state import index_state
from archive.services.search import parse_search, search_pages
from archive.services.term_details import DETAIL_COLUMNS, iter_detail_rows, iter_summary_rows, term_details
from archive.services.term_report import TermReport, report_terms
from tests.factories import NOON
from tests.letters import AddDocument


@pytest.fixture
def documents(add: AddDocument) -> dict[str, Document]:
    """Three documents that overlap in their words, and a page that could not be read."""
    return {
        "memo": add(title="Memo", pages=("opt out", "opt detainer", None), agency="ICE", bates="ICE-"),
        "letter": add(title="Letter", pages=("detainer bond", "nothing")),
        "hidden": add(title="Hidden", pages=("opt detainer bond",), visibility=Visibility.UNPUBLISHED),
    }


def report(parts: Parts, *texts: str, seconds: float = 60, **parameters: list[str]) -> TermReport:
    with parts.database.reading() as session:
        ticks = count()
        return report_terms(
            session, parts.engine, texts, parameters, at=NOON, seconds=seconds, clock=lambda: next(ticks)
        )


def counts(made: TermReport) -> list[tuple[int, int, int, int]]:
    return [(term.pages, term.documents, term.unique_pages, term.unique_documents) for term in made.terms]


@pytest.mark.usefixtures("documents")
def test_counts_and_what_only_one_query_finds(parts: Parts) -> None:
    made = report(parts, "opt", "detainer", "bond", "unicorn")
    assert counts(made) == [(2, 1, 1, 0), (2, 2, 0, 0), (1, 1, 0, 0), (0, 0, 0, 0)]
    assert (made.total_pages, made.total_documents) == (3, 2)
    assert counts(report(parts, "opt"))[0] == (2, 1, 2, 1)


@pytest.mark.usefixtures("documents")
def test_each_line_says_what_the_search_says(parts: Parts) -> None:
    texts = ("opt", '"opt out"', "detainer NOT bond", "deta*", "opt OR bond")
    made = report(parts, *texts)
    with parts.database.reading() as session:
        for term in made.terms:
            found = search_pages(session, parts.engine, parse_search({"q": [term.text]}).query, limit=0)
            assert (term.pages, term.documents) == (found.total_pages, found.total_documents), term.text


@pytest.mark.usefixtures("documents")
def test_filters_hold_for_every_line(parts: Parts) -> None:
    assert counts(report(parts, "opt", "detainer", agency=["ice"])) == [(2, 1, 1, 0), (1, 1, 0, 0)]
    with pytest.raises(BadFilter):
        report(parts, "opt", after=["yesterday"])


@pytest.mark.usefixtures("documents")
def test_a_query_that_is_wrong_says_so_and_the_others_are_answered(parts: Parts) -> None:
    made = report(parts, "(opt", "bond")
    assert made.terms[0].problem is not None
    assert counts(made)[1] == (1, 1, 1, 1)
    rows = list(iter_summary_rows(made))
    assert rows[1][2] == ""  # not zero: it was not answered
    assert "bracket" in str(rows[1][-1])


@pytest.mark.usefixtures("documents")
def test_queries_without_time_are_named_and_not_counted_as_zero(parts: Parts) -> None:
    made = report(parts, "opt", "bond", "detainer", seconds=1)
    assert [term.text for term in made.not_run] == ["bond", "detainer"]
    assert counts(made)[0] == (2, 1, 2, 1)
    assert [row[2] for row in iter_summary_rows(made)][1:-1] == [2, "", ""]


def test_details_are_the_pages_with_their_labels(parts: Parts, documents: dict[str, Document]) -> None:
    made = report(parts, "opt", "detainer")
    with parts.database.reading() as session:
        details = term_details(session, made)
        rows = list(iter_detail_rows(session, made, lambda path: f"https://x.org{path}"))
        cut = list(iter_detail_rows(session, made, str, most=3))
    assert [[line.label for line in found.lines] for found in details[0].documents] == [
        ["ICE-000001", "ICE-000002"]
    ]
    assert rows[0] == DETAIL_COLUMNS
    pages = {(row[1], row[12], row[5], row[8]) for row in rows[1:]}
    memo, letter = documents["memo"].id, documents["letter"].id
    assert pages == {
        ("opt", memo, 1, "yes"),
        ("opt", memo, 2, "no"),
        ("detainer", memo, 2, "no"),
        ("detainer", letter, 1, "yes"),
    }
    assert cut[-1] == ("Only the first 3 of 4 rows are in this file.",)


def test_the_state_is_of_what_is_public(
    parts: Parts, documents: dict[str, Document], add: AddDocument
) -> None:
    with parts.database.reading() as session:
        before = index_state(session, parts.engine)
    assert (before.documents, before.pages, before.unreadable_pages, before.waiting) == (2, 4, 1, 0)
    add(title="Another hidden one", pages=("opt",), visibility=Visibility.UNPUBLISHED)
    with parts.database.reading() as session:
        assert index_state(session, parts.engine) == before
    with parts.database.transaction() as session:  # withdrawn, and the index does not know yet
        session.get_one(Document, documents["letter"].id).visibility = Visibility.WITHDRAWN
        session.get_one(Document, documents["letter"].id).content_version = 2
    with parts.database.reading() as session:
        after = index_state(session, parts.engine)
    assert after.documents == 1
    assert after.digest != before.digest
    assert counts(report(parts, "detainer")) == [(1, 1, 1, 1)]
