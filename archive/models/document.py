"""One record as one PDF."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.agency import Agency
from archive.models.base import Base, EnumText, UtcDateTime
from archive.models.place import Place
from archive.models.production import Production
from archive.rules.statuses import CopyKind, DocumentKind, ReadingStatus, Visibility


class Document(Base):
    """A file as received, what was read from it, and who may see it.

    ``id`` comes from the SHA-256, so the same bytes twice are one document. ``content_version`` rises
    with every change that search must know of; ``indexed_version`` is what the index has.

    A copy that this archive made (redacted, a part, arranged) is a document of its own: a new file has a
    new address. ``derived_from_id`` is the document it was made of. ``superseded_by_id`` is a better copy of
    the same record, as an editor said.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_visibility_received_at", "visibility", "received_at"),
        Index("ix_document_reading_status", "reading_status"),
        # what of an agency, of a production may be seen: else all that may be seen is looked through
        Index("ix_document_agency_id_visibility", "agency_id", "visibility"),
        Index("ix_document_production_id_visibility", "production_id", "visibility"),
    )

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    byte_count: Mapped[int] = mapped_column(BigInteger)
    source_file: Mapped[str] = mapped_column(String(1024))
    title: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[DocumentKind | None] = mapped_column(EnumText(DocumentKind))
    dated_on: Mapped[date | None]
    sender: Mapped[str | None] = mapped_column(String(1000))
    recipient: Mapped[str | None] = mapped_column(String(1000))
    subject: Mapped[str | None] = mapped_column(String(1000))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    production_id: Mapped[int | None] = mapped_column(ForeignKey("production.id"), index=True)
    page_count: Mapped[int | None]
    reading_status: Mapped[ReadingStatus] = mapped_column(EnumText(ReadingStatus))
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_sentence: Mapped[str | None] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(EnumText(Visibility))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_version: Mapped[int] = mapped_column(default=1)
    indexed_version: Mapped[int] = mapped_column(default=0)

    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    batch_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("upload_batch.id", ondelete="SET NULL"), index=True
    )
    received_on: Mapped[date | None]  # when the agency handed it over, as the uploader says
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    described_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    described_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # a second person agreed
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    screened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # private details were looked for
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # sent back; empty once answered
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)  # public: it stands on the tombstone
    derived_from_id: Mapped[str | None] = mapped_column(String(12), ForeignKey("document.id"), index=True)
    copy_kind: Mapped[CopyKind | None] = mapped_column(EnumText(CopyKind))
    copy_reason: Mapped[str | None] = mapped_column(Text)  # public
    vote: Mapped[str | None] = mapped_column(String(100))  # of a resolution, as it was recorded: 5-0
    language: Mapped[str | None] = mapped_column(String(35))  # BCP 47; empty: English
    superseded_by_id: Mapped[str | None] = mapped_column(String(12), ForeignKey("document.id"), index=True)
    superseded_reason: Mapped[str | None] = mapped_column(Text)  # public: why that copy is the better one
    pdf_facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # see ingest.page.FileOpened

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    place: Mapped[Place | None] = relationship(lazy="joined")
    production: Mapped[Production | None] = relationship(lazy="joined", foreign_keys=[production_id])
