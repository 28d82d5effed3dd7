"""Asks the permission table before every view."""

from __future__ import annotations

from flask import Flask, abort, current_app, request

from archive.rules.access import action_of, may


def install_permissions(app: Flask) -> None:
    """Refuse what a visitor may not do, and what nobody has declared."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None:
        return  # no such address: answered with 404
    action = action_of(current_app.view_functions[request.endpoint])
    if action is None or not may(None, action):
        abort(404)  # never 403: it would tell that there is something
