"""Two documents compared: which was released first, who may see it, and what was corrected meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Document, Page, Redaction
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.comparison import RunKind
from archive.rules.redaction_states import RedactionState
from archive.rules.statuses import Role, Visibility
from archive.services.comparison_sheets import NoteKind, comparison_sheet
from archive.services.comparisons import (
    MOST_PAGES,
    ComparedWithItself,
    TooLongToCompare,
    compare_releases,
)
from ingest.redaction_found import PageDisposition
from tests.factories import NOON, make_document
from tests.releases import MEMO, make_release

EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")
EARLY, LATE = date(2011, 1, 14), date(2011, 5, 9)
ADVICE, LEAVE = "We would not say that it is mandatory.", "may leave at any time"


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


def words(session: Session, one: Document, other: Document, kind: RunKind = RunKind.RELEASED) -> list[str]:
    comparison = compare_releases(session, one.id, other.id, READER).comparison
    return [run.shown.words for run in comparison.runs if run.kind == kind]


def test_the_words_released_later_with_their_codes(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First")
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    found = compare_releases(session, first.id, second.id, READER)
    assert [run.shown.words for run in found.comparison.runs] == [ADVICE, LEAVE]
    assert found.comparison.codes(RunKind.RELEASED) == ("b5",)
    assert not found.is_known


@pytest.mark.parametrize("turned", [False, True])
def test_the_earlier_release_is_the_first_whatever_is_asked(
    session: Session, parts: Parts, turned: bool
) -> None:
    first = make_release(session, parts.storage, "First", received_on=EARLY)
    second = make_release(session, parts.storage, "Second", shown=["b5"], received_on=LATE)
    asked = (second.id, first.id) if turned else (first.id, second.id)
    found = compare_releases(session, *asked, READER)
    assert (found.first.id, found.second.id, found.is_known) == (first.id, second.id, True)


def test_the_day_of_a_production_is_that_of_its_documents(session: Session, parts: Parts) -> None:
    first = make_document(session, parts.storage, title="A", pages=("One.",), production="January")
    second = make_release(session, parts.storage, "B", ["Two."], received_on=EARLY)
    assert first.production is not None
    first.production.received_on = LATE
    assert compare_releases(session, first.id, second.id, READER).first is second


def test_without_a_day_it_is_as_asked(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First", received_on=EARLY)
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    assert words(session, first, second) == [ADVICE, LEAVE]
    assert words(session, second, first, RunKind.WITHHELD) == [ADVICE, LEAVE]


@pytest.mark.parametrize("visibility", [Visibility.HELD, Visibility.MEMBERS, Visibility.UNPUBLISHED])
def test_whoever_may_not_see_either_is_told_that_there_is_none(
    session: Session, parts: Parts, visibility: Visibility
) -> None:
    first = make_release(session, parts.storage, "First", visibility=visibility)
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    for asked in ((first.id, second.id), (second.id, first.id), ("a" * 12, second.id)):
        with pytest.raises(DocumentNotFound):
            compare_releases(session, *asked, READER)
    assert compare_releases(session, first.id, second.id, EDITOR).comparison.released


def test_what_was_seen_once_is_not_shown_from_memory(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First")
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    assert words(session, first, second)
    first.visibility = Visibility.HELD
    session.flush()
    with pytest.raises(DocumentNotFound):
        compare_releases(session, first.id, second.id, READER)


def test_a_correction_is_seen_at_once(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First")
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    compare_releases(session, first.id, second.id, READER)
    mark = session.scalars(select(Redaction).where(Redaction.document_id == first.id)).first()
    assert mark is not None
    mark.codes, mark.state, mark.decided_at = ["b7e"], RedactionState.CORRECTED, NOON
    session.flush()
    found = compare_releases(session, first.id, second.id, READER).comparison
    assert found.released[0].codes == ("b7e",)


def test_a_page_withheld_in_full_is_one_place(session: Session, parts: Parts) -> None:
    first = make_document(session, parts.storage, title="A", pages=(MEMO[0], "Withheld pursuant to", MEMO[1]))
    second = make_document(session, parts.storage, title="B", pages=(MEMO[0], "Nobody was told.", MEMO[1]))
    page = session.get_one(Page, (first.id, 2))
    page.disposition, page.claimed_codes = PageDisposition.WITHHELD, ["b5"]
    session.flush()
    (run,) = compare_releases(session, first.id, second.id, READER).comparison.runs
    assert (run.kind, run.codes, run.shown.words) == (RunKind.RELEASED, ("b5",), "Nobody was told.")


def test_what_cannot_be_compared_says_why(session: Session, parts: Parts) -> None:
    document = make_release(session, parts.storage, "First")
    other = make_release(session, parts.storage, "Second", shown=["b5"])
    with pytest.raises(ComparedWithItself):
        compare_releases(session, document.id, document.id, READER)
    other.page_count = MOST_PAGES + 1
    session.flush()
    with pytest.raises(TooLongToCompare):
        compare_releases(session, document.id, other.id, READER)


def test_the_notes_of_two_pages_have_the_numbers_of_the_list(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First")
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    releases = compare_releases(session, first.id, second.id, READER)
    sheet = comparison_sheet(session, releases, releases.comparison.pairs[1])
    assert [run.shown.words for run in sheet.runs] == [LEAVE]
    kinds = [(note.kind, note.number) for note in sheet.first.notes]
    assert kinds == [(NoteKind.STILL_HIDDEN, 0), (NoteKind.HIDDEN, 1)]
    (still, released) = sheet.second.notes
    assert (still.kind, released.kind, released.number) == (NoteKind.STILL_HIDDEN, NoteKind.RELEASED, 1)
    assert sheet.second.page is not None
    assert sheet.second.page.text[released.start : released.end] == LEAVE
    assert len(released.boxes) == 1  # one line
