"""A citation that was given out: it stays, whatever becomes of its document."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.base import Base, UtcDateTime
from archive.models.document import Document


class Citation(Base):
    """The row of a ``rules.citation_record.CitationRecord``; never changed, never removed.

    ``id`` follows from the file and the words. ``parts`` are ``CitedPart`` as JSON (``services.citations``
    writes and reads them), ``words`` all of them on one line. ``facts`` is how the document was described
    when it was cited: title, agency, date, production, tracking number and so on, as text. ``created_by_id``
    is empty when a reader without an account cited. ``compared_with`` is set when it points at a comparison:
    the release that withheld these words, as ``document_id``, ``sha256``, ``page_number`` and ``codes``.
    """

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_document_id_page_number", "document_id", "page_number"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(12), ForeignKey("document.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    page_number: Mapped[int]
    last_page_number: Mapped[int]
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text, default="")
    typed: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(16))
    reader: Mapped[str] = mapped_column(String(16))
    reader_version: Mapped[str] = mapped_column(String(64))
    text_sha256: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    compared_with: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    document: Mapped[Document] = relationship(lazy="joined")
