"""Inviting people, giving roles, closing accounts, and a way back in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import add as add_to

import pytest
from flask import Flask
from sqlalchemy import select

from archive.app import create_app
from archive.models import Account, AccountLink, AuditEntry
from archive.parts import Parts
from archive.rules.statuses import LinkKind, Role
from archive.services.account_links import link_token, make_reset_link
from archive.services.accounts import find_account
from archive.services.passwords import is_right_password
from archive.settings import Settings, secret_key
from archive.web.current import RENDERER
from tests.factories import NOON
from tests.signing_in import PASSWORD, add_person, anyone, send_sign_in
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]


def invited(admin: Visitor, email: str = "new@example.org", role: Role = Role.VOLUNTEER) -> str:
    """The path of a new invitation, as it stands on the page."""
    assert admin.post("/admin/accounts/invitations", data={"email": email, "role": role}).status_code == 303
    return shown_link(admin, "invitation")


def shown_link(admin: Visitor, kind: str) -> str:
    found = re.search(
        rf'value="http://localhost(/{kind}/[^"]+)"', admin.get("/admin/accounts").get_data(as_text=True)
    )
    assert found is not None
    return found[1]


def account_of(parts: Parts, email: str) -> Account:
    with parts.database.reading() as session:
        account = find_account(session, email)
    assert account is not None
    return account


def test_who_is_invited_chooses_name_and_password_and_is_in(app: Flask, parts: Parts, visit: Visit) -> None:
    path = invited(visit(Role.ADMIN), "New@Example.org")
    guest = anyone(app)
    assert "new@example.org" in guest.get(path).get_data(as_text=True)
    assert guest.post(path, data={"name": "Ada", "password": "short"}).status_code == 400
    assert guest.post(path, data={"name": "", "password": PASSWORD}).status_code == 400
    answer = guest.post(path, data={"name": "Ada", "password": PASSWORD, "role": "admin"})
    assert answer.status_code == 303
    assert "Ada" in guest.get("/account").get_data(as_text=True)
    account = account_of(parts, "new@example.org")
    assert (account.role, account.name) == (Role.VOLUNTEER, "Ada")
    assert anyone(app).get(path).status_code == 404
    assert anyone(app).post(path, data={"name": "Eve", "password": PASSWORD}).status_code == 404


def test_an_invitation_that_is_revoked_replaced_or_of_no_admin_any_more_opens_nothing(
    app: Flask, parts: Parts, visit: Visit
) -> None:
    admin = visit(Role.ADMIN)
    first = invited(admin)
    second = invited(admin)
    guest = anyone(app)
    assert [guest.get(path).status_code for path in (first, second)] == [404, 200]
    with parts.database.transaction() as session:
        session.scalars(select(Account).where(Account.role == Role.ADMIN)).one().role = Role.EDITOR
    assert guest.get(second).status_code == 404
    with parts.database.transaction() as session:
        session.scalars(select(Account).where(Account.role == Role.EDITOR)).one().role = Role.ADMIN
        link_id = session.scalars(select(AccountLink.id).where(AccountLink.revoked_at.is_(None))).one()
    admin.post(f"/admin/accounts/links/{link_id}/revoke")
    assert guest.get(second).status_code == 404


def test_an_invitation_lasts_14_days(settings: Settings, parts: Parts, app: Flask, visit: Visit) -> None:
    path = invited(visit(Role.ADMIN))
    for days, status in ((13, 200), (15, 404)):
        later = create_app(settings, replace(parts, clock=partial(add_to, NOON, timedelta(days=days))))
        assert later.test_client().get(path).status_code == status
        later.extensions[RENDERER].close()


def test_a_forged_link_opens_nothing(app: Flask, parts: Parts, visit: Visit) -> None:
    path = invited(visit(Role.ADMIN))
    guest = anyone(app)
    link_id, expires, mac = path.rpartition("/")[2].split(".")
    for token in (
        f"{link_id}.{int(expires) + 9}.{mac}",
        f"{link_id}.{expires}.x",
        link_id,
        "a.0.b",
        "..",
        "é",
    ):
        assert guest.get(f"/invitation/{token}").status_code == 404
    assert guest.get(f"/sign-in/reset/{link_id}.{expires}.{mac}").status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.EDITOR])
def test_only_admins_see_and_change_accounts(visit: Visit, parts: Parts, role: Role) -> None:
    somebody, admin = visit(role), visit(Role.ADMIN)
    assert admin.account is not None
    assert somebody.get("/admin/accounts").status_code == 403
    path = f"/admin/accounts/{admin.account.id}"
    assert somebody.post(path, data={"what": "close"}).status_code == 403
    invitation = {"email": "x@example.org", "role": "admin"}
    assert somebody.post("/admin/accounts/invitations", data=invitation).status_code == 403
    assert account_of(parts, "admin@example.org").disabled_at is None


def test_another_role_ends_all_sessions(visit: Visit, parts: Parts) -> None:
    admin, editor = visit(Role.ADMIN), visit(Role.EDITOR)
    assert editor.account is not None
    admin.post(f"/admin/accounts/{editor.account.id}", data={"what": "role", "role": "member"})
    assert account_of(parts, "editor@example.org").role is Role.MEMBER
    assert editor.get("/account").status_code == 303


def test_closing_and_opening_again(app: Flask, visit: Visit, parts: Parts) -> None:
    admin = visit(Role.ADMIN)
    account = add_person(parts, Role.MEMBER)
    for what, status in (("close", 401), ("reopen", 303)):
        admin.post(f"/admin/accounts/{account.id}", data={"what": what})
        assert send_sign_in(anyone(app), "member@example.org").status_code == status


@pytest.mark.parametrize("change", [{"what": "close"}, {"what": "role", "role": "editor"}])
def test_the_last_open_admin_stays(visit: Visit, parts: Parts, change: dict[str, str]) -> None:
    admin = visit(Role.ADMIN)
    assert admin.account is not None
    path = f"/admin/accounts/{admin.account.id}"
    assert admin.post(path, data=change).status_code == 409
    add_person(parts, Role.ADMIN, "second@example.org", disabled_at=NOON)
    assert admin.post(path, data=change).status_code == 409
    add_person(parts, Role.ADMIN, "third@example.org")
    assert admin.post(path, data=change).status_code == 303


def test_what_is_no_change_changes_nothing(visit: Visit, parts: Parts) -> None:
    admin = visit(Role.ADMIN)
    account = add_person(parts, Role.MEMBER)
    assert admin.post("/admin/accounts/999", data={"what": "close"}).status_code == 404
    for form in ({}, {"what": "x"}, {"what": "role", "role": "emperor"}):
        assert admin.post(f"/admin/accounts/{account.id}", data=form).status_code == 303
    assert account_of(parts, "member@example.org").role is Role.MEMBER
    invitation = {"email": "member@example.org", "role": "admin"}
    assert admin.post("/admin/accounts/invitations", data=invitation).status_code == 409
    assert admin.post("/admin/accounts/invitations", data={"email": "no address"}).status_code == 400


def test_an_admin_hands_over_a_link_for_a_new_password(app: Flask, visit: Visit, parts: Parts) -> None:
    admin = visit(Role.ADMIN)
    account = add_person(parts, Role.MEMBER)
    old = anyone(app)
    old.sign_in(parts.database, Role.MEMBER)
    admin.post(f"/admin/accounts/{account.id}", data={"what": "reset"})
    path = shown_link(admin, "sign-in/reset")
    person = anyone(app)
    assert person.get(path).status_code == 200
    assert person.post(path, data={"password": "x"}).status_code == 400
    assert person.post(path, data={"password": "a new one of words"}).status_code == 303
    assert person.get("/account").status_code == 200
    assert old.get("/account").status_code == 303
    assert is_right_password(account_of(parts, "member@example.org").password_hash, "a new one of words")
    assert anyone(app).post(path, data={"password": "a new one of words"}).status_code == 404


def test_a_link_for_a_new_password_does_not_go_round_the_authenticator(app: Flask, parts: Parts) -> None:
    account = add_person(parts, Role.EDITOR, totp_secret="A" * 32, totp_confirmed_at=NOON)
    key = secret_key(parts.settings)
    with parts.database.transaction() as session:
        link = make_reset_link(session, account, key=key, viewer=None, at=NOON)
    person = anyone(app)
    answer = person.post(f"/sign-in/reset/{link_token(link, key)}", data={"password": "a new one of words"})
    assert answer.headers["Location"] == "/sign-in/code"
    assert person.get("/account").headers["Location"].startswith("/sign-in")


def test_links_in_peoples_mailboxes_are_not_on_the_page(visit: Visit, parts: Parts) -> None:
    account = add_person(parts, Role.MEMBER)
    with parts.database.transaction() as session:
        make_reset_link(session, account, key=secret_key(parts.settings), viewer=None, at=NOON)
    assert "/sign-in/reset/" not in visit(Role.ADMIN).get("/admin/accounts").get_data(as_text=True)


def test_without_mail_the_page_says_whom_to_ask_and_makes_no_link(app: Flask, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    person = anyone(app)
    assert "Ask an admin" in person.get("/sign-in/forgotten").get_data(as_text=True)
    person.post("/sign-in/forgotten", data={"email": "member@example.org"})
    with parts.database.reading() as session:
        assert session.scalars(select(AccountLink)).all() == []


def test_what_admins_do_is_on_record(visit: Visit, parts: Parts) -> None:
    admin = visit(Role.ADMIN)
    account = add_person(parts, Role.MEMBER, totp_secret="A" * 32, totp_confirmed_at=NOON)
    invited(admin)
    for form in (
        {"what": "role", "role": "volunteer"},
        {"what": "reset"},
        {"what": "second-factor"},
        {"what": "close"},
        {"what": "reopen"},
    ):
        admin.post(f"/admin/accounts/{account.id}", data=form)
    with parts.database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.actor == "admin@example.org")).all()
        assert session.scalars(select(AccountLink.kind).distinct()).all() == list(LinkKind)
    assert [entry.action for entry in entries] == [
        "invited",
        "role_changed",
        "reset_link_made",
        "authenticator_removed",
        "account_closed",
        "account_reopened",
    ]
    assert entries[1].details == {"email": "member@example.org", "role": "volunteer", "was": "member"}
