"""Passages that belong together, in an order, with notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.base import Base, EnumText, UtcDateTime
from archive.models.citation import Citation
from archive.rules.citation_states import Audience


class Collection(Base):
    """Kept by one member; ``is_shared``: every member may add to it, order it and write notes.

    ``slug`` may change with the title: what it was before stays in ``OldSlug`` and leads to the new one.
    """

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    introduction: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(EnumText(Audience), index=True)
    is_shared: Mapped[bool] = mapped_column(default=False)
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CollectionItem(Base):
    """One passage of a collection. ``position`` counts from 1, without gaps."""

    __tablename__ = "collection_item"
    __table_args__ = (UniqueConstraint("collection_id", "citation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    citation_id: Mapped[str] = mapped_column(String(16), ForeignKey("citation.id"), index=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    citation: Mapped[Citation] = relationship(lazy="joined")
