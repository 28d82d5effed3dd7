"""What a file is, by its leading bytes and never by its name."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import EmptyFile, FileTooLarge, NotAPdf
from ingest.limits import Limits

_HEAD_BYTES = 1024  # where readers look for '%PDF-': mail gateways put lines before it

# (offset, bytes, what people call it)
_OTHER_KINDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (0, b"BM", "a BMP picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftypheic", "a HEIC picture"),
    (0, b"PK\x03\x04", "a ZIP archive or an Office document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or an Outlook message"),
    (0, b"{\\rtf", "a rich-text document"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"version https://git-lfs", "a Git LFS pointer, not the file itself"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")


def check_file(path: Path, limits: Limits) -> None:
    """Refuse what need not be opened at all.

    Raises ``EmptyFile``, ``FileTooLarge`` or ``NotAPdf`` (which says what it is, where that is known),
    and ``OSError`` when the file cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if b"%PDF-" not in head:
        raise NotAPdf(_say_what_it_is(head))
    if size > limits.max_bytes:
        raise FileTooLarge


def describe_kind(head: bytes) -> str:
    """What the leading bytes look like, in plain words; empty when unknown."""
    for offset, magic, kind in _OTHER_KINDS:
        if head.startswith(magic, offset):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        return "a web page (HTML): the download may have failed or asked you to sign in"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if start.startswith((b"from:", b"received:", b"return-path:", b"delivered-to:")):
        return "an e-mail message"
    return ""


def _say_what_it_is(head: bytes) -> str | None:
    kind = describe_kind(head)
    return f"This is not a PDF but {kind}. Convert it to PDF and add that." if kind else None
