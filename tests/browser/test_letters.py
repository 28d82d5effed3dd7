"""Letters of a request, and the ready request to one's own county, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import docx
import pytest
from playwright.sync_api import Browser, expect

from archive.models import Page as PageRow
from archive.parts import Parts
from archive.rules.request_states import Outcome, RequestLetterKind
from archive.rules.statuses import Role
from archive.services.catalogue import find_or_add_production
from archive.services.request_letters import LetterForm, add_letter, make_draft, mark_letter_sent
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import make_document
from tests.requests_made import EDITOR, make_request

LOOKS = [(390, "dark"), (1280, "light")]
OVERDUE, ANSWERED = "/requests/opt-out-records/letters", "/requests/answered-in-part/letters"


@dataclass(frozen=True, slots=True)
class World:
    """The site, and the numbers of a letter that was not sent and of one that was."""

    site: ReviewSite
    unsent: int
    sent: int


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("letters") / "home") as site:
        yield World(site, *fill(site.parts))


def fill(parts: Parts) -> tuple[int, int]:
    at = parts.clock()
    with parts.database.transaction() as session:
        request = make_request(
            session,
            numbers=("ICE FOIA 10-2674",),
            records_sought="All records on opting out of Secure Communities,\nfrom 2008 on.",
            requester="مركز الحقوق (Center for Rights)",
        )
        ids = []
        for kind in (RequestLetterKind.FOLLOW_UP, RequestLetterKind.FEE_WAIVER):
            draft = make_draft(session, request, kind, EDITOR, at.date())
            form = LetterForm(draft.subject, draft.addressee, draft.text, draft.signature)
            ids.append(add_letter(session, request, kind, form, viewer=EDITOR, at=at).id)
        mark_letter_sent(session, request, ids[1], date(2010, 6, 1), viewer=EDITOR, at=at)
        answered = make_request(
            session,
            title="Answered in part",
            sent_on=date(2010, 2, 3),
            answered_on=date(2010, 8, 17),
            outcome=Outcome.GRANTED_IN_PART,
        )
        document = make_document(
            session, parts.storage, title="Memo", pages=("a", "b"), production="Release", bates="ICE-"
        )
        find_or_add_production(session, "Release").request_id = answered.id
        session.get_one(PageRow, (document.id, 1)).claimed_codes = ["b5dpp", "b6", "b7e"]
        return ids[0], ids[1]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    paths = [
        OVERDUE,
        ANSWERED,
        f"{OVERDUE}/new?kind=follow_up",
        f"{ANSWERED}/new?kind=appeal",
        f"{ANSWERED}/new?kind=appeal&exemptions=why",
        f"{OVERDUE}/{world.unsent}",
        f"{OVERDUE}/{world.sent}",
        f"{OVERDUE}/{world.unsent}/delete",
        "/requests/opt-out-records",
    ]
    window = {"width": width, "height": 900}
    with signed_in(browser, world.site, Role.EDITOR, viewport=window, color_scheme=scheme) as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{world.site.address}{path}")
            problems += [f"{path}: {said}" for said in problems_of(page, width)]
    reader = browser.new_context(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]  # as above
    page = reader.new_page()
    for path in (
        "/your-town",
        "/your-town?county=&law=x",
        "/your-town?county=Arlington+County&law=us-va",
        "/your-town?county=Some+County&law=other",
    ):
        page.goto(f"{world.site.address}{path}")
        problems += [f"reader {path}: {said}" for said in problems_of(page, width)]
    reader.close()
    assert problems == []


@pytest.mark.browser
def test_a_letter_is_written_and_marked_as_sent_without_scripts(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.EDITOR, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}{OVERDUE}")
        page.get_by_role("link", name="Write it: request for expedited processing").click()
        expect(page.get_by_role("heading", name="gaps to fill")).to_be_visible()
        page.get_by_label("Letter (an empty line").fill("Dear FOIA Officer:\n\nPlease be quick.")
        page.get_by_role("button", name="Keep this letter").click()
        page.get_by_label("Sent on").fill("2010-03-01")
        page.get_by_role("button", name="Mark as sent").click()
        expect(page.get_by_text("It stays as it was sent.")).to_be_visible()
        page.goto(f"{world.site.address}/requests/opt-out-records")
        expect(page.get_by_role("heading", name="Expedited processing asked for")).to_be_visible()


@pytest.mark.browser
def test_a_gap_is_found_with_one_click_and_counted_while_it_is_filled(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.EDITOR) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}{OVERDUE}/{world.unsent}")
        expect(page.get_by_role("heading", name="3 gaps to fill")).to_be_visible()
        page.get_by_role("button", name="your postal address").click()
        signature = page.get_by_label("Closing and signature")
        chosen = signature.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        assert chosen == "[your postal address]"
        page.keyboard.type("1 Main Street")
        expect(page.get_by_role("heading", name="2 gaps to fill")).to_be_visible()
        expect(page.get_by_role("button", name="your postal address")).to_be_hidden()


@pytest.mark.browser
def test_anybody_takes_a_request_to_their_county_along_as_a_word_file(browser: Browser, world: World) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{world.site.address}/your-town")
    page.get_by_label("County, city or town").fill("Arlington County")
    page.get_by_label("State").select_option(label="Virginia")
    page.get_by_role("button", name="Make the letter").click()
    page.get_by_label("Closing and signature").fill("Sincerely,\n\nA Neighbor")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Word file").click()
    texts = [paragraph.text for paragraph in docx.Document(str(loaded.value.path())).paragraphs]
    assert texts[0] == "A Neighbor"
    assert "Arlington County, Virginia" in texts
    context.close()
