"""docs/permissions.md says what the tables say.

When a table has changed, write ``permission_page()`` into that file again.
"""

from __future__ import annotations

from pathlib import Path

from archive.rules.access import ACTION_WORDS
from archive.rules.permission_page import permission_page
from archive.rules.statuses import Visibility

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text() == permission_page()


def test_every_action_and_every_state_has_a_line() -> None:
    heads = {
        line.split("|")[1].strip(" *\\") for line in permission_page().splitlines() if line.startswith("|")
    }
    assert heads >= {*ACTION_WORDS.values(), *map(str, Visibility)}


def test_only_who_may_has_a_yes() -> None:
    lines = {line.split(" | ")[0]: line for line in permission_page().splitlines()}
    assert lines["| invite people, change roles, close accounts"].count("yes") == 1
    assert lines["| read and search what is published"].count("yes") == 6
