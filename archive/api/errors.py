"""Errors as JSON: ``{"error": {"code", "message", "help", "position"}}``."""

from __future__ import annotations

from flask import Response, jsonify

from archive.errors import ArchiveError


def answer_as_json(error: ArchiveError) -> Response:
    """The error's code, sentence, help and status; ``position`` (0-based) only for a bad query."""
    response = jsonify(error=error.as_json())
    response.status_code = error.status
    return response
