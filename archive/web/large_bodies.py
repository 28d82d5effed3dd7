"""Which views take files: for them alone, a request may be as long as a file may be.

All others take forms, which are text (``MOST_FORM_BYTES`` in ``archive.app``). Whoever may not use a view was
refused before this looks at anything. ``archive.cli.site_server`` knows the same addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

from archive.services.upload_quota import MB
from archive.settings import Settings

View = TypeVar("View", bound=Callable[..., object])
_MARK = "reading_room_takes_files"
_MOST = "reading_room_takes_bytes"
_FORM_AROUND_FILES_BYTES = 8 * MB
MOST_FILES_IN_A_FORM = 1_000


def takes_files(view: View) -> View:
    """Mark a view as one that files are sent to."""
    setattr(view, _MARK, True)
    return view


def takes_at_most(most_bytes: int) -> Callable[[View], View]:
    """Mark a view as one that a file of this length is sent to, by anybody."""

    def mark(view: View) -> View:
        setattr(view, _MOST, most_bytes)
        return view

    return mark


def install_large_bodies(app: Flask, settings: Settings) -> None:
    """Lift the limit before anything reads the request: the form token is looked for in it."""

    @app.before_request
    def lift() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, _MARK, False):
            request.max_content_length = settings.most_upload_mb * MB + _FORM_AROUND_FILES_BYTES
            request.max_form_parts = MOST_FILES_IN_A_FORM
        elif most_bytes := getattr(view, _MOST, 0):
            request.max_content_length = most_bytes
            request.max_form_memory_size = most_bytes
