"""Who is asking: the cookie or the API token of a request, looked up once, before every view.

Readers have no cookie. One is set when somebody signs in, and holds nothing but a random token.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, g, request

from archive.rules.access import READER, Viewer
from archive.services.api_tokens import find_program, note_used
from archive.services.sign_ins import SignedIn, find_signed_in, note_seen
from archive.settings import Settings
from archive.web.current import parts

COOKIE = "reading_room_session"
_BEARER = "Bearer "


def install_identity(app: Flask) -> None:
    """Find out who asks, before anything else does; keep what they are shown out of caches."""
    app.before_request(_identify)
    app.after_request(_keep_private)


def viewer() -> Viewer:
    """Who is looking: a reader, unless somebody is signed in."""
    found: Viewer = g.get("viewer", READER)
    return found


def signed_in() -> SignedIn | None:
    """The session of the request; None for readers and for programs with a token."""
    found: SignedIn | None = g.get("signed_in")
    return found


def set_session_cookie(response: Response, token: str, settings: Settings) -> None:
    """Let the browser stay signed in. Not readable by scripts, not sent along from other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=timedelta(days=30),  # the session itself ends earlier; see SignIn.expires_at
        httponly=True,
        samesite="Lax",
        secure=request.is_secure or settings.base_url.startswith("https://"),
        path=request.script_root or "/",
    )


def clear_session_cookie(response: Response) -> None:
    """Sign the browser out."""
    response.delete_cookie(COOKIE, path=request.script_root or "/")


def _identify() -> None:
    g.viewer, g.signed_in = READER, None
    authorization = request.headers.get("Authorization", "")
    token = request.cookies.get(COOKIE, "")
    if authorization.startswith(_BEARER):
        _identify_program(authorization.removeprefix(_BEARER).strip())
    elif token:
        _identify_person(token)


def _identify_program(token: str) -> None:
    at = parts().clock()
    with parts().database.reading() as session:
        program = find_program(session, token, at=at)
    if program is None:
        return
    g.viewer = program.viewer
    if program.is_due:
        with parts().database.transaction() as session:
            note_used(session, program.token_id, at=at)


def _identify_person(token: str) -> None:
    settings, at = parts().settings, parts().clock()
    with parts().database.reading() as session:
        found = find_signed_in(session, token, at=at, second_factor=settings.second_factor)
    if found is None:
        return
    g.signed_in, g.viewer = found, found.viewer
    if found.is_due:
        with parts().database.transaction() as session:
            note_seen(session, found.sign_in_id, at=at, hours=settings.session_hours)


def _keep_private(response: Response) -> Response:
    """What somebody is shown for being who they are is kept nowhere."""
    if viewer() != READER or signed_in() is not None:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers.add("Vary", "Cookie")
    return response
