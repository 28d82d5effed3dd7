"""Asks the permission table before every view. The answer never depends on what is at an address."""

from __future__ import annotations

from flask import Flask, Response, abort, current_app, redirect, request

from archive.errors import NotAllowed, SignInNeeded
from archive.rules.access import action_of
from archive.rules.addresses import sign_in_path
from archive.web.current import wants_json
from archive.web.identity import signed_in, viewer
from archive.web.templating import local_address


def install_permissions(app: Flask) -> None:
    """Refuse what a visitor may not do, and what nobody has declared."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such address: answered with 404
    action = action_of(current_app.view_functions[request.endpoint])
    if action is None:
        abort(404)
    if viewer().may(action):
        return None
    session = signed_in()
    if session is None and viewer().role is None:
        return _ask_to_sign_in()
    if session is not None and session.half:
        return _ask_to_sign_in()  # the sign-in page goes on with the second factor
    raise NotAllowed


def _ask_to_sign_in() -> Response:
    if request.method != "GET" or wants_json():
        raise SignInNeeded
    path = request.full_path.rstrip("?")
    return redirect(local_address(sign_in_path(path)), 303)  # type: ignore[return-value]  # werkzeug's is a base
