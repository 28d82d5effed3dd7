"""Links that do something with an account, once: an invitation, or a way to set a new password.

A link is the id of its row, signed: it can be made again from the row to be shown to who made it, and
whoever reads only the database can make none.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.models import Account, AccountLink
from archive.rules.access import Action, Viewer, may
from archive.rules.account_errors import AccountExists, AccountLinkNotValid
from archive.rules.statuses import LinkKind, Role
from archive.rules.tokens import Purpose, read_signed, sign
from archive.services.accounts import (
    add_hashed_account,
    find_account,
    get_account,
    plain_email,
    set_password_hash,
)
from archive.services.attempts import take_attempt
from archive.services.audit import record_event
from archive.services.sign_ins import hash_of
from archive.services.signing_in import forget_wrong_passwords

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)  # one that was sent to a mailbox
HANDED_RESET_LASTS = timedelta(days=2)  # one that an admin hands over
MOST_RESET_LETTERS, MOST_BY_NETWORK, LETTER_WINDOW = 3, 20, timedelta(hours=1)
_PURPOSES = {LinkKind.INVITATION: Purpose.INVITATION, LinkKind.RESET: Purpose.RESET}


def invite(
    session: Session, email: str, role: Role, *, key: str, viewer: Viewer, at: datetime
) -> AccountLink:
    """An invitation; an earlier one to the same address is void.

    Raises ``BadMailAddress``, ``AccountExists``.
    """
    email = plain_email(email)
    if find_account(session, email) is not None:
        raise AccountExists
    link = _make(session, LinkKind.INVITATION, email, key=key, at=at, lasts=INVITATION_LASTS, by=viewer)
    link.role = role
    _record(session, "invited", link, actor=viewer.name, at=at)
    return link


def make_reset_link(
    session: Session, account: Account, *, key: str, viewer: Viewer | None, at: datetime
) -> AccountLink:
    """A way to a new password. ``viewer`` is the admin who hands it over; None when a letter carries it."""
    lasts = HANDED_RESET_LASTS if viewer else RESET_LASTS
    link = _make(session, LinkKind.RESET, account.email, key=key, at=at, lasts=lasts, by=viewer)
    link.account_id = account.id
    actor = viewer.name if viewer else "nobody"
    _record(session, "reset_link_made", link, actor=actor, at=at)
    return link


def ask_for_reset(
    session: Session, email: str, network: str, *, key: str, at: datetime
) -> AccountLink | None:
    """The link for a letter; None when there is no open account, or letters were asked for too often. The
    person who asks is told the same in each case."""
    email = email.strip().lower()[:320]
    may_ask = take_attempt(
        session, "reset", network, at=at, most=MOST_BY_NETWORK, window=LETTER_WINDOW
    ) and take_attempt(session, "reset", email, at=at, most=MOST_RESET_LETTERS, window=LETTER_WINDOW)
    account = find_account(session, email)
    if not may_ask or account is None or account.disabled_at is not None:
        return None
    return make_reset_link(session, account, key=key, viewer=None, at=at)


def link_token(link: AccountLink, key: str) -> str:
    """What stands in the address of a link."""
    return sign(key, _PURPOSES[link.kind], link.id, link.expires_at)


def get_link(session: Session, kind: LinkKind, token: str, *, key: str, at: datetime) -> AccountLink:
    """The link, if it can still be used. Raises ``AccountLinkNotValid``."""
    link_id = read_signed(key, _PURPOSES[kind], token, at)
    link = session.get(AccountLink, link_id) if link_id else None
    if link is None or link.kind is not kind or link.token_hash != hash_of(token):
        raise AccountLinkNotValid
    if link.used_at is not None or link.revoked_at is not None or link.expires_at <= at:
        raise AccountLinkNotValid
    if not _still_stands(session, link):
        raise AccountLinkNotValid
    return link


def accept_invitation(
    session: Session, token: str, *, name: str, password_hash: str, key: str, at: datetime
) -> Account:
    """The account that somebody was invited to. Raises ``AccountLinkNotValid``, ``NameNeeded``."""
    link = get_link(session, LinkKind.INVITATION, token, key=key, at=at)
    link.used_at = at
    role = link.role or Role.MEMBER
    return add_hashed_account(
        session, link.email, role, password_hash=password_hash, actor=link.email, at=at, name=name
    )


def use_reset_link(session: Session, token: str, *, password_hash: str, key: str, at: datetime) -> Account:
    """A new password; every session ends, and all other links for it are void.

    Raises ``AccountLinkNotValid``.
    """
    link = get_link(session, LinkKind.RESET, token, key=key, at=at)
    account = get_account(session, link.account_id)
    link.used_at = at
    _void(session, LinkKind.RESET, account.email, at=at)
    set_password_hash(session, account, password_hash, actor=account.email, at=at)
    forget_wrong_passwords(session, account)
    return account


def revoke_link(session: Session, link_id: str, *, viewer: Viewer, at: datetime) -> bool:
    """It opens nothing any more. False when there is no such link."""
    link = session.get(AccountLink, link_id)
    if link is None or link.used_at is not None or link.revoked_at is not None:
        return False
    link.revoked_at = at
    _record(session, "link_revoked", link, actor=viewer.name, at=at)
    return True


def open_links(session: Session, *, at: datetime) -> Sequence[AccountLink]:
    """What an admin made and nobody has used: the newest first. Not the links in people's mailboxes."""
    found = session.scalars(
        select(AccountLink)
        .where(
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
            AccountLink.expires_at > at,
            AccountLink.created_by_id.is_not(None),
        )
        .order_by(AccountLink.created_at.desc(), AccountLink.id)
    )
    return [link for link in found if _still_stands(session, link)]


def _still_stands(session: Session, link: AccountLink) -> bool:
    """An invitation is worth what who gave it is; a reset goes to an account that is open."""
    if link.kind is LinkKind.RESET:
        account = session.get(Account, link.account_id)
        return account is not None and account.disabled_at is None
    inviter = session.get(Account, link.created_by_id)
    return inviter is not None and inviter.disabled_at is None and may(inviter.role, Action.MANAGE_ACCOUNTS)


def _make(
    session: Session,
    kind: LinkKind,
    email: str,
    *,
    key: str,
    at: datetime,
    lasts: timedelta,
    by: Viewer | None,
) -> AccountLink:
    if by is not None:
        _void(session, kind, email, at=at)
    link = AccountLink(
        id=secrets.token_hex(16),
        kind=kind,
        email=email,
        created_by_id=by.account_id if by else None,
        created_at=at,
        expires_at=at.replace(microsecond=0) + lasts,  # the signature knows whole seconds
    )
    link.token_hash = hash_of(link_token(link, key))
    session.add(link)
    session.flush()
    return link


def _void(session: Session, kind: LinkKind, email: str, *, at: datetime) -> None:
    session.execute(
        update(AccountLink)
        .where(
            AccountLink.kind == kind,
            AccountLink.email == email,
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


def _record(session: Session, action: str, link: AccountLink, *, actor: str, at: datetime) -> None:
    details = {"email": link.email, "role": str(link.role or "")}
    record_event(session, action, f"link:{link.id}", actor=actor, at=at, details=details)
