"""What those who work on a document say to each other: notes, questions, answers. None of it is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import Account, DocumentNote
from archive.rules.access import Action, Viewer
from archive.rules.review_errors import NotYourQuestion, QuestionNeeded
from archive.rules.statuses import NoteKind
from archive.services.audit import record_event
from archive.services.documents import get_document

MOST_CHARACTERS = 5_000
_SAID_TO_ITS_PEOPLE = (NoteKind.QUESTION, NoteKind.ANSWER)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note with the name of who wrote it; empty when the archive did."""

    note: DocumentNote
    author: str


def list_notes(session: Session, document_id: str, viewer: Viewer) -> Sequence[NoteLine]:
    """What was said about a document, oldest first: editors see all of it, its own people the questions
    and the answers. Raises ``DocumentNotFound``."""
    document = get_document(session, document_id, viewer)
    rows = (
        select(DocumentNote, Account.name, Account.email)
        .outerjoin(Account, Account.id == DocumentNote.account_id)
        .where(DocumentNote.document_id == document.id)
        .order_by(DocumentNote.written_at, DocumentNote.id)
    )
    if not viewer.may(Action.REVIEW):
        if viewer.account_id not in (document.uploaded_by_id, document.claimed_by_id):
            return ()
        rows = rows.where(DocumentNote.kind.in_(_SAID_TO_ITS_PEOPLE))
    return [NoteLine(note, name or email or "") for note, name, email in session.execute(rows)]


def add_note(session: Session, document_id: str, text: str, *, viewer: Viewer, at: datetime) -> None:
    """Write something down for the other editors. Nothing happens when it is empty."""
    if not viewer.may(Action.REVIEW):
        raise NotAllowed
    document = get_document(session, document_id, viewer)
    if text.strip():
        _add(session, document.id, NoteKind.NOTE, text, viewer=viewer, at=at)


def answer_question(session: Session, document_id: str, text: str, *, viewer: Viewer, at: datetime) -> None:
    """Answer what an editor asked: the document waits in the queue again. Raises ``DocumentNotFound``,
    ``NotYourQuestion`` when nothing is asked, or ``QuestionNeeded`` when the answer is empty."""
    document = get_document(session, document_id, viewer)
    own = viewer.account_id in (document.uploaded_by_id, document.claimed_by_id)
    if document.asked_at is None or not (own or viewer.may(Action.REVIEW)):
        raise NotYourQuestion
    if not text.strip():
        raise QuestionNeeded("There is no answer.", help="Write what you know; if you do not know, say so.")
    document.asked_at = None
    _add(session, document.id, NoteKind.ANSWER, text, viewer=viewer, at=at)


def _add(
    session: Session, document_id: str, kind: NoteKind, text: str, *, viewer: Viewer, at: datetime
) -> None:
    said = text.strip()[:MOST_CHARACTERS]
    session.add(
        DocumentNote(
            document_id=document_id, account_id=viewer.account_id, kind=kind, text=said, written_at=at
        )
    )
    event = "document_answered" if kind == NoteKind.ANSWER else "document_noted"
    record_event(session, event, document_id, actor=viewer.name, at=at, details={})
