"""Figures of what was withheld are what a plain recount of the rows gives, for everybody who looks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import BadFilter
from archive.models import Account, Document, Page, Redaction
from archive.parts import Parts
from archive.rules.access import READER, Viewer, may_see
from archive.rules.redaction_figures import FigureFilters, PageTally, Precision, with_wider
from archive.rules.redaction_states import RedactionState
from archive.rules.statuses import DocumentKind, PageStatus, Role, Visibility
from archive.services.redaction_figures import DOCUMENTS_IN_WINDOW, get_figures, get_total, list_by_share
from archive.services.redaction_figures import list_all_documents as list_all
from archive.services.redaction_figures_asked import Scope, list_choices, read_filters, scope_of
from archive.services.redaction_precision_figures import add_up, count_precision
from ingest.redaction_found import PageDisposition, RedactionLook
from tests.factories import NOON
from tests.withheld import add_redaction, make_withheld_document, pages_of

NOT_SEARCHED = (Visibility.REJECTED, Visibility.WITHDRAWN)
FILTERS = (
    FigureFilters(),
    FigureFilters(agency="ice"),
    FigureFilters(production="first-interim-release"),
    FigureFilters(year="2010"),
    FigureFilters(kind=DocumentKind.MEMO),
    FigureFilters(exemption="b7"),
    FigureFilters(exemption="b5dpp", year="2008"),
    FigureFilters(agency="oig", exemption="b7"),
    *(FINDS_NOTHING := (FigureFilters(agency="nobody"), FigureFilters(exemption="j2"))),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A page that counts, with its document and all that people have not said is none."""

    document: Document
    page: Page
    redactions: tuple[Redaction, ...]


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def fill(session: Session, parts: Parts, seed: int, count: int = 30) -> Account:
    lot = random.Random(seed)
    volunteer = Account(email="v@example.org", role=Role.VOLUNTEER, created_at=NOON)
    session.add(volunteer)
    session.flush()
    for number in range(count):
        document = make_withheld_document(session, parts.storage, lot, f"Record {seed} {number}")
        document.uploaded_by_id = volunteer.id if lot.random() < 0.3 else None
    session.flush()
    return volunteer


def recount(session: Session, filters: FigureFilters, viewer: Viewer) -> list[Row]:
    """The pages that count, found by looking at every row."""
    documents = [one for one in session.scalars(select(Document)) if counts(one, filters, viewer)]
    rows = []
    for document in documents:
        for page in pages_of(session, document):
            places = select(Redaction).where(
                Redaction.document_id == document.id, Redaction.page_number == page.page_number
            )
            standing = tuple(r for r in session.scalars(places) if r.state != RedactionState.REJECTED)
            claimed = with_wider(code for place in standing for code in place.codes)
            if not filters.exemption or filters.exemption in claimed:
                rows.append(Row(document, page, standing))
    return rows


def counts(document: Document, filters: FigureFilters, viewer: Viewer) -> bool:
    is_own = viewer.account_id is not None and document.uploaded_by_id == viewer.account_id
    return (
        may_see(viewer, document.visibility, is_own=is_own)
        and document.visibility not in NOT_SEARCHED
        and (not filters.agency or (document.agency is not None and document.agency.slug == filters.agency))
        and (
            not filters.production
            or (document.production is not None and document.production.slug == filters.production)
        )
        and (not filters.year or (document.dated_on or date(1, 1, 1)).year == int(filters.year))
        and (filters.kind is None or document.kind == filters.kind)
    )


def tally_of(rows: list[Row]) -> PageTally:
    became = Counter(row.page.disposition for row in rows if row.page.status == PageStatus.READ)
    read = sum(became.values())
    share = sum(row.page.withheld_share for row in rows if row.page.status == PageStatus.READ)
    return PageTally(
        documents=len({row.document.id for row in rows}),
        redacted=len({row.document.id for row in rows if row.page.withheld_share}),
        pages=read,
        released=became[PageDisposition.RELEASED],
        in_part=became[PageDisposition.IN_PART],
        withheld=became[PageDisposition.WITHHELD],
        referred=became[PageDisposition.REFERRED],
        unread=len(rows) - read,
        share_sum=pytest.approx(share),  # type: ignore[arg-type]  # is compared, not counted with
    )


def viewers(volunteer: Account) -> list[Viewer]:
    roles = [Viewer(role, 900 + number) for number, role in enumerate(Role)]
    return [READER, *roles, Viewer(Role.VOLUNTEER, volunteer.id)]


@pytest.mark.parametrize("seed", range(2))
def test_every_figure_is_what_a_plain_recount_gives(session: Session, parts: Parts, seed: int) -> None:
    volunteer = fill(session, parts, seed)
    for viewer in viewers(volunteer):
        for filters in FILTERS:
            rows = recount(session, filters, viewer)
            figures = get_figures(session, scope_of(session, filters, viewer))
            assert viewer.role != Role.ADMIN or bool(rows) == (filters not in FINDS_NOTHING)
            assert figures.total == tally_of(rows), (viewer, filters)
            assert {shelf.row and shelf.row.id: shelf.tally for shelf in figures.agencies} == {
                key: tally_of([row for row in rows if row.document.agency_id == key])
                for key in {row.document.agency_id for row in rows}
            }
            assert {shelf.row and shelf.row.id: shelf.tally for shelf in figures.productions} == {
                key: tally_of([row for row in rows if row.document.production_id == key])
                for key in {row.document.production_id for row in rows}
            }
            assert {one.year: one.tally for one in figures.years} == {
                key: tally_of([row for row in rows if year_of(row) == key]) for key in set(map(year_of, rows))
            }


def year_of(row: Row) -> int | None:
    return row.document.dated_on.year if row.document.dated_on else None


def test_exemptions_are_counted_as_a_plain_recount_counts(session: Session, parts: Parts) -> None:
    volunteer = fill(session, parts, 2)
    for viewer in viewers(volunteer):
        for filters in FILTERS:
            rows = recount(session, filters, viewer)
            places = [place for row in rows for place in row.redactions]
            of_places = Counter(code for place in places for code in with_wider(place.codes))
            of_pages = Counter(code for row in rows for code in claimed_on(row))
            by_year = Counter((year_of(row), code) for row in rows for code in claimed_on(row))
            codes = get_figures(session, scope_of(session, filters, viewer)).codes
            assert codes.by_year == by_year
            assert codes.redactions == len(places)
            assert codes.without_code == sum(not place.codes for place in places)
            shown = {row.code: (row.pages, row.redactions) for row in codes.rows}
            assert shown == {code: (of_pages[code], of_places[code]) for code in shown}
            assert set(of_pages) - set(shown) <= {"b5", "b7"}, "left out: said by its only part"
            assert list(codes.rows) == sorted(codes.rows, key=lambda row: (-row.pages, row.code))


def claimed_on(row: Row) -> set[str]:
    return with_wider(code for place in row.redactions for code in place.codes)


def test_the_most_and_the_least_redacted_are_listed_in_windows(session: Session, parts: Parts) -> None:
    fill(session, parts, 7, count=45)
    viewer = Viewer(Role.EDITOR, 1)
    scope = scope_of(session, FigureFilters(), viewer)
    total = get_total(session, scope)
    found = []
    for number in range(1, 9):
        window = list_by_share(session, scope, total.redacted, window=number)
        assert window.total == total.redacted
        if window.number == number:
            found += [(one.document.id, one.tally) for one in window.items]
    rows = recount(session, FigureFilters(), viewer)
    by_document = {key: tally_of(list(group)) for key, group in groupby(rows, lambda row: row.document.id)}
    expected = {key: tally for key, tally in by_document.items() if tally.redacted}
    assert dict(found) == expected
    assert len(found) == len(expected) > DOCUMENTS_IN_WINDOW
    shares = [tally.share for _, tally in found]
    assert shares == sorted(shares, reverse=True)
    least = list_by_share(session, scope, total.redacted, least_first=True)
    assert [one.tally.share for one in least.items] == sorted(shares)[:DOCUMENTS_IN_WINDOW]
    assert {document.id: tally for document, tally in list_all(session, scope)} == by_document


def test_precision_is_what_people_said_of_documents_that_the_visitor_may_see(
    session: Session, parts: Parts
) -> None:
    volunteer = fill(session, parts, 11)
    for viewer in viewers(volunteer):
        expected: dict[RedactionLook, Precision] = {}
        for place, document in session.execute(select(Redaction, Document).join(Document)):
            if place.state != RedactionState.FOUND and counts(document, FigureFilters(), viewer):
                expected[place.look] = expected.get(place.look, Precision()) + said_of(place)
        found = count_precision(session, scope_of(session, FigureFilters(), viewer))
        assert found == expected
        assert add_up(found) == sum(expected.values(), Precision())


def said_of(place: Redaction) -> Precision:
    if place.state == RedactionState.ADDED:
        return Precision(0, 0, 0, 1)
    if place.state == RedactionState.REJECTED:
        return Precision(1, 0, 0, 0)
    return Precision(1, 1, sorted(place.codes) == sorted(place.found_codes or []), 0)


def test_an_exemption_with_one_part_alone_is_told_once(session: Session, parts: Parts) -> None:
    document = make_withheld_document(
        session, parts.storage, random.Random(1), "One", pages=("One", "Two"), visibility=Visibility.PUBLISHED
    )
    for place in session.scalars(select(Redaction)):
        session.delete(place)
    first, second = pages_of(session, document)
    add_redaction(session, first, ["b7c"])
    scope = Scope(select(Document.id))
    assert [row.code for row in get_figures(session, scope).codes.rows] == ["b7c"]
    add_redaction(session, second, ["b7e"])
    assert [row.code for row in get_figures(session, scope).codes.rows] == ["b7", "b7c", "b7e"]


def test_an_editor_may_look_as_everybody_does(session: Session, parts: Parts) -> None:
    fill(session, parts, 3)
    editor = Viewer(Role.EDITOR, 1)
    as_reader = get_figures(session, scope_of(session, FigureFilters()))
    published = replace(FigureFilters(), shown="published")
    assert get_figures(session, scope_of(session, published, editor)) == as_reader
    assert get_figures(session, scope_of(session, FigureFilters(), editor)).total != as_reader.total


def test_choices_are_of_what_the_visitor_may_find(session: Session, parts: Parts) -> None:
    lot = random.Random(4)
    for name, visibility in (("Hidden", Visibility.UNPUBLISHED), ("Shown", Visibility.PUBLISHED)):
        year = date(1999 if name == "Hidden" else 2010, 1, 1)
        named = {"agency": f"{name} bureau", "production": f"{name} release", "dated_on": year}
        kind = DocumentKind.LOG if name == "Hidden" else DocumentKind.MEMO
        make_withheld_document(session, parts.storage, lot, name, visibility=visibility, kind=kind, **named)
    choices = list_choices(session)
    assert [row.name for row in choices.agencies] == ["Shown bureau"]
    assert [row.title for row in choices.productions] == ["Shown release"]
    assert (choices.years, choices.kinds) == ((2010,), (DocumentKind.MEMO,))
    assert list_choices(session, Viewer(Role.EDITOR, 1)).years == (2010, 1999)


def test_filters_are_read_in_any_spelling_and_refused_in_a_sentence() -> None:
    given = {"agency": " ICE ", "year": "2010", "kind": "memo", "exemption": "(b)(7)(E)", "shown": "x"}
    assert read_filters(given) == FigureFilters(
        agency="ice", year="2010", kind=DocumentKind.MEMO, exemption="b7e"
    )
    assert read_filters({}) == FigureFilters()
    for wrong in ({"year": "10"}, {"year": "0000"}, {"kind": "novel"}, {"exemption": "z9"}):
        with pytest.raises(BadFilter):
            read_filters(wrong)


def test_nothing_is_counted_in_an_empty_archive(session: Session) -> None:
    scope = scope_of(session, FigureFilters())
    figures = get_figures(session, scope)
    assert (figures.total, figures.codes.rows, figures.years) == (PageTally(share_sum=0), (), ())
    assert get_total(session, scope) == PageTally()
    assert list_by_share(session, scope, 0).items == ()
