"""Where signed-in people work: the second line of the masthead, for what each may do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from archive.rules.access import Action
from archive.web.identity import viewer

_PLACES = (
    ("Collections", "/collections", Action.KEEP_COLLECTIONS),
    ("Indexes", "/vaughn", Action.KEEP_INDEXES),
    ("Upload", "/upload", Action.UPLOAD),
    ("Describe", "/describe", Action.DESCRIBE),
    ("Review", "/review", Action.REVIEW),
    ("Audit log", "/audit", Action.READ_AUDIT_LOG),
    ("Accounts", "/admin/accounts", Action.MANAGE_ACCOUNTS),
    ("Admin", "/admin", Action.RUN_ARCHIVE),
)


@dataclass(frozen=True, slots=True)
class Workplace:
    """A link of that line; ``is_here`` when the page belongs to it."""

    name: str
    path: str
    is_here: bool


def workplaces() -> tuple[Workplace, ...]:
    """The places where whoever looks may work."""
    open_to = [(name, path) for name, path, action in _PLACES if viewer().may(action)]
    here = max((path for _, path in open_to if _is_below(request.path, path)), key=len, default="")
    return tuple(Workplace(name, path, path == here) for name, path in open_to)


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")
