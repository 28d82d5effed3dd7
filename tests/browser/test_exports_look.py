"""Reports, saved searches and the list under the search box: accessible, and they fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from archive.rules.tokens import Purpose
from tests.browser.looks import violations_of

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
REPORT = "/search/report?queries=counties%0A%22opt+out%22%0A(wrong%0Adetainer&agency=ice&details=on"
ADDRESSES = (
    "/search?q=opt",
    "/search",
    "/search/report",
    "/search/report?queries=opt&after=never",
    REPORT,
    "/search/saved/new?q=opt",
    "/search/saved/asked",
)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_is_accessible_and_fits(open_page: OpenPage, address: str, scheme: str, width: int) -> None:
    page = open_page(address, width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert violations_of(page) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("purpose", Purpose)
def test_each_link_of_a_letter_opens_an_accessible_page(
    open_page: OpenPage, letter_links: dict[Purpose, str], purpose: Purpose, scheme: str, width: int
) -> None:
    test_each_page_is_accessible_and_fits(open_page, letter_links[purpose], scheme, width)


def test_a_printed_report_has_its_facts_and_no_form(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    page.emulate_media(media="print")
    assert page.locator(".report-facts").is_visible()
    assert page.locator(".report-table").is_visible()
    assert not page.locator(".report-form").is_visible()


def test_a_report_is_made_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/search/report", java_script_enabled=False)
    page.get_by_label("Queries, one a line").fill("counties\ndetainer")
    page.get_by_role("button", name="Make the report").click()
    page.wait_for_url("**/search/report?queries=**")
    assert page.locator(".report-table tbody tr").count() == 2


def test_fields_and_values_are_completed_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/search")
    box = page.locator("#q")
    box.press_sequentially("opt ag")
    page.get_by_role("option").first.wait_for()
    assert violations_of(page) == []
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    assert box.input_value() == "opt agency:"
    page.get_by_role("option", name="agency:ICE").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert box.input_value() == "opt agency:ICE "
    page.keyboard.press("Enter")
    page.wait_for_url("**q=opt+agency%3AICE*")


def test_escape_closes_the_list_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/search")
    box = page.locator("#q")
    box.press_sequentially("ag")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert box.input_value() == "ag"
