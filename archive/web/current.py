"""What a view is given: the parts of the running archive."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from flask import current_app, request

from archive.parts import Parts
from archive.web.renderer import Renderer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

PARTS = "reading_room_parts"
RENDERER = "reading_room_renderer"


def parts() -> Parts:
    """The parts ``create_app`` was given or has opened."""
    opened: Parts = current_app.extensions[PARTS]
    return opened


def renderer() -> Renderer:
    """Draws pages large, one at a time."""
    opened: Renderer = current_app.extensions[RENDERER]
    return opened


def reading() -> AbstractContextManager[Session]:
    """A database session for reading, for one view."""
    return parts().database.reading()


def window_number() -> int:
    """Which window of a long list is asked for; the first one when the address says nonsense."""
    text = request.args.get("window", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1


def wants_json() -> bool:
    """Whether the answer goes to a program."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"
