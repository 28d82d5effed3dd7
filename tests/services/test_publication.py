"""What is decided about a document happens as the table says, or not at all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import DocumentWithdrawn, NotAllowed, OpenFindings
from archive.models import AuditEntry, Document, DocumentNote
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.review_errors import DecisionNotPossible, NotReadYet, QuestionNeeded, ReasonNeeded
from archive.rules.statuses import Decision, FindingKind, ReadingStatus, Role, Visibility
from archive.rules.transitions import EVENTS, ReviewAction, find_transition
from archive.services.documents import get_document
from archive.services.finding_decisions import agree_with_finding, decide_finding
from archive.services.publication import (
    decide_document,
    hold_document,
    publish_document,
    publish_when_read,
    restore_document,
    send_back,
    show_to_members,
    take_back_to_review,
    withdraw_document,
    withhold_what_was_found,
)
from archive.services.redaction_boxes import draw_box, remove_box
from tests.findings import add_finding, make_editor, make_reviewable

LATER = timedelta(days=1)


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.database.transaction() as session:
        yield session


@pytest.fixture
def editor(session: Session) -> Viewer:
    return make_editor(session)


@pytest.fixture
def document(session: Session, parts: Parts) -> Document:
    return make_reviewable(session, parts.storage)


def last_entry(session: Session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


@pytest.mark.parametrize(
    ("before", "action"),
    [pair for pair in itertools.product(Visibility, ReviewAction) if pair[1] != ReviewAction.SEAL],
)
def test_each_state_and_action_does_what_the_table_says(
    session: Session,
    document: Document,
    editor: Viewer,
    at: datetime,
    before: Visibility,
    action: ReviewAction,
) -> None:
    document.visibility, document.asked_at = before, at
    version = document.content_version
    row = find_transition(before, action)
    if row is None:
        with pytest.raises(DecisionNotPossible):
            decide_document(session, document.id, action, viewer=editor, at=at, words="why")
        assert (document.visibility, document.content_version) == (before, version)
        assert session.scalars(select(AuditEntry)).all() == []
        return
    decide_document(session, document.id, action, viewer=editor, at=at, words="why")
    assert document.visibility == row.after
    assert document.content_version == version + (row.after != before)
    entry = last_entry(session)
    assert (entry.action, entry.subject, entry.actor) == (EVENTS[action], document.id, editor.name)
    assert entry.details == {"from": before.value, "to": row.after.value}


@pytest.mark.parametrize("action", [action for action in ReviewAction if action != ReviewAction.SEAL])
@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.VOLUNTEER])
def test_nobody_but_editors_decides(
    session: Session, document: Document, at: datetime, action: ReviewAction, role: Role | None
) -> None:
    with pytest.raises(NotAllowed):
        decide_document(session, document.id, action, viewer=Viewer(role, 1, "x"), at=at, words="why")
    assert document.visibility == Visibility.UNPUBLISHED


def test_a_program_with_an_editors_token_decides_nothing(
    session: Session, document: Document, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        hold_document(session, document.id, viewer=Viewer(Role.EDITOR, 1, "x", by_token=True), at=at)


@pytest.mark.parametrize("decision", [None, Decision.HOLD, Decision.REDACT])
def test_with_an_open_finding_nothing_is_shown_and_the_list_says_why(
    session: Session, document: Document, editor: Viewer, at: datetime, decision: Decision | None
) -> None:
    finding = add_finding(session, document)
    add_finding(session, document, "/Author: B. Clerk", kind=FindingKind.PDF_METADATA, page_number=None)
    decide_finding(session, finding.id, decision, viewer=editor, at=at)
    with pytest.raises(OpenFindings) as refused:
        publish_document(session, document.id, actor="ed", at=at)
    assert refused.value.findings[0] == "metadata of the file, the file"
    assert refused.value.findings[1].startswith("alien registration number, page 1")
    assert "123" not in refused.value.help
    for shows in (show_to_members, restore_document):
        document.visibility = Visibility.UNPUBLISHED if shows is show_to_members else Visibility.WITHDRAWN
        with pytest.raises(OpenFindings):
            shows(session, document.id, viewer=editor, at=at)
    assert document.published_at is None


def test_a_box_that_somebody_drew_keeps_the_original_from_being_shown(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    box = draw_box(session, document.id, 1, (72, 72, 144, 90), reason="a minor", viewer=editor, at=at)
    with pytest.raises(OpenFindings) as refused:
        publish_document(session, document.id, actor="ed", at=at)
    assert refused.value.findings == ("redaction box, page 1 (publish the redacted copy, or remove it)",)
    remove_box(session, document.id, box.id, viewer=editor, at=at)
    assert publish_document(session, document.id, actor="ed", at=at)


def test_when_every_finding_is_settled_it_is_published(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    finding = add_finding(session, document)
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=editor, at=at)
    assert publish_document(session, document.id, actor="ed", at=at)
    assert not publish_document(session, document.id, actor="ed", at=at)


def test_where_two_must_agree_another_person_must(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    finding = add_finding(session, document)
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=editor, at=at)
    with pytest.raises(OpenFindings):
        publish_document(session, document.id, actor="ed", at=at, reviewers=2)
    agree_with_finding(session, finding.id, viewer=make_editor(session, "second@example.org"), at=at)
    assert publish_document(session, document.id, actor="ed", at=at, reviewers=2)


def test_what_was_not_looked_through_since_it_was_read_is_not_shown(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    for screened_at, status in (
        (None, ReadingStatus.READ),
        (at - LATER, ReadingStatus.READ),
        (at, ReadingStatus.READING),
        (at, ReadingStatus.RECEIVED),
        (at, ReadingStatus.FAILED),
    ):
        document.screened_at, document.reading_status = screened_at, status
        assert not publish_document(session, document.id, actor="ed", at=at)
        with pytest.raises(NotReadYet):
            show_to_members(session, document.id, viewer=editor, at=at)
    assert document.visibility == Visibility.UNPUBLISHED


def test_the_day_of_the_first_publication_is_kept(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    publish_document(session, document.id, actor="ed", at=at)
    withdraw_document(session, document.id, reason="A mistake.", viewer=editor, at=at + LATER)
    restore_document(session, document.id, viewer=editor, at=at + 2 * LATER)
    assert document.published_at == at
    assert document.withdrawn_at is None
    assert document.withdrawn_reason is None


def test_what_is_withdrawn_leaves_a_tombstone_with_reason_and_date(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    publish_document(session, document.id, actor="ed", at=at)
    with pytest.raises(ReasonNeeded):
        withdraw_document(session, document.id, reason="  ", viewer=editor, at=at)
    withdraw_document(session, document.id, reason="It names a child.", viewer=editor, at=at)
    with pytest.raises(DocumentWithdrawn) as tombstone:
        get_document(session, document.id, READER)
    assert tombstone.value.sentence == "This document was withdrawn on 2 November 2026."
    assert tombstone.value.help == "It names a child."
    notes = session.scalars(select(DocumentNote.text)).all()
    assert notes == ["Withdrawn. It names a child."]  # kept, also when the document is restored


def test_a_question_sends_it_back_and_a_decision_closes_the_question(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    with pytest.raises(QuestionNeeded):
        send_back(session, document.id, question="", viewer=editor, at=at)
    send_back(session, document.id, question="Where is page 3?", viewer=editor, at=at)
    assert document.asked_at == at
    assert not publish_when_read(session, document.id, actor="worker", at=at, reviewers=1)
    take_back_to_review(session, document.id, viewer=editor, at=at)
    assert document.asked_at is None


def test_the_reading_desk_publishes_only_what_nobody_has_decided(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    hold_document(session, document.id, viewer=editor, at=at)
    assert not publish_when_read(session, document.id, actor="worker", at=at, reviewers=1)
    take_back_to_review(session, document.id, viewer=editor, at=at)
    finding = add_finding(session, document)
    assert not publish_when_read(session, document.id, actor="worker", at=at, reviewers=1)
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=editor, at=at)
    assert publish_when_read(session, document.id, actor="worker", at=at, reviewers=1)


@pytest.mark.parametrize(
    ("shown", "then"),
    [(Visibility.PUBLISHED, Visibility.WITHDRAWN), (Visibility.MEMBERS, Visibility.HELD)],
)
def test_what_is_found_when_it_is_read_again_is_shown_no_more(
    session: Session, document: Document, at: datetime, shown: Visibility, then: Visibility
) -> None:
    document.visibility = shown
    assert not withhold_what_was_found(session, document.id, actor="worker", at=at, reviewers=1)
    add_finding(session, document)
    assert withhold_what_was_found(session, document.id, actor="worker", at=at, reviewers=1)
    assert document.visibility == then
