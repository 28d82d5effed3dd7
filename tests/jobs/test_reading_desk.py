"""Documents are read under a lease, page by page, and what was read survives an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from archive.jobs import reading_desk
from archive.jobs.reading_desk import DocumentElsewhere, DocumentFinished, PageRead, ReadingDesk
from archive.models import Document, FieldProposal, Job, Page
from archive.parts import Parts
from archive.rules.statuses import JobState, ReadingStatus, Visibility
from archive.services.job_leases import claim_reading, find_waiting_documents, queue_reading
from archive.services.rereading import find_outdated, queue_outdated
from archive.services.uploads import Description, hash_file, keep_original, receive_upload
from ingest.sandbox import READER_VERSION, Sandbox
from tests.pdfs import write_pdf


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=2) as opened:
        yield opened


@pytest.fixture
def desk(parts: Parts, sandbox: Sandbox) -> ReadingDesk:
    return ReadingDesk(
        database=parts.database, storage=parts.storage, engine=parts.engine, sandbox=sandbox, actor="test"
    )


def receive(parts: Parts, path: Path, at: datetime, *, publish: bool = False, title: str = "") -> str:
    stored = hash_file(path)
    keep_original(parts.storage, stored, path)
    with parts.database.transaction() as session:
        description = Description(title=title)
        return receive_upload(session, stored, description, actor="test", at=at, publish=publish).document_id


def test_a_document_is_read_recorded_published_and_indexed(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    text = (
        "MEMORANDUM FOR: Field Office Directors\nFROM: A. Sample\n"
        "SUBJECT: Counties that opt out\nDATE: August 17, 2010"
    )
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", text, "Second page"), at, publish=True)
    progress = list(desk.read([document_id]))
    assert [type(step) for step in progress].count(PageRead) == 2
    assert isinstance(progress[-1], DocumentFinished)
    with parts.database.reading() as session:
        document = session.get_one(Document, document_id)
        assert (document.reading_status, document.visibility) == (ReadingStatus.READ, Visibility.PUBLISHED)
        assert document.page_count == 2
        assert document.subject == "Counties that opt out"
        assert document.indexed_version == document.content_version
        pages = session.scalars(select(Page).order_by(Page.page_number)).all()
        assert "opt out" in pages[0].text
        assert pages[0].image_key is not None
        assert parts.storage.read(pages[0].image_key)[8:12] == b"WEBP"
        proposed = session.scalars(select(FieldProposal)).all()
        assert all(row.confirmed_at is None and row.page_number == 1 for row in proposed)
    assert list(parts.engine.iter_page_counts(public=True)) == [(document_id, document.content_version, 2)]


def test_what_a_person_said_is_not_overwritten_by_what_was_read(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    path = write_pdf(
        tmp_path / "memo.pdf", "MEMORANDUM FOR: Directors\nSUBJECT: Read from the page\nDATE: May 1, 2010"
    )
    document_id = receive(parts, path, at, title="Said by the volunteer")
    list(desk.read([document_id]))
    with parts.database.reading() as session:
        assert session.get_one(Document, document_id).title == "Said by the volunteer"
        assert "title" not in session.scalars(select(FieldProposal.field)).all()


def test_an_interrupted_reading_goes_on_where_it_stopped(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_desk, "PAGES_PER_TRANSACTION", 1)
    path = write_pdf(tmp_path / "report.pdf", *(f"Page {number}" for number in range(30)))
    document_id = receive(parts, path, at)
    progress = desk.read([document_id])
    read_first = sum(isinstance(next(progress), PageRead) for _ in range(6))
    progress.close()  # type: ignore[attr-defined]  # a generator, as every interruption sees it
    with parts.database.transaction() as session:
        assert find_waiting_documents(session, at=at) == [document_id]
        kept = session.scalars(select(Page.page_number)).all()
    assert len(kept) >= read_first
    rest = [step.page_number for step in desk.read([document_id]) if isinstance(step, PageRead)]
    assert sorted([*kept, *rest]) == list(range(1, 31))


def test_a_file_that_is_no_pdf_is_kept_with_its_reason(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    path = tmp_path / "picture.pdf"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    document_id = receive(parts, path, at, publish=True)
    list(desk.read([document_id]))
    with parts.database.reading() as session:
        document = session.get_one(Document, document_id)
        assert (document.reading_status, document.failure_code) == (ReadingStatus.FAILED, "not_a_pdf")
        assert document.visibility == Visibility.UNPUBLISHED
        assert session.scalars(select(Job.state)).one() == JobState.FAILED


def test_a_document_somebody_else_reads_is_left_alone(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", "Opt out"), at)
    with parts.database.transaction() as session:
        claim_reading(session, document_id, at=parts.clock())
    assert list(desk.read([document_id])) == [DocumentElsewhere(document_id)]


def test_a_worker_whose_lease_was_taken_writes_nothing_more(
    parts: Parts, sandbox: Sandbox, tmp_path: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_desk, "PAGES_PER_TRANSACTION", 1)
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", *"abcdefghij"), at)
    slow = ReadingDesk(
        database=parts.database, storage=parts.storage, engine=parts.engine, sandbox=sandbox, actor="slow"
    )
    progress = slow.read([document_id])
    while not isinstance(next(progress), PageRead):
        pass
    with parts.database.transaction() as session:
        claim_reading(session, document_id, at=parts.clock() + timedelta(hours=1))
        before = session.scalars(select(Page.page_number)).all()
    assert DocumentElsewhere(document_id) in list(progress)
    with parts.database.reading() as session:
        assert session.scalars(select(Page.page_number)).all() == before


def test_reading_twice_gives_the_same_rows(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", "Opt out", "Sign on"), at)

    def rows() -> list[tuple[object, ...]]:
        with parts.database.reading() as session:
            columns = (Page.page_number, Page.text, Page.word_boxes, Page.image_key)
            return [tuple(row) for row in session.execute(select(*columns).order_by(Page.page_number))]

    list(desk.read([document_id]))
    once = rows()
    with parts.database.transaction() as session:
        queue_reading(session, document_id, at=at)
    list(desk.read([document_id]))
    assert rows() == once


def test_a_document_that_kept_killing_its_worker_is_set_aside(
    parts: Parts, sandbox: Sandbox, tmp_path: Path, at: datetime
) -> None:
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", "Opt out"), at)
    with parts.database.transaction() as session:
        session.scalars(select(Job)).one().attempts = 3
    tired = ReadingDesk(
        database=parts.database,
        storage=parts.storage,
        engine=parts.engine,
        sandbox=sandbox,
        actor="test",
        give_up_after=3,
    )
    list(tired.read([document_id]))
    with parts.database.reading() as session:
        assert session.get_one(Document, document_id).failure_code == "reader_crashed"


def test_what_an_earlier_version_read_is_read_again_and_stays_shown(
    parts: Parts, desk: ReadingDesk, tmp_path: Path, at: datetime
) -> None:
    document_id = receive(parts, write_pdf(tmp_path / "old.pdf", "An old reading", "Two"), at, publish=True)
    list(desk.read([document_id]))
    with parts.database.transaction() as session:
        assert find_outdated(session, READER_VERSION) == []
        assert queue_outdated(session, READER_VERSION, at=at) == 0
        session.execute(update(Page).values(reader_version="1", text="as it was read then"))
        assert find_outdated(session, READER_VERSION) == [document_id]
        assert queue_outdated(session, READER_VERSION, at=at) == 1
    list(desk.read([document_id]))
    with parts.database.reading() as session:
        assert find_outdated(session, READER_VERSION) == []
        document = session.get_one(Document, document_id)
        assert document.visibility == Visibility.PUBLISHED
        assert document.indexed_version == document.content_version
        texts = session.scalars(select(Page.text).order_by(Page.page_number)).all()
        assert texts == ["An old reading", "Two"]
