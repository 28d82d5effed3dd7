"""Addresses that were given out before something got another name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, UtcDateTime


class OldSlug(Base):
    """``slug`` of a ``kind`` ('agencies', 'productions', 'places', 'collections') that leads to the row
    ``target_id`` of that kind now."""

    __tablename__ = "old_slug"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    target_id: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
