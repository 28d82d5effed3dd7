"""Figures of what was withheld as rows: every row as long as its head, and nothing rounded away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.exports.redaction_sheets import TABLES, document_rows, page_rows
from archive.models import Document
from archive.parts import Parts
from archive.rules.redaction_figures import FigureFilters
from archive.rules.statuses import Visibility
from archive.services.redaction_document_figures import (
    get_short_figures,
    get_short_figures_of_document,
    iter_document_redactions,
)
from archive.services.redaction_figures import Figures, get_figures, get_total, list_all_documents
from archive.services.redaction_figures_asked import scope_of
from tests.withheld import make_withheld_document


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    lot = random.Random(8)
    with parts.database.transaction() as session:
        for number in range(12):
            shown = Visibility.PUBLISHED if number else Visibility.HELD
            make_withheld_document(session, parts.storage, lot, f"Record {number}", visibility=shown)
        yield session


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_each_table_adds_up_to_the_totals(
    session: Session, rows: Callable[[Figures], Iterator[Sequence[object]]]
) -> None:
    figures = get_figures(session, scope_of(session, FigureFilters()))
    head, *body = rows(figures)
    if head[0] == "Exemption":
        assert [row[2] for row in body[:-1]] == [row.pages for row in figures.codes.rows]
        assert all(sum(int(str(count)) for count in row[5:]) == row[2] for row in body[:-1])
        return
    assert {len(row) for row in body} == {len(head)}
    sums = [sum(row[at] for row in body) for at in range(1, 8)]  # type: ignore[misc]  # counts
    total = figures.total
    became = [total.released, total.in_part, total.withheld, total.referred, total.unread]
    assert sums == [total.documents, total.pages, *became]


def test_documents_and_their_places_come_with_their_addresses(session: Session) -> None:
    scope = scope_of(session, FigureFilters())
    head, *body = document_rows(list_all_documents(session, scope), lambda one: f"/d/{one}")
    assert {len(row) for row in body} == {len(head)}
    assert sum(int(str(row[5])) for row in body) == get_total(session, scope).pages
    for row in body:
        places = list(page_rows(str(row[0]), iter_document_redactions(session, str(row[0])), "/p/{}".format))
        assert {len(place) for place in places} == {len(places[0])}
        assert row[-1] == f"/d/{row[0]}"
        assert places[-1][-1] == f"/p/{places[-1][1]}"


def test_short_figures_are_those_of_the_whole(session: Session) -> None:
    filters = FigureFilters(production="first-interim-release")
    figures, short = get_figures(session, scope_of(session, filters)), get_short_figures(session, filters)
    assert short.tally == figures.total
    assert short.codes == figures.codes.rows[:5]
    assert short.other_codes == max(0, len(figures.codes.rows) - 5)
    held = session.scalars(select(Document).where(Document.visibility == Visibility.HELD)).one()
    assert get_short_figures_of_document(session, held).tally.documents == 1
