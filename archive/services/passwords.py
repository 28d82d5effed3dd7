"""Passwords are kept as argon2id hashes (RFC 9106), at the parameters that argon2-cffi recommends."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from archive.rules.account_errors import UnfitPassword
from archive.rules.passwords import LONGEST, password_problem, plain_password

_HASHER = PasswordHasher()
# Each takes 64 MiB and a core for a twentieth of a second. Were all threads at it, readers would wait.
_TURN = threading.BoundedSemaphore(2)


def hash_password(password: str, email: str) -> str:
    """What is kept of a new password. Raises ``UnfitPassword``."""
    problem = password_problem(password, email)
    if problem:
        raise UnfitPassword(problem)
    with _TURN:
        return _HASHER.hash(plain_password(password))


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one. Without a hash: the same work, and False."""
    given = plain_password(password)
    nobodys = _nobodys()  # made in either case, so that the first try after a start tells nothing
    is_possible = bool(password_hash) and len(given) <= LONGEST
    with _TURN:
        try:
            _HASHER.verify(password_hash if password_hash and is_possible else nobodys, given[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return is_possible


def newer_hash(password_hash: str, password: str) -> str | None:
    """The hash to keep from now on, when the recommended parameters have changed since; else None."""
    if not _HASHER.check_needs_rehash(password_hash):
        return None
    with _TURN:
        return _HASHER.hash(plain_password(password))


@cache
def _nobodys() -> str:
    """What is compared with when there is no account: the time it takes must not tell."""
    return _HASHER.hash("nobody's password")
