"""What may be private, and what a person said about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import CopyKind, CopyState, Decision, FindingKind


class Finding(Base):
    """One place that may give something private away. Open until a person has decided.

    ``fingerprint`` is the same when the document is read again and the same is found in the same place, so
    that a decision outlives a re-reading. ``boxes`` are in points as displayed; empty when it has no place
    on a page (metadata, attachments). ``text`` is private: editors alone see it.
    """

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("document_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    fingerprint: Mapped[str] = mapped_column(String(64))
    kind: Mapped[FindingKind] = mapped_column(EnumText(FindingKind))
    page_number: Mapped[int | None]  # empty: the file as a whole
    text: Mapped[str] = mapped_column(Text)
    boxes: Mapped[list[list[float]]] = mapped_column(JSON, default=list)  # each x0, top, x1, bottom
    score: Mapped[float]  # 0..1: how likely it is what it looks like
    reason: Mapped[str] = mapped_column(Text)  # a sentence that says why it was found
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[Decision | None] = mapped_column(EnumText(Decision))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # the second person
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RedactionBox(Base):
    """A box that an editor drew or accepted: what is beneath it will not be in the redacted copy."""

    __tablename__ = "redaction_box"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    page_number: Mapped[int]
    box: Mapped[list[float]] = mapped_column(JSON)  # x0, top, x1, bottom in points as displayed
    reason: Mapped[str] = mapped_column(String(200))  # public: it stands on the box
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id", ondelete="SET NULL"), index=True)
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentCopy(Base):
    """A copy that somebody asked for: of some pages, turned, or redacted.

    ``recipe`` is what ``ingest.copying.Recipe`` is made of. ``copy_id`` is the document that came of it.
    """

    __tablename__ = "document_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[CopyKind] = mapped_column(EnumText(CopyKind))
    state: Mapped[CopyState] = mapped_column(EnumText(CopyState), index=True)
    recipe: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(1000), default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # public
    copy_id: Mapped[str | None] = mapped_column(String(12), ForeignKey("document.id", ondelete="SET NULL"))
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_sentence: Mapped[str | None] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
