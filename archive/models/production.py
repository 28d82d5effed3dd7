"""One batch of records handed over by an agency."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.agency import Agency
from archive.models.base import Base


class Production(Base):
    """A release in answer to a request. The request itself gets its own table when it is built."""

    __tablename__ = "production"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    received_on: Mapped[date | None]
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency | None] = relationship(lazy="joined")
