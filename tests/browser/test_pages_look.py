"""Every page, light and dark, narrow and wide: accessible, nothing cut off, nothing refused by the policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looks import violations_of

pytestmark = pytest.mark.browser

SEARCHES = (
    "/search",
    "/search?q=counties",
    "/search?q=counties&agency=ice&kind=memo&sort=newest",
    "/search?q=nothingatall",
    '/search?q="counties',
    "/search/help",
    "/search?q=agancy:ice+counties",
    "/search?q=countees+sherif&agency=ice",
    "/search?q=counties+may+not+opt+out+of+this+programme+in+winter",
    "/search?q=s-comm",
    "/search?q=s-comm&synonyms=off&ocr=on",
    "/search?q=counties+/s+opt",
    "/search?exemption=b5",
    "/unread",
)


def addresses(ids: dict[str, str]) -> list[str]:
    """Each kind of page in each state it can be in."""
    memo, partial, arabic, long = (
        f"/documents/{ids[name]}" for name in ("memo", "partial", "arabic", "long")
    )
    return [
        "/",
        *SEARCHES,
        memo,
        partial,
        arabic,
        f"{long}?window=2",
        f"{memo}/text",
        f"{memo}/search?q=opt",
        f"{memo}/search?q=nothingatall",
        f"{memo}/pages/1?q=opt+out",
        f"{memo}/pages/1?q=counties&hit=0",
        f"{memo}/pages/3?q=counties&hit=2",
        f"{memo}/pages/1?size=large",
        f"{memo}/pages/1?q=(",
        f"{partial}/pages/1?q=counties",
        f"{partial}/pages/2",
        f"{partial}/pages/3",
        f"{long}/pages/30?q=counties",
        "/agencies",
        "/agencies/ice",
        "/productions/third-interim",
        "/places/arlington-county-va",
        "/nothing",
    ]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_is_accessible_and_fits(
    browser: Browser, site: str, ids: dict[str, str], width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    problems: list[str] = []
    for address in addresses(ids):
        page.goto(site + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            problems.append(f"{address}: {wide} px wide")
        if page.locator("h1").count() != 1:
            problems.append(f"{address}: {page.locator('h1').count()} h1")
        problems += [f"{address}: {said}" for said in violations_of(page)]
    context.close()
    assert problems == []
    assert refused == []


def test_what_is_pressed_is_large_enough_for_a_thumb(
    browser: Browser, site: str, ids: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    in_lists = ".filters a, .chips a, .shelf-list a"
    pressed = f"button, .button, input:not([type=hidden]), summary, nav a:not(.lineage a), {in_lists}"
    small: list[str] = []
    for address in addresses(ids):
        page.goto(site + address)
        small += [
            f"{address}: {said}"
            for said in page.eval_on_selector_all(
                pressed,
                """found => found.filter(one => one.checkVisibility({visibilityProperty: true}))
                     .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
                     .filter(([box]) => box.height < 44 || box.width < 30)
                     .map(([box, said]) => `${box.width}x${box.height} ${said}`)""",
            )
        ]
    context.close()
    assert small == []


def test_the_check_for_accessibility_can_fail(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><a href=y></a>')"
    )
    found = {said.split(":")[0] for said in violations_of(page)}
    context.close()
    assert {"image-alt", "link-name"} <= found
