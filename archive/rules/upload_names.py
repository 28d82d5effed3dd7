"""What a sender says about a file: its name as it may be kept, and the metadata of the tus protocol."""

from __future__ import annotations

import base64
import binascii
import unicodedata

MOST_NAME_CHARACTERS = 1000
UNNAMED = "unnamed.pdf"


def clean_file_name(sent: str) -> str:
    """A name, with its folders, that is safe to show and to compare: ``C:\\a\\..\\b.pdf`` is ``C:/a/b.pdf``.

    It never names a file on this machine: bytes are kept under their hash.
    """
    text = unicodedata.normalize("NFC", sent).replace("\\", "/")
    plain = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    parts = [part.strip() for part in plain.split("/")]
    kept = "/".join(part for part in parts if part not in ("", ".", ".."))
    return kept[-MOST_NAME_CHARACTERS:] or UNNAMED


def parse_upload_metadata(header: str) -> dict[str, str]:
    """``Upload-Metadata``: pairs of a key and a base64 value, with commas between them.

    Raises ``ValueError`` for what is not written so (tus 1.0, Creation).
    """
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        if not key and not header.strip():
            continue
        if not key or key in found:
            raise ValueError(f"a key is missing or stands twice: {pair!r}")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError(f"not base64 of UTF-8: {pair!r}") from error
    return found


def name_in_metadata(metadata: dict[str, str]) -> str:
    """The file's name: with its folders where they are told. Some clients write 'null' for none."""
    for key in ("relativePath", "filename", "name"):
        if (value := metadata.get(key, "")) and value != "null":
            return clean_file_name(value)
    return UNNAMED
