"""Letters of a request that we write, and reminders that we send ourselves."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.clock_values import DeadlineKind
from archive.rules.request_states import RequestLetterKind


class RequestLetter(Base):
    """A letter made from a template and edited since; for members only. ``text`` is plain paragraphs,
    an empty line between two. ``sent_event_id``: the event that says it went out."""

    __tablename__ = "request_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RequestLetterKind] = mapped_column(EnumText(RequestLetterKind))
    title: Mapped[str] = mapped_column(String(300))
    addressee: Mapped[str] = mapped_column(Text, default="")  # name and address, a line each
    signature: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_event_id: Mapped[int | None] = mapped_column(ForeignKey("request_event.id", ondelete="SET NULL"))


class RequestReminder(Base):
    """A letter to whoever is responsible: a date comes near, or has passed. Each is written down once;
    the words are made when it is sent, from what is true then."""

    __tablename__ = "request_reminder"
    __table_args__ = (
        UniqueConstraint(
            "request_id", "account_id", "kind", "due_on", "days_before", name="uq_request_reminder_request_id"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DeadlineKind] = mapped_column(EnumText(DeadlineKind))
    due_on: Mapped[date]
    days_before: Mapped[int]  # negative: so many days after
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
