"""What was withheld on a page, in a browser: accessible, corrected with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from archive.models import Document, Page, Redaction
from archive.rules.redaction_states import RedactionState
from ingest.redaction_found import PageDisposition
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import make_document
from tests.withheld import add_redaction

pytestmark = pytest.mark.browser
TITLE = "A memo of which some is withheld"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    """A memo with three marks, one of them rejected, and a page withheld in full."""
    with review_site(tmp_path_factory.mktemp("withheld") / "home") as opened:
        with opened.parts.database.transaction() as session:
            memo = make_document(
                session,
                opened.parts.storage,
                title="A memo of which some is withheld",
                pages=("Told.", "None."),
            )
            first, second = (session.get_one(Page, (memo.id, number)) for number in (1, 2))
            add_redaction(session, first, ("b6", "b7c"))
            add_redaction(session, first, ("b5dpp",)).confidence = 0.4
            add_redaction(session, first, ("b3",), state=RedactionState.REJECTED)
            second.disposition = PageDisposition.WITHHELD
        yield opened


def address(site: ReviewSite, page_number: int = 1) -> str:
    with site.parts.database.reading() as session:
        document_id = session.scalars(select(Document.id).where(Document.title == TITLE)).one()
    return f"/documents/{document_id}/pages/{page_number}"


def test_a_page_with_marks_is_accessible_for_readers_and_editors(browser: Browser, site: ReviewSite) -> None:
    problems: dict[str, list[str]] = {}
    looks: list[tuple[int, Any]] = [(390, "dark"), (1280, "light")]
    for width, scheme in looks:
        look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        with signed_in(browser, site, **look) as context:
            opened = context.new_page()
            for path in (f"{address(site)}?marks=open", address(site, 2)):
                opened.goto(path)
                opened.eval_on_selector_all(
                    ".withheld details", "all => all.forEach(one => { one.open = true; })"
                )
                problems[f"editor {path} {width}"] = problems_of(opened, width)
            context.clear_cookies()
            opened.goto(f"{address(site)}?marks=open")
            problems[f"reader {width}"] = problems_of(opened, width)
    assert {name: found for name, found in problems.items() if found} == {}


def test_enter_in_the_codes_sets_them_without_javascript(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site, java_script_enabled=False) as context:
        desk = context.new_page()
        desk.goto(f"{address(site)}?marks=open")
        codes = desk.get_by_label("Exemptions of mark 1")
        codes.fill("(b)(7)(E)")
        with desk.expect_navigation(wait_until="load"):
            codes.press("Enter")
        expect(desk.locator(".marks-list li").first).to_contain_text("(b)(7)(E)")
        expect(desk.locator(".marks-list li").first).to_contain_text("corrected by an editor")


def test_a_mark_is_drawn_with_the_mouse(browser: Browser, site: ReviewSite) -> None:
    look: dict[str, Any] = {"viewport": {"width": 1280, "height": 1400}}
    with signed_in(browser, site, **look) as context:
        desk = context.new_page()
        desk.goto(address(site))
        desk.get_by_text("Mark what was not found").click()
        paper = desk.locator(".paper").bounding_box()
        assert paper is not None
        desk.mouse.move(paper["x"] + paper["width"] * 0.25, paper["y"] + paper["height"] * 0.5)
        desk.mouse.down()
        desk.mouse.move(paper["x"] + paper["width"] * 0.5, paper["y"] + paper["height"] * 0.55, steps=4)
        desk.mouse.up()
        expect(desk.get_by_label("Exemptions, as they stand on the page")).to_be_focused()
        desk.keyboard.type("B5")
        with desk.expect_navigation(wait_until="load"):
            desk.keyboard.press("Enter")
    with site.parts.database.reading() as session:
        row = session.scalars(select(Redaction).where(Redaction.state == RedactionState.ADDED)).one()
        assert row.codes == ["b5"]
        assert row.box == pytest.approx([153, 396, 306, 435.6], abs=2)
