"""A person who signs in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import Role


class Account(Base):
    """``email`` is kept in lower case. Without a password hash nobody can sign in with it.

    ``totp_secret`` (RFC 6238, base32) counts from ``totp_confirmed_at`` on; ``totp_last_step`` is the last
    step whose code was used, so that none is used twice. ``quota_bytes``: empty for the setting's.
    ``calendar_key_hash`` is the SHA-256 of the key in the address of their calendar of requests, which a
    calendar program fetches without signing in. ``wants_reminders``: of the requests they answer for.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(EnumText(Role))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    quota_bytes: Mapped[int | None] = mapped_column(BigInteger)
    calendar_key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    wants_reminders: Mapped[bool] = mapped_column(default=True)
