"""Words released later, over the whole archive: from accepted matches alone, and for those who see both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, LaterRelease, RecordMatch, Redaction
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.redaction_states import MatchState, RedactionState
from archive.rules.statuses import Role, Visibility
from archive.services.later_releases import (
    iter_later_releases,
    list_later_releases,
    record_later_releases,
    record_later_releases_of,
)
from tests.factories import NOON
from tests.releases import make_release, match_releases

EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")
EARLY, LATE = date(2011, 1, 14), date(2011, 5, 9)
ADVICE, LEAVE = "We would not say that it is mandatory.", "may leave at any time"


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def releases(session: Session, parts: Parts) -> tuple[Document, Document]:
    return (
        make_release(session, parts.storage, "First", received_on=EARLY),
        make_release(session, parts.storage, "Second", shown=["b5"], received_on=LATE),
    )


@pytest.fixture
def match(session: Session, releases: tuple[Document, Document]) -> RecordMatch:
    return match_releases(session, *releases)


def rows(session: Session) -> list[LaterRelease]:
    return list(session.scalars(select(LaterRelease).order_by(LaterRelease.id)))


def test_an_accepted_match_says_what_was_released(
    session: Session, match: RecordMatch, releases: tuple[Document, Document]
) -> None:
    assert record_later_releases(session, match.id) == 2
    first, second = releases
    row, other = rows(session)
    assert (row.words, row.word_count, row.codes) == (ADVICE, 8, ["b5"])
    assert (row.withheld_id, row.withheld_page, row.shown_id, row.shown_page) == (first.id, 1, second.id, 1)
    assert (other.words, other.withheld_page, other.shown_page) == (LEAVE, 2, 2)


def test_twice_is_once(session: Session, match: RecordMatch) -> None:
    record_later_releases(session, match.id)
    record_later_releases(session, match.id)
    assert len(rows(session)) == 2


@pytest.mark.parametrize("state", [MatchState.PROPOSED, MatchState.REFUSED])
def test_nothing_stays_of_a_match_that_is_not_accepted(
    session: Session, match: RecordMatch, state: MatchState
) -> None:
    record_later_releases(session, match.id)
    match.state = state
    assert record_later_releases(session, match.id) == 0
    assert rows(session) == []
    assert record_later_releases(session, 999) == 0


def test_what_was_withheld_later_was_not_released_later(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First", shown=["b5"], received_on=EARLY)
    second = make_release(session, parts.storage, "Second", received_on=LATE)
    assert record_later_releases(session, match_releases(session, first, second).id) == 0


def test_without_days_either_may_be_the_first(session: Session, parts: Parts) -> None:
    first = make_release(session, parts.storage, "First", shown=["b6"])
    second = make_release(session, parts.storage, "Second", shown=["b5"])
    record_later_releases(session, match_releases(session, first, second).id)
    assert {(row.words, row.withheld_id) for row in rows(session)} == {
        (ADVICE, first.id),
        (LEAVE, first.id),
        ("Jane Roe", second.id),
    }


def test_a_correction_is_followed(
    session: Session, match: RecordMatch, releases: tuple[Document, Document]
) -> None:
    record_later_releases(session, match.id)
    first = releases[0]
    for mark in session.scalars(select(Redaction).where(Redaction.document_id == first.id)):
        mark.codes, mark.state, mark.decided_at = ["b7e"], RedactionState.CORRECTED, NOON
    session.flush()
    assert record_later_releases_of(session, first.id) == 2
    assert {tuple(row.codes) for row in rows(session)} == {("b7e",)}


def test_only_who_sees_both_is_told(
    session: Session, match: RecordMatch, releases: tuple[Document, Document]
) -> None:
    record_later_releases(session, match.id)
    assert list_later_releases(session, READER).window.total == 2
    for document in releases:
        for visibility in (Visibility.HELD, Visibility.MEMBERS, Visibility.WITHDRAWN):
            document.visibility = visibility
            session.flush()
            told = list_later_releases(session, READER)
            assert (told.window.total, told.window.items, told.word_count, told.codes) == (0, (), 0, ())
            assert list(iter_later_releases(session, READER)) == []
        document.visibility = Visibility.HELD
        session.flush()
        assert list_later_releases(session, EDITOR).window.total == 2
        document.visibility = Visibility.PUBLISHED
        session.flush()


def test_a_refused_match_tells_nothing_even_before_it_is_looked_at_again(
    session: Session, match: RecordMatch
) -> None:
    record_later_releases(session, match.id)
    match.state = MatchState.REFUSED
    session.flush()
    assert list_later_releases(session, READER).window.total == 0


def test_they_are_found_by_their_code(session: Session, match: RecordMatch) -> None:
    record_later_releases(session, match.id)
    rows(session)[0].codes = ["b5dpp"]
    rows(session)[1].codes = ["b6", "b7c"]
    session.flush()
    for exemption, count in (("b5", 1), ("b5dpp", 1), ("b7", 1), ("b7c", 1), ("b6", 1), ("b1", 0), ("%", 0)):
        told = list_later_releases(session, READER, exemption=exemption)
        assert told.window.total == count, exemption
        assert len(list(iter_later_releases(session, READER, exemption))) == count
        assert dict(told.codes) == {"b5dpp": 1, "b6": 1, "b7c": 1}
