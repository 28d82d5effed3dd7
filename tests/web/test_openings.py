"""Who opened the file of a document that is not shown is on record; a redacted copy says that it is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, Role, Visibility
from archive.services.openings import record_opening
from archive.web.files import redacted_words
from tests.factories import NOON
from tests.visitors import Visitor, make_account
from tests.web.conftest import MakeDocument

Visit = Callable[[Role | None], Visitor]


def openings(parts: Parts, document: Document) -> list[tuple[str, str]]:
    entries = select(AuditEntry).where(
        AuditEntry.subject == document.id, AuditEntry.action == "original_opened"
    )
    with parts.database.reading() as session:
        return [(entry.actor, entry.details["state"]) for entry in session.scalars(entries)]


@pytest.mark.parametrize(
    "visibility",
    [Visibility.UNPUBLISHED, Visibility.HELD, Visibility.REJECTED, Visibility.SEALED, Visibility.WITHDRAWN],
)
def test_an_editor_who_opens_what_is_not_shown_is_on_record(
    parts: Parts, add: MakeDocument, visit: Visit, visibility: Visibility
) -> None:
    document = add(visibility=visibility)
    editor = visit(Role.EDITOR)
    assert editor.get(f"/documents/{document.id}/file.pdf").status_code == 200
    assert openings(parts, document) == [("editor@example.org", visibility.value)]


def test_a_volunteer_who_opens_an_own_file_is_on_record(
    parts: Parts, add: MakeDocument, visit: Visit
) -> None:
    own = make_account(parts.database, Role.VOLUNTEER)
    document = add(visibility=Visibility.UNPUBLISHED)
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).uploaded_by_id = own.id
    assert visit(Role.VOLUNTEER).get(f"/documents/{document.id}/file.pdf").status_code == 200
    assert openings(parts, document) == [("volunteer@example.org", "unpublished")]


def test_nobody_is_recorded_for_reading_what_is_shown(parts: Parts, add: MakeDocument, visit: Visit) -> None:
    for visibility in (Visibility.PUBLISHED, Visibility.MEMBERS):
        document = add(visibility=visibility, title=f"Memo, {visibility}", pages=(str(visibility),))
        assert visit(Role.EDITOR).get(f"/documents/{document.id}/file.pdf").status_code == 200
        assert openings(parts, document) == []


def test_who_may_not_open_a_file_leaves_no_record(parts: Parts, add: MakeDocument, visit: Visit) -> None:
    document = add(visibility=Visibility.SEALED)
    assert visit(Role.MEMBER).get(f"/documents/{document.id}/file.pdf").status_code == 404
    assert openings(parts, document) == []


def test_a_file_fetched_in_pieces_was_opened_once(parts: Parts, add: MakeDocument, visit: Visit) -> None:
    document = add(visibility=Visibility.SEALED)
    editor = visit(Role.EDITOR)
    for asked in ("bytes=0-99", "bytes=100-199", "bytes=-50"):
        answer = editor.get(f"/documents/{document.id}/file.pdf", headers={"Range": asked})
        assert answer.status_code == 206
    assert len(openings(parts, document)) == 1
    later = NOON + timedelta(minutes=11)
    with parts.database.transaction() as session:
        assert record_opening(session, document, viewer=Viewer(name="editor@example.org"), at=later)
    assert len(openings(parts, document)) == 2


def test_a_redacted_copy_says_so_with_its_reason(parts: Parts, add: MakeDocument, visit: Visit) -> None:
    document = add()
    path = f"/documents/{document.id}/file.pdf"
    assert "X-Redacted" not in visit(None).get(path).headers
    with parts.database.transaction() as session:
        row = session.get_one(Document, document.id)
        row.copy_kind, row.copy_reason = CopyKind.REDACTED, "alien registration\r\nnumbers"
    headers = visit(None).get(path).headers
    assert headers["X-Redacted"] == "redacted by this archive: alien registration numbers"


def test_a_reason_in_any_script_fits_into_a_header() -> None:
    assert redacted_words("niños") == "redacted by this archive: ni?os"
    assert redacted_words("") == "redacted by this archive"
    assert redacted_words("a\x00b") == "redacted by this archive: ab"
