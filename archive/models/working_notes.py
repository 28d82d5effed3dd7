"""What is said and changed while a document is worked on. None of it is public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import NoteKind


class DocumentNote(Base):
    """A note, a question to whoever sent the document in, or the answer."""

    __tablename__ = "document_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[NoteKind] = mapped_column(EnumText(NoteKind))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FieldChange(Base):
    """One field of one document, before and after: so that it can be undone.

    Changes made at once (in the table, for hundreds of documents) share ``change_set``. Values are text as
    a form sends it; empty means that the field has no value.
    """

    __tablename__ = "field_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set: Mapped[str] = mapped_column(String(32), index=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str] = mapped_column(String(32))
    old_value: Mapped[str] = mapped_column(Text, default="")
    new_value: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
