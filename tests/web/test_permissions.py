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


def test_only_these_routes_take_forms(app: Flask) -> None:
    forms = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert forms == {
        "/search/report",
        "/search/report.csv",
        "/search/saved",
        "/search/saved/confirm/<token>",
        "/search/saved/manage/<token>",
        "/search/saved/unsubscribe/<token>",
    }
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}
