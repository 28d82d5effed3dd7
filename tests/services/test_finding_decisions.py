"""What people say about findings is on record, and can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import AuditEntry, Document, Finding, RedactionBox
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.redaction_reasons import REASONS, reason_for
from archive.rules.review_errors import FindingNotFound, SamePerson
from archive.rules.review_words import FINDING_LETTERS
from archive.rules.statuses import Decision, FindingKind, Role
from archive.services.finding_decisions import (
    agree_with_finding,
    blocking_words,
    decide_alike,
    decide_finding,
    find_blocking,
    is_open,
    open_condition,
)
from tests.findings import add_finding, make_editor, make_reviewable


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


def boxes(session: Session) -> list[RedactionBox]:
    return list(session.scalars(select(RedactionBox)))


def test_what_is_to_be_redacted_has_its_boxes_and_loses_them_again(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    finding = add_finding(session, document)
    decide_finding(session, finding.id, Decision.REDACT, viewer=editor, at=at)
    decide_finding(session, finding.id, Decision.REDACT, viewer=editor, at=at)  # twice is once
    (box,) = boxes(session)
    assert (box.box, box.reason, box.finding_id) == (
        finding.boxes[0],
        "alien registration number",
        finding.id,
    )
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=editor, at=at)
    assert boxes(session) == []


def test_each_change_of_mind_is_in_the_log(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    finding = add_finding(session, document)
    for decision in (Decision.HOLD, Decision.REDACT, None):
        decide_finding(session, finding.id, decision, viewer=editor, at=at)
    said = [(row.details["from"], row.details["to"]) for row in session.scalars(select(AuditEntry))]
    assert said == [("open", "hold"), ("hold", "redact"), ("redact", "open")]
    assert (finding.decision, finding.decided_by_id, finding.decided_at) == (None, None, None)


def test_alike_are_those_of_one_kind_with_the_same_words_in_one_document(
    session: Session, parts: Parts, document: Document, editor: Viewer, at: datetime
) -> None:
    first = add_finding(session, document)
    spaced = add_finding(session, document, "A  123-456-789 ")
    other_words = add_finding(session, document, "A 999-999-999")
    other_kind = add_finding(session, document, kind=FindingKind.PASSPORT)
    elsewhere = add_finding(session, make_reviewable(session, parts.storage, title="Other"))
    assert decide_alike(session, first.id, Decision.NOT_PRIVATE, viewer=editor, at=at) == 2
    assert spaced.decision == Decision.NOT_PRIVATE
    assert {row.decision for row in (other_words, other_kind, elsewhere)} == {None}


def test_nobody_agrees_with_oneself_and_a_new_decision_needs_a_new_second_person(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    finding, second = add_finding(session, document), make_editor(session, "second@example.org")
    with pytest.raises(SamePerson):  # nothing to agree with
        agree_with_finding(session, finding.id, viewer=second, at=at)
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=editor, at=at)
    with pytest.raises(SamePerson):
        agree_with_finding(session, finding.id, viewer=editor, at=at)
    agree_with_finding(session, finding.id, viewer=second, at=at)
    assert not is_open(finding, reviewers=2)
    decide_finding(session, finding.id, Decision.HOLD, viewer=second, at=at)
    decide_finding(session, finding.id, Decision.NOT_PRIVATE, viewer=second, at=at)
    assert is_open(finding, reviewers=2)
    with pytest.raises(SamePerson):
        agree_with_finding(session, finding.id, viewer=second, at=at)


@pytest.mark.parametrize("reviewers", [1, 2])
def test_the_query_and_the_rule_say_the_same(
    session: Session, document: Document, editor: Viewer, at: datetime, reviewers: int
) -> None:
    second = make_editor(session, "second@example.org")
    for number, (decision, agrees) in enumerate(
        (decision, agrees) for decision in (None, *Decision) for agrees in (None, editor, second)
    ):
        finding = add_finding(session, document, f"A {number}", page_number=None)
        finding.decision, finding.decided_by_id = decision, editor.account_id if decision else None
        finding.agreed_by_id = agrees.account_id if agrees and decision else None
    session.flush()
    by_query = set(session.scalars(select(Finding.id).where(open_condition(reviewers))))
    by_rule = {row.id for row in session.scalars(select(Finding)) if is_open(row, reviewers=reviewers)}
    assert by_query == by_rule
    assert 0 < len(by_query) < 12


def test_what_stands_in_the_way_is_told_without_what_it_says(
    session: Session, document: Document, editor: Viewer, at: datetime
) -> None:
    add_finding(session, document)
    add_finding(session, document, nth=1)
    held = add_finding(session, document, "123-45-6789", kind=FindingKind.SOCIAL_SECURITY_NUMBER)
    decide_finding(session, held.id, Decision.HOLD, viewer=editor, at=at)
    said = blocking_words(find_blocking(session, document.id, reviewers=1))
    assert len(said) == 2
    assert "2 times" in said[0]
    assert "on hold" in said[1]
    assert not any(character.isdigit() for text in said for character in text.replace("page 1", "")[:-30])


@pytest.mark.parametrize("viewer", [READER, Viewer(Role.VOLUNTEER, 1, "v"), Viewer(Role.MEMBER, 1, "m")])
def test_findings_are_decided_by_editors(
    session: Session, document: Document, at: datetime, viewer: Viewer
) -> None:
    finding = add_finding(session, document)
    for decides in (decide_finding, decide_alike):
        with pytest.raises(NotAllowed):
            decides(session, finding.id, Decision.NOT_PRIVATE, viewer=viewer, at=at)
    with pytest.raises(NotAllowed):
        agree_with_finding(session, finding.id, viewer=viewer, at=at)
    assert finding.decision is None


def test_a_finding_that_is_gone_is_an_error_with_a_name(
    session: Session, editor: Viewer, at: datetime
) -> None:
    with pytest.raises(FindingNotFound):
        decide_finding(session, 99, Decision.HOLD, viewer=editor, at=at)


def test_every_kind_has_a_letter_of_its_own_and_a_public_reason() -> None:
    assert len(set(FINDING_LETTERS.values())) == len(FINDING_LETTERS) == len(FindingKind)
    assert {reason_for(kind) for kind in FindingKind} <= set(REASONS)
