"""One batch of records handed over by an agency."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.agency import Agency
from archive.models.base import Base


class Production(Base):
    """A release in answer to a request: what the covering letter says was handed over.

    ``received_on`` is the day it was handed over. ``tracking_number`` is the number on the letter, also
    when the request itself is not kept here. ``said_*`` are pages, as the cover letter counts them: all that
    were reviewed, released in full, in part, withheld in full, referred elsewhere. ``bates_first`` and
    ``bates_last`` are the range it names. ``next_due_on`` is the next release, by a court's order or by the
    agency's promise (``next_due_says``). What arrived is counted from the pages, never typed in.
    """

    __tablename__ = "production"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    received_on: Mapped[date | None]
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("foia_request.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int | None]  # of a series of interim releases, from 1
    cover_letter_id: Mapped[str | None] = mapped_column(String(12), index=True)  # a reference: a circle
    bates_first: Mapped[str | None] = mapped_column(String(100))
    bates_last: Mapped[str | None] = mapped_column(String(100))
    said_pages: Mapped[int | None]
    said_in_full: Mapped[int | None]
    said_in_part: Mapped[int | None]
    said_withheld: Mapped[int | None]
    said_referred: Mapped[int | None]
    next_due_on: Mapped[date | None]
    next_due_says: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency | None] = relationship(lazy="joined")
