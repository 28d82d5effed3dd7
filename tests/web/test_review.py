"""Review: its page and its forms, as an editor without JavaScript uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from archive.models import (
    AuditEntry,
    Document,
    DocumentCopy,
    DocumentNote,
    Finding,
    RedactionBox,
    UploadBatch,
)
from archive.parts import Parts
from archive.rules.statuses import Decision, FindingKind, ReadingStatus, Role, Visibility
from tests.factories import NOON
from tests.findings import LETTER, add_finding, make_reviewable, rows_of, state_of
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


def decide(visitor: Visitor, document: Document, action: str, words: str = "", **more: str) -> Any:
    form = {"action": action, "words": words} | more
    return visitor.post(f"/review/{document.id}/decide", data=form)


@pytest.mark.parametrize("action", ["publish", "show_to_members"])
def test_with_an_open_finding_it_is_refused_with_the_list(
    editor: Visitor, parts: Parts, document: Document, finding: Finding, action: str
) -> None:
    answer = decide(editor, document, action)
    assert answer.status_code == 409
    said = unescape(re.sub(r"<[^>]+>", "", answer.text.split('role="alert"')[1].split("</div>")[0]))
    assert "Something that may be private has not been decided." in said
    assert "alien registration number, page 1" in said
    assert state_of(parts, document).visibility == Visibility.UNPUBLISHED
    assert rows_of(parts, AuditEntry) == []


def test_a_decision_leads_to_the_next_document(editor: Visitor, parts: Parts, document: Document) -> None:
    with parts.database.transaction() as session:
        other = make_reviewable(session, parts.storage, title="Another")
    first, second = sorted((document, other), key=lambda row: row.id)
    answer = decide(editor, first, "publish")
    assert answer.status_code == 303
    assert answer.location == f"/review/{second.id}?done=publish&was={first.id}"
    assert "Published." in editor.get(answer.location).text
    assert decide(editor, second, "hold").location == "/review?done=hold&decided=1"
    assert state_of(parts, second).visibility == Visibility.HELD


def test_a_withdrawn_document_says_why_at_its_address(
    editor: Visitor, visit: Visit, parts: Parts, document: Document
) -> None:
    decide(editor, document, "publish")
    assert decide(editor, document, "withdraw").status_code == 400
    assert decide(editor, document, "withdraw", "It names a child.").status_code == 303
    answer = visit(None).get(f"/documents/{document.id}")
    assert answer.status_code == 410
    assert "withdrawn on 2 November 2026" in answer.text
    assert "It names a child." in answer.text
    assert document.title not in answer.text
    assert decide(editor, document, "restore").location.startswith(f"/review/{document.id}")
    assert visit(None).get(f"/documents/{document.id}").status_code == 200


def test_a_finding_is_decided_and_the_next_open_one_is_shown(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    with parts.database.transaction() as session:
        add_finding(session, document, "123-45-6789", kind=FindingKind.SOCIAL_SECURITY_NUMBER, page_number=3)
    answer = editor.post(f"/review/{document.id}/findings/{finding.id}", data={"decision": "redact"})
    assert answer.location == f"/review/{document.id}?page=3&finding=2#finding-2"
    boxes = rows_of(parts, RedactionBox)
    assert [(box.page_number, box.finding_id) for box in boxes] == [(1, finding.id)]
    editor.post(f"/review/{document.id}/findings/{finding.id}", data={"decision": "open"})
    assert rows_of(parts, RedactionBox) == []


def test_all_with_the_same_words_are_decided_at_once(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    with parts.database.transaction() as session:
        for page, nth in ((1, 1), (3, 0), (3, 1)):
            add_finding(session, document, page_number=page, nth=nth)
        add_finding(session, document, "555-0100", kind=FindingKind.PHONE_NUMBER, page_number=3)
    assert "All 4 with the same words" in editor.get(f"/review/{document.id}").text
    editor.post(
        f"/review/{document.id}/findings/{finding.id}", data={"decision": "not_private", "alike": "yes"}
    )
    decided = [row.decision for row in rows_of(parts, Finding)]
    assert decided == [Decision.NOT_PRIVATE] * 4 + [None]


def test_the_findings_stand_as_boxes_on_the_page(
    editor: Visitor, document: Document, finding: Finding
) -> None:
    page = editor.get(f"/review/{document.id}").text
    x0, top, x1, _bottom = finding.boxes[0]
    assert f'x="{x0 - 2:.1f}" y="{top - 2:.1f}" width="{x1 - x0 + 4:.1f}"' in page
    assert ">A1</text>" in page


def test_boxes_are_drawn_by_numbers_and_taken_away(editor: Visitor, parts: Parts, document: Document) -> None:
    edges = {"x0": "100", "top": "90", "x1": "72", "bottom": "72", "reason": "a minor"}
    answer = editor.post(f"/review/{document.id}/boxes?page=2", data=edges)
    assert answer.location == f"/review/{document.id}?page=2#boxes"
    (box,) = rows_of(parts, RedactionBox)
    assert (box.page_number, box.box, box.reason) == (2, [72.0, 72.0, 100.0, 90.0], "a minor")
    assert "A minor" in editor.get(answer.location).text
    editor.post(f"/review/{document.id}/boxes/{box.id}/remove?page=2")
    assert rows_of(parts, RedactionBox) == []


@pytest.mark.parametrize("edge", ["", "x", "nan", "inf", "-5"])
def test_nonsense_draws_no_box(editor: Visitor, parts: Parts, document: Document, edge: str) -> None:
    edges = {"x0": "-9", "top": "0", "x1": edge, "bottom": "10"}
    answer = editor.post(f"/review/{document.id}/boxes", data=edges)
    assert answer.status_code == 400
    assert "This is not a box on the page." in answer.text
    assert rows_of(parts, RedactionBox) == []


def test_words_are_covered_on_all_pages(editor: Visitor, parts: Parts, document: Document) -> None:
    form = {"words": "a 123-456-789", "where": "all", "reason": "", "other": "a file number"}
    assert editor.post(f"/review/{document.id}/boxes/cover", data=form).status_code == 303
    boxes = rows_of(parts, RedactionBox)
    assert [(box.page_number, box.reason) for box in boxes] == [
        (page, "a file number") for page in (1, 1, 3, 3)
    ]
    missing = editor.post(f"/review/{document.id}/boxes/cover", data={"words": "never said"})
    assert missing.status_code == 400
    assert "These words are not on the page." in missing.text


def test_a_redacted_copy_is_asked_for_with_all_its_boxes(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    nothing = editor.post(f"/review/{document.id}/redacted-copy")
    assert nothing.status_code == 409
    editor.post(f"/review/{document.id}/findings/{finding.id}", data={"decision": "redact"})
    answer = editor.post(f"/review/{document.id}/redacted-copy", data={"reason": ""})
    assert answer.status_code == 303
    (copy,) = rows_of(parts, DocumentCopy)
    assert copy.reason == "alien registration number"
    assert len(copy.recipe) == 3
    assert "The redacted copy is being made." in editor.get(answer.location.split("#")[0]).text


def test_a_question_goes_to_whoever_sent_it_in_and_comes_back_with_the_answer(
    editor: Visitor, visit: Visit, parts: Parts
) -> None:
    volunteer = visit(Role.VOLUNTEER)
    assert volunteer.account is not None
    with parts.database.transaction() as session:
        document = make_reviewable(session, parts.storage, uploaded_by_id=volunteer.account.id)
    assert decide(editor, document, "send_back", " ").status_code == 400
    editor.post(f"/review/{document.id}/notes", data={"text": "Between us editors."})
    decide(editor, document, "send_back", "Where is page three?")
    page = volunteer.get(f"/questions/{document.id}")
    assert "Where is page three?" in page.text
    assert "Between us" not in page.text
    assert volunteer.post(f"/questions/{document.id}", data={"text": ""}).status_code == 400
    assert volunteer.post(f"/questions/{document.id}", data={"text": "In the other box."}).status_code == 303
    assert volunteer.post(f"/questions/{document.id}", data={"text": "Again."}).status_code == 409
    assert state_of(parts, document).asked_at is None
    review = editor.get(f"/review/{document.id}").text
    assert "In the other box." in review
    assert "sent a document back with a question" in review
    assert [note.kind for note in rows_of(parts, DocumentNote)] == ["note", "question", "answer"]


def test_a_stranger_among_the_volunteers_is_not_told_of_a_question(
    editor: Visitor, visit: Visit, document: Document
) -> None:
    decide(editor, document, "send_back", "Where is page three?")
    assert visit(Role.VOLUNTEER).get(f"/questions/{document.id}").status_code == 404


def test_what_was_said_is_in_the_history_but_not_in_the_log(
    editor: Visitor, parts: Parts, document: Document, finding: Finding
) -> None:
    editor.post(f"/review/{document.id}/findings/{finding.id}", data={"decision": "redact"})
    editor.post(f"/review/{document.id}/notes", data={"text": "He is at 12 Elm Street."})
    history = unescape(editor.get(f"/review/{document.id}").text.split('id="history"')[1])
    assert "decided about a finding" in history
    assert "open → to be redacted" in history
    logged = repr([(row.action, row.subject, row.details) for row in rows_of(parts, AuditEntry)])
    for private in ("123-456-789", "Elm Street", document.title):
        assert private not in logged


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.VOLUNTEER])
def test_review_is_for_editors(visit: Visit, document: Document, finding: Finding, role: Role | None) -> None:
    visitor = visit(role)
    for address in ("/review", f"/review/{document.id}", "/audit", "/audit.csv"):
        assert visitor.get(address).status_code in (303, 403), address
    for address in ("/review", f"/review/{document.id}/decide", f"/review/{document.id}/boxes"):
        assert visitor.post(address, data={"action": "publish"}).status_code in (401, 403), address


def test_pages_that_cannot_be_shown_say_so(editor: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        broken = make_reviewable(session, parts.storage, title="Broken", pages=(None, "Two"))
        waiting = make_reviewable(session, parts.storage, title="Waiting", pages=())
        waiting.reading_status, waiting.page_count = ReadingStatus.RECEIVED, None
    assert "This page could not be read." in editor.get(f"/review/{broken.id}").text
    assert "No page has been read yet." in editor.get(f"/review/{waiting.id}").text
    assert editor.get(f"/review/{broken.id}?page=99&finding=12").status_code == 200
    assert editor.get("/review/aaaaaaaaaaaa").status_code == 404


def test_an_unknown_decision_changes_nothing(editor: Visitor, parts: Parts, document: Document) -> None:
    for action in ("seal", "", "delete"):
        assert decide(editor, document, action).status_code == 409
    assert editor.post("/review", data={"action": "withdraw"}).status_code == 409
    assert state_of(parts, document).visibility == Visibility.UNPUBLISHED


def test_what_was_said_of_a_whole_upload_is_shown_to_editors(
    editor: Visitor, parts: Parts, document: Document
) -> None:
    sender = make_account(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        batch = UploadBatch(
            id="b" * 32, account_id=sender.id, created_at=NOON, note="From the envelope of May.", manifest={}
        )
        session.add(batch)
        session.flush()
        session.get_one(Document, document.id).batch_id = batch.id
    assert "From the envelope of May." in editor.get(f"/review/{document.id}").text
