"""The calculator of deadlines, and the calendar on the page of an account, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.rules.statuses import Role
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in

LOOKS = [(390, "dark"), (1280, "light")]
ANSWER = (
    "/deadlines?law=us&agency=ICE&sent=2010-02-03&received=2010-02-05&asked_1=2010-02-16&given_1=2010-02-24"
    "&extended=2010-03-01&extended_days=10&answered=2010-06-01&outcome=granted_in_part"
)
STATES = {
    "empty": "/deadlines",
    "all open": f"{ANSWER}&show=all",
    "answer": ANSWER,
    "wrong": "/deadlines?law=us&sent=tomorrow&answered=2010-06-01",
    "no limit": "/deadlines?law=us-fl&sent=2010-02-03",
    "stopped": "/deadlines?law=us&sent=2010-02-03&fees_asked_1=2010-02-09",
}
OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_the_calculator_has_no_violations(open_page: OpenPage, state: str, width: int, scheme: str) -> None:
    page = open_page(STATES[state], width=width, color_scheme=scheme)
    assert problems_of(page, width) == []


def test_days_are_typed_and_counted_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/deadlines", java_script_enabled=False)
    page.get_by_label("Request sent").fill("2010-02-03")
    page.get_by_text("What stopped the clock").click()
    page.get_by_label("Agency asked for information").fill("2010-02-09")
    page.get_by_role("button", name="Count the days").click()
    expect(page.locator(".deadlines-summary")).to_contain_text("The clock is stopped")
    page.get_by_label("You answered").first.fill("2010-02-11")
    page.get_by_role("button", name="Count the days").click()
    expect(page.locator(".deadlines-summary")).to_contain_text("The answer was due on 8 March 2010")
    assert page.url.endswith("/deadlines?law=us&sent=2010-02-03&asked_1=2010-02-09&given_1=2010-02-11")


def test_the_printed_page_has_the_dates_their_arithmetic_and_its_address(open_page: OpenPage) -> None:
    page = open_page(f"{ANSWER}&show=all")
    page.emulate_media(media="print")
    expect(page.locator(".deadlines-summary")).to_be_visible()
    expect(page.locator(".arithmetic-table").first).to_be_visible()
    expect(page.locator(".deadlines-form")).to_be_hidden()
    expect(page.locator(".print-only")).to_contain_text("/deadlines?law=us&agency=ICE")


@pytest.fixture(scope="module")
def member_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    with review_site(tmp_path_factory.mktemp("calendar") / "home") as site:
        yield site


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_member_makes_an_address_for_the_calendar(
    browser: Browser, member_site: ReviewSite, width: int, scheme: str
) -> None:
    look: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with signed_in(browser, member_site, Role.MEMBER, **look) as context:
        page = context.new_page()
        page.goto("/account/requests")
        assert problems_of(page, width) == []
        page.get_by_role("button", name="address").first.click()
        assert "/requests.ics?key=" in page.get_by_label("The dates of all requests").input_value()
        assert problems_of(page, width) == []
        page.reload()
        expect(page.get_by_text("is not kept")).to_be_visible()
        page.get_by_role("link", name="Back").click()
        page.get_by_role("button", name="Send me").click()
        expect(page.get_by_role("status").filter(has_text="come")).to_be_visible()
        assert problems_of(page, width) == []
