"""The review queue: what stands first, what is narrowed, what is decided for many at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from archive.models import (
    Document,
    Finding,
)
from archive.parts import Parts
from archive.rules.statuses import FindingKind, Role, Visibility
from tests.factories import NOON
from tests.findings import LETTER, add_finding, make_reviewable, state_of
from tests.visitors import Visitor, make_account

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def editor(visit: Visit) -> Visitor:
    return visit(Role.EDITOR)


@pytest.fixture
def document(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_reviewable(session, parts.storage, pages=(LETTER, "Page two.", LETTER))


@pytest.fixture
def finding(parts: Parts, document: Document) -> Finding:
    with parts.database.transaction() as session:
        return add_finding(session, document)


def test_several_documents_are_decided_at_once_and_the_others_are_listed(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    with parts.database.transaction() as session:
        clean = make_reviewable(session, parts.storage, title="Clean")
        unread = make_reviewable(session, parts.storage, title="Unread", screened_at=None)
    answer = editor.post(
        "/review", data={"action": "publish", "document": [document.id, clean.id, unread.id]}
    )
    said = unescape(editor.get(answer.location).text)
    assert "Published. 1 document." in said
    assert "alien registration number, page 1" in said
    assert "not read and looked through yet" in said
    assert state_of(parts, clean).visibility == Visibility.PUBLISHED
    assert state_of(parts, document).visibility == Visibility.UNPUBLISHED


def test_the_most_urgent_stands_first(editor: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_reviewable(session, parts.storage, title="clean")
        make_reviewable(session, parts.storage, title="unread", screened_at=None)
        likely = make_reviewable(session, parts.storage, title="likely")
        hidden = make_reviewable(session, parts.storage, title="hidden")
        shown = make_reviewable(session, parts.storage, title="shown", visibility=Visibility.PUBLISHED)
        maybe = make_reviewable(session, parts.storage, title="maybe")
        older = make_reviewable(session, parts.storage, title="older")
        older.received_at = NOON.replace(year=2020)
        maybe.received_at = NOON.replace(year=2021)
        add_finding(session, likely)
        add_finding(session, hidden, kind=FindingKind.UNDER_A_BOX, score=0.5)
        add_finding(session, shown, score=0.3)
        add_finding(session, maybe, score=0.3)
    titles = re.findall(r'<h3 class="record-title".*?<a [^>]*>(.*?)</a>', editor.get("/review").text)
    assert titles == ["shown", "hidden", "likely", "unread", "older", "maybe", "clean"]


def test_the_queue_is_narrowed_by_what_is_in_the_address(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    account = make_account(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        make_reviewable(session, parts.storage, title="From ICE", agency="ICE", uploaded_by_id=account.id)
        make_reviewable(session, parts.storage, title="Kept", visibility=Visibility.HELD)
    for address, title in (
        ("?kind=alien_number", document.title),
        ("?agency=ice", "From ICE"),
        (f"?uploader={account.id}", "From ICE"),
        ("?state=held", "Kept"),
    ):
        text = editor.get(f"/review{address}").text
        assert re.findall(r'<h3 class="record-title".*?<a [^>]*>(.*?)</a>', text) == [title]
    assert "There is nothing here" in editor.get("/review?state=sealed").text
    assert editor.get("/review?state=x&kind=y&uploader=z&window=0").status_code == 200
