"""What lets somebody in: sessions, API tokens, links, and how often it was tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.account import Account
from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.statuses import LinkKind, Role


class SignIn(Base):
    """One browser that is signed in. Only the SHA-256 of its cookie is kept.

    While ``second_factor_at`` is empty and the account needs a second factor, the session may do nothing
    but give it.
    """

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(300), default="")

    account: Mapped[Account] = relationship(lazy="joined")


class ApiToken(Base):
    """A program's way in, for one account. Only the SHA-256 of the token is kept."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(lazy="joined")


class AccountLink(Base):
    """An invitation, or a way to set a new password: used once, and not for long."""

    __tablename__ = "account_link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(EnumText(LinkKind))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(320), index=True)
    role: Mapped[Role | None] = mapped_column(EnumText(Role))  # of an invitation
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """Stands in for the authenticator, once. Only the SHA-256 of the code is kept: it is random enough."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attempts(Base):
    """How often something was tried, by all processes together.

    ``key`` says what and by whom, as a hash: neither addresses nor names are kept here.
    ``window_began_at`` is when it was last let through: ``count`` starts again when a whole window has gone
    by since then. See ``archive.services.attempts``.
    """

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_began_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    count: Mapped[int]
