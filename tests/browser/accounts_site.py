"""A site with accounts in it, and people who walk through everything that has to do with signing in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
import waitress
from playwright.sync_api import Browser, BrowserContext, Page

from archive.app import create_app
from archive.parts import Parts, open_parts
from archive.rules.access import Viewer
from archive.rules.account_addresses import invitation_path, reset_path
from archive.rules.statuses import Role
from archive.services.account_links import invite, link_token, make_reset_link
from archive.services.accounts import add_account, close_account, find_account
from archive.settings import load_settings, secret_key

PASSWORD = "boats under seven lemons"
LONG = (
    "an-address-that-goes-on-and-on-and-does-not-break-anywhere-at-all@" + "department." * 9 + "example.org"
)
SUBMIT = "form.stack button[type=submit]"
Look = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True)
class AccountSite:
    """Its address and its parts."""

    address: str
    parts: Parts

    def link(self, email: str, role: Role | None = None) -> str:
        """An invitation with this role; without one a link for a new password."""
        key, at = secret_key(self.parts.settings), self.parts.clock()
        with self.parts.database.transaction() as session:
            head = find_account(session, "head@example.org")
            assert head is not None
            viewer = Viewer(Role.ADMIN, head.id, head.email)
            if role is not None:
                link = invite(session, email, role, key=key, viewer=viewer, at=at)
                return self.address + invitation_path(link_token(link, key))
            account = find_account(session, email)
            assert account is not None
            link = make_reset_link(session, account, key=key, viewer=viewer, at=at)
            return self.address + reset_path(link_token(link, key))


@contextmanager
def account_site(home: Path) -> Iterator[AccountSite]:
    """A site on a free port of this machine."""
    mail = {"READING_ROOM_MAIL_URL": "smtp://127.0.0.1:9", "READING_ROOM_BASE_URL": "http://archive.example"}
    parts = open_parts(load_settings(home, environ=mail))
    with parts.database.transaction() as session:
        for email, role in (("head@example.org", Role.ADMIN), ("v@example.org", Role.VOLUNTEER)):
            add_account(
                session, email, role, password=PASSWORD, actor="test", at=parts.clock(), name="A name"
            )
        closed = add_account(session, LONG, Role.MEMBER, password=None, actor="test", at=parts.clock())
        close_account(session, closed.id, actor="test", at=parts.clock())
    server = waitress.create_server(create_app(parts.settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield AccountSite(f"http://127.0.0.1:{server.effective_port}", parts)
    server.close()
    thread.join(timeout=10)
    parts.close()


def press(page: Page, selector: str = SUBMIT) -> None:
    """Press what sends a form or follows a link, and wait for the page it leads to."""
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the form in and send it."""
    page.fill("#email", email)
    page.fill("#password", password)
    press(page)


def set_up_authenticator(page: Page) -> str:
    """Write the first code of the secret that is shown; returns the secret."""
    secret = (page.text_content("code.secret") or "").replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).now())
    press(page)
    return secret


def walk_as_a_guest(site: AccountSite, page: Page, look: Look) -> None:
    """Somebody who gets it wrong at first, forgets the password, and is invited."""
    page.goto(site.address + "/account")
    look(page, "sign in")
    sign_in(page, "v@example.org", "not the password")
    look(page, "sign in, wrong")
    page.goto(site.address + "/sign-in/forgotten")
    look(page, "forgotten")
    page.fill("#email", "nobody@example.org")
    press(page)
    look(page, "forgotten, asked")
    page.goto(site.link("v@example.org"))
    look(page, "new password")
    page.goto(site.address + "/invitation/nonsense")
    look(page, "an invitation that is none")
    page.goto(site.link("new@example.org", Role.EDITOR))
    look(page, "invitation")
    page.fill("#name", "Somebody New")
    page.fill("#password", "password1234")
    press(page)
    look(page, "invitation, bad password")


def walk_as_admin(site: AccountSite, page: Page, look: Look) -> None:
    """An admin who sets up an authenticator, makes what can be made, and comes back."""
    page.goto(site.address + "/sign-in?next=/admin/accounts")
    sign_in(page, "head@example.org")
    look(page, "set up an authenticator")
    page.fill("#code", "12")
    press(page)
    look(page, "set up an authenticator, wrong code")
    set_up_authenticator(page)
    look(page, "recovery codes")
    press(page, "main a.button")
    look(page, "accounts")
    page.fill("#email", "invited@example.org")
    press(page)
    look(page, "accounts, invited")
    page.goto(site.address + "/account")
    page.fill("#token-name", "The scanner")
    press(page, "section[aria-labelledby=tokens-head] > form button")
    look(page, "token")
    page.goto(site.address + "/account/tokens/new")
    look(page, "token, gone")
    page.goto(site.address + "/account")
    look(page, "account")
    page.fill("#password", "not the password")
    page.fill("#new_password", "another good one here")
    press(page, "section[aria-labelledby=password-head] button")
    look(page, "account, wrong password")
    page.goto(site.address + "/account/recovery-codes")
    look(page, "recovery codes, shown before")
    page.goto(site.address + "/account/authenticator")
    look(page, "authenticator, set up")
    press(page, ".workbench button")
    page.goto(site.address + "/sign-in")
    sign_in(page, "head@example.org")
    look(page, "second step")
    page.fill("#code", "000 000")
    press(page)
    look(page, "second step, wrong")


def new_context(browser: Browser, *, width: int, scheme: str, scripts: bool = True) -> BrowserContext:
    """A browser of its own."""
    return browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
