"""Sessions: who is behind a cookie. Only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.models import Account, SignIn
from archive.rules.access import Viewer
from archive.rules.statuses import Role

SEEN_AGAIN_AFTER = timedelta(minutes=5)  # so that a page view does not cost a write
SECOND_FACTOR_ROLES = frozenset({Role.EDITOR, Role.ADMIN})
_ADDRESS_LENGTH, _BROWSER_LENGTH = 64, 300


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds. ``half``: the password was right, the second factor is still to be given."""

    sign_in_id: str
    viewer: Viewer
    half: bool = False
    must_enrol: bool = False  # half, and the account has no authenticator yet
    is_due: bool = False  # ``seen_at`` should be written again


def hash_of(token: str) -> str:
    """What is kept of a cookie, a token or a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_sign_in(
    session: Session,
    account: Account,
    *,
    at: datetime,
    hours: int,
    address: str = "",
    browser: str = "",
    second_factor_at: datetime | None = None,
) -> str:
    """A new session for an account; the token is for its cookie and is not kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            id=secrets.token_hex(16),
            account_id=account.id,
            token_hash=hash_of(token),
            created_at=at,
            seen_at=at,
            expires_at=at + timedelta(hours=hours),
            address=address[:_ADDRESS_LENGTH],
            browser=browser[:_BROWSER_LENGTH],
            second_factor_at=second_factor_at,
        )
    )
    session.flush()
    return token


def needs_second_factor(account: Account, *, required: bool) -> bool:
    """Whether a password alone is not enough: an authenticator is set up, or the role demands one."""
    return account.totp_confirmed_at is not None or (required and account.role in SECOND_FACTOR_ROLES)


def find_signed_in(session: Session, token: str, *, at: datetime, second_factor: bool) -> SignedIn | None:
    """Who has this cookie; None when it is unknown, over, or its account closed.

    ``second_factor``: whether editors and admins must have given one.
    """
    row = session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
    if row is None or row.ended_at is not None or row.expires_at <= at or not _is_open(row.account):
        return None
    account = row.account
    enrolled = account.totp_confirmed_at is not None
    half = needs_second_factor(account, required=second_factor) and row.second_factor_at is None
    return SignedIn(
        row.id,
        viewer=Viewer(None if half else account.role, account.id, account.email),
        half=half,
        must_enrol=half and not enrolled,
        is_due=at - row.seen_at >= SEEN_AGAIN_AFTER,
    )


def note_seen(session: Session, sign_in_id: str, *, at: datetime, hours: int) -> None:
    """The session was used: it lasts for as long again."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(seen_at=at, expires_at=at + timedelta(hours=hours))
    )


def end_sign_in(session: Session, sign_in_id: str, *, account_id: int, at: datetime) -> bool:
    """End one session of this account. False when it has no such session."""
    ended = session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
        .returning(SignIn.id)
    )
    return ended.scalar() is not None


def end_all_sign_ins(session: Session, account_id: int, *, at: datetime, but: str = "") -> None:
    """End every session of this account, except ``but``."""
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.id != but)
        .values(ended_at=at)
    )


def list_sign_ins(session: Session, account_id: int | None, *, at: datetime) -> Sequence[SignIn]:
    """The sessions of an account that hold, the one used last first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.expires_at > at)
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    ).all()


def last_seen(session: Session) -> dict[int, datetime]:
    """When each account was used last, by its id."""
    rows = session.execute(select(SignIn.account_id, func.max(SignIn.seen_at)).group_by(SignIn.account_id))
    return {row[0]: row[1] for row in rows}


def _is_open(account: Account) -> bool:
    return account.disabled_at is None
