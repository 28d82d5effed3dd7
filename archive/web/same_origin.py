"""A form of this site is sent from this site: the one check for everything that changes something.

Another site could send forms in its visitors' names. Browsers say where a form comes from; beside this,
``form_tokens`` wants a token in each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, request

from archive.errors import ArchiveError
from archive.settings import Settings

View = TypeVar("View", bound=Callable[..., object])
_MARK = "reading_room_from_anywhere"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


class ForeignForm(ArchiveError):
    code = "foreign_form"
    sentence = "This form was sent from another site."
    help = "Open the page on this site and send it from there."
    status = 403


def from_anywhere(view: View) -> View:
    """Mark a view that programs of others call; what it may do is in its address."""
    setattr(view, _MARK, True)
    return view


def is_from_anywhere(view: Callable[..., object]) -> bool:
    """Whether a view is marked so."""
    return bool(getattr(view, _MARK, False))


def install_same_origin(app: Flask, settings: Settings) -> None:
    """Refuse forms from elsewhere, before any view."""

    @app.before_request
    def check() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.method in _READING or view is None or is_from_anywhere(view):
            return
        if not _is_own(settings):
            raise ForeignForm


def _is_own(settings: Settings) -> bool:
    """By ``Sec-Fetch-Site``, else by ``Origin``. A program that sends neither is no browser, and so
    nobody's visitor was led here."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN
    origin = request.headers.get("Origin")
    own = {request.host, urlsplit(settings.base_url).netloc or request.host}
    return origin is None or urlsplit(origin).netloc in own
