"""Step 8 of a page's life: what people decide about a document. Search learns of it by the content version.

Every function changes the document and writes the audit log in the transaction of its caller, so that both
happen or neither. ``archive.rules.transitions`` is the table of what is possible and what it needs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, NotAllowed, OpenFindings
from archive.models import Document, DocumentNote
from archive.rules.access import Viewer
from archive.rules.addresses import document_path
from archive.rules.review_errors import DecisionNotPossible, NotReadYet, QuestionNeeded, ReasonNeeded
from archive.rules.statuses import CopyKind, NoteKind, ReadingStatus, Visibility
from archive.rules.transitions import DECIDED_BY, EVENTS, Need, ReviewAction, Transition, find_transition
from archive.services.audit import record_event
from archive.services.finding_decisions import find_blocking, find_what_blocks

MOST_CHARACTERS = 2_000
_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)
_SHOWN = (Visibility.PUBLISHED, Visibility.MEMBERS)
_COPY_STANDS = "A copy without private details is shown in its place: {address}"
_FOUND_AGAIN = "It was read again, and something in it must be looked at before it is shown."


def publish_document(
    session: Session, document_id: str, *, actor: str, at: datetime, reviewers: int = 1
) -> bool:
    """Show a document to everybody. False when it already is, was withdrawn or set aside, or has not been
    read and looked through for private details.

    Publishing a redacted copy seals its original. Raises ``DocumentNotFound``, and ``OpenFindings`` while a
    finding is open or something is to be redacted: then the redacted copy is published instead.
    """
    try:
        _decide(session, document_id, ReviewAction.PUBLISH, actor=actor, at=at, reviewers=reviewers)
    except (DecisionNotPossible, NotReadYet):
        return False
    return True


def publish_when_read(
    session: Session, document_id: str, *, actor: str, at: datetime, reviewers: int
) -> bool:
    """Publish what somebody asked to be published once it is read; False when it may not be, or when a
    person has decided otherwise meanwhile. What is shown already is looked at again, too: see
    ``withhold_what_was_found``."""
    if withhold_what_was_found(session, document_id, actor=actor, at=at, reviewers=reviewers):
        return False
    document = _document(session, document_id)
    if document.visibility != Visibility.UNPUBLISHED or document.asked_at is not None:
        return False
    try:
        return publish_document(session, document_id, actor=actor, at=at, reviewers=reviewers)
    except OpenFindings:
        return False


def withhold_what_was_found(
    session: Session, document_id: str, *, actor: str, at: datetime, reviewers: int
) -> bool:
    """A document that is shown was read again, and something open was found in it: it is shown no more
    until a person has decided. False when there is nothing to do."""
    document = _document(session, document_id)
    if document.visibility not in _SHOWN or not find_blocking(session, document_id, reviewers=reviewers):
        return False
    public = document.visibility == Visibility.PUBLISHED
    action = ReviewAction.WITHDRAW if public else ReviewAction.HOLD
    _decide(session, document_id, action, actor=actor, at=at, words=_FOUND_AGAIN if public else "")
    return True


def decide_document(
    session: Session,
    document_id: str,
    action: ReviewAction,
    *,
    viewer: Viewer,
    at: datetime,
    reviewers: int = 1,
    words: str = "",
) -> Document:
    """Any decision of the table by whoever looks. ``words`` are the reason or the question.

    Raises ``NotAllowed``, ``DocumentNotFound``, ``DecisionNotPossible`` (not from this state),
    ``NotReadYet``, ``OpenFindings``, ``ReasonNeeded`` or ``QuestionNeeded``; then nothing is changed.
    """
    if not viewer.may(DECIDED_BY):
        raise NotAllowed
    return _decide(
        session,
        document_id,
        action,
        actor=viewer.name,
        at=at,
        reviewers=reviewers,
        words=words,
        account_id=viewer.account_id,
    )


def show_to_members(
    session: Session, document_id: str, *, viewer: Viewer, at: datetime, reviewers: int = 1
) -> Document:
    """Show a document to those who have an account. Raises as ``decide_document``."""
    return decide_document(
        session, document_id, ReviewAction.SHOW_TO_MEMBERS, viewer=viewer, at=at, reviewers=reviewers
    )


def hold_document(session: Session, document_id: str, *, viewer: Viewer, at: datetime) -> Document:
    """Keep a document back, to be decided later. Raises as ``decide_document``."""
    return decide_document(session, document_id, ReviewAction.HOLD, viewer=viewer, at=at)


def reject_document(session: Session, document_id: str, *, viewer: Viewer, at: datetime) -> Document:
    """It does not belong here: kept, and not searched. Raises as ``decide_document``."""
    return decide_document(session, document_id, ReviewAction.REJECT, viewer=viewer, at=at)


def take_back_to_review(session: Session, document_id: str, *, viewer: Viewer, at: datetime) -> Document:
    """Undo a decision: the document waits in the queue again. Raises as ``decide_document``."""
    return decide_document(session, document_id, ReviewAction.TAKE_BACK, viewer=viewer, at=at)


def send_back(session: Session, document_id: str, *, question: str, viewer: Viewer, at: datetime) -> Document:
    """Ask whoever sent the document in. Raises as ``decide_document``."""
    return decide_document(session, document_id, ReviewAction.SEND_BACK, viewer=viewer, at=at, words=question)


def withdraw_document(
    session: Session, document_id: str, *, reason: str, viewer: Viewer, at: datetime
) -> Document:
    """Show a published document no more. ``reason`` is public: with the date it stands at the address.
    Raises as ``decide_document``."""
    return decide_document(session, document_id, ReviewAction.WITHDRAW, viewer=viewer, at=at, words=reason)


def restore_document(
    session: Session, document_id: str, *, viewer: Viewer, at: datetime, reviewers: int = 1
) -> Document:
    """Show a withdrawn document again, on the same conditions as at first. Raises as ``decide_document``."""
    return decide_document(
        session, document_id, ReviewAction.RESTORE, viewer=viewer, at=at, reviewers=reviewers
    )


def _decide(
    session: Session,
    document_id: str,
    action: ReviewAction,
    *,
    actor: str,
    at: datetime,
    reviewers: int = 1,
    words: str = "",
    account_id: int | None = None,
) -> Document:
    document = _document(session, document_id)
    row = find_transition(document.visibility, action)
    if row is None or (Need.ASKED in row.needs and document.asked_at is None):
        raise DecisionNotPossible
    said = words.strip()[:MOST_CHARACTERS]
    _check(session, document, row, said, reviewers)
    if Need.REASON in row.needs:
        document.withdrawn_at, document.withdrawn_reason = at, said
        _write_note(session, document, NoteKind.NOTE, f"Withdrawn. {said}", account_id, at)
    if Need.QUESTION in row.needs:
        _write_note(session, document, NoteKind.QUESTION, said, account_id, at)
    _apply(session, document, row, actor=actor, at=at)
    document.asked_at = at if action == ReviewAction.SEND_BACK else None
    _seal_original(session, document, actor=actor, at=at)
    return document


def _check(session: Session, document: Document, row: Transition, said: str, reviewers: int) -> None:
    if Need.REASON in row.needs and not said:
        raise ReasonNeeded
    if Need.QUESTION in row.needs and not said:
        raise QuestionNeeded
    if Need.READ in row.needs and not is_looked_through(document):
        raise NotReadYet
    if Need.SETTLED in row.needs:
        blocking = find_what_blocks(session, document.id, reviewers=reviewers)
        if blocking:
            raise OpenFindings(blocking)


def is_looked_through(document: Document) -> bool:
    """Whether a document is read, and private details were looked for in what was read."""
    screened = document.screened_at is not None and (
        document.read_at is None or document.screened_at >= document.read_at
    )
    return document.reading_status in _READ and screened


def _apply(session: Session, document: Document, row: Transition, *, actor: str, at: datetime) -> None:
    document.visibility = row.after
    if row.after != row.before:
        document.content_version += 1
    if row.after == Visibility.PUBLISHED:
        document.published_at = document.published_at or at
        document.withdrawn_at = document.withdrawn_reason = None
    details: dict[str, Any] = {"from": row.before.value, "to": row.after.value}
    record_event(session, EVENTS[row.action], document.id, actor=actor, at=at, details=details)


def _seal_original(session: Session, copy: Document, *, actor: str, at: datetime) -> None:
    """A redacted copy is shown: what it was made of no longer is, not even after the copy is withdrawn."""
    if copy.copy_kind != CopyKind.REDACTED or copy.derived_from_id is None or copy.visibility not in _SHOWN:
        return
    original = _document(session, copy.derived_from_id)
    row = find_transition(original.visibility, ReviewAction.SEAL)
    if row is None or (row.before == Visibility.PUBLISHED and copy.visibility != Visibility.PUBLISHED):
        return
    if Need.REASON in row.needs:
        original.withdrawn_at = at
        original.withdrawn_reason = _COPY_STANDS.format(address=document_path(copy.id))
    original.asked_at = None
    _apply(session, original, row, actor=actor, at=at)


def _write_note(
    session: Session, document: Document, kind: NoteKind, text: str, account_id: int | None, at: datetime
) -> None:
    session.add(
        DocumentNote(document_id=document.id, account_id=account_id, kind=kind, text=text, written_at=at)
    )


def _document(session: Session, document_id: str) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise DocumentNotFound
    return document
