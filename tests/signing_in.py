"""Signing in as people do: a password, then a code."""

from __future__ import annotations

from functools import cache

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive.models import Account, SignIn
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.accounts import add_account
from archive.services.passwords import hash_password
from tests.factories import NOON
from tests.visitors import Visitor

PASSWORD = "boats under seven lemons"


@cache
def password_hash() -> str:
    """Made once: it takes long, and on purpose."""
    return hash_password(PASSWORD, "nobody@example.org")


def add_person(parts: Parts, role: Role, email: str = "", **fields: object) -> Account:
    """An account with the password of these tests."""
    with parts.database.transaction() as session:
        account = add_account(
            session, email or f"{role}@example.org", role, password=None, actor="test", at=NOON
        )
        account.password_hash = password_hash()
        for name, value in fields.items():
            setattr(account, name, value)
        return account


def send_sign_in(visitor: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return visitor.post("/sign-in", data={"email": email, "password": password, **more})


def anyone(app: Flask) -> Visitor:
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor


def send_code(client: FlaskClient, parts: Parts, code: str, **more: str) -> TestResponse:
    """The second step, with the token of the half session."""
    assert isinstance(client, Visitor)
    with parts.database.reading() as session:
        rows = session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()
        client.sign_in_id = rows[-1].id
    return client.post("/sign-in/code", data={"code": code, **more})


def as_half(client: Visitor, parts: Parts) -> Visitor:
    with parts.database.reading() as session:
        half = SignIn.ended_at.is_(None) & SignIn.second_factor_at.is_(None)
        client.sign_in_id = session.scalars(select(SignIn).where(half)).one().id
    return client
