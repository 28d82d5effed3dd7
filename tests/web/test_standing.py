"""What a document's page says of who sees it, and what is said of a withdrawn one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import CopyKind, Role, Visibility
from tests.factories import NOON
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]


def change(parts: Parts, document: Document, **fields: object) -> None:
    """Set what the factory does not."""
    with parts.database.transaction() as session:
        row = session.get_one(Document, document.id)
        for name, value in fields.items():
            setattr(row, name, value)


@pytest.mark.parametrize("visibility", [one for one in Visibility if one != Visibility.PUBLISHED])
def test_who_may_see_what_is_not_public_is_told_so(visit: Visit, add: Add, visibility: Visibility) -> None:
    document = add(visibility=visibility)
    for path in ("", "/text", "/pages/1"):
        page = visit(Role.EDITOR).get(f"/documents/{document.id}{path}").text
        assert 'class="standing caution"' in page
        assert '<meta name="robots" content="noindex">' in page


def test_nothing_is_said_of_a_public_document_as_received(visit: Visit, add: Add) -> None:
    document = add()
    page = visit(None).get(f"/documents/{document.id}").text
    assert "standing" not in page
    assert "noindex" not in page


def test_a_redacted_copy_says_so_and_nothing_of_its_original(visit: Visit, add: Add, parts: Parts) -> None:
    original = add(title="Memo about Jane Zq", visibility=Visibility.SEALED)
    copy = add(title="Memo, redacted")
    change(
        parts, copy, derived_from_id=original.id, copy_kind=CopyKind.REDACTED, copy_reason="personal privacy"
    )
    public = visit(None).get(f"/documents/{copy.id}").text
    assert "Redacted by this archive:" in public
    assert "personal privacy" in public
    for secret in (original.id, original.sha256, "Jane Zq"):
        assert secret not in public
    editor = visit(Role.EDITOR)
    assert original.id in editor.get(f"/documents/{copy.id}").text
    assert copy.id in editor.get(f"/documents/{original.id}").text


def test_a_file_lists_its_public_parts_to_readers_and_no_others(visit: Visit, add: Add, parts: Parts) -> None:
    whole = add(title="Whole file")
    shown, hidden = add(title="Shown part"), add(title="Hidden part", visibility=Visibility.UNPUBLISHED)
    for part in (shown, hidden):
        change(parts, part, derived_from_id=whole.id, copy_kind=CopyKind.PART)
    page = visit(None).get(f"/documents/{whole.id}").text
    assert shown.id in page
    assert hidden.id not in page
    assert whole.id in visit(None).get(f"/documents/{shown.id}").text


def test_a_withdrawn_document_leaves_its_date_and_reason(visit: Visit, add: Add, parts: Parts) -> None:
    document = add(title="Zqtitle", visibility=Visibility.WITHDRAWN)
    change(parts, document, published_at=NOON, withdrawn_at=NOON, withdrawn_reason="The county asked for it.")
    reader = visit(None)
    page = reader.get(f"/documents/{document.id}")
    assert page.status_code == 410
    assert "withdrawn on 2 November 2026" in page.text
    assert "The county asked for it." in page.text
    assert "Zqtitle" not in page.text
    said = reader.get(f"/documents/{document.id}", headers={"Accept": "application/json"})
    assert said.status_code == 410
    assert said.json == {
        "error": {
            "code": "document_withdrawn",
            "message": "This document was withdrawn on 2 November 2026.",
            "help": "The county asked for it.",
        }
    }
