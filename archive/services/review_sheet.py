"""All that an editor needs to decide about one document, on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Account, Document, DocumentCopy, Finding, Page, RedactionBox, UploadBatch
from archive.rules.access import Viewer
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.review_words import BADLY_HIDDEN, FINDING_LETTERS
from archive.rules.statuses import Decision
from archive.rules.transitions import ReviewAction, possible_actions
from archive.services.audit_log import AuditLine, list_history
from archive.services.copies import copies_of
from archive.services.document_notes import NoteLine, list_notes
from archive.services.documents import get_document
from archive.services.finding_decisions import alike_key, find_what_blocks, is_open
from archive.services.publication import is_looked_through
from archive.services.redaction_boxes import list_boxes
from archive.services.review_order import QueueFilter
from archive.services.review_queue import Neighbours, find_neighbours
from ingest.page import Box


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as the list has it. ``number`` is its place in the document, 1-based, and stands on its box;
    ``alike`` is how many of its kind say the same."""

    number: int
    finding: Finding
    letter: str
    words: str
    is_open: bool
    alike: int
    decided_by: str
    agreed_by: str
    may_agree: bool

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where it stands on its page."""
        return tuple(Box(*box) for box in self.finding.boxes)

    @property
    def look(self) -> str:
        """How its box is drawn: by what was decided, else by what it is."""
        if self.finding.decision and not (self.is_open and self.finding.decision == Decision.NOT_PRIVATE):
            return self.finding.decision.value.replace("_", "-")
        return "hidden" if self.finding.kind in BADLY_HIDDEN else "private"


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One document with one of its pages. ``blocking`` says in words what stands in the way of showing it."""

    document: Document
    page: Page | None
    findings: tuple[FindingLine, ...]
    boxes: Sequence[RedactionBox]
    copies: Sequence[DocumentCopy]
    notes: Sequence[NoteLine]
    history: Sequence[AuditLine]
    neighbours: Neighbours
    blocking: tuple[str, ...]
    looked_through: bool
    actions: tuple[ReviewAction, ...]
    uploader: str
    batch: UploadBatch | None  # what was said of all the files that came together

    @property
    def open_findings(self) -> int:
        """How many findings are still to be decided."""
        return sum(line.is_open for line in self.findings)

    @property
    def on_page(self) -> tuple[FindingLine, ...]:
        """The findings of the page that is shown."""
        number = self.page.page_number if self.page else None
        return tuple(line for line in self.findings if line.finding.page_number == number)

    @property
    def page_boxes(self) -> tuple[RedactionBox, ...]:
        """The redaction boxes of the page that is shown."""
        number = self.page.page_number if self.page else None
        return tuple(box for box in self.boxes if box.page_number == number)


def get_review_sheet(
    session: Session,
    document_id: str,
    *,
    viewer: Viewer,
    asked: QueueFilter,
    reviewers: int,
    page_number: int | None = None,
) -> ReviewSheet:
    """A document for review; without a page number, the page of its first open finding, else the first.

    Raises ``DocumentNotFound``.
    """
    document = get_document(session, document_id, viewer)
    findings = _list_findings(session, document_id, viewer, reviewers)
    number = page_number or next(
        (line.finding.page_number for line in findings if line.is_open and line.finding.page_number), 1
    )
    number = max(1, min(number, document.page_count or 1))
    return ReviewSheet(
        document=document,
        page=session.get(Page, (document_id, number)),
        findings=findings,
        boxes=list_boxes(session, document_id),
        copies=copies_of(session, document_id),
        notes=list_notes(session, document_id, viewer),
        history=list_history(session, document_id),
        neighbours=find_neighbours(session, asked, document_id, reviewers=reviewers),
        blocking=find_what_blocks(session, document_id, reviewers=reviewers),
        looked_through=is_looked_through(document),
        actions=possible_actions(document.visibility, asked=document.asked_at is not None),
        uploader=_names(session, {document.uploaded_by_id}).get(document.uploaded_by_id or 0, ""),
        batch=session.get(UploadBatch, document.batch_id) if document.batch_id else None,
    )


def _list_findings(
    session: Session, document_id: str, viewer: Viewer, reviewers: int
) -> tuple[FindingLine, ...]:
    rows = session.scalars(select(Finding).where(Finding.document_id == document_id)).all()
    rows = sorted(rows, key=_place)
    alike = Counter(alike_key(row) for row in rows)
    names = _names(session, {row.decided_by_id for row in rows} | {row.agreed_by_id for row in rows})
    return tuple(
        _line(number, row, alike[alike_key(row)], names, viewer, reviewers)
        for number, row in enumerate(rows, 1)
    )


def _line(
    number: int, row: Finding, alike: int, names: Mapping[int, str], viewer: Viewer, reviewers: int
) -> FindingLine:
    still_open = is_open(row, reviewers=reviewers)
    by_another = row.decided_by_id != viewer.account_id
    return FindingLine(
        number=number,
        finding=row,
        letter=FINDING_LETTERS[row.kind],
        words=FINDING_WORDS[row.kind],
        is_open=still_open,
        alike=alike,
        decided_by=names.get(row.decided_by_id or 0, ""),
        agreed_by=names.get(row.agreed_by_id or 0, ""),
        may_agree=still_open and row.decision == Decision.NOT_PRIVATE and by_another,
    )


def _place(row: Finding) -> tuple[int, float, float, int]:
    """In reading order: what belongs to the file as a whole first."""
    top, x0 = (row.boxes[0][1], row.boxes[0][0]) if row.boxes else (0.0, 0.0)
    return row.page_number or 0, top, x0, row.id


def _names(session: Session, account_ids: set[int | None]) -> dict[int, str]:
    rows = session.execute(
        select(Account.id, Account.name, Account.email).where(Account.id.in_(account_ids - {None}))
    )
    return {account_id: name or email for account_id, name, email in rows}
