"""The admin pages, and what pages say to those who see documents that are not public."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from archive.rules.statuses import Role
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in

ADDRESSES = ("/admin", "/admin/jobs", "/admin/storage", "/admin/index", "/search?q=the", "/search?q=")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    with review_site(tmp_path_factory.mktemp("admin") / "home") as site:
        yield site


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_admin_pages_and_banners_have_no_barrier(
    browser: Browser, site: ReviewSite, width: int, scheme: str
) -> None:
    problems: list[str] = []
    documents = [f"/documents/{document.id}" for document in site.documents.values()]
    pages = [f"{address}/pages/1" for address in documents]
    with signed_in(
        browser, site, Role.ADMIN, viewport={"width": width, "height": 900}, color_scheme=scheme
    ) as context:
        page = context.new_page()
        for address in (*ADDRESSES, *documents, *pages):
            page.goto(site.address + address)
            problems += [f"{address}: {said}" for said in problems_of(page, width)]
    assert problems == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_tombstone_has_no_barrier(browser: Browser, site: ReviewSite, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    answers = []
    for document in site.documents.values():
        answer = page.goto(f"{site.address}/documents/{document.id}")
        answers.append(answer.status if answer else 0)
        assert problems_of(page, width) == []
    context.close()
    assert 410 in answers
