"""Signing in: what is asked, what is told, and what is never told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from archive.app import create_app
from archive.models import Account, AuditEntry, SignIn
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.accounts import close_account
from archive.settings import Settings
from archive.web.current import RENDERER
from archive.web.identity import COOKIE
from archive.web.visits import KNOWN_COOKIE
from tests.factories import NOON
from tests.signing_in import PASSWORD, add_person, anyone, send_sign_in
from tests.visitors import Visitor


@pytest.fixture
def later() -> dict[str, timedelta]:
    """How far the clock of the site has moved on."""
    return {"by": timedelta()}


@pytest.fixture
def moving_app(settings: Settings, parts: Parts, later: dict[str, timedelta]) -> Iterator[Flask]:
    """The site with a clock that the test moves."""
    app = create_app(settings, replace(parts, clock=lambda: NOON + later["by"]))
    app.test_client_class = Visitor
    yield app
    app.extensions[RENDERER].close()


def test_a_member_signs_in_and_gets_to_where_they_wanted(client: FlaskClient, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    answer = send_sign_in(client, "Member@Example.org", next="/search?q=a")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=a")
    assert b"member@example.org" in client.get("/account").data


def test_the_session_cookie_is_for_this_site_and_for_no_script(client: FlaskClient, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    answer = client.post(
        "/sign-in", data={"email": "member@example.org", "password": PASSWORD}, base_url="https://localhost"
    )
    cookies = [said for said in answer.headers.getlist("Set-Cookie") if "reading_room" in said]
    assert len(cookies) == 2
    for said in cookies:
        assert "HttpOnly" in said
        assert "SameSite=Lax" in said
        assert "Secure" in said
    assert not any(
        "Secure" in said for said in send_sign_in(client, "member@example.org").headers.getlist("Set-Cookie")
    )


def test_readers_get_no_cookie(client: FlaskClient) -> None:
    for path in ("/", "/sign-in", "/sign-in/forgotten", "/search?q=a"):
        assert "Set-Cookie" not in client.get(path).headers


def test_whether_an_address_is_known_is_never_told(client: FlaskClient, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    add_person(parts, Role.VOLUNTEER, "closed@example.org", disabled_at=NOON)
    add_person(parts, Role.VOLUNTEER, "empty@example.org", password_hash=None)
    told = {}
    for email in ("member@example.org", "closed@example.org", "empty@example.org", "nobody@example.org"):
        password = PASSWORD if email.startswith(("closed", "empty")) else "wrong wrong wrong wrong"
        answers = [send_sign_in(client, email, password) for _ in range(7)]
        pages = [re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True)) for answer in answers]
        told[email] = ([answer.status_code for answer in answers], pages)
    assert told["member@example.org"][0] == [401] * 5 + [429] * 2
    assert len({str(said) for said in told.values()}) == 1


def test_signing_out_ends_the_session_itself(client: FlaskClient, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    send_sign_in(client, "member@example.org")
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    with parts.database.reading() as session:
        assert isinstance(client, Visitor)
        client.sign_in_id = session.scalars(select(SignIn)).one().id
    assert client.post("/sign-out").status_code == 303
    client.set_cookie(COOKIE, cookie.value)
    assert client.get("/account").status_code == 303


def test_strangers_who_guess_do_not_lock_out_who_was_here_before(
    moving_app: Flask, parts: Parts, later: dict[str, timedelta]
) -> None:
    add_person(parts, Role.MEMBER)
    owner, stranger = anyone(moving_app), anyone(moving_app)
    send_sign_in(owner, "member@example.org")
    assert owner.get_cookie(KNOWN_COOKIE, path="/sign-in") is not None
    owner.delete_cookie(COOKIE)
    told = [send_sign_in(stranger, "member@example.org", f"wrong wrong {n}").status_code for n in range(6)]
    assert told == [401] * 5 + [429]
    assert send_sign_in(anyone(moving_app), "member@example.org").status_code == 429
    assert send_sign_in(owner, "member@example.org").status_code == 303
    later["by"] = timedelta(minutes=16)
    assert send_sign_in(anyone(moving_app), "member@example.org").status_code == 303


def test_a_known_browser_has_no_more_than_five_tries_itself(app: Flask, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    owner = anyone(app)
    send_sign_in(owner, "member@example.org")
    owner.delete_cookie(COOKIE)
    told = [send_sign_in(owner, "member@example.org", f"wrong wrong {n}").status_code for n in range(6)]
    assert told == [401] * 5 + [429]


def test_what_was_kept_from_before_a_new_password_makes_no_browser_known(app: Flask, parts: Parts) -> None:
    account = add_person(parts, Role.MEMBER)
    owner = anyone(app)
    send_sign_in(owner, "member@example.org")
    owner.delete_cookie(COOKIE)
    with parts.database.transaction() as session:
        session.get_one(Account, account.id).password_changed_at = NOON + timedelta(seconds=5)
    stranger = anyone(app)
    for n in range(5):
        send_sign_in(stranger, "member@example.org", f"wrong wrong {n}")
    assert send_sign_in(owner, "member@example.org").status_code == 429


def test_one_network_cannot_try_all_accounts(app: Flask, parts: Parts) -> None:
    client = anyone(app)
    told = [
        client.post(
            "/sign-in",
            data={"email": f"nobody{n}@example.org", "password": "x"},
            environ_base={"REMOTE_ADDR": f"2001:db8::{n + 1:x}"},
        ).status_code
        for n in range(62)
    ]
    assert told == [401] * 60 + [429] * 2
    elsewhere = client.post(
        "/sign-in",
        data={"email": "nobody@example.org", "password": "x"},
        environ_base={"REMOTE_ADDR": "2001:db8:0:1::1"},
    )
    assert elsewhere.status_code == 401


def test_a_closed_account_is_out_at_once(client: FlaskClient, parts: Parts) -> None:
    account = add_person(parts, Role.MEMBER)
    send_sign_in(client, "member@example.org")
    assert client.get("/account").status_code == 200
    with parts.database.transaction() as session:
        close_account(session, account.id, actor="test", at=NOON)
    assert client.get("/account").status_code == 303


def test_signing_in_and_a_burst_of_guesses_are_on_record(client: FlaskClient, parts: Parts) -> None:
    account = add_person(parts, Role.MEMBER)
    send_sign_in(client, "member@example.org")
    client.delete_cookie(COOKIE)
    client.delete_cookie(KNOWN_COOKIE, path="/sign-in")
    for _ in range(20):
        send_sign_in(client, "member@example.org", "wrong wrong wrong")
    with parts.database.reading() as session:
        entries = session.execute(select(AuditEntry.action, AuditEntry.subject)).all()
    assert [tuple(entry) for entry in entries[1:]] == [
        ("signed_in", f"account:{account.id}"),
        ("sign_in_refused", f"account:{account.id}"),
    ]
