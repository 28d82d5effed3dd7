"""The laws as people see them: wide and narrow, in light and in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from archive.rules.addresses import law_path, laws_path
from tests.browser.conftest import FilledSite
from tests.browser.looks import problems_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_laws_can_be_read_by_everybody(
    browser: Browser, filled_site: FilledSite, width: int, scheme: str
) -> None:
    site = filled_site[0]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    for path in (laws_path(), law_path("us"), law_path("us-tx"), law_path("us-fl")):
        page.goto(site + path)
        assert problems_of(page, width) == [], path
    context.close()


def test_a_narrow_table_says_what_each_cell_is(browser: Browser, filled_site: FilledSite) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(filled_site[0] + law_path("us-ca"))
    cell = page.locator("#answer td").first
    said = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == '"How long"'
    context.close()
