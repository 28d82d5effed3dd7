"""Document ids and slugs: addresses are promises, so they are made in one place."""

from __future__ import annotations

import base64
import re
import unicodedata

DOCUMENT_ID_LENGTH = 12
_DOCUMENT_ID = re.compile(r"[a-z2-7]{12}")


def document_id_of(sha256_hex: str) -> str:
    """The first 12 characters of the lower-case base32 of the file's SHA-256.

    The same file has the same address in every archive.
    """
    return base64.b32encode(bytes.fromhex(sha256_hex)).decode("ascii").lower()[:DOCUMENT_ID_LENGTH]


def is_document_id(text: str) -> bool:
    """Whether ``text`` has the shape of a document id."""
    return _DOCUMENT_ID.fullmatch(text) is not None


def slug_of(name: str) -> str:
    """A name as part of an address: ``Santa Clara County, Calif.`` is ``santa-clara-county-calif``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80] or "unnamed"
