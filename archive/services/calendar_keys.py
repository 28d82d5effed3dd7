"""The key in the address of somebody's calendar: a calendar program has no password and no cookie.

Of the key itself nothing is kept but its SHA-256, so it is shown once. It lets nobody do anything but read
the dates of requests.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Account
from archive.rules.access import Action, Viewer
from archive.rules.account_errors import CalendarNotFound
from archive.services.accounts import get_account
from archive.services.audit import record_event
from archive.services.sign_ins import hash_of

KEY_BYTES = 32
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def make_calendar_key(session: Session, *, viewer: Viewer, at: datetime) -> str:
    """A new key for the viewer's own calendar, to be shown once; the one before it works no more."""
    account = get_account(session, viewer.account_id)
    key = secrets.token_urlsafe(KEY_BYTES)
    account.calendar_key_hash = hash_of(key)
    _record(session, "calendar_key_made", account, viewer=viewer, at=at)
    return key


def remove_calendar_key(session: Session, *, viewer: Viewer, at: datetime) -> bool:
    """The viewer's calendar has no address any more. False when it had none."""
    account = get_account(session, viewer.account_id)
    if account.calendar_key_hash is None:
        return False
    account.calendar_key_hash = None
    _record(session, "calendar_key_removed", account, viewer=viewer, at=at)
    return True


def viewer_by_calendar_key(session: Session, key: str) -> Viewer:
    """Whose calendar a key opens. Raises ``CalendarNotFound``."""
    if _KEY.fullmatch(key) is None:
        raise CalendarNotFound
    account = session.scalar(select(Account).where(Account.calendar_key_hash == hash_of(key)))
    if account is None or account.disabled_at is not None:
        raise CalendarNotFound
    viewer = Viewer(account.role, account.id, account.email, by_token=True)
    if not viewer.may(Action.READ_REQUESTS):
        raise CalendarNotFound
    return viewer


def switch_reminders(session: Session, *, wanted: bool, viewer: Viewer, at: datetime) -> bool:
    """Whether reminders of requests come to the viewer by mail. False when it was so before."""
    account = get_account(session, viewer.account_id)
    if account.wants_reminders == wanted:
        return False
    account.wants_reminders = wanted
    details = {"wanted": wanted}
    subject = f"account:{account.id}"
    record_event(session, "reminders_changed", subject, actor=viewer.name, at=at, details=details)
    return True


def _record(session: Session, action: str, account: Account, *, viewer: Viewer, at: datetime) -> None:
    record_event(session, action, f"account:{account.id}", actor=viewer.name, at=at, details={})
