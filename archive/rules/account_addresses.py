"""Addresses around accounts, and where somebody may be sent after signing in."""

from __future__ import annotations

_LONGEST_NEXT = 2000


def invitation_path(token: str) -> str:
    """Where somebody who was invited chooses a name and a password."""
    return f"/invitation/{token}"


def reset_path(token: str) -> str:
    """Where somebody sets a new password."""
    return f"/sign-in/reset/{token}"


def local_next(text: str) -> str:
    """The path to go to after signing in, if it is one on this site; else empty.

    Browsers read ``//host``, ``/\\host`` and, since they drop tabs and line ends, ``/<tab>/host`` as other
    sites. So a path starts with one slash, and holds no backslash and nothing that cannot be seen.
    """
    is_path = text.startswith("/") and not text.startswith("//")
    is_plain = "\\" not in text and all(character.isprintable() for character in text)
    return text if is_path and is_plain and len(text) <= _LONGEST_NEXT else ""
