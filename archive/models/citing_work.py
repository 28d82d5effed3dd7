"""An article, brief or report elsewhere that cites a document of this archive."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.citation_states import LinkState


class CitingWork(Base):
    """A link that a reader proposed or an editor added; shown when an editor has said so.

    ``page_number`` is empty when the document as a whole is cited. ``proposed_by_id`` is empty for readers
    without an account.
    """

    __tablename__ = "citing_work"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    page_number: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(2000))
    title: Mapped[str] = mapped_column(String(500))
    publisher: Mapped[str] = mapped_column(String(300), default="")
    published_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")  # to the editor: not shown
    state: Mapped[LinkState] = mapped_column(EnumText(LinkState), index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
