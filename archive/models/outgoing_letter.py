"""A letter that is to be sent, or was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import LetterKind


class OutgoingLetter(Base):
    """Only what it is about: the words are written when it is sent, from what is published then.

    Whoever sends it holds it by ``claim_token`` until ``claimed_until``; afterwards it is anybody's.
    """

    __tablename__ = "outgoing_letter"
    __table_args__ = (Index("ix_outgoing_letter_sent_at_try_at", "sent_at", "try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_search_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("saved_search.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LetterKind] = mapped_column(EnumText(LetterKind))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    claim_token: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
