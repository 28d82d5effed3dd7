"""Every error a visitor meets has a page of its own: what happened, and what to do. Never a traceback."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, make_response, render_template
from werkzeug.exceptions import HTTPException

from archive.errors import ArchiveError, BadQuery, DocumentWithdrawn

RETRY_AFTER_SECONDS = "5"
_START = "Search for what you need, or start at the first page."
_HEADINGS = {
    400: "This cannot be understood",
    401: "Please sign in",
    403: "Not for you",
    404: "Not here",
    405: "Not possible here",
    409: "Not yet",
    410: "Withdrawn",
    413: "Too large",
    423: "In use at this moment",
    429: "Too often",
    500: "Something broke on our side",
    503: "Not at this moment",
    507: "No room left",
}


class Refused(ArchiveError):
    """What the web framework itself refuses, in the archive's own words."""

    def __init__(self, status: int, code: str, sentence: str, *, help: str, allow: str = "") -> None:
        super().__init__(sentence, help=help)
        self.status, self.code, self.allow = status, code, allow


@dataclass(frozen=True, slots=True)
class Answer:
    """What an error page says."""

    status: int
    heading: str
    sentence: str
    help: str


def as_archive_error(error: Exception) -> ArchiveError:
    """Any error as one that can be shown. What nobody expected goes to the log with its traceback."""
    if isinstance(error, ArchiveError):
        if error.status >= 500:
            current_app.logger.error("%s: %s", error.code, error.sentence, exc_info=error)
        return error
    if isinstance(error, HTTPException) and error.code and error.code < 500:
        return _refused(error, error.code)
    current_app.logger.error("unexpected error", exc_info=error)
    return Refused(
        500,
        "internal_error",
        "The page could not be made.",
        help="Try again. Should it happen again, tell whoever runs this archive.",
    )


def answer_as_html(error: ArchiveError) -> Response:
    """The error's own sentence, help and status."""
    heading = _HEADINGS.get(error.status, "This did not work")
    answer = Answer(error.status, heading, error.sentence, _help(error))
    template = "withdrawn" if isinstance(error, DocumentWithdrawn) else "error"
    return make_response(render_template(f"errors/{template}.html", answer=answer), error.status)


def add_error_headers(response: Response, error: ArchiveError) -> Response:
    """When to come back, and what is possible instead."""
    if error.status == 503:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    if isinstance(error, Refused) and error.allow:
        response.headers["Allow"] = error.allow
    return response


def _refused(error: HTTPException, status: int) -> Refused:
    if status == 404:
        return Refused(404, "not_found", "There is nothing at this address.", help=_START)
    if status == 405:
        allow = dict(error.get_headers()).get("Allow", "")
        return Refused(405, "method_not_allowed", "This address can only be read.", help=_START, allow=allow)
    return Refused(status, "bad_request", "The request cannot be understood.", help=_START)


def _help(error: ArchiveError) -> str:
    position = error.position if isinstance(error, BadQuery) else None
    where = f" It goes wrong at character {position + 1}." if position is not None else ""
    return error.help + where
