"""Requests in a real browser: the clock opens without scripts, and no page has a barrier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from archive.parts import Parts
from archive.rules.request_states import EventKind, NumberRelation, Outcome, PersonRole, RequestRelation
from archive.rules.statuses import Role
from archive.services.foia_requests import numbers_of
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_people import PersonForm, add_person
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import NOON
from tests.requests_made import EDITOR, make_request, publish

LOOKS = [(390, "dark"), (1280, "light")]
E = EventKind
LONG = "Every record about the opt-out of counties from a program that nobody could leave " * 4


@dataclass(frozen=True, slots=True)
class World:
    """The site, and the slugs of two of its requests."""

    site: ReviewSite
    refused: str
    running: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("requests") / "home") as site:
        yield World(site, *fill(site.parts))


def fill(parts: Parts) -> tuple[str, str]:
    """One of each kind that looks different."""
    day = NOON.date() - timedelta(days=20)
    says = {"says": "A letter of two pages.", "note": "Ask again in a month."}
    with parts.database.transaction() as session:
        refused = make_request(
            session,
            title=LONG[:300],
            records_sought=LONG,
            requester="A coalition of day laborers",
            sent_on=date(2026, 2, 3),
            events=[(E.ACKNOWLEDGED, date(2026, 2, 10), says), (E.INFORMATION_ASKED, date(2026, 2, 12))],
            answered_on=date(2026, 6, 1),
            outcome=Outcome.DENIED,
            numbers=["2026-ICFO-00012"],
            place="Arlington County, VA",
        )
        (first,) = numbers_of(session, refused, EDITOR)
        split = NumberForm("2026-ICFO-00012-A", from_id=first.id, relation=NumberRelation.SPLIT)
        add_number(session, refused, split, viewer=EDITOR, at=NOON)
        add_person(session, refused, PersonForm("A. Officer", PersonRole.OFFICER), viewer=EDITOR, at=NOON)
        publish(session, refused)
        running = make_request(
            session, title="Running", sent_on=day, parent=refused.slug, relation=RequestRelation.ASKED_AGAIN
        )
        publish(session, running)
        make_request(session, title="Hidden", agency="FBI", sent_on=date(2026, 3, 2))
        for number in range(12):
            agency = ["ICE", "FBI", "A department with a very long name that nobody abbreviates"][number % 3]
            sent_on = date(2025, 1, 6) + timedelta(30 * number)
            make_request(session, title=f"Request {number}", agency=agency, sent_on=sent_on, is_public=True)
        return refused.slug, running.slug


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    paths = [
        "/requests",
        "/requests?agency=ice&overdue=yes&sort=waiting",
        "/requests?q=zebra",
        "/requests/overdue",
        f"/requests/{world.refused}",
        "/agencies/ice",
    ]
    window = {"width": width, "height": 900}
    problems: list[str] = []
    reader = browser.new_context(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]  # a word of its list
    with signed_in(browser, world.site, Role.EDITOR, viewport=window, color_scheme=scheme) as member:
        for who, context in (("reader", reader), ("member", member)):
            page = context.new_page()
            for path in paths:
                page.goto(f"{world.site.address}{path}")
                page.eval_on_selector_all("details.clock-date", "all => all.forEach(one => one.open = true)")
                problems += [f"{who} {path}: {said}" for said in problems_of(page, width)]
    reader.close()
    assert problems == []


@pytest.mark.browser
def test_a_date_opens_to_its_arithmetic_by_keyboard_and_without_scripts(
    browser: Browser, world: World
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{world.site.address}/requests/{world.running}")
    answer = page.locator("#clock-answer")
    expect(answer.locator("table")).to_be_hidden()
    answer.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(answer.locator("table")).to_be_visible()
    expect(answer).to_contain_text("20 workdays counted")
    expect(answer).to_contain_text("Not legal advice")
    context.close()


@pytest.mark.browser
def test_a_reader_comes_from_the_agency_to_its_requests_and_to_one(browser: Browser, world: World) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{world.site.address}/agencies/ice")
    page.get_by_role("link", name="All 6 requests").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Public-records requests")
    page.get_by_role("link", name="Running").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Running")
    expect(page.get_by_role("heading", name="Requests that belong together")).to_be_visible()
    context.close()
