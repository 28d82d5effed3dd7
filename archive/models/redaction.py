"""What an agency withheld, place by place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.redaction_states import RedactionState
from ingest.redaction_found import FoundBy, RedactionLook


class Redaction(Base):
    """One place on a page where words were withheld, and on what ground.

    Rows that nobody has decided about are made anew when the page is read again; what a person said stays.
    ``box`` is x0, top, x1, bottom in points as displayed. ``codes`` are the exemptions claimed, in the one
    spelling; ``found_codes`` what the machine read, empty (None) for one that a person marked.
    ``statute`` is the one named with (b)(3).
    ``page_share`` is its part of the page's area, ``line_share`` its part of the page's lines of text, both
    0..1; overlapping ones each count for themselves.
    """

    __tablename__ = "redaction"
    __table_args__ = (Index("ix_redaction_document_id_page_number", "document_id", "page_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(12), ForeignKey("document.id", ondelete="CASCADE"))
    page_number: Mapped[int]
    box: Mapped[list[float]] = mapped_column(JSON)
    look: Mapped[RedactionLook] = mapped_column(EnumText(RedactionLook))
    found_by: Mapped[FoundBy] = mapped_column(EnumText(FoundBy))
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    code_text: Mapped[str] = mapped_column(String(300), default="")
    statute: Mapped[str] = mapped_column(String(200), default="")
    confidence: Mapped[float] = mapped_column(default=1.0)
    page_share: Mapped[float] = mapped_column(default=0.0)
    line_share: Mapped[float] = mapped_column(default=0.0)
    found_codes: Mapped[list[str] | None] = mapped_column(JSON)
    state: Mapped[RedactionState] = mapped_column(EnumText(RedactionState), default=RedactionState.FOUND)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
