"""Everything around signing in, in a browser: accessible in each state, and whole without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from archive.rules.statuses import Role
from tests.browser.accounts_site import (
    PASSWORD,
    SUBMIT,
    AccountSite,
    account_site,
    new_context,
    set_up_authenticator,
    sign_in,
    walk_as_a_guest,
    walk_as_admin,
)
from tests.browser.looks import problems_of

pytestmark = pytest.mark.browser

OPEN_ALL = "for (const part of document.querySelectorAll('main details')) part.open = true"
STATES = 21


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountSite]:
    with account_site(tmp_path_factory.mktemp("accounts") / "home") as site:
        yield site


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_is_accessible_and_fits(
    browser: Browser, site: AccountSite, width: int, scheme: str
) -> None:
    problems: list[str] = []
    seen: list[str] = []

    def look(page: Page, state: str) -> None:
        seen.append(state)
        page.evaluate(OPEN_ALL)
        problems.extend(f"{state}: {said}" for said in problems_of(page, width))

    for walk in (walk_as_a_guest, walk_as_admin):
        context = new_context(browser, width=width, scheme=scheme)
        page = context.new_page()
        page.on(
            "console", lambda said: problems.append(said.text) if "Content Security" in said.text else None
        )
        walk(site, page, look)
        context.close()
    assert problems == []
    assert len(set(seen)) == STATES


def test_all_of_it_works_without_javascript(browser: Browser, site: AccountSite) -> None:
    context = new_context(browser, width=1280, scheme="light", scripts=False)
    page = context.new_page()
    page.goto(site.link("new@example.org", Role.EDITOR))
    page.fill("#name", "Somebody New")
    page.fill("#password", PASSWORD)
    page.click(SUBMIT)
    secret = set_up_authenticator(page)
    codes = page.locator("ol.codes li").all_text_contents()
    assert len(codes) == 10
    page.goto(site.address + "/account")
    page.click(".workbench button")  # signs out

    page.goto(site.address + "/account")
    assert page.url.endswith("/sign-in?next=%2Faccount")
    sign_in(page, "new@example.org")
    page.fill("#code", pyotp.TOTP(secret).now())  # used up a moment ago
    page.click(SUBMIT)
    assert page.locator("#problem").count() == 1
    page.fill("#code", codes[0])
    page.click(SUBMIT)
    assert page.url == site.address + "/account"
    assert page.locator("h1").text_content() == "Your account"
    session = next(one for one in context.cookies() if one["name"] == "reading_room_session")
    assert (session["httpOnly"], session["sameSite"]) == (True, "Lax")
    context.close()


def test_a_browser_is_signed_out_from_another(browser: Browser, site: AccountSite) -> None:
    contexts = [new_context(browser, width=1280, scheme="light", scripts=False) for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(site.address + "/sign-in?next=/account")
        sign_in(page, "v@example.org")
        assert page.url.endswith("/account")
    pages[0].reload()
    pages[0].click("section[aria-labelledby=sessions-head] tbody button")
    pages[1].reload()
    assert "/sign-in" in pages[1].url
    assert pages[0].locator("section[aria-labelledby=sessions-head] tbody tr").count() == 1
    for context in contexts:
        context.close()
