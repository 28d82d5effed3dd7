"""Who may do what."""

from __future__ import annotations

from archive.rules.access import PERMISSIONS, Action, action_of, may, public, requires
from archive.rules.statuses import Role


def test_every_action_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Action)


def test_everybody_may_read_what_is_published() -> None:
    assert all(may(role, Action.READ_PUBLISHED) for role in (None, *Role))


def test_only_editors_and_admins_may_read_what_is_not() -> None:
    assert {role for role in (None, *Role) if may(role, Action.READ_UNPUBLISHED)} == {Role.EDITOR, Role.ADMIN}


def test_a_view_without_a_mark_has_no_action() -> None:
    def view() -> str:
        return ""

    assert action_of(view) is None
    assert action_of(public(view)) == Action.READ_PUBLISHED
    assert action_of(requires(Action.READ_UNPUBLISHED)(view)) == Action.READ_UNPUBLISHED
