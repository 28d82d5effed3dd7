"""A value read from a page for one of a document's fields, to be confirmed by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, UtcDateTime


class FieldProposal(Base):
    """``field`` is a column of Document. While ``confirmed_at`` is empty, it is shown as proposed.

    ``is_in_use`` says that the document's field was filled from here, not by a person.
    """

    __tablename__ = "field_proposal"
    __table_args__ = (UniqueConstraint("document_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(Text)
    page_number: Mapped[int]
    box: Mapped[list[float] | None] = mapped_column(JSON)
    is_in_use: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    def as_box(self) -> tuple[float, float, float, float] | None:
        """The box as (x0, top, x1, bottom) in points, if the value has a place on the page."""
        values: Any = self.box
        return None if not values else (values[0], values[1], values[2], values[3])
