"""Documents that may be the same record are found when they are read, and proposed once."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from archive.models import Document, Page, RecordMatch, SketchedPage, SketchHash
from archive.parts import Parts
from archive.rules.redaction_states import MatchKind, MatchState
from archive.services import sketches
from archive.services.same_records import look_for_same_records, look_for_waiting
from ingest.redaction_found import PageDisposition
from tests.factories import make_document
from tests.rules.test_page_sketch import lines, misread, page, withheld

MEMO = tuple(lines(page(seed, 120)) for seed in range(3))
FIRST = tuple(lines(withheld(page(seed, 120), 0.4, seed)) for seed in range(3))


def add(
    parts: Parts,
    title: str,
    *pages: str | None,
    at: datetime,
    look: bool = True,
    derived_from_id: str | None = None,
) -> str:
    with parts.database.transaction() as session:
        document_id = make_document(session, parts.storage, title=title, pages=pages).id
        session.get_one(Document, document_id).derived_from_id = derived_from_id
    if look:
        look_for_same_records(parts.database, document_id, at=at)
    return document_id


def matches(parts: Parts) -> list[RecordMatch]:
    with parts.database.reading() as session:
        return list(session.scalars(select(RecordMatch).order_by(RecordMatch.id)))


def read_again(parts: Parts, document_id: str, number: int, text: str, at: datetime) -> None:
    with parts.database.transaction() as session:
        row = session.get_one(Page, (document_id, number))
        row.text = text
        session.get_one(Document, document_id).content_version += 1
    look_for_same_records(parts.database, document_id, at=at)


def test_two_releases_are_proposed_with_what_each_shows_alone(parts: Parts, at: datetime) -> None:
    first = add(parts, "First", *FIRST, at=at)
    second = add(parts, "Second", *MEMO, at=at)
    (match,) = matches(parts)
    assert (match.first_id, match.second_id) == tuple(sorted((first, second)))
    assert (match.kind, match.state, match.found_at) == (MatchKind.OTHER_RELEASE, MatchState.PROPOSED, at)
    assert match.page_pairs == [[1, 1], [2, 2], [3, 3]]
    shown = match.words_only_second if match.second_id == second else match.words_only_first
    hidden = match.words_only_first if match.second_id == second else match.words_only_second
    assert shown > 60
    assert hidden == 0


def test_a_scan_of_the_same_pages_within_a_longer_file_is_a_second_copy(parts: Parts, at: datetime) -> None:
    long = add(parts, "Binder", *(lines(page(seed)) for seed in range(50, 58)), *MEMO, at=at)
    scan = add(parts, "Scan", *(lines(misread(page(seed, 120), 0.05, seed)) for seed in range(3)), at=at)
    (match,) = matches(parts)
    assert match.kind == MatchKind.SAME_TEXT
    pairs = [[9, 1], [10, 2], [11, 3]]
    assert match.page_pairs == (pairs if match.first_id == long else [pair[::-1] for pair in pairs])
    assert scan in (match.first_id, match.second_id)


def test_a_redacted_page_without_codes_is_another_release(parts: Parts, at: datetime) -> None:
    words = page(0, 120)
    with parts.database.transaction() as session:
        text = lines([*words[:40], *words[60:]])
        boxed = make_document(session, parts.storage, title="Boxed", pages=(text,)).id
        session.get_one(Page, (boxed, 1)).disposition = PageDisposition.IN_PART
    look_for_same_records(parts.database, boxed, at=at)
    whole = add(parts, "Whole", lines(words), at=at)
    (match,) = matches(parts)
    assert match.kind == MatchKind.OTHER_RELEASE
    assert (match.words_only_first + match.words_only_second, match.score) == (20, 1.0)
    assert (match.words_only_first == 20) == (match.first_id == whole)


def test_other_documents_are_not_proposed(parts: Parts, at: datetime) -> None:
    add(parts, "One", *MEMO, at=at)
    add(parts, "Two", *(lines(page(seed)) for seed in range(20, 23)), at=at)
    add(parts, "Short", "A note.", None, at=at)
    assert matches(parts) == []


def test_looking_again_changes_nothing(parts: Parts, at: datetime) -> None:
    ids = [add(parts, "First", *FIRST, at=at), add(parts, "Second", *MEMO, at=at)]
    before = [vars(match) for match in matches(parts)]
    with parts.database.reading() as session:
        hashes = session.query(SketchHash).count()
    for document_id in ids * 2:
        look_for_same_records(parts.database, document_id, at=at)
    after = [vars(match) for match in matches(parts)]
    for row in (*before, *after):
        del row["_sa_instance_state"]
    assert after == before
    with parts.database.reading() as session:
        assert session.query(SketchHash).count() == hashes
        assert session.query(SketchedPage).count() == 6


def test_a_document_read_again_has_new_figures_and_a_proposal_may_go(parts: Parts, at: datetime) -> None:
    first = add(parts, "First", *FIRST, at=at)
    add(parts, "Second", *MEMO, at=at)
    before = matches(parts)[0]
    read_again(parts, first, 1, MEMO[0], at)
    (match,) = matches(parts)
    assert match.id == before.id
    assert match.words_only_first + match.words_only_second < (
        before.words_only_first + before.words_only_second
    )
    for number in (1, 2, 3):
        read_again(parts, first, number, lines(page(90 + number)), at)
    assert matches(parts) == []


@pytest.mark.parametrize("state", [MatchState.ACCEPTED, MatchState.REFUSED])
def test_what_an_editor_decided_stays(parts: Parts, at: datetime, state: MatchState) -> None:
    first = add(parts, "First", *FIRST, at=at)
    add(parts, "Second", *MEMO, at=at)
    with parts.database.transaction() as session:
        row = session.scalars(select(RecordMatch)).one()
        row.state, row.kind, row.decided_at = state, MatchKind.SAME_TEXT, at
        words = row.words_only_first + row.words_only_second
    read_again(parts, first, 1, MEMO[0], at)
    (match,) = matches(parts)
    assert (match.state, match.decided_at) == (state, at)
    assert (match.kind == MatchKind.SAME_TEXT) == (state == MatchState.ACCEPTED)
    assert match.words_only_first + match.words_only_second < words
    for number in (1, 2, 3):
        read_again(parts, first, number, lines(page(90 + number)), at)
    assert [match.state for match in matches(parts)] == [state]


def test_copies_that_the_archive_made_are_not_proposed(parts: Parts, at: datetime) -> None:
    original = add(parts, "Original", *MEMO, at=at)
    copy = add(parts, "Copy", *FIRST, at=at, look=False, derived_from_id=original)
    part = add(parts, "Part of the copy", *MEMO[:2], at=at, look=False, derived_from_id=copy)
    look_for_same_records(parts.database, copy, at=at)
    look_for_same_records(parts.database, part, at=at)
    assert matches(parts) == []


def test_footers_and_forms_do_not_make_records_alike(
    parts: Parts, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    footer = " ".join(page(7, 40))
    for number in range(2):
        pages = [f"{lines(page(100 + 10 * number + each, 60))}\n{footer}" for each in range(5)]
        add(parts, f"Report {number}", *pages, at=at)
    assert matches(parts) == []
    form = lines(page(8, 200))
    monkeypatch.setattr(sketches, "PAGES_OF_A_HASH", 20)
    ids = [add(parts, f"Form {number}", form, at=at) for number in range(25)]
    with parts.database.reading() as session:
        most = session.scalars(select(SketchHash.hash)).all()
    assert max(most.count(value) for value in set(most)) <= 20
    assert len(matches(parts)) <= 9 * 8 // 2  # and no more, however many forms come
    look_for_same_records(parts.database, ids[-1], at=at)
    assert not [match for match in matches(parts) if ids[-1] in (match.first_id, match.second_id)]


def test_documents_that_were_read_before_are_looked_at_once(parts: Parts, at: datetime) -> None:
    add(parts, "First", *FIRST, at=at, look=False)
    add(parts, "Second", *MEMO, at=at, look=False)
    add(parts, "Nothing to sketch", "A note.", at=at, look=False)
    add(parts, "Unread", None, at=at, look=False)
    assert look_for_waiting(parts.database, at=at, limit=2) == 2
    assert look_for_waiting(parts.database, at=at) == 1
    assert look_for_waiting(parts.database, at=at) == 0
    assert len(matches(parts)) == 1


def test_sketches_and_proposals_go_with_the_document(parts: Parts, at: datetime) -> None:
    first = add(parts, "First", *FIRST, at=at)
    add(parts, "Second", *MEMO, at=at)
    with parts.database.transaction() as session:
        session.delete(session.get_one(Document, first))
    assert matches(parts) == []
    with parts.database.reading() as session:
        assert {row.document_id for row in session.scalars(select(SketchedPage))} != {first}
        assert session.query(SketchHash).count() <= 3 * 64
