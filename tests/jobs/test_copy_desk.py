"""A copy that was asked for becomes a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.errors import DocumentNotFound
from archive.jobs.copy_desk import CopyDesk
from archive.models import AuditEntry, Document, DocumentCopy, Job
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.statuses import CopyKind, CopyState, DocumentKind, ReadingStatus, Role, Visibility
from archive.services.copies import CopyNotPossible, ask_for_copy, copies_of
from archive.storage.keys import original_key
from ingest.copying import CoverBox, PageRecipe
from ingest.page import Box
from ingest.sandbox import Sandbox
from tests.factories import make_document
from tests.visitors import make_account

PAGES = ("Counties may not opt out.\nThe alien number is A123456789.", "Second page", "Third page")
SECRET = CoverBox(Box(72, 86, 500, 104), "alien registration number")


@pytest.fixture
def desk(parts: Parts) -> Iterator[CopyDesk]:
    with Sandbox(readers=1) as sandbox:
        yield CopyDesk(parts.database, parts.storage, sandbox, parts.settings.home / "copies")


@pytest.fixture
def editor(parts: Parts) -> Viewer:
    account = make_account(parts.database, Role.EDITOR)
    return Viewer(account.role, account.id, account.email)


@pytest.fixture
def original(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_document(
            session,
            parts.storage,
            title="Memo of 2 June",
            pages=PAGES,
            visibility=Visibility.UNPUBLISHED,
            kind=DocumentKind.MEMO,
            agency="ICE",
            production="first-release",
            source_file="John Doe A123456789.pdf",
        )


def ask(
    parts: Parts, document: Document, viewer: Viewer, at: datetime, *pages: PageRecipe, **said: object
) -> int:
    with parts.database.transaction() as session:
        kind = said.pop("kind", CopyKind.REDACTED)
        assert isinstance(kind, CopyKind)
        return ask_for_copy(
            session,
            document.id,
            kind=kind,
            pages=pages,
            title="",
            reason="personal privacy",
            viewer=viewer,
            at=at,
        ).id


def test_a_redacted_copy_is_a_document_to_be_read_and_reviewed(
    parts: Parts, desk: CopyDesk, editor: Viewer, original: Document, at: datetime
) -> None:
    ask(parts, original, editor, at, PageRecipe(1, boxes=(SECRET,)), PageRecipe(2), PageRecipe(3))
    assert desk.make_waiting() == 1
    assert desk.make_waiting() == 0
    with parts.database.reading() as session:
        copy = session.scalars(
            copies := select(Document).where(Document.derived_from_id == original.id)
        ).one()
        assert len(session.scalars(copies).all()) == 1
        assert (copy.visibility, copy.reading_status) == (Visibility.UNPUBLISHED, ReadingStatus.RECEIVED)
        assert (copy.copy_kind, copy.copy_reason) == (CopyKind.REDACTED, "personal privacy")
        assert (copy.title, copy.kind, copy.agency_id) == (original.title, original.kind, original.agency_id)
        assert copy.production_id == original.production_id
        assert copy.source_file == "memo-of-2-june-redacted.pdf"
        assert session.scalars(select(Job).where(Job.document_id == copy.id)).one()
        asked = copies_of(session, original.id)[0]
        assert (asked.state, asked.copy_id) == (CopyState.MADE, copy.id)
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions[-2:] == ["copy_asked", "copy_made"]
    assert b"A123456789" not in parts.storage.read(original_key(copy.sha256))
    assert list((parts.settings.home / "copies").glob("*.pdf")) == []


def test_the_same_copy_twice_is_one_document(
    parts: Parts, desk: CopyDesk, editor: Viewer, original: Document, at: datetime
) -> None:
    for _ in range(2):
        ask(parts, original, editor, at, PageRecipe(1, boxes=(SECRET,)), PageRecipe(2))
    assert desk.make_waiting() == 2
    with parts.database.reading() as session:
        made = [copy.copy_id for copy in copies_of(session, original.id)]
    assert made[0] == made[1]


def test_a_part_has_the_original_s_origin_and_not_its_description(
    parts: Parts, desk: CopyDesk, editor: Viewer, original: Document, at: datetime
) -> None:
    ask(parts, original, editor, at, PageRecipe(2), PageRecipe(3, turn=90), kind=CopyKind.PART)
    assert desk.make_waiting() == 1
    with parts.database.reading() as session:
        part = session.scalars(select(Document).where(Document.derived_from_id == original.id)).one()
    assert (part.production_id, part.kind) == (original.production_id, None)


def test_what_is_not_in_the_file_cannot_be_copied(
    parts: Parts, editor: Viewer, original: Document, at: datetime
) -> None:
    for pages in ((), (PageRecipe(4),), (PageRecipe(1, turn=45),)):
        with pytest.raises(CopyNotPossible):
            ask(parts, original, editor, at, *pages)
    with pytest.raises(DocumentNotFound):
        ask(parts, original, READER, at, PageRecipe(1))


def test_a_file_that_cannot_be_copied_says_why(
    parts: Parts, desk: CopyDesk, editor: Viewer, original: Document, at: datetime, tmp_path: Path
) -> None:
    ask(parts, original, editor, at, PageRecipe(1))
    path = parts.settings.home / "files" / original_key(original.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 and then nothing")
    assert desk.make_waiting() == 0
    with parts.database.reading() as session:
        copy = session.scalars(select(DocumentCopy)).one()
    assert copy.state == CopyState.FAILED
    assert copy.failure_code == "damaged_pdf"
    assert (copy.failure_sentence or "").endswith(".")


def test_two_workers_do_not_make_the_same_copy_at_the_same_time(
    parts: Parts, desk: CopyDesk, editor: Viewer, original: Document, at: datetime
) -> None:
    ask(parts, original, editor, at, PageRecipe(1))
    with desk._alone() as alone:
        assert alone
        assert desk.make_waiting() == 0
    assert desk.make_waiting() == 1
