"""Letters about accounts: a new password, an invitation."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from archive.app import create_app
from archive.parts import Parts
from archive.ports import Letter
from archive.rules.statuses import Role
from archive.settings import Settings
from archive.web.current import RENDERER
from tests.factories import NOON
from tests.signing_in import add_person, anyone
from tests.visitors import Visitor


class Mailbox:
    """A ``Mailer`` that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mailing_app(settings: Settings, parts: Parts, mailbox: Mailbox) -> Iterator[Flask]:
    """A site that can send letters."""
    settings = replace(settings, base_url="http://archive.example", mail_url="smtp://mail.example")
    app = create_app(settings, replace(parts, settings=settings, mailer=mailbox, clock=lambda: NOON))
    app.test_client_class = Visitor
    yield app
    app.extensions[RENDERER].close()


def wait_for_letters() -> None:
    for thread in threading.enumerate():
        if thread.name == "account letter":
            thread.join(timeout=10)


def test_a_forgotten_password_is_set_anew_by_letter(
    mailing_app: Flask, mailbox: Mailbox, parts: Parts
) -> None:
    add_person(parts, Role.MEMBER)
    add_person(parts, Role.MEMBER, "closed@example.org", disabled_at=NOON)
    person = anyone(mailing_app)
    told = set()
    for email in ("Member@example.org ", "closed@example.org", "nobody@example.org", "no address", ""):
        answer = person.post("/sign-in/forgotten", data={"email": email})
        told.add((answer.status_code, answer.headers["Location"], answer.get_data()))
    wait_for_letters()
    assert len(told) == 1
    assert [letter.to for letter in mailbox.letters] == ["member@example.org"]
    found = re.search(r"http://archive\.example(/sign-in/reset/\S+)", mailbox.letters[0].text)
    assert found is not None
    assert person.post(found[1], data={"password": "a new one of words"}).status_code == 303
    assert person.get("/account").status_code == 200


def test_nobody_is_flooded_with_letters(mailing_app: Flask, mailbox: Mailbox, parts: Parts) -> None:
    add_person(parts, Role.MEMBER)
    for number in range(10):
        anyone(mailing_app).post(
            "/sign-in/forgotten",
            data={"email": "member@example.org"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
    wait_for_letters()
    assert len(mailbox.letters) == 3


def test_an_invitation_goes_out_by_letter(mailing_app: Flask, mailbox: Mailbox, parts: Parts) -> None:
    admin = anyone(mailing_app)
    admin.sign_in(parts.database, Role.ADMIN)
    admin.post("/admin/accounts/invitations", data={"email": "new@example.org", "role": "editor"})
    wait_for_letters()
    assert mailbox.letters[0].to == "new@example.org"
    assert "as an editor" in mailbox.letters[0].text
