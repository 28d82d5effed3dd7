"""Text is sent compressed: a page of many words is a fifth of its size, which old phones notice."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

_SMALLEST_BYTES = 1_000
_TYPES = frozenset(
    {"text/html", "text/plain", "text/css", "text/javascript", "application/json", "image/svg+xml"}
)


def install_compression(app: Flask) -> None:
    """Compress what is text and long enough. No answer here mixes secrets with what a visitor sent."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TYPES:
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != 200 or response.is_streamed or not request.accept_encodings["gzip"]:
            return response
        body = response.get_data()
        if len(body) >= _SMALLEST_BYTES:
            # A fixed time in the gzip header: the same page is the same bytes.
            response.set_data(gzip.compress(body, 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
