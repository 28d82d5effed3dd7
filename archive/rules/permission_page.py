"""The permission tables as a page for people: ``docs/permissions.md``. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterable

from archive.rules.access import ACTION_WORDS, OWN_PEOPLE_SEE, PERMISSIONS, SEES, TOKEN_ACTIONS, Action
from archive.rules.statuses import Role, Visibility

_ROLES: tuple[Role | None, ...] = (None, *Role)
_HEAD = """# Who may do what

This page is made from `archive/rules/access.py`, and a test compares them. Every address of the site carries
one of these actions; one that carries none is refused. A reader needs no account.

## Actions
"""
_STATES = """
A program with a token may do what its account may do, of what has a yes in the last column.

## Documents

Who sees a document, by its state. What somebody may not see answers like what never was, with one exception:
a withdrawn document leaves a note with the day and the reason at its address.
"""
_YES_OR_NO = {True: "yes", False: ""}
_STAR = " \\*"
_OWN = """
\\* and whoever sent it in, or has claimed it to describe it, while they may describe documents.
"""


def permission_page() -> str:
    """The page, in Markdown."""
    actions = _table(
        ("may", *_heads(), "token"),
        (
            (ACTION_WORDS[action], *_marks(PERMISSIONS[action]), _YES_OR_NO[action in TOKEN_ACTIONS])
            for action in Action
        ),
    )
    states = _table(
        ("state", *_heads()),
        (
            (f"{state}{_STAR if state in OWN_PEOPLE_SEE else ''}", *_marks(SEES[state]))
            for state in Visibility
        ),
    )
    return f"{_HEAD}\n{actions}{_STATES}\n{states}{_OWN}"


def _heads() -> tuple[str, ...]:
    return tuple(str(role or "reader") for role in _ROLES)


def _marks(allowed: frozenset[Role | None]) -> tuple[str, ...]:
    return tuple(_YES_OR_NO[role in allowed] for role in _ROLES)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
