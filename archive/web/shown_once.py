"""Secrets that are shown once, after the form that made them: an API token, recovery codes.

They are kept nowhere on the server. The answer to the form sends the browser to the page, and takes them
along in a cookie that only that page is sent, and that it deletes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, make_response, redirect, request

from archive.rules.addresses import with_parameters
from archive.web.templating import local_address
from archive.web.visits import is_secure

_COOKIE = "reading_room_once"
_BETWEEN = "."


def show_once(path: str, secrets: Sequence[str], parameters: Sequence[tuple[str, str]] = ()) -> Response:
    """On to the page at ``path``, which shows these."""
    response = make_response(redirect(local_address(with_parameters(path, parameters)), 303))
    response.set_cookie(
        _COOKIE,
        _BETWEEN.join(secrets),
        max_age=timedelta(minutes=2),
        httponly=True,
        samesite="Strict",
        secure=is_secure(),
        path=local_address(path),
    )
    return response


def brought_along() -> tuple[str, ...]:
    """What is to be shown; nothing when the page is opened again."""
    return tuple(filter(None, request.cookies.get(_COOKIE, "").split(_BETWEEN)))


def shown(page: str, path: str) -> Response:
    """The page, which takes them out of the browser."""
    response = make_response(page)
    if request.cookies.get(_COOKIE):
        response.delete_cookie(_COOKIE, path=local_address(path))
    return response
