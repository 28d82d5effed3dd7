"""API tokens: a program's way in, for one account. ``rules.access.TOKEN_ACTIONS`` says what it may do."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.models import ApiToken
from archive.rules.access import Viewer
from archive.services.accounts import checked_name
from archive.services.audit import record_event
from archive.services.sign_ins import hash_of

PREFIX = "rr_"  # so that a token is known for what it is when it turns up somewhere (secret scanners)
USED_AGAIN_AFTER = timedelta(minutes=5)  # so that a call does not cost a write


@dataclass(frozen=True, slots=True)
class Program:
    """Who has a token. ``is_due``: ``used_at`` should be written again."""

    token_id: str
    viewer: Viewer
    is_due: bool


def make_token(session: Session, name: str, *, viewer: Viewer, at: datetime) -> str:
    """A new token, to be shown once: it is not kept. Raises ``NameNeeded``."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        id=secrets.token_hex(16),
        account_id=viewer.account_id,
        name=checked_name(name),
        token_hash=hash_of(token),
        created_at=at,
    )
    session.add(row)
    _record(session, "token_made", row.id, viewer=viewer, at=at)
    return token


def list_tokens(session: Session, account_id: int | None) -> Sequence[ApiToken]:
    """Those that work, the newest first."""
    return session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.created_at.desc(), ApiToken.id)
    ).all()


def revoke_token(session: Session, token_id: str, *, viewer: Viewer, at: datetime) -> bool:
    """It works no more. False when the account has no such token."""
    revoked = session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id, ApiToken.account_id == viewer.account_id, ApiToken.revoked_at.is_(None)
        )
        .values(revoked_at=at)
        .returning(ApiToken.id)
    )
    if revoked.scalar() is None:
        return False
    _record(session, "token_revoked", token_id, viewer=viewer, at=at)
    return True


def find_program(session: Session, token: str, *, at: datetime) -> Program | None:
    """Whose token this is; None when it is unknown, revoked, or its account closed."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_hash == hash_of(token)))
    if row is None or row.revoked_at is not None or row.account.disabled_at is not None:
        return None
    viewer = Viewer(row.account.role, row.account_id, row.account.email, by_token=True)
    return Program(row.id, viewer, row.used_at is None or at - row.used_at >= USED_AGAIN_AFTER)


def note_used(session: Session, token_id: str, *, at: datetime) -> None:
    """The token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=at))


def _record(session: Session, action: str, token_id: str, *, viewer: Viewer, at: datetime) -> None:
    subject = f"account:{viewer.account_id}"
    record_event(session, action, subject, actor=viewer.name, at=at, details={"token": token_id})
