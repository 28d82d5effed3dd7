"""What people say about findings. Each decision is on record, and can be changed or taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import Finding, RedactionBox
from archive.rules.access import Action, Viewer
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.redaction_reasons import reason_for
from archive.rules.review_errors import FindingNotFound, SamePerson
from archive.rules.statuses import Decision
from archive.rules.transitions import is_settled
from archive.services.audit import record_event


def is_open(finding: Finding, *, reviewers: int) -> bool:
    """Whether a finding is still to be decided (``archive.rules.transitions.is_settled``)."""
    return not is_settled(
        finding.decision,
        decided_by_id=finding.decided_by_id,
        agreed_by_id=finding.agreed_by_id,
        reviewers=reviewers,
    )


def open_condition(reviewers: int) -> ColumnElement[bool]:
    """``is_open`` as a condition on the rows."""
    undecided = or_(Finding.decision.is_(None), Finding.decision == Decision.HOLD)
    if reviewers < 2:
        return undecided
    alone = or_(Finding.agreed_by_id.is_(None), Finding.agreed_by_id == Finding.decided_by_id)
    return or_(undecided, and_(Finding.decision == Decision.NOT_PRIVATE, alone))


def find_blocking(session: Session, document_id: str, *, reviewers: int) -> Sequence[Finding]:
    """The findings for which a document may not be shown: open ones, and those to be redacted, since of
    such a document its redacted copy is shown."""
    blocking = or_(open_condition(reviewers), Finding.decision == Decision.REDACT)
    return session.scalars(
        select(Finding)
        .where(Finding.document_id == document_id, blocking)
        .order_by(Finding.page_number.nulls_first(), Finding.id)
    ).all()


def find_decided_redactions(session: Session, document_id: str) -> Sequence[Finding]:
    """The findings that are to be redacted, with a place on a page or without."""
    return session.scalars(
        select(Finding).where(Finding.document_id == document_id, Finding.decision == Decision.REDACT)
    ).all()


def find_what_blocks(session: Session, document_id: str, *, reviewers: int) -> tuple[str, ...]:
    """Why a document may not be shown as it is, in words without anything private: findings, and boxes that
    somebody drew to cover what no finding told of. Empty when nothing stands in the way."""
    findings = find_blocking(session, document_id, reviewers=reviewers)
    pages = session.scalars(
        select(RedactionBox.page_number)
        .where(RedactionBox.document_id == document_id, RedactionBox.finding_id.is_(None))
        .order_by(RedactionBox.page_number)
    ).all()
    drawn = [
        f"redaction box, page {page}{_times(number)} (publish the redacted copy, or remove it)"
        for page, number in Counter(pages).items()
    ]
    return (*blocking_words(findings), *drawn)


def blocking_words(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What stands in the way, as kinds and pages: nothing of what the findings say."""
    counted = Counter((_state(finding), finding.kind, finding.page_number) for finding in findings)
    listed = []
    for (state, kind, page_number), number in counted.items():
        where = "the file" if page_number is None else f"page {page_number}"
        listed.append(f"{FINDING_WORDS[kind]}, {where}{_times(number)}{state}")
    return tuple(listed)


def decide_finding(
    session: Session, finding_id: int, decision: Decision | None, *, viewer: Viewer, at: datetime
) -> Finding:
    """Say what a finding is; None takes the decision back. ``REDACT`` draws its boxes, any other decision
    removes them. Raises ``NotAllowed`` or ``FindingNotFound``."""
    finding = _finding(session, finding_id, viewer)
    _decide(session, finding, decision, viewer=viewer, at=at)
    return finding


def decide_alike(
    session: Session, finding_id: int, decision: Decision | None, *, viewer: Viewer, at: datetime
) -> int:
    """The same for all findings of this kind with the same words in the same document; how many."""
    first = _finding(session, finding_id, viewer)
    alike = find_alike(session, first)
    for finding in alike:
        _decide(session, finding, decision, viewer=viewer, at=at)
    return len(alike)


def find_alike(session: Session, finding: Finding) -> Sequence[Finding]:
    """The findings of the same kind with the same words in the same document, itself among them."""
    rows = session.scalars(
        select(Finding).where(Finding.document_id == finding.document_id, Finding.kind == finding.kind)
    )
    return [row for row in rows if alike_key(row) == alike_key(finding)]


def alike_key(finding: Finding) -> tuple[str, str]:
    """Findings with the same key say the same."""
    return finding.kind.value, " ".join(finding.text.split()).casefold()


def agree_with_finding(session: Session, finding_id: int, *, viewer: Viewer, at: datetime) -> Finding:
    """A second person says that it is not private. Raises ``NotAllowed``, ``FindingNotFound``, or
    ``SamePerson`` when it is the first one again, or there is no such decision to agree with."""
    finding = _finding(session, finding_id, viewer)
    if finding.decision != Decision.NOT_PRIVATE or viewer.account_id in (None, finding.decided_by_id):
        raise SamePerson
    if finding.agreed_by_id is not None:
        return finding
    finding.agreed_by_id, finding.agreed_at = viewer.account_id, at
    details = {"finding": finding.id, "kind": finding.kind.value, "page": finding.page_number}
    record_event(session, "finding_agreed", finding.document_id, actor=viewer.name, at=at, details=details)
    return finding


def _decide(
    session: Session, finding: Finding, decision: Decision | None, *, viewer: Viewer, at: datetime
) -> None:
    before = finding.decision
    if before == decision:
        return
    finding.decision = decision
    finding.decided_by_id = viewer.account_id if decision else None
    finding.decided_at = at if decision else None
    finding.agreed_by_id = finding.agreed_at = None
    session.execute(delete(RedactionBox).where(RedactionBox.finding_id == finding.id))
    if decision == Decision.REDACT:
        _draw_boxes(session, finding, viewer=viewer, at=at)
    details = {
        "finding": finding.id,
        "kind": finding.kind.value,
        "page": finding.page_number,
        "from": before.value if before else "open",
        "to": decision.value if decision else "open",
    }
    record_event(session, "finding_decided", finding.document_id, actor=viewer.name, at=at, details=details)


def _draw_boxes(session: Session, finding: Finding, *, viewer: Viewer, at: datetime) -> None:
    if finding.page_number is None or viewer.account_id is None:
        return  # what has no place on a page (metadata, attachments) is left out of every redacted copy
    session.add_all(
        RedactionBox(
            document_id=finding.document_id,
            page_number=finding.page_number,
            box=[float(edge) for edge in box],
            reason=reason_for(finding.kind),
            finding_id=finding.id,
            drawn_by_id=viewer.account_id,
            drawn_at=at,
        )
        for box in finding.boxes
    )


def _finding(session: Session, finding_id: int, viewer: Viewer) -> Finding:
    if not viewer.may(Action.REVIEW):
        raise NotAllowed
    finding = session.get(Finding, finding_id)
    if finding is None:
        raise FindingNotFound
    return finding


def _times(number: int) -> str:
    return f", {number} times" if number > 1 else ""


def _state(finding: Finding) -> str:
    match finding.decision:
        case Decision.REDACT:
            return " (to be redacted: publish the redacted copy)"
        case Decision.HOLD:
            return " (on hold)"
        case Decision.NOT_PRIVATE:
            return " (a second person has not agreed)"
        case _:
            return ""
