"""Signed links: whoever has one may do what it says, and nobody can make one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

_MAC_BYTES = 16


class Purpose(StrEnum):
    """What a link is for: one for one thing cannot be used for another."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    MANAGE = "manage"
    FORM = "form"  # a form of this site: no other site can make one (CSRF)
    INVITATION = "invitation"
    RESET = "reset"  # a new password
    KNOWN_BROWSER = "known_browser"  # somebody has signed in with this browser before


def sign(key: str, purpose: Purpose, subject: str, expires_at: datetime | None = None) -> str:
    """A token for ``subject`` (letters, digits, ``-`` and ``_``) that fits into an address."""
    expires = str(int(expires_at.timestamp())) if expires_at else "0"
    return f"{subject}.{expires}.{_mac(key, purpose, subject, expires)}"


def read_signed(key: str, purpose: Purpose, token: str, at: datetime) -> str | None:
    """The subject; None when the token is forged, for another purpose, or expired at ``at``."""
    subject, _, rest = token.partition(".")
    expires, _, mac = rest.partition(".")
    if not hmac.compare_digest(_mac(key, purpose, subject, expires).encode(), mac.encode()):
        return None
    return subject if expires == "0" or at.timestamp() < int(expires) else None


def _mac(key: str, purpose: Purpose, subject: str, expires: str) -> str:
    said = f"{purpose}\0{subject}\0{expires}".encode()
    digest = hmac.new(key.encode(), said, hashlib.sha256).digest()[:_MAC_BYTES]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
