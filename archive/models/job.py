"""Work to be done: the truth about it, whatever the queue forgot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import JobKind, JobState


class Job(Base):
    """One piece of work on one document (or on the whole archive, when ``document_id`` is empty).

    A worker holds a running job by a lease and renews it; a job whose lease ran out belongs to nobody
    and is taken again. ``lease_token`` fences off a worker that comes back after its lease was lost.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_lease_expires_at", "state", "lease_expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind] = mapped_column(EnumText(JobKind))
    document_id: Mapped[str | None] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[JobState] = mapped_column(EnumText(JobState))
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(64))
    lease_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_when_read: Mapped[bool] = mapped_column(default=False)
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_sentence: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
