"""Entering a request, writing down what happens to it and making it public, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.rules.request_states import EventKind, NumberKind, PersonRole
from archive.rules.statuses import Role
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_people import PersonForm, add_person
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import NOON
from tests.requests_made import EDITOR, SENT_ON, make_request

LOOKS = [(390, "dark"), (1280, "light")]


@dataclass(frozen=True, slots=True)
class World:
    """The site, and the path of a request with something of everything."""

    site: ReviewSite
    here: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("keeping") / "home") as site:
        yield World(site, f"/requests/{fill(site)}")


def fill(site: ReviewSite) -> str:
    happened = [
        (EventKind.ACKNOWLEDGED, date(2010, 2, 9), {"says": "They gave a number.", "note": "Call them."}),
        (EventKind.FEES_ASKED, date(2010, 2, 18), {"amount_cents": 125_000}),
        (EventKind.FEES_SETTLED, date(2010, 3, 18)),
    ]
    with site.parts.database.transaction() as session:
        row = make_request(session, events=happened, answered_on=date(2010, 8, 17), numbers=("10-2674",))  # type: ignore[arg-type]  # of different lengths
        docket = NumberForm("10-cv-3488", NumberKind.DOCKET, court="S.D.N.Y.")
        add_number(session, row, docket, viewer=EDITOR, at=NOON)
        officer = PersonForm("Jane Doe", PersonRole.OFFICER, "FOIA Office", "jane@agency.example")
        add_person(session, row, officer, viewer=EDITOR, at=NOON)
        make_request(session, title="Draft", sent_on=None)
        return row.slug


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    paths = (
        "/requests/new",
        world.here,
        f"{world.here}/edit",
        f"{world.here}/events",
        f"{world.here}/events?kind=extended",
        f"{world.here}/events/2",
        f"{world.here}/publish?choose=clock",
        f"{world.here}/delete",
        "/requests/draft/publish",
    )
    window = {"width": width, "height": 900}
    with signed_in(browser, world.site, Role.EDITOR, viewport=window, color_scheme=scheme) as context:
        page = context.new_page()
        for path in paths:
            answer = page.goto(f"{world.site.address}{path}")
            assert answer is not None
            assert answer.ok, path
            page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
            problems += [f"{path}: {said}" for said in problems_of(page, width)]
        page.goto(f"{world.site.address}/requests/new")
        send_wrong(page)
        problems += [f"wrong: {said}" for said in problems_of(page, width)]
    assert problems == []


def send_wrong(page: Page) -> None:
    page.get_by_label("What it is about").fill("Agreements")
    page.get_by_label("Agency", exact=True).fill("Sheriff")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_role("alert")).to_contain_text("A request is made under a law.")
    expect(page.get_by_label("What it is about")).to_have_value("Agreements")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_request_filed_elsewhere_is_entered_at_once_and_its_clock_is_seen(
    browser: Browser, world: World, scripts: bool
) -> None:
    with signed_in(browser, world.site, Role.VOLUNTEER, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}/requests/new")
        page.get_by_label("What it is about").fill(f"Detainers, {scripts}")
        page.get_by_label("Agency", exact=True).fill("Immigration and Customs Enforcement (ICE)")
        page.get_by_label("Records sought").fill("All records on detainers.")
        if scripts:
            expect(page.get_by_label("Law", exact=True)).to_have_value("us")
            expect(page.get_by_text("Chosen by the agency’s name.")).to_be_visible()
        page.get_by_label("Day it was sent").fill("2010-02-03")
        page.get_by_label("Day the agency received it").fill("2010-02-05")
        page.get_by_label("Tracking number").fill("10-2675")
        page.get_by_label("Day of the answer").fill("2010-08-17")
        page.get_by_label("Outcome", exact=True).select_option(label="Granted in part")
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Enter it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Detainers, {scripts}")
        # 20 workdays after 5 February 2010; Monday the 15th was Washington's Birthday.
        expect(page.locator("main")).to_contain_text("8 March 2010")
        expect(page.locator("main")).to_contain_text("10-2675")


@pytest.mark.browser
def test_only_the_fields_of_what_happened_are_shown_and_without_scripts_all(
    browser: Browser, world: World
) -> None:
    address = f"{world.site.address}{world.here}/events"
    with signed_in(browser, world.site, Role.VOLUNTEER) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_label("Outcome", exact=True)).to_be_hidden()
        page.get_by_label("What happened").select_option(label="Agency answered")
        expect(page.get_by_label("Outcome", exact=True)).to_be_visible()
        page.get_by_label("Outcome", exact=True).select_option(label="Denied in full")
        page.get_by_label("What happened").select_option(label="Time extended by the agency")
        expect(page.get_by_label("Outcome", exact=True)).to_be_hidden()
        page.get_by_label("On which day").fill("2010-03-01")
        page.get_by_label("Days more").fill("10")
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Add it").click()
        expect(page.locator("main")).to_contain_text("Time extended by the agency")
    with signed_in(browser, world.site, Role.VOLUNTEER, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        for label in ("Outcome", "Days more", "Until which day", "Amount in dollars"):
            expect(page.get_by_label(label)).to_be_visible()


@pytest.mark.browser
def test_what_everybody_would_see_is_looked_at_and_then_shown(browser: Browser, world: World) -> None:
    with world.site.parts.database.transaction() as session:
        row = make_request(session, title="To be shown", events=[(EventKind.ACKNOWLEDGED, SENT_ON)])
        here = f"{world.site.address}/requests/{row.slug}"
    with signed_in(browser, world.site, Role.EDITOR) as context:
        page = context.new_page()
        page.goto(f"{here}/publish")
        expect(page.get_by_text("1 event of 2")).to_be_visible()
        stale = page.get_by_text("You have ticked otherwise since")
        expect(stale).to_be_hidden()
        page.get_by_label("acknowledged").check()
        expect(stale).to_be_visible()
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Look at it again").click()
        expect(page.get_by_text("2 events of 2")).to_be_visible()
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Show it to everybody").click()
    reader = browser.new_context()
    page = reader.new_page()
    page.goto(here)
    expect(page.locator("main")).to_contain_text("Acknowledged")
    reader.close()
