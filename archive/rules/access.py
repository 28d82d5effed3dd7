"""Who may do what: the one permission table, and how a route says which action it is.

Deny first: a route that carries neither ``@public`` nor ``@requires`` is refused when it is asked for,
and a test fails on it. Nothing here knows of the web: the marks are attributes on plain functions.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from archive.rules.statuses import Role

View = TypeVar("View", bound=Callable[..., object])
_MARK = "reading_room_action"


class Action(StrEnum):
    """What somebody may want to do here."""

    READ_PUBLISHED = "read_published"  # everybody, without an account
    READ_UNPUBLISHED = "read_unpublished"


PERMISSIONS: dict[Action, frozenset[Role | None]] = {
    Action.READ_PUBLISHED: frozenset({None, *Role}),
    Action.READ_UNPUBLISHED: frozenset({Role.EDITOR, Role.ADMIN}),
}


def may(role: Role | None, action: Action) -> bool:
    """Whether a visitor with ``role`` (None: not signed in) may do ``action``."""
    return role in PERMISSIONS[action]


def requires(action: Action) -> Callable[[View], View]:
    """Mark a view as doing ``action``."""

    def mark(view: View) -> View:
        setattr(view, _MARK, action)
        return view

    return mark


def public(view: View) -> View:
    """Mark a view as open to everybody: it shows only what is published."""
    return requires(Action.READ_PUBLISHED)(view)


def action_of(view: Callable[..., object]) -> Action | None:
    """The action a view is marked with; None when somebody forgot."""
    action = getattr(view, _MARK, None)
    return action if isinstance(action, Action) else None
