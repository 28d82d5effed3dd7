"""What can be wrong with how a page looks, found by axe and by a ruler."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # new in WCAG 2.2, and off unless asked for
    "resultTypes": ["violations"],
}
PRESSED = "main button, main .button, main input:not([type=hidden]), main summary, main select"
SMALL = """found => found.filter(one => one.checkVisibility({visibilityProperty: true}))
    .map(one => [(one.closest('label') ?? one).getBoundingClientRect(), one.outerHTML.slice(0, 90)])
    .filter(([box]) => box.height < 44 || box.width < 30)
    .map(([box, said]) => `small: ${box.width}x${box.height} ${said}`)"""


def violations_of(page: Page) -> list[str]:
    """What axe finds: WCAG 2.2 AA and its best practices."""
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    return [
        f"{violation['id']}: {node['html'][:160]} ({violation['help']})"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]


def problems_of(page: Page, width: int) -> list[str]:
    """What axe finds, a page wider than its window, not one h1, and what is too small for a thumb."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    heads = page.locator("h1").count()
    found = [f"{wide} px wide"] if wide > width else []
    found += [f"{heads} h1"] if heads != 1 else []
    return found + violations_of(page) + list(page.eval_on_selector_all(PRESSED, SMALL))
