"""A search that somebody wants to hear of, and the documents they know of already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import HowOften


class SavedSearch(Base):
    """``search`` is the search as parameters of an address. ``id`` is not guessable and never used again.

    ``address_key`` is the address without its capitals. While ``confirmed_at`` is empty nothing is sent
    but the letter that asks. ``searched_state`` is what was published when it was last looked for.
    """

    __tablename__ = "saved_search"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    address: Mapped[str] = mapped_column(String(320))
    address_key: Mapped[str] = mapped_column(String(320), index=True)
    search: Mapped[str] = mapped_column(Text)
    how_often: Mapped[HowOften] = mapped_column(EnumText(HowOften))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    searched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    searched_state: Mapped[str] = mapped_column(String(64), default="")


class SavedSearchSeen(Base):
    """A document that was there when the search was saved, or that a letter told of."""

    __tablename__ = "saved_search_seen"

    saved_search_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True
    )
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("outgoing_letter.id", ondelete="SET NULL"), index=True
    )
