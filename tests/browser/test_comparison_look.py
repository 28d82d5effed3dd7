"""Two releases side by side and the words released later, in a real browser: no barrier at any width."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import waitress
from playwright.sync_api import Browser, expect

from archive.app import create_app
from archive.parts import open_parts
from archive.services.later_releases import record_later_releases
from archive.settings import load_settings
from tests.browser.looks import problems_of
from tests.releases import MEMO, make_release, match_releases

LEAVE = "may leave at any time"


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    first: str
    second: str

    @property
    def paths(self) -> tuple[str, ...]:
        compared = f"/compare/{self.first}/{self.second}"
        turned = f"/compare/{self.second}/{self.first}"
        return compared, f"{compared}?page=2", f"{turned}?page=2", f"{compared}?left=3", LATER


LATER = "/redactions/released-later"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    parts = open_parts(load_settings(tmp_path_factory.mktemp("comparison") / "home", environ={}))
    title = "A title that nobody shortened when the file was scanned in the basement of the county"
    with parts.database.transaction() as session:
        first = make_release(
            session, parts.storage, title, (*MEMO, "Only here."), received_on=date(2011, 1, 14)
        )
        second = make_release(session, parts.storage, f"{title} again", shown=["b5"])
        record_later_releases(session, match_releases(session, first, second).id)
    server = waitress.create_server(create_app(parts.settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", first.id, second.id)
    server.close()
    thread.join(timeout=10)
    parts.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_comparisons_have_no_barrier(browser: Browser, site: Site, width: int, scheme: str) -> None:
    problems: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    for path in site.paths:
        page.goto(site.address + path)
        problems += [f"{path}: {said}" for said in problems_of(page, width)]
    context.close()
    assert problems == []


@pytest.mark.browser
def test_words_released_later_are_cited_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + LATER)
    page.get_by_role("link", name="Compare the two releases for passage 2").click()
    expect(page.locator("ins.note-released")).to_contain_text(LEAVE)
    with page.expect_navigation(wait_until="load"):
        page.locator(".difference form button").first.click()
    expect(page.locator("blockquote.cited")).to_have_text(LEAVE)
    expect(page.locator("main")).to_contain_text("These words were withheld in")
    expect(page.locator("main")).to_contain_text("page 2, under (b)(5)")
    assert page.locator("h1").count() == 1
    context.close()
