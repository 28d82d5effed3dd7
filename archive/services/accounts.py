"""Accounts: made, given another role, closed, opened again. An account is never deleted, since the audit
log and the documents name it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.mail.message import checked_address
from archive.models import Account
from archive.rules.access import Viewer
from archive.rules.account_errors import AccountExists, AccountNotFound, LastAdmin, NameNeeded
from archive.rules.statuses import Role
from archive.services.audit import record_event
from archive.services.passwords import hash_password
from archive.services.sign_ins import end_all_sign_ins

_LONGEST_NAME = 200


def plain_email(text: str) -> str:
    """An address as accounts are found by. Raises ``BadMailAddress``."""
    return checked_address(text).lower()


def add_account(
    session: Session,
    email: str,
    role: Role,
    *,
    password: str | None,
    actor: str,
    at: datetime,
    name: str = "",
) -> Account:
    """A new account; without a password nobody can sign in until one is set by a link.

    Raises ``BadMailAddress``, ``AccountExists``, ``UnfitPassword``.
    """
    email = plain_email(email)
    return add_hashed_account(
        session,
        email,
        role,
        password_hash=None if password is None else hash_password(password, email),
        actor=actor,
        at=at,
        name=name,
    )


def add_hashed_account(
    session: Session,
    email: str,
    role: Role,
    *,
    password_hash: str | None,
    actor: str,
    at: datetime,
    name: str,
) -> Account:
    """The same with a password that was hashed before, so that the transaction is short."""
    if find_account(session, email) is not None:
        raise AccountExists
    account = Account(
        email=email,
        name=checked_name(name) if name else None,
        role=role,
        password_hash=password_hash,
        password_changed_at=at if password_hash else None,
        created_at=at,
    )
    session.add(account)
    session.flush()
    _record(session, "account_added", account, actor=actor, at=at, role=role)
    return account


def find_account(session: Session, email: str) -> Account | None:
    """The account of an address, open or closed."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def get_account(session: Session, account_id: int | None) -> Account:
    """Raises ``AccountNotFound``."""
    account = session.get(Account, account_id) if account_id is not None else None
    if account is None:
        raise AccountNotFound
    return account


def list_accounts(session: Session) -> Sequence[Account]:
    """All accounts: open ones first, by address."""
    return session.scalars(select(Account).order_by(Account.disabled_at.is_not(None), Account.email)).all()


def change_role(session: Session, account_id: int, role: Role, *, viewer: Viewer, at: datetime) -> None:
    """Another role from now on; sessions end, so that nothing of the old one goes on.

    Raises ``AccountNotFound``, ``LastAdmin``.
    """
    account = get_account(session, account_id)
    if account.role is role:
        return
    if role is not Role.ADMIN:
        _keep_an_admin(session, account)
    was, account.role = account.role, role
    end_all_sign_ins(session, account.id, at=at)
    _record(session, "role_changed", account, actor=viewer.name, at=at, role=role, was=was)


def close_account(session: Session, account_id: int, *, actor: str, at: datetime) -> None:
    """Nobody can sign in with it any more, no token of it works, and whoever is signed in is not.

    Raises ``AccountNotFound``, ``LastAdmin``. Again is no error.
    """
    account = get_account(session, account_id)
    if account.disabled_at is not None:
        return
    _keep_an_admin(session, account)
    account.disabled_at = at
    end_all_sign_ins(session, account.id, at=at)
    _record(session, "account_closed", account, actor=actor, at=at)


def reopen_account(session: Session, account_id: int, *, viewer: Viewer, at: datetime) -> None:
    """With the same password and role. Raises ``AccountNotFound``."""
    account = get_account(session, account_id)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    _record(session, "account_reopened", account, actor=viewer.name, at=at)


def set_name(session: Session, account_id: int | None, name: str, *, viewer: Viewer, at: datetime) -> None:
    """What others are shown beside the address. Raises ``NameNeeded``."""
    account = get_account(session, account_id)
    account.name = checked_name(name)
    _record(session, "account_renamed", account, actor=viewer.name, at=at)


def set_password_hash(
    session: Session, account: Account, password_hash: str, *, actor: str, at: datetime, keep: str = ""
) -> None:
    """A new password: every session ends but ``keep``, and no browser is known any more."""
    account.password_hash, account.password_changed_at = password_hash, at
    end_all_sign_ins(session, account.id, at=at, but=keep)
    _record(session, "password_changed", account, actor=actor, at=at)


def checked_name(text: str) -> str:
    """A name on one line. Raises ``NameNeeded``."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not name or len(name) > _LONGEST_NAME:
        raise NameNeeded
    return name


def _keep_an_admin(session: Session, account: Account) -> None:
    """An archive without an admin could only be helped by the command line."""
    if account.role is not Role.ADMIN or account.disabled_at is not None:
        return
    others = select(func.count()).select_from(Account)
    others = others.where(Account.role == Role.ADMIN, Account.disabled_at.is_(None), Account.id != account.id)
    if not session.scalar(others):
        raise LastAdmin


def _record(
    session: Session, action: str, account: Account, *, actor: str, at: datetime, **details: str
) -> None:
    record_event(
        session,
        action,
        f"account:{account.id}",
        actor=actor,
        at=at,
        details={"email": account.email} | {name: str(value) for name, value in details.items()},
    )
