"""Vaughn-style indexes: what was withheld, record by record, as a court is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, UtcDateTime


class VaughnIndex(Base):
    """A table of withheld records, kept by members (Vaughn v. Rosen, 484 F.2d 820 (D.C. Cir. 1973))."""

    __tablename__ = "vaughn_index"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    introduction: Mapped[str] = mapped_column(Text, default="")
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VaughnEntry(Base):
    """Some pages of one document as one row. ``said`` is what a person wrote in place of what is known of the
    record, by the column's name; ``position`` counts from 1."""

    __tablename__ = "vaughn_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    index_id: Mapped[int] = mapped_column(ForeignKey("vaughn_index.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    first_page: Mapped[int]
    last_page: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
