"""The second step of signing in: authenticator codes, recovery codes, setting one up."""

from __future__ import annotations

import re

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from archive.models import Account
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.web.identity import COOKIE
from tests.factories import NOON
from tests.signing_in import add_person, anyone, as_half, send_code, send_sign_in


def test_a_session_is_new_at_each_step(client: FlaskClient, parts: Parts) -> None:
    secret = pyotp.random_base32()
    add_person(parts, Role.EDITOR, totp_secret=secret, totp_confirmed_at=NOON)
    client.set_cookie(COOKIE, "chosen-by-somebody-else")
    answer = send_sign_in(client, "editor@example.org", next="/audit")
    assert answer.headers["Location"] == "/sign-in/code?next=%2Faudit"
    half = client.get_cookie(COOKIE)
    assert half is not None
    assert half.value != "chosen-by-somebody-else"
    assert client.get("/account").headers["Location"].startswith("/sign-in")
    answer = send_code(client, parts, pyotp.TOTP(secret).at(NOON), next="/audit")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/audit")
    whole = client.get_cookie(COOKIE)
    assert whole is not None
    assert whole.value != half.value
    assert client.get("/account").status_code == 200
    client.set_cookie(COOKIE, half.value)
    assert client.get("/account").status_code == 303


def test_no_code_lets_two_in(client: FlaskClient, app: Flask, parts: Parts) -> None:
    secret = pyotp.random_base32()
    add_person(parts, Role.EDITOR, totp_secret=secret, totp_confirmed_at=NOON)
    code = pyotp.TOTP(secret).at(NOON)
    send_sign_in(client, "editor@example.org")
    assert send_code(client, parts, code).status_code == 303
    second = anyone(app)
    send_sign_in(second, "editor@example.org")
    assert as_half(second, parts).post("/sign-in/code", data={"code": code}).status_code == 401


def test_codes_are_guessed_five_times_at_most(client: FlaskClient, parts: Parts) -> None:
    secret = pyotp.random_base32()
    add_person(parts, Role.EDITOR, totp_secret=secret, totp_confirmed_at=NOON)
    send_sign_in(client, "editor@example.org")
    right = pyotp.TOTP(secret).at(NOON)
    wrong = str((int(right) + 500_000) % 1_000_000).zfill(6)
    told = [send_code(client, parts, wrong).status_code for _ in range(6)]
    assert told == [401] * 5 + [429]
    assert send_code(client, parts, right).status_code == 429


def test_an_editor_sets_up_an_authenticator_before_anything_else(client: FlaskClient, parts: Parts) -> None:
    add_person(parts, Role.EDITOR)
    send_sign_in(client, "editor@example.org")
    page = client.get("/sign-in/code").get_data(as_text=True)
    assert "<svg" in page
    with parts.database.reading() as session:
        secret = session.scalars(select(Account)).one().totp_secret
    assert secret
    assert secret[:4] in page
    answer = send_code(client, parts, pyotp.TOTP(secret).at(NOON))
    assert answer.headers["Location"] == "/account/recovery-codes"
    shown = client.get("/account/recovery-codes").get_data(as_text=True)
    codes = re.findall(r'<li class="mono">([a-z2-9-]{19})</li>', shown)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get("/account/recovery-codes").get_data(as_text=True)


def test_a_recovery_code_works_once(client: FlaskClient, app: Flask, parts: Parts) -> None:
    add_person(parts, Role.EDITOR)
    send_sign_in(client, "editor@example.org")
    with parts.database.reading() as session:
        secret = session.scalars(select(Account)).one().totp_secret or ""
    send_code(client, parts, pyotp.TOTP(secret).at(NOON))
    shown = client.get("/account/recovery-codes").get_data(as_text=True)
    code = re.findall(r'<li class="mono">([a-z2-9-]{19})</li>', shown)[0]
    told = []
    for _ in range(2):
        visitor = anyone(app)
        send_sign_in(visitor, "editor@example.org")
        as_half(visitor, parts)
        told.append(visitor.post("/sign-in/code", data={"code": code.upper()}).status_code)
    assert told == [303, 401]
