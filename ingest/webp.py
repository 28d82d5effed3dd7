"""The size of a WebP picture, read from its header without decoding it."""

from __future__ import annotations

_HEADER_BYTES = 30
_SIDE = 0x3FFF
_LOSSLESS_SIGNATURE = 0x2F
_START_CODE = b"\x9d\x01\x2a"


def read_webp_size(webp: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels of a simple WebP file, or None when ``webp`` is no such file.

    RFC 9649: 'RIFF', length, 'WEBP', then one chunk. 'VP8 ' has a frame tag of three bytes, a start code
    and two 14-bit sides; 'VP8L' has a signature and the sides less one, 14 bits each.
    """
    if len(webp) < _HEADER_BYTES or webp[:4] != b"RIFF" or webp[8:12] != b"WEBP":
        return None
    if int.from_bytes(webp[4:8], "little") + 8 != len(webp):
        return None
    if webp[12:16] == b"VP8 " and webp[23:26] == _START_CODE:
        width, height = (int.from_bytes(webp[at : at + 2], "little") & _SIDE for at in (26, 28))
        return width, height
    if webp[12:16] == b"VP8L" and webp[20] == _LOSSLESS_SIGNATURE:
        bits = int.from_bytes(webp[21:25], "little")
        return (bits & _SIDE) + 1, (bits >> 14 & _SIDE) + 1
    return None
