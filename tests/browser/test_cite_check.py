"""Checking a draft, as a reporter does it: with and without JavaScript, on a screen and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import problems_of

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def check(page: Page, ids: dict[str, str]) -> None:
    """Send a draft with a true quotation, an altered one, a link to nowhere, and one without a link."""
    address = f"/documents/{next(iter(ids.values()))}/pages/1"
    page.goto(address)
    words = (page.text_content(".page-text") or "").split()
    true, altered = words[3:12], [*words[3:7], "zebra", *words[8:12]]
    page.goto("/cite/check")
    draft = (
        f"It says “{' '.join(true)}” ({address}). Elsewhere “{' '.join(altered)}” ({address}).\n\n"
        "“A quotation that is nowhere at all” stands alone.\n\nAnother matter.\n\n"
        "See /documents/aaaaaaaaaaaa/pages/1."
    )
    page.fill("#draft", draft)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Check").click()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_its_report_are_accessible_and_fit(
    open_page: OpenPage, ids: dict[str, str], scheme: str, width: int
) -> None:
    page = open_page("/cite/check", width=width, color_scheme=scheme)
    assert problems_of(page, width) == []
    check(page, ids)
    expect(page.locator(".claim")).to_have_count(4)
    assert problems_of(page, width) == []


def test_a_draft_is_checked_without_javascript(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page("/cite/check", java_script_enabled=False)
    check(page, ids)
    verdicts = [said.strip("✓! \n") for said in page.locator(".claim-verdict").all_text_contents()]
    assert verdicts == ["Stands as written", "Differs", "Not linked", "No such address"]
    assert page.locator(".claim ins").first.text_content() == "in the draft only: zebra"
    with page.expect_download() as download:
        page.get_by_role("button", name="As CSV").click()
    assert download.value.suggested_filename == "citations-checked.csv"


def test_on_paper_the_report_has_no_buttons(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page("/cite/check")
    check(page, ids)
    page.emulate_media(media="print")
    assert page.locator(".claims").is_visible()
    assert not page.locator(".check-actions").is_visible()
