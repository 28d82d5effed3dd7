"""Sends an object from the store: whole, in part, or not at all when the reader has it already.

RFC 9110, sections 13 and 14. Several ranges at once are answered with the whole, as the RFC allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, request

from archive.ports import Storage

_ONE_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``start`` up to and including ``last``."""

    start: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.start + 1


class UnsatisfiableRange(Exception):
    """The range asked for begins after the last byte."""


def parse_range(header: str, size: int) -> ByteRange | None:
    """The one range asked for; None when the whole is to be sent. Raises ``UnsatisfiableRange``."""
    match = _ONE_RANGE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:  # the last n bytes
        length = min(int(match[2]), size)
        if not length:
            raise UnsatisfiableRange
        return ByteRange(size - length, size - 1)
    start, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < start:
        return None
    if start >= size:
        raise UnsatisfiableRange
    return ByteRange(start, min(last, size - 1))


def send_object(storage: Storage, key: str, *, etag: str, mimetype: str) -> Response:
    """The object under ``key``, in the part the request asks for. Raises ``BlobNotFound``."""
    size = storage.size(key)
    if request.if_none_match.contains_weak(etag):
        return _about(Response(status=304), etag)
    try:
        wanted = parse_range(_range_header(etag), size)
    except UnsatisfiableRange:
        refusal = Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _about(refusal, etag)
    part = wanted or ByteRange(0, size - 1)
    body = storage.iter_range(key, part.start, part.length) if request.method == "GET" else ()
    response = Response(body, status=206 if wanted else 200, mimetype=mimetype)
    response.content_length = part.length
    if wanted:
        response.headers["Content-Range"] = f"bytes {part.start}-{part.last}/{size}"
    return _about(response, etag)


def _range_header(etag: str) -> str:
    """The Range header, unless If-Range names other bytes than these. A date never holds: we send none."""
    if_range = request.headers.get("If-Range")
    if request.method != "GET" or if_range not in (None, f'"{etag}"'):
        return ""
    return request.headers.get("Range", "")


def _about(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Accept-Ranges"] = "bytes"
    return response
