"""Documents to be described, and the people who describe them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import AuditEntry, Document, FieldProposal
from archive.ports import Storage
from archive.rules.access import Viewer
from archive.rules.statuses import Role, Visibility
from tests.factories import NOON, make_document
from tests.visitors import make_account

MEMO = (
    "MEMORANDUM FOR: Field Office Directors\n"
    "FROM: The Director\n"
    "SUBJECT: Opting out\n"
    "Counties may not opt out of the programme."
)
READ: dict[str, tuple[str, int]] = {  # field: what was read, and on which line of MEMO
    "recipient": ("Field Office Directors", 0),
    "sender": ("The Director", 1),
    "subject": ("Opting out", 2),
}


def make_undescribed(
    session: Session,
    storage: Storage,
    *,
    title: str = "Memo on opting out",
    pages: Sequence[str | None] = (MEMO, "Page two."),
    read: Mapping[str, tuple[str, int]] = READ,
    visibility: Visibility = Visibility.UNPUBLISHED,
    **fields: Any,
) -> Document:
    """A document that was read and looked through; ``read`` are its proposals, in use."""
    values = {"screened_at": NOON, **{field: value for field, (value, _) in read.items()}, **fields}
    document = make_document(session, storage, title=title, pages=pages, visibility=visibility, **values)
    for field, (value, line) in read.items():
        top = 72.0 + 16.0 * line
        session.add(
            FieldProposal(
                document_id=document.id,
                field=field,
                value=value,
                page_number=1,
                box=[110.0, top, 260.0, top + 12.0],
                is_in_use=True,
            )
        )
    session.flush()
    return document


def person(database: Database, role: Role, email: str = "") -> Viewer:
    """Somebody with an account."""
    account = make_account(database, role, email)
    return Viewer(role, account.id, account.email)


def actions_of(session: Session, document_id: str) -> list[str]:
    """What the audit log says was done to a document, in order."""
    wanted = select(AuditEntry.action).where(AuditEntry.subject == document_id).order_by(AuditEntry.id)
    return list(session.scalars(wanted))
