"""Citing and citations, light and dark, narrow and wide: accessible, nothing cut off, whole on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.citations_site import CitationsSite, citations_site
from tests.browser.looks import problems_of

pytestmark = pytest.mark.browser

OPEN_ALL = "for (const part of document.querySelectorAll('main details')) part.open = true"
MOST_SHEETS = 3


@pytest.fixture(scope="module")
def citing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CitationsSite]:
    with citations_site(tmp_path_factory.mktemp("citations") / "home") as site:
        yield site


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_state_is_accessible_and_fits(
    browser: Browser, citing: CitationsSite, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)

    def look(state: str) -> None:
        page.evaluate(OPEN_ALL)
        problems.extend(f"{state}: {said}" for said in problems_of(page, width))

    for state, citation_id in citing.citations.items():
        page.goto(f"{citing.address}/cite/{citation_id}")
        look(state)
        page.goto(f"{citing.address}/cite/{citation_id}/embed")
        look(f"{state}, embedded")
    page.goto(f"{citing.address}/cite")
    look("start")
    page.goto(f"{citing.address}/cite?document={citing.memo}&page=1")
    look("form")
    for quote, state in (("A sheriff who asks is to be", "choices"), ("goes on and", "elsewhere")):
        page.fill("#quote", quote)
        with page.expect_navigation(wait_until="load"):
            page.click("main button[name=page]")
        look(state)
    _open_panel(page, citing)
    look("panel")
    context.close()
    assert problems == []


def _open_panel(page: Page, citing: CitationsSite) -> None:
    page.goto(f"{citing.address}/documents/{citing.memo}/pages/1")
    page.locator("[data-cite-document]").click()
    page.locator("#cite-quote").fill("The field office keeps a list")
    page.get_by_role("button", name="Cite these words").click()
    page.locator("[data-cite-part=cited]:not([hidden])").wait_for()


def test_on_paper_it_is_an_exhibit(browser: Browser, citing: CitationsSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{citing.address}/cite/{citing.citations['matches']}")
    page.emulate_media(media="print")
    assert page.locator(".exhibit-code svg").is_visible()
    assert "SHA-256" in page.locator(".exhibit-foot").inner_text()
    assert page.locator(".said-citation:visible").count() == 1
    for hidden in (".style-tab", ".not-printed", ".said-tools"):
        assert not page.locator(hidden).first.is_visible(), hidden
    sheets = page.pdf(format="Letter").count(b"/Type /Page\n")
    assert 1 <= sheets <= 2
    page.goto(f"{citing.address}/cite/{citing.citations['over a break']}")
    assert page.pdf(format="Letter").count(b"/Type /Page\n") <= MOST_SHEETS
    context.close()
