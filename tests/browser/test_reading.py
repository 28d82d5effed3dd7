"""What a reader does: with JavaScript off, with the mouse, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.factories import FONT, SIZE_PT

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def test_without_javascript_from_search_to_the_marked_page(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("searchbox", name="Search every page").fill("fingerprints")
    page.get_by_role("button", name="Search").click()
    page.locator(".hit a").first.click()
    page.wait_for_url("**/pages/1?q=fingerprints&hit=0")
    marked, sheet = page.locator(".marks rect").bounding_box(), page.locator(".paper img").bounding_box()
    assert marked
    assert sheet
    assert marked["width"] > 30
    assert sheet["x"] < marked["x"] < sheet["x"] + sheet["width"]
    assert sheet["y"] < marked["y"] < sheet["y"] + sheet["height"]
    assert page.locator(".page-text mark").inner_text() == "fingerprints"


def test_the_words_over_the_picture_can_be_selected_and_copied(
    open_page: OpenPage, ids: dict[str, str]
) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    words = page.locator(".words tspan")
    first, last = (words.filter(has_text=text).first.bounding_box() for text in ("Counties", "sheriff"))
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=8)
    page.mouse.up()
    assert (
        page.evaluate("getSelection().toString()").strip()
        == "Counties may not opt out of the programme. A sheriff"
    )


def test_the_browsers_own_search_finds_phrases_on_the_paper(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    page.evaluate("document.querySelector('.beside').remove(); getSelection().removeAllRanges()")
    assert page.evaluate("find('may not opt out of the programme')")
    assert page.evaluate("getSelection().anchorNode.parentNode.closest('svg').classList.contains('words')")


def test_words_lie_where_they_are_printed(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    word = page.locator(".words tspan").filter(has_text="Counties").first.bounding_box()
    sheet = page.locator(".paper").bounding_box()
    assert word
    assert sheet
    scale = sheet["width"] / 612
    assert word["x"] - sheet["x"] == pytest.approx(72 * scale, abs=2)
    assert word["width"] == pytest.approx(stringWidth("Counties", FONT, SIZE_PT) * scale, abs=1)
    assert word["y"] - sheet["y"] == pytest.approx((72 + 3 * 16) * scale, abs=5)


def test_keys_turn_pages_and_go_from_hit_to_hit(open_page: OpenPage, ids: dict[str, str]) -> None:
    at = f"/documents/{ids['memo']}/pages"
    page = open_page(f"{at}/1?q=opt")
    for key, number in (("n", 2), ("p", 1), ("j", 3), ("k", 1)):
        page.keyboard.press(key)
        page.wait_for_url(f"**{at}/{number}?q=opt")


def test_keys_type_in_a_search_box(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    page.keyboard.press("/")
    page.keyboard.type("n?p")
    assert page.url.endswith("/pages/1")
    assert page.locator("#quick-q").input_value() == "n?p"


def test_the_list_of_keys_opens_closes_and_turns_them_off(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    dialog.get_by_label("Use these keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.url.endswith("/pages/1")


def test_copying_says_so_aloud(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the SHA-256").click()
    page.locator("#said", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#sha256").inner_text()


def test_the_first_tab_skips_to_the_content(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_nothing_moves_while_the_page_loads(open_page: OpenPage, ids: dict[str, str]) -> None:
    for address in ("/", f"/documents/{ids['memo']}", f"/documents/{ids['memo']}/pages/1?q=opt"):
        page = open_page(address)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """new Promise(done => new PerformanceObserver(list =>
                 done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
               .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
        )
        assert shift < 0.01, address


def test_no_cookie_is_set(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1?q=opt")
    assert page.context.cookies() == []


def test_a_printed_page_says_where_it_is_from(open_page: OpenPage, ids: dict[str, str]) -> None:
    page = open_page(f"/documents/{ids['memo']}/pages/1")
    assert not page.locator(".print-only").is_visible()
    page.emulate_media(media="print")
    said = page.locator(".print-only").inner_text()
    assert f"/documents/{ids['memo']}/pages/1" in said
    assert "SHA-256" in said
    assert not page.locator(".toolbar").is_visible()
