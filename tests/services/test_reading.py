"""Pages are recorded, and recorded again without doubling; the document's state says how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import DocumentNotFound
from archive.models import Document, FieldProposal, Page
from archive.rules.statuses import DocumentKind, ReadingStatus, Visibility
from archive.services.publication import publish_document
from archive.services.reading import begin_reading, find_outcome, finish_reading, record_opened, record_pages
from archive.services.screening import screen_document
from archive.services.word_boxes import unpack_words
from ingest.page import (
    Box,
    FileOpened,
    Mark,
    MarkKind,
    PageFailure,
    PageReading,
    ProposedField,
    ProposedFieldName,
    Reader,
    TextSource,
    Word,
)

DOCUMENT = "b" * 12


@pytest.fixture
def session(database: Database, at: datetime) -> Iterator[Session]:
    with database.transaction() as opened:
        opened.add(
            Document(
                id=DOCUMENT,
                sha256="0" * 64,
                byte_count=1,
                source_file="opt-out_memo.pdf",
                title="opt-out memo",
                reading_status=ReadingStatus.RECEIVED,
                visibility=Visibility.UNPUBLISHED,
                received_at=at,
                content_version=1,
            )
        )
        opened.flush()
        yield opened


def reading(number: int, text: str = "opt out", proposals: tuple[ProposedField, ...] = ()) -> PageReading:
    words, start = [], 0
    for part in text.split():
        start = text.index(part, start)
        words.append(Word(part, start, start + len(part), (Box(72, 72, 100, 84.5),)))
        start += len(part)
    return PageReading(
        page_number=number,
        width_pt=612,
        height_pt=792,
        text=text,
        words=tuple(words),
        source=TextSource.TEXT_LAYER,
        reader=Reader.PDFIUM,
        quality=1.0,
        marks=(Mark(MarkKind.DARK_BOX, Box(1, 2, 3, 4)),),
        proposals=proposals,
    )


def failure(number: int) -> PageFailure:
    return PageFailure(number, "page_too_slow", "This page took too long to read.")


def record(
    session: Session, at: datetime, *pages: PageReading | PageFailure, count: int | None = None
) -> None:
    record_opened(session, DOCUMENT, FileOpened(page_count=count or len(pages)))
    record_pages(session, DOCUMENT, pages, at=at, reader_version="1")


def test_words_and_boxes_come_back_as_they_were_read(session: Session, at: datetime) -> None:
    record(session, at, reading(1, "The county may opt out"))
    page = session.get_one(Page, (DOCUMENT, 1))
    words = unpack_words(page.word_boxes, page.text)
    assert [word.text for word in words] == ["The", "county", "may", "opt", "out"]
    assert words[0].boxes == (Box(72, 72, 100, 84.5),)
    assert page.marks == [{"kind": "dark_box", "box": [1, 2, 3, 4], "text": ""}]


def test_a_page_read_again_takes_the_place_of_the_first_reading(session: Session, at: datetime) -> None:
    record(session, at, reading(1, "first"))
    record(session, at, reading(1, "second"))
    assert session.scalars(select(Page.text)).all() == ["second"]


def test_pages_that_failed_are_not_skipped_by_the_next_run(session: Session, at: datetime) -> None:
    record(session, at, reading(1), failure(2), reading(3))
    assert begin_reading(session, DOCUMENT, reader_version="1") == {1, 3}


def test_a_document_with_a_failed_page_is_partial_and_says_which(session: Session, at: datetime) -> None:
    record(session, at, reading(1), failure(2), reading(3))
    outcome = finish_reading(session, DOCUMENT, at=at)
    assert (outcome.status, outcome.failed_pages, outcome.code) == (
        ReadingStatus.PARTIAL,
        (2,),
        "page_too_slow",
    )
    assert outcome.sentence == "Page 2 could not be read. This page took too long to read."
    assert find_outcome(session, DOCUMENT) == outcome


def test_a_document_none_of_whose_pages_can_be_read_has_failed(session: Session, at: datetime) -> None:
    record(session, at, failure(1), failure(2))
    outcome = finish_reading(session, DOCUMENT, at=at)
    assert (outcome.status, outcome.code) == (ReadingStatus.FAILED, "no_page_read")
    assert not publish_document(session, DOCUMENT, actor="ed", at=at)


def test_what_was_read_from_the_first_page_is_proposed(session: Session, at: datetime) -> None:
    box = Box(100, 100, 200, 112)
    record(
        session,
        at,
        reading(
            1,
            proposals=(
                ProposedField(ProposedFieldName.TITLE, "Counties that opt out", box),
                ProposedField(ProposedFieldName.DATE, "2010-08-17"),
                ProposedField(ProposedFieldName.KIND, "memo"),
            ),
        ),
    )
    finish_reading(session, DOCUMENT, at=at)
    document = session.get_one(Document, DOCUMENT)
    assert (document.title, document.dated_on, document.kind) == (
        "Counties that opt out",
        date(2010, 8, 17),
        DocumentKind.MEMO,
    )
    title = session.scalars(select(FieldProposal).where(FieldProposal.field == "title")).one()
    assert (title.as_box(), title.page_number, title.confirmed_at) == ((100, 100, 200, 112), 1, None)


def test_a_confirmed_value_is_not_proposed_anew(session: Session, at: datetime) -> None:
    first = ProposedField(ProposedFieldName.SUBJECT, "As read first")
    record(session, at, reading(1, proposals=(first,)))
    finish_reading(session, DOCUMENT, at=at)
    session.scalars(select(FieldProposal)).one().confirmed_at = at
    record(session, at, reading(1, proposals=(ProposedField(ProposedFieldName.SUBJECT, "As read later"),)))
    finish_reading(session, DOCUMENT, at=at)
    assert session.get_one(Document, DOCUMENT).subject == "As read first"


def test_a_better_reading_replaces_what_nobody_confirmed(session: Session, at: datetime) -> None:
    for value in ("Counties thot opt out", "Counties that opt out"):
        record(session, at, reading(1, proposals=(ProposedField(ProposedFieldName.SUBJECT, value),)))
        finish_reading(session, DOCUMENT, at=at)
    assert session.get_one(Document, DOCUMENT).subject == "Counties that opt out"
    assert session.scalar(select(func.count()).select_from(FieldProposal)) == 1


def test_what_a_person_said_is_not_shown_as_proposed_even_when_the_page_says_the_same(
    session: Session, at: datetime
) -> None:
    session.get_one(Document, DOCUMENT).kind = DocumentKind.MEMO
    record(session, at, reading(1, proposals=(ProposedField(ProposedFieldName.KIND, "memo"),)))
    finish_reading(session, DOCUMENT, at=at)
    assert session.scalars(select(FieldProposal)).all() == []


def test_finishing_again_keeps_what_was_proposed(session: Session, at: datetime) -> None:
    """As when only a page that failed is read again."""
    proposal = ProposedField(ProposedFieldName.SUBJECT, "Counties that opt out")
    record(session, at, reading(1, proposals=(proposal,)), failure(2))
    finish_reading(session, DOCUMENT, at=at)
    record(session, at, reading(2), count=2)
    finish_reading(session, DOCUMENT, at=at)
    assert session.get_one(Document, DOCUMENT).subject == "Counties that opt out"
    assert session.scalars(select(FieldProposal.is_in_use)).all() == [True]


def test_search_learns_of_every_change_by_the_content_version(session: Session, at: datetime) -> None:
    document = session.get_one(Document, DOCUMENT)
    record(session, at, reading(1))
    finish_reading(session, DOCUMENT, at=at)
    read = document.content_version
    assert read > 1
    screen_document(session, DOCUMENT, at=at)
    assert publish_document(session, DOCUMENT, actor="ed", at=at)
    assert document.content_version > read


def test_an_unknown_document_is_an_error_with_a_name(session: Session) -> None:
    with pytest.raises(DocumentNotFound):
        begin_reading(session, "c" * 12, reader_version="1")
