"""From a word to its page, to the request that brought it in, and back: one click each, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from archive.rules.statuses import Role
from archive.services.foia_requests import events_of
from archive.services.indexing import bring_index_up_to_date
from archive.services.request_events import attach_document
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import make_document
from tests.productions_made import fill_production, make_letter, make_production
from tests.requests_made import EDITOR, make_request, publish

LOOKS = [(390, "dark"), (1280, "light")]


@dataclass(frozen=True, slots=True)
class World:
    """The site, and the slugs of a request and of its production."""

    site: ReviewSite
    request: str
    production: str
    document: str
    letter: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("lineage") / "home") as site:
        parts = site.parts
        with parts.database.transaction() as session:
            request = make_request(session, numbers=["10-2674"])
            letter = make_letter(session, parts)
            given = {"said_pages": 7, "said_withheld": 2, "next_due_on": date(2011, 6, 30)}
            production = make_production(
                session, request, title="First release", number=1, cover_letter=letter.id, **given
            )
            document = fill_production(session, parts, production)
            long = make_document(
                session, parts.storage, title="A long log", pages=[f"zebra {n}" for n in range(30)]
            )
            long.production_id = production.id
            attach_document(session, events_of(session, request, EDITOR)[0], letter.id)
            publish(session, request)
            made = World(site, request.slug, production.slug, document.id, letter.id)
        bring_index_up_to_date(parts.database, parts.engine)
        yield made


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_a_word_to_its_request_and_back_in_one_click_each(
    browser: Browser, world: World, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, base_url=world.site.address)
    page = context.new_page()
    page.goto("/search?q=%22zebra+27%22")
    page.locator(".hit-label").first.click()
    expect(page).to_have_url(re.compile("/pages/28"))
    here = page.url.split("?")[0]
    page.get_by_role("navigation", name="Where this comes from").get_by_role(
        "link", name="Opt-out records"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opt-out records")
    page.get_by_role("link", name="Back to page 28 of A long log").click()
    assert page.url == here
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    window = {"width": width, "height": 900}
    seen = [
        f"/requests/{world.request}/yield",
        f"/requests/{world.request}?from={world.document}/3",
        f"/productions/{world.production}",
        f"/productions/{world.production}/report",
        f"/documents/{world.document}/pages/3",
        f"/documents/{world.letter}",
    ]
    kept = [
        f"/productions/{world.production}/edit",
        f"/productions/new?request={world.request}",
        *seen,
    ]
    reader = browser.new_context(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]  # as parametrized
    page = reader.new_page()
    for path in seen:
        page.goto(f"{world.site.address}{path}")
        problems += [f"reader {path}: {said}" for said in problems_of(page, width)]
    reader.close()
    with signed_in(browser, world.site, Role.EDITOR, viewport=window, color_scheme=scheme) as context:
        page = context.new_page()
        for path in kept:
            page.goto(f"{world.site.address}{path}")
            problems += [f"{path}: {said}" for said in problems_of(page, width)]
    assert problems == []


@pytest.mark.browser
def test_a_volunteer_reads_a_letter_into_the_form_without_scripts(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.VOLUNTEER, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}/productions/new?request={world.request}")
        page.get_by_label("Cover letter").fill(world.letter)
        page.get_by_role("button", name="Read the figures from this letter").click()
        expect(page.get_by_label("Released in part")).to_have_value("2")
        expect(page.locator(".proposal").first).to_contain_text("Proposed.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Release 2, 14 January 2011")).to_be_visible()
