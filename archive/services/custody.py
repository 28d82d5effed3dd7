"""Through whose hands a document went: from its own row, and from the audit log.

Readers are told what happened and when, and of people only what they are to this archive. Who may read the
audit log is told their accounts, and more of what was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Account, AuditEntry, Document
from archive.rules.access import Action, Viewer
from archive.rules.audit_words import action_words
from archive.rules.review_words import COPY_KIND_WORDS
from archive.rules.statuses import Role
from archive.services.documents import visible_documents

_MOST_ENTRIES = 200
_PROGRAM = "this archive’s program"
_BY_ROLE = {
    Role.VOLUNTEER: "a volunteer of this archive",
    Role.EDITOR: "an editor of this archive",
    Role.ADMIN: "an editor of this archive",
}
# What was seen by everybody when it happened.
_PUBLIC = ("document_published", "document_withdrawn", "document_restored")
_FOR_EDITORS = (
    *_PUBLIC,
    "document_shown_to_members",
    "document_held",
    "document_rejected",
    "document_taken_back",
    "document_sealed",
    "copy_asked",
    "copy_made",
    "file_sent_again",
    "original_opened",
)


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """Something that happened to a document: at a moment, or on a day of which no more is known."""

    when: datetime | date | None
    what: str
    by: str
    entry: str = ""  # of the audit log: its number and the start of its hash


def custody_of(session: Session, document: Document, viewer: Viewer) -> tuple[CustodyEvent, ...]:
    """What is known, in the order in which it happened."""
    sees_people = viewer.may(Action.READ_AUDIT_LOG)
    events = [*_before_the_archive(document), _received(session, document, viewer, sees_people=sees_people)]
    actions = _FOR_EDITORS if sees_people else _PUBLIC
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == document.id, AuditEntry.action.in_(actions))
        .order_by(AuditEntry.id)
        .limit(_MOST_ENTRIES)
    ).all()
    for entry in entries:
        by = entry.actor if sees_people else _role_words(session, entry.actor)
        number = _number(entry) if sees_people else ""
        events.append(CustodyEvent(entry.happened_at, _as_done(entry.action), by, number))
    if document.published_at and not any(entry.action == "document_published" for entry in entries):
        events.append(CustodyEvent(document.published_at, "Published", "not on record"))
    return tuple(events)


def _before_the_archive(document: Document) -> Iterator[CustodyEvent]:
    production = document.production
    agency = document.agency or (production.agency if production else None)
    by = agency.name if agency else "not on record"
    if production is not None:
        number = f", tracking number {production.tracking_number}" if production.tracking_number else ""
        yield CustodyEvent(production.received_on, f"Released in “{production.title}”{number}", by)
    if document.received_on and (production is None or document.received_on != production.received_on):
        yield CustodyEvent(document.received_on, "Handed over, as the sender of the file says", by)


def _received(session: Session, document: Document, viewer: Viewer, *, sees_people: bool) -> CustodyEvent:
    if document.derived_from_id is not None:
        return CustodyEvent(document.received_at, _copy_words(session, document, viewer), _PROGRAM)
    sender = session.get(Account, document.uploaded_by_id) if document.uploaded_by_id else None
    if sender is None:
        by = _PROGRAM
    else:
        by = sender.email if sees_people else _BY_ROLE.get(sender.role, _BY_ROLE[Role.VOLUNTEER])
    what = "Received by this archive and kept under the SHA-256 of its bytes"
    return CustodyEvent(document.received_at, what, by, _receipt(session, document) if sees_people else "")


def _receipt(session: Session, document: Document) -> str:
    """The log's own entry of it."""
    entry = session.scalar(
        select(AuditEntry)
        .where(AuditEntry.subject == document.id, AuditEntry.action == "document_received")
        .order_by(AuditEntry.id)
        .limit(1)
    )
    return _number(entry) if entry else ""


def _number(entry: AuditEntry) -> str:
    return f"{entry.id} {entry.entry_hash[:12]}"


def _copy_words(session: Session, document: Document, viewer: Viewer) -> str:
    kind = COPY_KIND_WORDS[document.copy_kind] if document.copy_kind else "copy"
    original = session.scalar(visible_documents(viewer).where(Document.id == document.derived_from_id))
    if original is None:
        of = "another file, which is kept and is not shown"
    else:
        of = f"document {original.id} (SHA-256 {original.sha256})"
    reason = f". Reason: {document.copy_reason}" if document.copy_reason else ""
    return f"Made by this archive ({kind}) of {of}{reason}"


def _role_words(session: Session, actor: str) -> str:
    """Whom the audit log names, without a name."""
    role = session.scalar(select(Account.role).where(Account.email == actor))
    return _BY_ROLE.get(role, _PROGRAM) if role else _PROGRAM


def _as_done(action: str) -> str:
    """``published a document`` as the heading of a line: ``Published``."""
    words = action_words(action).removesuffix(" a document").removesuffix(" of a document")
    return words[:1].upper() + words[1:]
