"""The gap report: what the letter says against what arrived, for editors and for everybody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Document, FoiaRequest, Page, Production
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.production_figures import Compared
from archive.rules.statuses import PageStatus, ReadingStatus, Visibility
from archive.services.production_gaps import GapReport, get_gap_report, iter_gap_rows
from tests.productions_made import PAGES, fill_production, make_letter, make_production
from tests.requests_made import EDITOR, make_request, publish

SAID = {"said_pages": 7, "said_in_full": 3, "said_in_part": 2, "said_withheld": 2}
NAMED = {"bates_first": "ICE FOIA 10-2674.000001", "bates_last": "10-2674.000009"}


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as opened:
        yield opened


@pytest.fixture
def request_(session: Session) -> FoiaRequest:
    return make_request(session)


@pytest.fixture
def production(session: Session, request_: FoiaRequest) -> Production:
    return make_production(session, request_, **SAID, **NAMED)


def sentence(report: GapReport, what: Compared) -> str:
    return next(one.sentence for one in report.comparisons if one.what is what)


def test_pages_are_counted_by_what_became_of_them_and_numbers_that_are_missing(
    session: Session, parts: Parts, production: Production
) -> None:
    fill_production(session, parts, production)
    report = get_gap_report(session, production.slug, EDITOR)
    assert (report.here.in_full, report.here.in_part, report.here.withheld) == (3, 2, 1)
    assert report.missing == (
        ("ICE FOIA 10-2674.000005", "ICE FOIA 10-2674.000006", 2),
        ("ICE FOIA 10-2674.000009", "ICE FOIA 10-2674.000009", 1),
    )
    assert sentence(report, Compared.WITHHELD) == (
        "The letter says 2 pages withheld in full; 1 slip sheet and 3 missing numbers are here: "
        "2 more than the letter says."
    )
    assert report.contradictions == (
        "The letter names 9 Bates numbers for 7 pages: at least 2 numbers are on no page that it counts.",
    )
    assert [one.what for one in report.differences] == [Compared.WITHHELD]
    assert [page.label for page in report.withheld.pages] == ["ICE FOIA 10-2674.000007"]


def test_the_cover_letter_is_no_page_of_the_release(
    session: Session, parts: Parts, production: Production
) -> None:
    fill_production(session, parts, production)
    letter = make_letter(session, parts)
    letter.production_id = production.id
    session.flush()
    assert get_gap_report(session, production.slug, EDITOR).here.pages == len(PAGES) + 1
    production.cover_letter_id = letter.id
    session.flush()
    report = get_gap_report(session, production.slug, EDITOR)
    assert report.here.pages == len(PAGES)
    assert report.cover_letter is letter


def test_a_copy_made_here_and_a_worse_copy_are_not_counted_again(
    session: Session, parts: Parts, production: Production
) -> None:
    first = fill_production(session, parts, production)
    copy = fill_production(session, parts, production, title="Copy")
    copy.derived_from_id = first.id
    worse = fill_production(session, parts, production, title="Worse")
    worse.superseded_by_id = first.id
    session.flush()
    assert get_gap_report(session, production.slug, EDITOR).documents == 1
    first.visibility = Visibility.SEALED
    session.flush()
    assert get_gap_report(session, production.slug, READER).documents == 2  # what it was made of is not seen


def test_without_a_named_range_the_gaps_between_the_numbers_count(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    production = make_production(session, request_)
    fill_production(session, parts, production)
    report = get_gap_report(session, production.slug, EDITOR)
    assert [count for *_, count in report.missing] == [2]
    assert report.said is None
    assert report.differences == ()


def test_numbers_of_another_series_are_not_missed(
    session: Session, parts: Parts, request_: FoiaRequest
) -> None:
    production = make_production(session, request_, bates_first="CBP-1", bates_last="CBP-9")
    fill_production(session, parts, production)
    report = get_gap_report(session, production.slug, EDITOR)
    assert report.named is not None
    assert not report.named.is_borne
    assert report.missing == ()


def test_readers_count_published_documents_and_are_told_nothing_of_others(
    session: Session, parts: Parts, request_: FoiaRequest, production: Production
) -> None:
    hidden = fill_production(session, parts, production, visibility=Visibility.MEMBERS)
    with pytest.raises(ShelfNotFound):
        get_gap_report(session, production.slug, READER)
    publish(session, request_)
    report = get_gap_report(session, production.slug, READER)
    assert (report.documents, report.here.pages, report.waiting) == (0, 0, 0)
    assert report.missing == ()
    assert not report.sees_all
    assert not [row for row in _rows(session, production, None) if hidden.title in str(row)]
    assert get_gap_report(session, production.slug, EDITOR).here.pages == len(PAGES)


def test_readers_are_not_told_what_a_letter_says_that_they_may_not_see(
    session: Session, parts: Parts, production: Production
) -> None:
    fill_production(session, parts, production)
    report = get_gap_report(session, production.slug, READER)
    assert report.said is None
    assert report.named is None
    assert all(one.said is None for one in report.comparisons)
    assert [count for *_, count in report.missing] == [2]  # the stamps on published pages say so


def test_pages_and_documents_that_are_not_read_are_said_to_be(
    session: Session, parts: Parts, production: Production
) -> None:
    document = fill_production(session, parts, production)
    session.get_one(Page, (document.id, 1)).status = PageStatus.FAILED
    waits = fill_production(session, parts, production, title="Just sent in")
    waits.reading_status = ReadingStatus.RECEIVED
    session.flush()
    report = get_gap_report(session, production.slug, EDITOR)
    assert report.here.unread == 1
    assert report.waiting == 1
    assert [page.page_number for page in report.unread.pages] == [1]


def test_the_table_says_the_same_as_the_page(session: Session, parts: Parts, production: Production) -> None:
    document = fill_production(session, parts, production)
    report = get_gap_report(session, production.slug, EDITOR)
    rows = _rows(session, production, document)
    assert rows[0][0] == "what"
    assert [row[4] for row in rows[1 : 1 + len(report.comparisons)]] == [
        one.sentence for one in report.comparisons
    ]
    assert rows[-1][-1] == f"https://x/documents/{document.id}/pages/5"


def _rows(session: Session, production: Production, document: Document | None) -> list[tuple[object, ...]]:
    viewer = EDITOR if document else READER
    found = iter_gap_rows(session, production.slug, viewer, absolute=lambda path: f"https://x{path}")
    return [tuple(row) for row in found]
