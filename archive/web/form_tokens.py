"""Every form carries a token that only this site can make, for the session that it is shown in (CSRF).

Beside ``same_origin``: two locks of different make. A program with an API token needs none, since no
browser sends that token by itself.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, request

from archive.errors import ForgedForm
from archive.rules.tokens import Purpose, read_signed, sign
from archive.settings import Settings, secret_key
from archive.web.current import parts
from archive.web.identity import signed_in, viewer
from archive.web.same_origin import is_from_anywhere

FIELD = "form_token"
HEADER = "X-Form-Token"
LASTS = timedelta(days=2)  # a form may be left open over night
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_ANYONE = "anyone"


def install_form_tokens(app: Flask, settings: Settings) -> None:
    """Refuse what changes something and has no token, before any view."""
    key = secret_key(settings)
    app.jinja_env.globals["form_token"] = lambda: make_form_token(key)

    @app.before_request
    def check() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.method in _READING or view is None or viewer().by_token or is_from_anywhere(view):
            return
        sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
        if read_signed(key, Purpose.FORM, sent, parts().clock()) != _subject():
            raise ForgedForm


def make_form_token(key: str) -> str:
    """A token for the forms of the page that is being made."""
    return sign(key, Purpose.FORM, _subject(), parts().clock() + LASTS)


def _subject() -> str:
    session = signed_in()
    return session.sign_in_id if session else _ANYONE
