"""A file with a private number in it becomes a published copy without, each step as in life."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.jobs.copy_desk import CopyDesk
from archive.jobs.reading_desk import ReadingDesk
from archive.models import Document, Finding, Page
from archive.parts import Parts
from archive.rules.statuses import CopyKind, ReadingStatus, Role, Visibility
from archive.services.indexing import bring_index_up_to_date, compare_index
from archive.services.job_leases import find_waiting_documents, queue_reading
from archive.services.uploads import Description, hash_file, keep_original, receive_upload
from ingest.sandbox import Sandbox
from tests.factories import NOON
from tests.pdfs import write_pdf
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
PRIVATE = "A 123-456-789"
TEXT = f"MEMORANDUM FOR: Field Office Directors\nThe alien registration number of the person is {PRIVATE}."


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


@pytest.fixture
def desk(parts: Parts, sandbox: Sandbox) -> ReadingDesk:
    return ReadingDesk(
        database=parts.database,
        storage=parts.storage,
        engine=parts.engine,
        sandbox=sandbox,
        actor="worker",
        clock=lambda: NOON,
        reviewers=1,
    )


def receive(parts: Parts, path: Path) -> str:
    """Sent in with the wish that it be published at once."""
    stored = hash_file(path)
    keep_original(parts.storage, stored, path)
    with parts.database.transaction() as session:
        receipt = receive_upload(session, stored, Description(), actor="test", at=NOON, publish=True)
        return receipt.document_id


def read_waiting(parts: Parts, desk: ReadingDesk) -> None:
    with parts.database.reading() as session:
        waiting = find_waiting_documents(session, at=NOON)
    for _ in desk.read(waiting):
        pass


def get(parts: Parts, document_id: str) -> Document:
    with parts.database.reading() as session:
        return session.get_one(Document, document_id)


def decide_all(visitor: Visitor, parts: Parts, document_id: str, decision: str) -> int:
    with parts.database.reading() as session:
        ids = session.scalars(select(Finding.id).where(Finding.document_id == document_id)).all()
    for finding_id in ids:
        visitor.post(f"/review/{document_id}/findings/{finding_id}", data={"decision": decision})
    return len(ids)


def test_a_private_number_is_found_covered_and_never_public(
    parts: Parts, desk: ReadingDesk, sandbox: Sandbox, visit: Visit, tmp_path: Path
) -> None:
    editor, reader = visit(Role.EDITOR), visit(None)
    original = receive(parts, write_pdf(tmp_path / "memo.pdf", TEXT, "Page two."))
    read_waiting(parts, desk)
    assert get(parts, original).visibility == Visibility.UNPUBLISHED  # although its sender asked
    assert "alien registration number" in editor.get("/review").text
    assert editor.post(f"/review/{original}/decide", data={"action": "publish"}).status_code == 409

    assert decide_all(editor, parts, original, "redact") >= 1
    assert editor.post(f"/review/{original}/redacted-copy").status_code == 303
    copies = CopyDesk(
        parts.database, parts.storage, sandbox, parts.settings.home / "copies", clock=lambda: NOON
    )
    assert copies.make_waiting() == 1
    read_waiting(parts, desk)
    with parts.database.reading() as session:
        copy = session.scalars(select(Document).where(Document.copy_kind == CopyKind.REDACTED)).one()
        words = " ".join(session.scalars(select(Page.text).where(Page.document_id == copy.id)))
    assert copy.reading_status == ReadingStatus.READ
    assert not re.search(r"123\D?456\D?789", words)
    assert f"/review/{copy.id}" in editor.get(f"/review/{original}").text

    decide_all(editor, parts, copy.id, "not_private")  # what its own screening still asks about
    assert editor.post(f"/review/{copy.id}/decide", data={"action": "publish"}).status_code == 303
    assert get(parts, original).visibility == Visibility.SEALED
    bring_index_up_to_date(parts.database, parts.engine)
    with parts.database.reading() as session:
        assert compare_index(session, parts.engine) == []
    assert reader.get(f"/documents/{copy.id}").status_code == 200
    for address in ("", "/pages/1", "/pages/1.txt", "/pages/1.webp", "/text", "/file.pdf"):
        assert reader.get(f"/documents/{original}{address}").status_code == 404, address
        assert PRIVATE not in reader.get(f"/documents/{copy.id}{address}").get_data().decode("latin-1")
    assert original not in reader.get("/search?q=memorandum").text


def test_what_is_found_when_a_published_document_is_read_again_takes_it_away(
    parts: Parts, desk: ReadingDesk, visit: Visit, tmp_path: Path
) -> None:
    document_id = receive(parts, write_pdf(tmp_path / "memo.pdf", TEXT))
    read_waiting(parts, desk)
    with parts.database.transaction() as session:  # as if published before anything was looked for
        document = session.get_one(Document, document_id)
        document.visibility, document.published_at = Visibility.PUBLISHED, NOON
        queue_reading(session, document_id, at=NOON)
    assert "Shown already, with something undecided" in visit(Role.EDITOR).get("/review").text
    read_waiting(parts, desk)
    assert get(parts, document_id).visibility == Visibility.WITHDRAWN
    answer = visit(None).get(f"/documents/{document_id}")
    assert answer.status_code == 410
    assert "must be looked at before it is shown" in answer.text
