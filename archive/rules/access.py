"""Who may do what, and who may see which document: the one permission table.

Deny first: a route that carries neither ``@public`` nor ``@requires`` is refused when it is asked for,
and a test fails on it. Nothing here knows of the web: the marks are attributes on plain functions.
``docs/permissions.md`` is made from these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from archive.rules.statuses import Role, Visibility

View = TypeVar("View", bound=Callable[..., object])
_MARK = "reading_room_action"


class Action(StrEnum):
    """What somebody may want to do here."""

    READ_PUBLISHED = "read_published"
    CITE = "cite"
    SIGN_IN = "sign_in"
    OWN_ACCOUNT = "own_account"
    READ_MEMBERS = "read_members"
    KEEP_COLLECTIONS = "keep_collections"
    KEEP_INDEXES = "keep_indexes"
    READ_REQUESTS = "read_requests"
    KEEP_REQUESTS = "keep_requests"
    PUBLISH_REQUESTS = "publish_requests"
    UPLOAD = "upload"
    DESCRIBE = "describe"
    REVIEW = "review"
    READ_UNPUBLISHED = "read_unpublished"
    READ_AUDIT_LOG = "read_audit_log"
    MANAGE_ACCOUNTS = "manage_accounts"
    RUN_ARCHIVE = "run_archive"


_EVERYBODY: frozenset[Role | None] = frozenset({None, *Role})
_ACCOUNTS: frozenset[Role | None] = frozenset(Role)
_WORKERS: frozenset[Role | None] = frozenset({Role.VOLUNTEER, Role.EDITOR, Role.ADMIN})
_EDITORS: frozenset[Role | None] = frozenset({Role.EDITOR, Role.ADMIN})
_ADMINS: frozenset[Role | None] = frozenset({Role.ADMIN})

PERMISSIONS: dict[Action, frozenset[Role | None]] = {
    Action.READ_PUBLISHED: _EVERYBODY,  # without an account
    Action.CITE: _EVERYBODY,
    Action.SIGN_IN: _EVERYBODY,
    Action.OWN_ACCOUNT: _ACCOUNTS,
    Action.READ_MEMBERS: _ACCOUNTS,
    Action.KEEP_COLLECTIONS: _ACCOUNTS,
    Action.KEEP_INDEXES: _ACCOUNTS,
    Action.READ_REQUESTS: _ACCOUNTS,
    Action.KEEP_REQUESTS: _WORKERS,
    Action.PUBLISH_REQUESTS: _EDITORS,
    Action.UPLOAD: _WORKERS,
    Action.DESCRIBE: _WORKERS,
    Action.REVIEW: _EDITORS,
    Action.READ_UNPUBLISHED: _EDITORS,
    Action.READ_AUDIT_LOG: _EDITORS,
    Action.MANAGE_ACCOUNTS: _ADMINS,
    Action.RUN_ARCHIVE: _ADMINS,
}

ACTION_WORDS: dict[Action, str] = {
    Action.READ_PUBLISHED: "read and search what is published",
    Action.CITE: "cite passages, check citations, make lists and evidence packs, propose links",
    Action.SIGN_IN: "sign in, accept an invitation, reset a password",
    Action.OWN_ACCOUNT: "see and change the own account",
    Action.READ_MEMBERS: "read and search what is for members",
    Action.KEEP_COLLECTIONS: "keep collections of cited passages, alone or together",
    Action.KEEP_INDEXES: "keep indexes of withheld records",
    Action.READ_REQUESTS: "read requests that are not public, with their notes and letters",
    Action.KEEP_REQUESTS: "enter requests, what happens to them, their letters and productions",
    Action.PUBLISH_REQUESTS: "make requests and single events public, take them back, delete requests",
    Action.UPLOAD: "add files",
    Action.DESCRIBE: "describe documents: own ones, claimed ones",
    Action.REVIEW: "decide about documents and findings, redact, correct what was found to be withheld",
    Action.READ_UNPUBLISHED: "read and search what is not published",
    Action.READ_AUDIT_LOG: "read the audit log",
    Action.MANAGE_ACCOUNTS: "invite people, change roles, close accounts",
    Action.RUN_ARCHIVE: "see jobs, storage, index and disk; start them again",
}

# What a program with an API token may do: it carries files in and reads, but decides nothing.
TOKEN_ACTIONS = frozenset(
    {
        Action.READ_PUBLISHED,
        Action.CITE,
        Action.READ_MEMBERS,
        Action.READ_REQUESTS,
        Action.READ_UNPUBLISHED,
        Action.UPLOAD,
        Action.DESCRIBE,
    }
)

SEES: dict[Visibility, frozenset[Role | None]] = {
    Visibility.PUBLISHED: _EVERYBODY,
    Visibility.MEMBERS: _ACCOUNTS,
    Visibility.UNPUBLISHED: _EDITORS,
    Visibility.HELD: _EDITORS,
    Visibility.REJECTED: _EDITORS,
    Visibility.SEALED: _EDITORS,
    Visibility.WITHDRAWN: _EDITORS,  # everybody else is shown the tombstone
}
# A document's own people: who sent it in, and who has claimed it to describe it.
OWN_PEOPLE_SEE = frozenset({Visibility.UNPUBLISHED})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking. ``role`` is None for a reader, who needs no account."""

    role: Role | None = None
    account_id: int | None = None
    name: str = ""  # the mail address: what the audit log calls this person
    by_token: bool = False  # a program with an API token

    def may(self, action: Action) -> bool:
        """Whether this visitor may do ``action``."""
        return may(self.role, action) and not (self.by_token and action not in TOKEN_ACTIONS)


READER = Viewer()


def may(role: Role | None, action: Action) -> bool:
    """Whether a visitor with ``role`` (None: not signed in) may do ``action``."""
    return role in PERMISSIONS[action]


def may_see(viewer: Viewer, visibility: Visibility, *, is_own: bool = False) -> bool:
    """Whether ``viewer`` may see a document in this state; ``is_own``: sent in or claimed by them."""
    own = is_own and viewer.may(Action.DESCRIBE) and visibility in OWN_PEOPLE_SEE
    return own or viewer.role in SEES[visibility]


def seen_by(viewer: Viewer) -> tuple[Visibility, ...]:
    """The states in which ``viewer`` sees every document, whoever sent it in."""
    return tuple(visibility for visibility in Visibility if viewer.role in SEES[visibility])


def requires(action: Action) -> Callable[[View], View]:
    """Mark a view as doing ``action``."""

    def mark(view: View) -> View:
        setattr(view, _MARK, action)
        return view

    return mark


def public(view: View) -> View:
    """Mark a view as open to everybody: what it shows depends on what the viewer may see."""
    return requires(Action.READ_PUBLISHED)(view)


def action_of(view: Callable[..., object]) -> Action | None:
    """The action a view is marked with; None when somebody forgot."""
    action = getattr(view, _MARK, None)
    return action if isinstance(action, Action) else None
