"""Cited by, better copies and renaming in a browser: accessible, and usable without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from archive.models import Document
from archive.rules.access import Viewer
from archive.rules.statuses import Role
from archive.services.better_copies import name_better_copy
from archive.services.citing_works import propose_citing_work
from archive.services.publication import publish_document
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import NOON, make_document

pytestmark = pytest.mark.browser
LONG = "https://news.example.org/" + "a-very-long-address-without-an-end-" * 12


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ReviewSite, dict[str, Document]]]:
    with review_site(tmp_path_factory.mktemp("cited") / "home") as site:
        yield site, _fill(site)


def _fill(site: ReviewSite) -> dict[str, Document]:
    """Two published documents, one of them the better copy, with links in each state."""
    editor = Viewer(Role.EDITOR, None, "editor@example.org")
    storage = site.parts.storage
    with site.parts.database.transaction() as session:
        made = {}
        for name in ("worse", "better"):
            title = f"The {name} copy of a memo"
            made[name] = make_document(session, storage, title=title, agency="ICE", place="Arlington, VA")
            publish_document(session, made[name].id, actor="ed", at=NOON)
        reason = "All pages, and legible."
        name_better_copy(session, made["worse"].id, made["better"].id, reason, viewer=editor, at=NOON)
        for number, viewer in enumerate((editor, editor, Viewer(), Viewer())):
            said = {
                "address": f"{LONG}{number}",
                "title": "Sheriffs were told they could not leave, records show",
                "publisher": "The Example Post",
                "published_on": "2026-10-01",
                "page_number": "1" if number % 2 else "",
                "note": "It quotes the second paragraph.",
            }
            propose_citing_work(session, made["worse"].id, said, viewer=viewer, at=NOON)
    return made


def addresses(documents: dict[str, Document]) -> dict[str, str]:
    worse = f"/documents/{documents['worse'].id}"
    return {
        "document": worse,
        "page": f"{worse}/pages/1",
        "form": f"{worse}/cited-by",
        "thanks": f"{worse}/cited-by?done=proposed",
        "queue": "/review/cited-by",
        "shown": "/review/cited-by?state=shown&done=shown&was=1",
        "refused": "/review/cited-by?state=refused",
        "better copy": f"{worse}/better-copy",
        "rename agency": "/review/names/agencies/1",
        "rename place": "/review/names/places/1?done=renamed",
        "shelf": "/agencies/ice",
    }


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_each_page_is_accessible_and_fits(
    browser: Browser, site: tuple[ReviewSite, dict[str, Document]], width: int, scheme: Any
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with signed_in(browser, site[0], **look) as context:
        page = context.new_page()
        problems = {}
        for name, address in addresses(site[1]).items():
            page.goto(address)
            page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
            problems[name] = problems_of(page, width)
    reader = browser.new_context(base_url=site[0].address, viewport=look["viewport"], color_scheme=scheme)
    page = reader.new_page()
    for name in ("document", "page", "form", "thanks"):
        page.goto(addresses(site[1])[name])
        problems[f"{name} for a reader"] = problems_of(page, width)
    reader.close()
    assert {name: found for name, found in problems.items() if found} == {}


def test_a_link_is_proposed_and_shown_without_javascript(
    browser: Browser, site: tuple[ReviewSite, dict[str, Document]]
) -> None:
    better = f"/documents/{site[1]['better'].id}"
    reader = browser.new_context(base_url=site[0].address, java_script_enabled=False)
    page = reader.new_page()
    page.goto(better)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Propose an article or brief that cites it").click()
    page.get_by_label("Address", exact=True).fill("not an address")
    page.get_by_label("Title", exact=True).fill("A brief")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_label("Address", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Address", exact=True).fill("https://court.example.org/brief")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("status").first).to_contain_text("An editor will look at it.")
    with signed_in(browser, site[0], java_script_enabled=False) as context:
        desk = context.new_page()
        desk.goto("/review/cited-by")
        with desk.expect_navigation(wait_until="load"):
            desk.get_by_role("button", name=re.compile("^Show it")).filter(has_text="A brief").click()
        expect(desk.get_by_role("status").first).to_contain_text("The link is shown now.")
    page.goto(better)
    expect(page.get_by_role("link", name="A brief")).to_have_attribute("rel", "nofollow noopener ugc")
    reader.close()
