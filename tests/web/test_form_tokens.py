"""What changes something is refused without a token of this site for this session, and nothing is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from archive.models import Base
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.rules.tokens import Purpose, sign
from archive.settings import secret_key
from archive.web.form_tokens import HEADER
from archive.web.same_origin import is_from_anywhere
from tests.factories import NOON
from tests.visitors import Visitor, make_account
from tests.web.matrix import READING, Case, add_cases
from tests.web.matrix_addresses import fill, methods_of

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def case(parts: Parts) -> Case:
    sender = make_account(parts.database, Role.VOLUNTEER, "sender@example.org")
    editor = make_account(parts.database, Role.EDITOR, "editor@example.org")
    with parts.database.transaction() as session:
        return add_cases(session, parts.storage, sender, editor)[0]


def changing(app: Flask) -> list[tuple[Rule, str]]:
    """Every route that changes something, but those that programs of others call with a signed address."""
    return [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=str)
        for method in methods_of(rule)
        if method not in READING and not is_from_anywhere(app.view_functions[rule.endpoint])
    ]


def everything(parts: Parts) -> str:
    """A hash of all rows of all tables, apart from when a session was last seen."""
    digest = hashlib.sha256()
    with parts.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in ("seen_at", "expires_at")]
            rows = sorted(repr(tuple(row)) for row in session.execute(select(*columns)))
            digest.update(f"{table.name}{rows}".encode())
    return digest.hexdigest()


def forged_tokens(parts: Parts, visitor: Visitor, other: Visitor) -> dict[str, str]:
    key = secret_key(parts.settings)
    mine = visitor.form_token()
    return {
        "none": "",
        "nonsense": "x",
        "another session's": other.form_token(),
        "too old": sign(key, Purpose.FORM, visitor.sign_in_id, NOON - timedelta(seconds=1)),
        "for another purpose": sign(key, Purpose.CONFIRM, visitor.sign_in_id, NOON + timedelta(days=1)),
        "made with another key": sign("key", Purpose.FORM, visitor.sign_in_id, NOON + timedelta(days=1)),
        "altered": mine[:-1] + ("A" if mine[-1] != "A" else "B"),
    }


@pytest.mark.parametrize("role", [None, *Role])
def test_no_form_is_taken_without_its_token(
    app: Flask, parts: Parts, case: Case, visit: Visit, role: Role | None
) -> None:
    visitor = visit(role)
    other = app.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(parts.database, Role.ADMIN, "other@example.org")
    visitor.sends_tokens = False
    tokens = forged_tokens(parts, visitor, other)
    before = everything(parts)
    wrong, cells = [], 0
    for rule, method in changing(app):
        for name, token in tokens.items():
            cells += 1
            answer = visitor.open(fill(rule, case), method=method, headers={HEADER: token})
            if answer.status_code not in (401, 403):
                wrong.append(f"{method} {rule}, token {name}: {answer.status_code}")
    assert wrong == []
    assert everything(parts) == before
    assert cells >= 200


def test_a_token_is_not_taken_from_the_address(app: Flask, parts: Parts, visit: Visit) -> None:
    """There it would stand in logs and histories."""
    visitor = visit(Role.VOLUNTEER)
    visitor.sends_tokens = False
    token = visitor.form_token()
    assert visitor.post("/account/name", query_string={"form_token": token}).status_code == 403
    assert visitor.post("/account/name", data={"form_token": token, "name": "Ada"}).status_code == 303


def test_a_session_s_token_ends_with_it(app: Flask, parts: Parts, visit: Visit) -> None:
    visitor = visit(Role.VOLUNTEER)
    token = visitor.form_token()
    assert visitor.post("/sign-out").status_code == 303
    visitor.sign_in(parts.database, Role.VOLUNTEER)
    visitor.sends_tokens = False
    answer = visitor.post("/account/name", data={"name": "Ada"}, headers={HEADER: token})
    assert answer.status_code == 403
