"""A reader's list and collections in a real browser: with scripts and without, on small and large screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.models import Document
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.statuses import Role, Visibility
from archive.services.citations import cite_passage
from archive.services.collection_items import add_passage, set_audience, write_note
from archive.services.collections import add_collection
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.visitors import make_account

LIST = "reading-room-list"
NONSENSE = ("{", "null", '"text"', '[1, null, {"id": "<b>"}, {"id": 7}]', '{"id": "aaaaaaaaaaaaaaaa"}')


@dataclass(frozen=True, slots=True)
class World:
    """The site, numbers of citations in it, and the slug of a public collection."""

    site: ReviewSite
    ids: tuple[str, ...]
    slug: str

    def list_address(self) -> str:
        return f"{self.site.address}/cite/list?{'&'.join(f'id={one}' for one in self.ids)}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("collections") / "home") as site:
        yield fill(site)


def fill(site: ReviewSite) -> World:
    parts, at = site.parts, site.parts.clock()
    account = make_account(parts.database, Role.EDITOR)
    editor = Viewer(Role.EDITOR, account.id, account.email)
    with parts.database.transaction() as session:
        ids = []
        for name, quote in (("clean", "Counties may"), ("long", ""), ("arabic", "counties"), ("hidden", "")):
            document = session.get_one(Document, site.documents[name].id)
            ids.append(cite_passage(session, document.id, 1, quote, viewer=editor, at=at).id)
            if name != "hidden":
                document.visibility = Visibility.PUBLISHED
        made = add_collection(session, "What counties were told", "One.\n\nTwo.", viewer=editor, at=at)
        for one in ids:
            item = add_passage(session, made.slug, one, viewer=editor, at=at)
            write_note(session, made.slug, item.id, "Why it is here.", viewer=editor, at=at)
        set_audience(session, made.slug, Audience.PUBLIC, viewer=editor, at=at, was_looked_at=True)
        return World(site, tuple(ids), made.slug)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_readers_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    addresses = [world.list_address(), f"{world.site.address}/cite/list"]
    addresses += [f"{world.site.address}/collections{path}" for path in ("", f"/{world.slug}")]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        problems += [f"{address}: {said}" for said in problems_of(page, width)]
    context.close()
    assert problems == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_keepers_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    paths = ["/new", f"/new?citation={world.ids[0]}", f"/{world.slug}/edit", f"/{world.slug}/delete"]
    with signed_in(
        browser,
        world.site,
        Role.EDITOR,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    ) as context:
        page = context.new_page()
        for path in ("", f"/{world.slug}", *paths):
            page.goto(f"{world.site.address}/collections{path}")
            problems += [f"{path}: {said}" for said in problems_of(page, width)]
        page.goto(f"{world.site.address}/collections/{world.slug}/edit")
        page.fill("#introduction", "Call John Example at home: (408) 555-0134.")
        with page.expect_navigation(wait_until="load"):
            page.click("section[aria-labelledby=title-head] button")
        expect(page.locator("[role=alert]")).to_contain_text("phone number in the introduction")
        problems += [f"refused: {said}" for said in problems_of(page, width)]
    assert problems == []


def words_in_order(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-list-item]").evaluate_all(
        "all => all.map(one => one.dataset.listItem)"
    )
    return found


@pytest.mark.browser
def test_a_list_is_kept_moved_noted_and_taken_along(browser: Browser, world: World) -> None:
    first, second, third = world.ids[:3]
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(world.list_address().rsplit("&", 1)[0])
    link = page.locator("[data-my-list]")
    expect(link).to_be_hidden()
    page.click("[data-list-keep]")
    expect(link).to_have_text("My list (3)")
    expect(page.locator("[data-list-says]")).to_have_text("This is your list: this browser keeps it.")
    page.locator(f"[data-list-item='{third}']").get_by_role("button", name="Move up").click()
    assert words_in_order(page) == [first, third, second]
    assert page.url.endswith(f"id={first}&id={third}&id={second}")
    page.locator(f"[data-list-item='{first}']").get_by_role("button", name="Take off").click()
    expect(link).to_have_text("My list (2)")
    page.locator("summary").first.click()
    page.fill(f"#note-{third}", "To be asked about")
    page.goto(world.site.address)
    with page.expect_navigation(wait_until="load"):
        page.click("[data-my-list]")
    assert words_in_order(page) == [third, second]
    expect(page.locator(f"#note-{third}")).to_have_value("To be asked about")
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert "To be asked about" in download.value.path().read_text()
    page.goto(f"{world.site.address}/cite/list")
    page.wait_for_url("**/cite/list?id=*")
    assert words_in_order(page) == [third, second]
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_browsers_store_is_no_list(browser: Browser, world: World, nonsense: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(world.site.address)
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [LIST, nonsense])
    page.goto(world.list_address().rsplit("&", 1)[0])
    expect(page.locator("[data-my-list]")).to_be_hidden()
    page.click("[data-list-keep]")
    expect(page.locator("[data-my-list]")).to_have_text("My list (3)")
    context.close()
    assert wrong == []


@pytest.mark.browser
def test_a_citation_goes_onto_the_list(browser: Browser, world: World) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{world.site.address}/cite/{world.ids[0]}")
    page.click("[data-list-add]")
    expect(page.locator("[data-my-list]")).to_have_text("My list (1)")
    context.close()


@pytest.mark.browser
def test_everything_works_without_scripts(browser: Browser, world: World) -> None:
    first, second, third = world.ids[:3]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(world.list_address().rsplit("&", 1)[0])
    with page.expect_navigation(wait_until="load"):
        page.locator(f"[data-list-item='{third}']").get_by_role("button", name="Move up").click()
    assert page.url.endswith(f"id={first}&id={third}&id={second}")
    with page.expect_navigation(wait_until="load"):
        page.locator(f"[data-list-item='{first}']").get_by_role("button", name="Take off").click()
    page.locator("summary").first.click()
    page.fill(f"#note-{third}", "Written without scripts")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert "Written without scripts" in download.value.path().read_text()
    context.close()


@pytest.mark.browser
def test_a_collection_is_filled_and_ordered_without_scripts(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.MEMBER, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}/cite/{world.ids[0]}")
        page.select_option("#add-to", "")
        for press in (".add-to-collection button", None):
            if press is None:
                page.fill("#title", "Made without scripts")
            with page.expect_navigation(wait_until="load"):
                page.click(press or "main form button")
        page.fill("#citation", f"{world.site.address}/cite/{world.ids[1]}")
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Add it").click()
        page.locator(".collection-form textarea").nth(1).fill("Goes first")
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Move up: passage 2").click()
        expect(page.locator(".collection-form textarea").first).to_have_value("Goes first")
