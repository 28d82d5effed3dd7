"""Every object key, made in one place.

A key names its content: the SHA-256 of the bytes is part of it, so that a key can be checked against
what is stored under it, and the same bytes are kept once. The two letters in front keep folders small.
"""

from __future__ import annotations

import re

_KEYS = (
    re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})\.pdf"),
    re.compile(r"images/([0-9a-f]{2})/(\1[0-9a-f]{62})\.webp"),
    re.compile(r"mails/([0-9a-f]{2})/(\1[0-9a-f]{62})\.eml"),
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def original_key(sha256: str) -> str:
    """Where a file is kept as it was received. ``sha256``: 64 lower-case hexadecimal digits."""
    return f"originals/{_check_sha256(sha256)[:2]}/{sha256}.pdf"


def image_key(sha256_of_image: str) -> str:
    """Where the image of a page is kept, by the SHA-256 of the WebP file itself."""
    return f"images/{_check_sha256(sha256_of_image)[:2]}/{sha256_of_image}.webp"


def mail_key(sha256: str) -> str:
    """Where an e-mail file is kept as it was received."""
    return f"mails/{_check_sha256(sha256)[:2]}/{sha256}.eml"


def is_key(text: str) -> bool:
    """Whether this is a key that this module could have made."""
    return any(pattern.fullmatch(text) for pattern in _KEYS)


def sha256_in(key: str) -> str:
    """The SHA-256 that the bytes under ``key`` must have.

    Raises ``ValueError`` for anything that is not a key: no path made elsewhere reaches a store.
    """
    if not is_key(key):
        raise ValueError(f"not an object key: {key!r}")
    return key.rpartition("/")[2].partition(".")[0]


def _check_sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise ValueError(f"not a SHA-256 in lower-case hexadecimal: {text!r}")
    return text
