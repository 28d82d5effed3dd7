"""What was found in a document that may be private, for those who decide about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Finding
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.statuses import Decision
from archive.services.audit import record_event
from archive.services.finding_decisions import find_alike, is_open

__all__ = ["FINDING_WORDS", "list_findings", "open_findings", "same_text_findings", "say_not_private"]


def list_findings(session: Session, document_id: str) -> Sequence[Finding]:
    """All findings: those of the file as a whole first, then page by page."""
    return session.scalars(
        select(Finding)
        .where(Finding.document_id == document_id)
        .order_by(Finding.page_number.nulls_first(), Finding.id)
    ).all()


def open_findings(session: Session, document_id: str, *, reviewers: int) -> Sequence[Finding]:
    """The findings that are still to be decided, or with two ``reviewers`` to be agreed with."""
    found = list_findings(session, document_id)
    return [finding for finding in found if is_open(finding, reviewers=reviewers)]


def same_text_findings(session: Session, finding: Finding) -> Sequence[Finding]:
    """The findings of this kind with the same words in the same document, itself among them."""
    return find_alike(session, finding)


def say_not_private(session: Session, document_id: str, *, actor: str, at: datetime) -> int:
    """Somebody who has looked says that nothing found in a document is private; how many findings that were.

    What a person has decided already stays as it is. Where two people must agree, one is still wanting.
    """
    undecided = [finding for finding in list_findings(session, document_id) if finding.decision is None]
    if not undecided:
        return 0
    for finding in undecided:
        finding.decision, finding.decided_at = Decision.NOT_PRIVATE, at
    kinds = Counter(finding.kind.value for finding in undecided)
    details = {"findings": len(undecided), "kinds": dict(sorted(kinds.items()))}
    record_event(session, "findings_not_private", document_id, actor=actor, at=at, details=details)
    return len(undecided)
