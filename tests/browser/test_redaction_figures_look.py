"""The figures of what was withheld in a real browser, on small and large screens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from archive.rules.statuses import Role, Visibility
from tests.browser.looks import problems_of
from tests.browser.reviewing import LONG, ReviewSite, review_site, signed_in
from tests.withheld import make_withheld_document

PATHS = ("", "?exemption=b7&order=least&year=2010", "?agency=nobody")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ReviewSite, str]]:
    """The site, and the number of a document with a long title."""
    lot = random.Random(5)
    with review_site(tmp_path_factory.mktemp("figures") / "home") as site:
        with site.parts.database.transaction() as session:
            for number in range(30):
                year = date(2004 + number % 9, 5, 1)
                make_withheld_document(
                    session,
                    site.parts.storage,
                    lot,
                    f"Record {number}",
                    dated_on=year,
                    visibility=Visibility.PUBLISHED,
                )
            shown = {"visibility": Visibility.PUBLISHED, "pages": ["Counties"] * 4}
            long = make_withheld_document(session, site.parts.storage, lot, LONG, **shown)
        yield site, long.id


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_figures_have_no_barrier(
    browser: Browser, site: tuple[ReviewSite, str], width: int, scheme: str
) -> None:
    archive, long = site
    addresses = [*(f"/redactions{path}" for path in PATHS), f"/documents/{long}/redactions"]
    problems: list[str] = []
    size = {"width": width, "height": 900}
    with signed_in(browser, archive, Role.EDITOR, viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        for address in addresses:
            page.goto(f"{archive.address}{address}")
            problems += [f"{address}: {said}" for said in problems_of(page, width)]
    assert problems == []
