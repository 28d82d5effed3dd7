"""Between a request and signing in: where somebody comes from, and the cookies of who has come in."""

from __future__ import annotations

from flask import Response, request

from archive.services.known_browsers import LASTS
from archive.services.signing_in import Door, Opened, Visit
from archive.settings import secret_key
from archive.web.current import parts
from archive.web.identity import set_session_cookie

KNOWN_COOKIE = "reading_room_known"


def visit() -> Visit:
    """Where this request comes from."""
    return Visit(
        address=request.remote_addr or "",
        browser=request.headers.get("User-Agent", ""),
        known=request.cookies.get(KNOWN_COOKIE, ""),
    )


def door() -> Door:
    """What the settings say of signing in."""
    settings = parts().settings
    return Door(secret_key(settings), settings.session_hours, settings.second_factor)


def let_in(response: Response, opened: Opened) -> None:
    """Give the browser its session, and a mark by which it is known when it comes again."""
    settings = parts().settings
    set_session_cookie(response, opened.token, settings)
    response.set_cookie(
        KNOWN_COOKIE,
        opened.known,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=is_secure(),
        path=f"{request.script_root}/sign-in",
    )


def is_secure() -> bool:
    """Whether the site is reached by https, so that its cookies must never go without."""
    return request.is_secure or parts().settings.base_url.startswith("https://")
