"""Same records in a browser: accessible in each state, and decided without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from archive.services.same_records import look_for_same_records
from tests.browser.looks import problems_of
from tests.browser.reviewing import LONG, ReviewSite, review_site, signed_in
from tests.factories import NOON, make_document
from tests.rules.test_page_sketch import lines, page, withheld

pytestmark = pytest.mark.browser
PATH = "/review/same-records"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    """Two records, each with another release and a second copy."""
    with review_site(tmp_path_factory.mktemp("same") / "home") as opened:
        for seed in (1, 2):
            whole = lines(page(seed, 120))
            texts = (lines(withheld(page(seed, 120), 0.4, 1)), whole, f"{whole}\nCopied for the file.")
            for number, text in enumerate(texts):
                with opened.parts.database.transaction() as session:
                    made = make_document(
                        session,
                        opened.parts.storage,
                        title=f"{LONG} {seed} {number}",
                        pages=(text,),
                        agency="ICE",
                        production=f"Release {number}",
                    )
                look_for_same_records(opened.parts.database, made.id, at=NOON)
        yield opened


def test_proposals_are_decided_without_javascript_and_each_state_is_accessible(
    browser: Browser, site: ReviewSite
) -> None:
    with signed_in(browser, site, java_script_enabled=False) as context:
        desk = context.new_page()
        for words in ("Same record, other release", "Second copy, same text", "Not the same"):
            desk.goto(PATH)
            with desk.expect_navigation(wait_until="load"):
                desk.get_by_role("button", name=re.compile(f"^{words}.*number 1$")).click()
            expect(desk.get_by_role("status").first).to_contain_text("The two documents are")
        with desk.expect_navigation(wait_until="load"):
            desk.get_by_role("button", name="Undo").click()
        expect(desk.get_by_role("status").first).to_contain_text("wait for a decision again")
    problems: dict[str, list[str]] = {}
    looks: list[tuple[int, Any]] = [(390, "dark"), (1280, "light")]
    for width, scheme in looks:
        look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        with signed_in(browser, site, **look) as context:
            opened = context.new_page()
            for state in ("proposed", "accepted&done=accepted&was=1", "refused"):
                opened.goto(f"{PATH}?state={state}")
                problems[f"{state} {width}"] = problems_of(opened, width)
    assert {name: found for name, found in problems.items() if found} == {}
