"""Somebody's own account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from archive.models import Account, ApiToken, SignIn
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.passwords import is_right_password
from tests.factories import NOON
from tests.signing_in import PASSWORD, add_person, anyone
from tests.visitors import Visitor

NEW = "another good one here"


@pytest.fixture
def member(app: Flask, parts: Parts) -> Visitor:
    """A member with a password, signed in."""
    add_person(parts, Role.MEMBER)
    visitor = anyone(app)
    visitor.sign_in(parts.database, Role.MEMBER)
    return visitor


def open_sessions(parts: Parts) -> int:
    with parts.database.reading() as session:
        return len(session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all())


def the_account(parts: Parts) -> Account:
    with parts.database.reading() as session:
        return session.scalars(select(Account)).one()


def test_a_name_is_changed(member: Visitor) -> None:
    assert member.post("/account/name", data={"name": "  Ada \n Byron "}).status_code == 303
    assert "Ada Byron" in member.get("/account").get_data(as_text=True)
    assert member.post("/account/name", data={"name": " "}).status_code == 400


def test_a_new_password_signs_all_other_browsers_out(member: Visitor, app: Flask, parts: Parts) -> None:
    other = anyone(app)
    other.sign_in(parts.database, Role.MEMBER)
    answer = member.post("/account/password", data={"password": PASSWORD, "new_password": NEW})
    assert answer.status_code == 303
    assert is_right_password(the_account(parts).password_hash, NEW)
    assert member.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("not it", NEW, "This is not your password"),
        (PASSWORD, "short", "too short"),
        (PASSWORD, "", "too short"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(
    member: Visitor, parts: Parts, old: str, new: str, code: str
) -> None:
    answer = member.post("/account/password", data={"password": old, "new_password": new})
    assert answer.status_code == 400
    assert code in answer.get_data(as_text=True)
    assert is_right_password(the_account(parts).password_hash, PASSWORD)


def test_whoever_finds_an_open_browser_cannot_guess_the_password_either(member: Visitor) -> None:
    told = [
        member.post("/account/password", data={"password": "no", "new_password": NEW}).status_code
        for _ in range(6)
    ]
    assert told == [400] * 5 + [429]


def test_sessions_are_listed_in_words_and_ended(member: Visitor, app: Flask, parts: Parts) -> None:
    other = anyone(app)
    other.sign_in(parts.database, Role.MEMBER)
    with parts.database.transaction() as session:
        row = session.get_one(SignIn, other.sign_in_id)
        row.browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        row.address = "203.0.113.7"
    page = member.get("/account").get_data(as_text=True)
    assert "Firefox on Linux" in page
    assert "203.0.113.7" in page
    assert "Mozilla" not in page
    member.post(f"/account/sessions/{other.sign_in_id}/end")
    assert other.get("/account").status_code == 303
    assert member.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(
    member: Visitor, visit: Callable[[Role | None], Visitor]
) -> None:
    editor = visit(Role.EDITOR)
    member.post(f"/account/sessions/{editor.sign_in_id}/end")
    assert editor.get("/account").status_code == 200


def test_all_other_browsers_are_signed_out_at_once(member: Visitor, app: Flask, parts: Parts) -> None:
    for _ in range(3):
        anyone(app).sign_in(parts.database, Role.MEMBER)
    assert open_sessions(parts) == 4
    member.post("/account/sessions/end")
    assert open_sessions(parts) == 1
    assert member.get("/account").status_code == 200


def made_token(visitor: Visitor) -> str:
    answer = visitor.post("/account/tokens", data={"name": "scanner"})
    assert answer.headers["Location"] == "/account/tokens/new"
    found = re.search(r'value="(rr_[^"]+)"', visitor.get("/account/tokens/new").get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_token_is_shown_once_and_only_its_hash_is_kept(member: Visitor, parts: Parts) -> None:
    token = made_token(member)
    assert token not in member.get("/account/tokens/new").get_data(as_text=True)
    assert token not in member.get("/account").get_data(as_text=True)
    with parts.database.reading() as session:
        row = session.scalars(select(ApiToken)).one()
    assert token not in {row.token_hash, row.id, row.name}
    assert len(row.token_hash) == 64


def test_a_token_reads_but_opens_no_account_and_is_revoked(
    app: Flask, parts: Parts, visit: Callable[[Role | None], Visitor]
) -> None:
    admin = visit(Role.ADMIN)
    token = made_token(admin)
    program = anyone(app)
    program.sends_tokens = False
    sent = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    assert program.get("/search", headers=sent).headers["Cache-Control"] == "private, no-store"
    assert program.get("/account", headers=sent).status_code == 403
    assert program.get("/admin/accounts", headers=sent).status_code == 403
    assert program.post("/account/tokens", data={"name": "x"}, headers=sent).status_code == 403
    with parts.database.reading() as session:
        row = session.scalars(select(ApiToken)).one()
    assert row.used_at == NOON
    admin.post(f"/account/tokens/{row.id}/revoke")
    assert program.get("/account", headers=sent).status_code == 401


def test_nobody_revokes_the_token_of_somebody_else(
    member: Visitor, parts: Parts, visit: Callable[[Role | None], Visitor]
) -> None:
    made_token(visit(Role.EDITOR))
    with parts.database.reading() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    member.post(f"/account/tokens/{token_id}/revoke")
    with parts.database.reading() as session:
        assert session.scalars(select(ApiToken)).one().revoked_at is None


def test_an_authenticator_is_set_up_used_and_removed(member: Visitor, app: Flask, parts: Parts) -> None:
    other = anyone(app)
    other.sign_in(parts.database, Role.MEMBER, second_factor=False)
    member.post("/account/authenticator", data={"what": "begin"})
    secret = the_account(parts).totp_secret or ""
    assert other.get("/account").status_code == 200  # it does not count yet
    code = pyotp.TOTP(secret).at(NOON)
    answer = member.post("/account/authenticator", data={"what": "confirm", "code": code})
    assert answer.headers["Location"] == "/account/recovery-codes"
    assert member.get("/account/recovery-codes").get_data(as_text=True).count('<li class="mono">') == 10
    assert other.get("/account").status_code == 303  # that one has to give a code now
    with parts.database.reading() as session:
        member.sign_in_id = session.scalars(
            select(SignIn.id).where(SignIn.second_factor_at.is_not(None), SignIn.ended_at.is_(None))
        ).one()
    refused = member.post("/account/authenticator", data={"what": "remove", "password": "no"})
    assert refused.status_code == 400
    assert the_account(parts).totp_confirmed_at == NOON
    member.post("/account/authenticator", data={"what": "remove", "password": PASSWORD})
    assert the_account(parts).totp_secret is None


def test_an_authenticator_that_counts_is_not_replaced_by_asking(member: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        account = session.scalars(select(Account)).one()
        account.totp_secret, account.totp_confirmed_at = "A" * 32, NOON
    member.post("/account/authenticator", data={"what": "begin"})
    assert the_account(parts).totp_secret == "A" * 32
    assert "A" * 8 not in member.get("/account/authenticator").get_data(as_text=True)
