"""Errors as JSON: ``{"error": {"code", "message", "help", "position"}}``."""

from __future__ import annotations

from flask import Response, jsonify

from archive.errors import ArchiveError, BadQuery


def answer_as_json(error: ArchiveError) -> Response:
    """The error's code, sentence, help and status; ``position`` (0-based) only for a bad query."""
    said: dict[str, str | int] = {"code": error.code, "message": error.sentence, "help": error.help}
    if isinstance(error, BadQuery) and error.position is not None:
        said["position"] = error.position
    response = jsonify(error=said)
    response.status_code = error.status
    return response
