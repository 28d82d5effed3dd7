"""Browsers that have signed in before: strangers who guess at a password must not lock its owner out.

A browser is given a signed cookie when somebody has signed in with it. Its tries are counted apart from
everybody else's: five wrong ones in 15 minutes, as for anybody, but those of strangers do not count against
it. The cookie lets nobody in. It holds for half a year, for one account, and until the password changes.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from archive.models import Account
from archive.rules.tokens import Purpose, read_signed, sign

LASTS = timedelta(days=180)


def known_browser_token(key: str, account: Account, *, at: datetime, before: str = "") -> str:
    """What the browser keeps; with the same name as ``before``, if it was known already."""
    subject = known_subject(key, account, before, at=at) or f"{_head(account)}-{secrets.token_hex(8)}"
    return sign(key, Purpose.KNOWN_BROWSER, subject, at + LASTS)


def known_subject(key: str, account: Account | None, token: str, *, at: datetime) -> str | None:
    """The browser's name for counting; None when it is a stranger to this account."""
    subject = read_signed(key, Purpose.KNOWN_BROWSER, token, at)
    if account is None or subject is None or not subject.startswith(_head(account) + "-"):
        return None
    return subject


def _head(account: Account) -> str:
    changed_at = account.password_changed_at or account.created_at
    return f"{account.id}-{int(changed_at.timestamp())}"
