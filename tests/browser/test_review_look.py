"""Review in a browser: accessible in every state, and done by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from archive.models import Document, Finding, RedactionBox
from archive.rules.statuses import Decision, Role, Visibility
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in

pytestmark = pytest.mark.browser

OPEN_ALL = "for (const part of document.querySelectorAll('main details')) part.open = true"


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    with review_site(tmp_path_factory.mktemp("review") / "home") as site:
        yield site


def addresses(site: ReviewSite) -> list[str]:
    ids = {name: document.id for name, document in site.documents.items()}
    return [
        "/review",
        "/review?state=held",
        "/review?state=sealed",
        "/review?kind=alien_number&agency=ice",
        f"/review?done=publish&decided=2&left={ids['hidden']},{ids['broken']}",
        *(f"/review/{ids[name]}" for name in ids),
        f"/review/{ids['letter']}?page=1&finding=3",
        f"/review/{ids['letter']}?page=2",
        f"/review/{ids['broken']}?page=2",
        f"/review/{ids['clean']}?done=publish&was={ids['letter']}",
        f"/review/{ids['letter']}?done=copy",
        f"/questions/{ids['asked']}",
        f"/questions/{ids['clean']}?answered=yes",
        "/audit",
        "/audit?actor=nobody",
        "/audit?action=document_published",
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "reviewers"),
    [(390, "light", 1), (390, "dark", 2), (1280, "light", 2), (1280, "dark", 1)],
)
def test_each_page_of_review_is_accessible_and_fits(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    width: int,
    scheme: Any,
    reviewers: int,
) -> None:
    problems: list[str] = []
    refused: list[str] = []
    home = tmp_path_factory.mktemp("look") / "home"
    size = {"width": width, "height": 900}
    with (
        review_site(home, reviewers=reviewers) as site,
        signed_in(browser, site, email="second@example.org", viewport=size, color_scheme=scheme) as context,
    ):
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Security" in said.text else None)
        for address in addresses(site):
            page.goto(address)
            page.evaluate(OPEN_ALL)
            problems += [f"{address}: {said}" for said in problems_of(page, width)]
        page.goto(f"/review/{site.documents['hidden'].id}")
        with page.expect_navigation(wait_until="load"):  # a page without its styles is wide
            page.get_by_role("button", name="Publish").click()
        problems += [f"refused: {said}" for said in problems_of(page, width)]
        page.keyboard.press("?")
        problems += [f"keys: {said}" for said in problems_of(page, width)]
    assert problems == []
    assert refused == []


def test_a_document_is_reviewed_by_keyboard_alone(browser: Browser, site: ReviewSite) -> None:
    letter = site.documents["letter"].id
    with signed_in(browser, site, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto("/review")
        _tab_to(page, "Letter to a person")
        _press(page, "Enter")
        page.keyboard.press("p")
        expect(page.get_by_role("button", name="Publish")).to_be_focused()
        _press(page, "Enter")
        expect(page.get_by_role("alert")).to_contain_text("alien registration number, page 1")
        page.keyboard.press("e")  # all with the same words
        _press(page, "1")
        expect(page.locator(".card.current")).to_contain_text("Metadata of the file")
        _press(page, "3")  # hold, then think again
        expect(page.locator(".card.current")).to_contain_text("On hold")
        _press(page, "1")
        expect(page.locator(".card.current")).to_contain_text("Not private")
        _press(page, "j")
        _press(page, "j")
        expect(page.locator(".card.current")).to_contain_text("Social Security number")
        _press(page, "1")
        expect(page.get_by_text("Nothing stands in the way of showing it.")).to_be_visible()
        page.keyboard.press("p")
        _press(page, "Enter")
        expect(page.get_by_role("status").filter(has_text="Published.")).to_be_visible()
    with site.parts.database.reading() as session:
        document = session.get_one(Document, letter)
        decisions = session.scalars(select(Finding.decision).where(Finding.document_id == letter)).all()
    assert document.visibility == Visibility.PUBLISHED
    assert set(decisions) == {Decision.NOT_PRIVATE}


def _press(page: Page, key: str) -> None:
    """Press a key that leads to a new page, and wait until that one has its scripts."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def _tab_to(page: Page, name: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_keys_that_are_switched_off_do_nothing(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site) as context:
        page = context.new_page()
        page.goto(f"/review/{site.documents['letter'].id}")
        page.keyboard.press("?")
        page.get_by_label("Use these keys").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        page.keyboard.press("p")
        expect(page.get_by_role("button", name="Publish")).not_to_be_focused()
    with site.parts.database.reading() as session:
        assert session.scalars(select(Finding.decision)).all().count(Decision.REDACT) == 1


def test_letters_that_are_typed_into_a_note_decide_nothing(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site) as context:
        page = context.new_page()
        page.goto(f"/review/{site.documents['letter'].id}")
        page.get_by_label("Note for the other editors").fill("")
        page.get_by_label("Note for the other editors").press_sequentially("jump 1 2 3 x")
        assert page.get_by_label("Note for the other editors").input_value() == "jump 1 2 3 x"


def test_a_box_is_drawn_with_the_mouse_where_it_is_seen(browser: Browser, site: ReviewSite) -> None:
    document = site.documents["clean"].id
    with signed_in(browser, site, viewport={"width": 1280, "height": 1400}) as context:
        page = context.new_page()
        page.goto(f"/review/{document}")
        paper = page.locator(".paper").bounding_box()
        assert paper is not None
        scale = paper["width"] / 612
        page.mouse.move(paper["x"] + 72 * scale, paper["y"] + 70 * scale)
        page.mouse.down()
        page.mouse.move(paper["x"] + 150 * scale, paper["y"] + 80 * scale)
        page.mouse.move(paper["x"] + 200 * scale, paper["y"] + 86 * scale)
        page.mouse.up()
        page.locator("#box-reason").select_option("a minor")
        page.get_by_role("button", name="Draw the box").click()
        expect(page.locator(".box-list")).to_contain_text("A minor")
        expect(page.locator("rect.cover")).to_have_count(1)
    with site.parts.database.reading() as session:
        drawn = session.scalars(select(RedactionBox).where(RedactionBox.document_id == document)).one()
    assert drawn.box == pytest.approx([72, 70, 200, 86], abs=1.5)


def test_a_volunteer_answers_the_question(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site, Role.VOLUNTEER) as context:
        page = context.new_page()
        page.goto(f"/questions/{site.documents['asked'].id}")
        page.get_by_label("Your answer").fill("It was never there.")
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_text("The document is with the editors again.")).to_be_visible()
