"""Sessions: who is behind a cookie or an API token. Only hashes of either are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.models import Account, ApiToken, SignIn
from archive.rules.access import Viewer
from archive.rules.statuses import Role

SEEN_AGAIN_AFTER = timedelta(minutes=5)  # so that a page view does not cost a write
SECOND_FACTOR_ROLES = frozenset({Role.EDITOR, Role.ADMIN})
TOKEN_PREFIX = "rr_"  # noqa: S105  how a token starts, so that it is known when it turns up somewhere
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
    session: Session, account: Account, *, at: datetime, hours: int, address: str = "", browser: str = ""
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
        )
    )
    session.flush()
    return token


def find_signed_in(session: Session, token: str, *, at: datetime, second_factor: bool) -> SignedIn | None:
    """Who has this cookie; None when it is unknown, over, or its account closed.

    ``second_factor``: whether editors and admins must have given one.
    """
    row = session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
    if row is None or row.ended_at is not None or row.expires_at <= at or not _is_open(row.account):
        return None
    account = row.account
    enrolled = account.totp_confirmed_at is not None
    must = enrolled or (second_factor and account.role in SECOND_FACTOR_ROLES)
    half = must and row.second_factor_at is None
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


def find_token_viewer(session: Session, token: str) -> Viewer | None:
    """Whose API token this is; None when it is unknown, revoked, or its account closed."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_hash == hash_of(token)))
    if row is None or row.revoked_at is not None or not _is_open(row.account):
        return None
    return Viewer(row.account.role, row.account_id, row.account.email, by_token=True)


def _is_open(account: Account) -> bool:
    return account.disabled_at is None
