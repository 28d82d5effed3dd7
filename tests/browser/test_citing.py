"""Somebody cites: with the mouse, with the keyboard alone, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.citations_site import CitationsSite, citations_site

pytestmark = pytest.mark.browser

OpenAt = Callable[..., Page]
CITED = "[data-cite-part=cited]:not([hidden])"
WORDS = "sharing of fingerprints is mandatory"


@pytest.fixture(scope="module")
def citing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CitationsSite]:
    with citations_site(tmp_path_factory.mktemp("citing") / "home") as site:
        yield site


@pytest.fixture
def open_memo(browser: Browser, citing: CitationsSite) -> Iterator[OpenAt]:
    """The first page of the memo, in a window of its own that may use the clipboard."""
    contexts = []

    def open_it(**settings: object) -> Page:
        context = browser.new_context(
            base_url=citing.address,
            viewport={"width": 1280, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
            **settings,  # type: ignore[arg-type]  # handed on
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/documents/{citing.memo}/pages/1")
        return page

    yield open_it
    for context in contexts:
        context.close()


def drag_over(page: Page, first: str, last: str) -> None:
    """Select from one printed word to another, as a hand does."""
    words = page.locator(".words tspan")
    begin, end = (words.get_by_text(text, exact=True).first.bounding_box() for text in (first, last))
    assert begin
    assert end
    page.mouse.move(begin["x"] + 1, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


def test_select_cite_copy_with_the_mouse(open_memo: OpenAt) -> None:
    page = open_memo()
    drag_over(page, "sharing", "mandatory")
    page.get_by_role("link", name="Cite", exact=True).click()
    page.locator(CITED).wait_for()
    assert page.locator("[data-cite=words]").inner_text() == WORDS
    page.get_by_role("radio", name="Newsroom").check()
    page.get_by_role("button", name="Copy Newsroom").click()
    page.locator("#cite-panel [role=status]", has_text="Copied").wait_for(state="attached")
    assert f"“{WORDS}" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Open the citation").click()
    assert page.locator(".marks rect").count() == len(WORDS.split())


def test_words_over_a_line_end_and_half_words_are_cited_whole(open_memo: OpenAt) -> None:
    page = open_memo()
    page.evaluate(
        """() => {
             const words = [...document.querySelectorAll('.words tspan')];
             const word = said => words.find(one => one.textContent === said);
             getSelection().setBaseAndExtent(word('asks').firstChild, 2, word('sharing').firstChild, 4);
           }"""
    )
    page.keyboard.press("c")
    page.locator(CITED).wait_for()
    assert page.locator("[data-cite=words]").inner_text() == "asks is to be told that the sharing"


def test_the_second_of_two_equal_passages_is_the_one_that_is_cited(open_memo: OpenAt) -> None:
    page = open_memo()
    page.evaluate(
        """() => {
             const words = [...document.querySelectorAll('.words tspan')];
             const asks = words.filter(one => one.textContent === 'asks')[1];
             getSelection().setBaseAndExtent(asks.firstChild, 0, asks.nextElementSibling.firstChild, 2);
           }"""
    )
    page.keyboard.press("c")
    page.locator(CITED).wait_for()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Open the citation").click()
    assert "be heard." in page.locator("section[aria-labelledby=proof]").inner_text()


def test_with_the_keyboard_alone_from_the_text_beside(open_memo: OpenAt) -> None:
    page = open_memo()
    page.evaluate("""() => {
             const text = document.querySelector('.page-text p:last-child').firstChild;
             getSelection().setBaseAndExtent(text, 0, text, 3);
           }""")
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")
    cite = page.get_by_role("link", name="Cite", exact=True)
    cite.focus()
    page.keyboard.press("Enter")
    page.locator(CITED).wait_for()
    assert page.locator("[data-cite=words]").inner_text() == "The field office"
    page.keyboard.press("Tab")  # to Close
    page.keyboard.press("Tab")  # to the styles
    page.keyboard.press("ArrowRight")
    assert page.locator("#cite-panel input:checked").get_attribute("value") == "ap"
    page.keyboard.press("Escape")
    assert not page.locator("#cite-panel").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Cite"


def test_typed_words_that_stand_twice_are_chosen_in_the_panel(open_memo: OpenAt) -> None:
    page = open_memo()
    page.keyboard.press("c")
    page.keyboard.type("A sheriff who asks is to be")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cite this one").nth(1).wait_for()
    assert page.locator("[role=alert]").inner_text().startswith("These words stand 2 times")
    page.get_by_role("button", name="Cite this one").nth(1).click()
    page.locator(CITED).wait_for()


def test_typed_words_that_are_elsewhere_are_cited_there(open_memo: OpenAt) -> None:
    page = open_memo()
    page.keyboard.press("c")
    page.locator("#cite-quote").fill("nothing of this stands here")
    page.get_by_role("button", name="Cite these words").click()
    page.locator("[role=alert]", has_text="These words are not on this page.").wait_for()
    page.locator("#cite-quote").fill("The list goes on")
    page.get_by_role("button", name="Cite these words").click()
    page.get_by_role("button", name="Cite them on page 2").click()
    page.locator(CITED).wait_for()
    assert page.locator("[data-cite=where]").inner_text().startswith("Page 2")


def test_without_javascript_from_the_page_to_the_citation(open_memo: OpenAt) -> None:
    page = open_memo(java_script_enabled=False)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Cite", exact=True).click()
    page.get_by_label("The words you cite").fill("“A sheriff who asks is to be”")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Cite", exact=True).click()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Cite this one").first.click()
    assert page.locator(".marks rect").count() == 7  # a sheriff who asks is to be
    page.get_by_role("radio", name="BibTeX").check()
    assert "@" in page.locator("#style-bibtex").inner_text()
    assert not page.locator("#style-bluebook").is_visible()
