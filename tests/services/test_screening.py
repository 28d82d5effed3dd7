"""What is found in a document is kept as findings, and decisions outlive a new look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Document, Finding, Page
from archive.parts import Parts
from archive.rules.statuses import Decision, FindingKind, Visibility
from archive.services.findings import list_findings, open_findings, same_text_findings, say_not_private
from archive.services.screening import screen_document, screen_fields, screen_waiting
from tests.factories import make_document

LETTER = (
    "Respondent A 123-456-789 was served.\n"
    "Social Security number 123-45-\n"
    "6789 is on record.\n"
    "Respondent A 123-456-789 is closed."
)


def make(parts: Parts, *pages: str, subject: str = "", sender: str = "") -> str:
    with parts.database.transaction() as session:
        made = make_document(
            session,
            parts.storage,
            pages=pages or (LETTER,),
            visibility=Visibility.UNPUBLISHED,
            subject=subject,
            sender=sender,
        )
        return made.id


def screened(session: Session, document_id: str, at: datetime) -> list[Finding]:
    screen_document(session, document_id, at=at)
    return list(list_findings(session, document_id))


def kinds(findings: Sequence[Finding]) -> list[FindingKind]:
    return [finding.kind for finding in findings]


def test_each_place_is_a_finding_with_a_box_for_each_line(parts: Parts, at: datetime) -> None:
    document_id = make(parts)
    with parts.database.transaction() as session:
        assert screen_document(session, document_id, at=at) == 3
        found = list_findings(session, document_id)
        assert {finding.kind for finding in found} == {
            FindingKind.ALIEN_NUMBER,
            FindingKind.SOCIAL_SECURITY_NUMBER,
        }
        broken = next(finding for finding in found if finding.kind == FindingKind.SOCIAL_SECURITY_NUMBER)
        assert len(broken.boxes) == 2
        assert broken.boxes[0][1] < broken.boxes[1][1]
        assert session.get_one(Document, document_id).screened_at == at
        twice = next(finding for finding in found if finding.kind == FindingKind.ALIEN_NUMBER)
        assert len(same_text_findings(session, twice)) == 2


def test_a_decision_outlives_a_new_look(parts: Parts, at: datetime) -> None:
    document_id = make(parts)
    with parts.database.transaction() as session:
        first, *others = screened(session, document_id, at)
        first.decision = Decision.NOT_PRIVATE
        known = {finding.id for finding in (first, *others)}
    with parts.database.transaction() as session:
        again = screened(session, document_id, at + timedelta(days=1))
        assert {finding.id for finding in again} == known
        assert len(open_findings(session, document_id, reviewers=1)) == 2


def test_what_nobody_decided_and_is_gone_goes(parts: Parts, at: datetime) -> None:
    document_id = make(parts)
    with parts.database.transaction() as session:
        kept = screened(session, document_id, at)[0]
        kept.decision = Decision.REDACT
        session.get_one(Page, (document_id, 1)).text = "Nothing here."
        session.flush()
        assert [finding.id for finding in screened(session, document_id, at)] == [kept.id]


def test_words_under_a_box_and_beside_the_page_are_findings(parts: Parts, at: datetime) -> None:
    document_id = make(parts, "A quiet memo.")
    with parts.database.transaction() as session:
        page = session.get_one(Page, (document_id, 1))
        page.marks = [
            {"kind": "dark_box", "box": [1.0, 2.0, 30.0, 12.0], "text": "Juan Perez"},
            {"kind": "dark_box", "box": [1.0, 22.0, 30.0, 32.0], "text": ""},
            {"kind": "redact_annotation", "box": [1.0, 42.0, 30.0, 52.0], "text": "the name"},
            {"kind": "off_page_text", "box": [-9.0, 0.0, 0.0, 9.0], "text": "draft by J. Doe"},
            {"kind": "invisible_text", "box": [1.0, 62.0, 9.0, 72.0], "text": "white words"},
        ]
        session.flush()
        found = screened(session, document_id, at)
        assert set(kinds(found)) == {
            FindingKind.UNDER_A_BOX,
            FindingKind.UNAPPLIED_REDACTION,
            FindingKind.OFF_PAGE_TEXT,
            FindingKind.INVISIBLE_TEXT,
        }
        under = next(finding for finding in found if finding.kind == FindingKind.UNDER_A_BOX)
        assert under.boxes == [[1.0, 2.0, 30.0, 12.0]]


def test_a_hidden_layer_that_says_something_else_is_a_finding(parts: Parts, at: datetime) -> None:
    document_id = make(parts, "Counties may not opt out of the program at all.")
    with parts.database.transaction() as session:
        page = session.get_one(Page, (document_id, 1))
        page.hidden_text = "Counties may not opt out. Respondent A 987 654 321 was removed."
        session.flush()
        assert kinds(screened(session, document_id, at)) == [FindingKind.HIDDEN_LAYER]


@pytest.mark.parametrize(
    "noise",
    [
        "Countles may n0t 0pt out of tbe progran at a11.",
        "Cdjci^Zh bVn cdi dei dji d[ i]Z egd\\gVb Vi Vaa( cdi Zk^ci \\Ycb \\h^h ^ch]Z",
        "",
    ],
)
def test_noise_in_a_hidden_layer_is_none(parts: Parts, at: datetime, noise: str) -> None:
    document_id = make(parts, "Counties may not opt out of the program at all.")
    with parts.database.transaction() as session:
        session.get_one(Page, (document_id, 1)).hidden_text = noise
        session.flush()
        assert screened(session, document_id, at) == []


def test_metadata_attachments_and_scripts_are_one_finding_each(parts: Parts, at: datetime) -> None:
    document_id = make(parts, "A quiet memo.")
    with parts.database.transaction() as session:
        session.get_one(Document, document_id).pdf_facts = {
            "metadata": {"Author": "Jane Q. Doe", "Producer": "Acrobat Distiller 9", "Title": "memo"},
            "attachments": [{"name": "list.xls", "size_bytes": 3, "page_number": 0}, {"name": "b.doc"}],
            "scripts": [{"kind": "JavaScript", "place": "when the file is opened", "text": "app.alert(1)"}],
        }
        session.flush()
        found = screened(session, document_id, at)
        assert kinds(found) == [
            FindingKind.PDF_METADATA,
            FindingKind.PDF_ATTACHMENT,
            FindingKind.PDF_SCRIPT,
        ]
        assert found[0].text == "Author: Jane Q. Doe"
        assert "list.xls" in found[1].text


@pytest.mark.parametrize("author", ["", "Department of Homeland Security", "Microsoft Word", "anonymous"])
def test_an_office_or_a_program_is_no_person(parts: Parts, at: datetime, author: str) -> None:
    document_id = make(parts, "A quiet memo.")
    with parts.database.transaction() as session:
        session.get_one(Document, document_id).pdf_facts = {"metadata": {"Author": author}}
        session.flush()
        assert screened(session, document_id, at) == []


def test_fields_are_looked_at_when_they_are_written_anew(parts: Parts, at: datetime) -> None:
    document_id = make(
        parts, "A quiet memo.", subject="Respondent A 123 456 789", sender="Jane Doe, Director"
    )
    with parts.database.transaction() as session:
        (found,) = screened(session, document_id, at)
        assert (found.kind, found.page_number) == (FindingKind.ALIEN_NUMBER, None)
        document = session.get_one(Document, document_id)
        document.subject, document.title = "A respondent", "SSN 123-45-6789"
        assert screen_fields(session, document_id, at=at) == 1
        assert kinds(list_findings(session, document_id)) == [FindingKind.SOCIAL_SECURITY_NUMBER]


def test_documents_from_before_are_looked_through_later(parts: Parts, at: datetime) -> None:
    document_id = make(parts)
    assert screen_waiting(parts.database, at=at) == 1
    assert screen_waiting(parts.database, at=at) == 0
    with parts.database.reading() as session:
        assert len(open_findings(session, document_id, reviewers=1)) == 3


def test_one_who_has_looked_settles_all_for_one_reviewer(parts: Parts, at: datetime) -> None:
    document_id = make(parts)
    with parts.database.transaction() as session:
        screen_document(session, document_id, at=at)
        assert say_not_private(session, document_id, actor="command line", at=at) == 3
        assert list(open_findings(session, document_id, reviewers=1)) == []
        assert len(open_findings(session, document_id, reviewers=2)) == 3


def test_what_is_not_there_cannot_be_looked_through(parts: Parts, at: datetime) -> None:
    with parts.database.transaction() as session, pytest.raises(DocumentNotFound):
        screen_document(session, "aaaaaaaaaaaa", at=at)
