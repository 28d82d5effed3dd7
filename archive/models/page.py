"""One page of a document: the unit of search and of citing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import PageStatus
from ingest.redaction_found import PageDisposition


class Page(Base):
    """What was read from one page, or why it could not be read.

    ``word_boxes`` is written and read by ``archive.services.word_boxes``. Image columns are object
    keys in the store; ``large_image_key`` may be empty until somebody asks for that size.

    What is withheld on it is in ``Redaction``, and summed up here: ``covered_share`` of the page's area and
    ``withheld_share`` of its lines of text, 0..1, each place counted once; ``claimed_codes`` are all the
    exemptions claimed on it, sorted.
    """

    __tablename__ = "page"
    # So that how a long document was read, and how much was withheld, is counted without loading its text.
    __table_args__ = (
        Index("ix_page_how_read", "document_id", "status", "page_number", "source", "reader"),
        Index("ix_page_withheld", "document_id", "status", "disposition", "withheld_share"),
    )

    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    page_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[PageStatus] = mapped_column(EnumText(PageStatus))
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_sentence: Mapped[str | None] = mapped_column(Text)
    printed_label: Mapped[str | None] = mapped_column(String(64))
    bates: Mapped[str | None] = mapped_column(String(128), index=True)
    width_pt: Mapped[float] = mapped_column(default=612.0)
    height_pt: Mapped[float] = mapped_column(default=792.0)
    text: Mapped[str] = mapped_column(Text, default="")
    hidden_text: Mapped[str] = mapped_column(Text, default="")
    word_boxes: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    source: Mapped[str] = mapped_column(String(16), default="none")
    reader: Mapped[str] = mapped_column(String(16), default="none")
    reader_version: Mapped[str] = mapped_column(String(64), default="")
    quality: Mapped[float] = mapped_column(default=0.0)
    trust_reason: Mapped[str] = mapped_column(String(64), default="")
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    covered_share: Mapped[float] = mapped_column(default=0.0)
    withheld_share: Mapped[float] = mapped_column(default=0.0)
    disposition: Mapped[PageDisposition] = mapped_column(
        EnumText(PageDisposition), default=PageDisposition.RELEASED
    )
    claimed_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    image_key: Mapped[str | None] = mapped_column(String(128))
    image_width_px: Mapped[int | None]
    image_height_px: Mapped[int | None]
    large_image_key: Mapped[str | None] = mapped_column(String(128))
    thumbnail_key: Mapped[str | None] = mapped_column(String(128))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def label(self) -> str:
        """What people call this page: its Bates number, else its printed label, else its number."""
        return self.bates or self.printed_label or str(self.page_number)
