"""Files on their way in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import UploadOutcome


class UploadBatch(Base):
    """Files that came together, and what was said once for all of them."""

    __tablename__ = "upload_batch"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agency: Mapped[str] = mapped_column(String(300), default="")
    production: Mapped[str] = mapped_column(String(500), default="")
    received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # file name -> its fields, as text


class Upload(Base):
    """One file that is being sent, or was. ``received_bytes`` is how much of it is safe on disk.

    Kept when the file is in: it is the receipt that says who brought it, when, and under which name.
    """

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    batch_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("upload_batch.id", ondelete="SET NULL"), index=True
    )
    file_name: Mapped[str] = mapped_column(String(1024))
    byte_count: Mapped[int] = mapped_column(BigInteger)
    received_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    document_id: Mapped[str | None] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="SET NULL"), index=True
    )
    outcome: Mapped[UploadOutcome | None] = mapped_column(EnumText(UploadOutcome))
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_sentence: Mapped[str | None] = mapped_column(Text)
