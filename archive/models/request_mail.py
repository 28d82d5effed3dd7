"""E-mail files about requests, as they were received."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, UtcDateTime


class RequestMail(Base):
    """An e-mail that somebody sent in; for members only. The file is in the store, under its SHA-256.

    ``part`` is 0 for the e-mail that the file is, from 1 on for those within it, from the outside in. The
    event that was made of it is ``event_id``; ``set_aside_at``: somebody decided that it is none. The row
    stays when its request is deleted: what was received is not lost.
    """

    __tablename__ = "request_mail"
    __table_args__ = (UniqueConstraint("request_id", "sha256", "part", name="uq_request_mail_request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("foia_request.id", ondelete="SET NULL"))
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("request_event.id", ondelete="SET NULL"), index=True
    )
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_count: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(String(1024))
    message_id: Mapped[str] = mapped_column(String(998), default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
