"""Every route says who may use it."""

from __future__ import annotations

from flask import Flask

from archive.rules.access import Action, action_of


def test_no_route_is_undeclared(app: Flask) -> None:
    undeclared = [
        rule.rule for rule in app.url_map.iter_rules() if action_of(app.view_functions[rule.endpoint]) is None
    ]
    assert undeclared == []


def test_every_route_of_today_is_for_readers(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    assert len(rules) > 15
    assert {action_of(app.view_functions[rule.endpoint]) for rule in rules} == {Action.READ_PUBLISHED}
    assert all(rule.methods is not None and rule.methods <= {"GET", "HEAD", "OPTIONS"} for rule in rules)
