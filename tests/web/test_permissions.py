"""Every route says who may use it."""

from __future__ import annotations

from flask import Flask

from archive.rules.access import Action, action_of

ENTRANCES = {"invitation", "sign-in", "sign-out", "your-town"}  # the last one stores nothing
AREAS = {
    "account": {Action.OWN_ACCOUNT, Action.SIGN_IN},
    "admin": {Action.RUN_ARCHIVE, Action.MANAGE_ACCOUNTS},
    "audit": {Action.READ_AUDIT_LOG},
    "audit.csv": {Action.READ_AUDIT_LOG},
    "describe": {Action.DESCRIBE},
    "questions": {Action.DESCRIBE},
    "review": {Action.REVIEW},
    "upload": {Action.UPLOAD},
}


def test_no_route_is_undeclared(app: Flask) -> None:
    undeclared = [
        rule.rule for rule in app.url_map.iter_rules() if action_of(app.view_functions[rule.endpoint]) is None
    ]
    assert undeclared == []


def test_only_these_routes_take_forms_of_readers(app: Flask) -> None:
    forms = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and action_of(app.view_functions[rule.endpoint]) in (Action.READ_PUBLISHED, Action.SIGN_IN)
    }
    assert {form for form in forms if form.startswith("/search")} == {
        "/search/report",
        "/search/report.csv",
        "/search/saved",
        "/search/saved/confirm/<token>",
        "/search/saved/manage/<token>",
        "/search/saved/unsubscribe/<token>",
    }
    others = {form.split("/")[1] for form in forms if not form.startswith("/search")}
    assert others == ENTRANCES


def test_the_working_side_is_for_those_who_work_there(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        action = action_of(app.view_functions[rule.endpoint])
        allowed = AREAS.get(rule.rule.split("/")[1])
        assert allowed is None or action in allowed, rule.rule


def test_only_uploads_use_other_methods_than_forms_do(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        more = (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}
        assert not more or rule.rule.startswith("/upload/files"), rule.rule
