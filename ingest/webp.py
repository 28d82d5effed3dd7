"""The size of a WebP picture, read from its header without decoding it."""

from __future__ import annotations

_HEADER_BYTES = 30
_START_CODE = b"\x9d\x01\x2a"


def read_webp_size(webp: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels of a lossy WebP file, or None when ``webp`` is no such file.

    RFC 9649: 'RIFF', length, 'WEBP', 'VP8 ', length, frame tag (3 bytes), start code, two 14-bit sides.
    """
    if len(webp) < _HEADER_BYTES or webp[:4] != b"RIFF" or webp[8:16] != b"WEBPVP8 ":
        return None
    if int.from_bytes(webp[4:8], "little") + 8 != len(webp) or webp[23:26] != _START_CODE:
        return None
    width, height = (int.from_bytes(webp[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width, height
