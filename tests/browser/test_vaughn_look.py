"""Indexes of withheld records, and the Bates numbers of a production, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect
from pypdfium2 import PdfDocument

from archive.models import Page as PageRow
from archive.models import RecordMatch
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.statuses import DocumentKind, Role
from archive.services.vaughn_entries import add_production, write_entry
from archive.services.vaughn_indexes import add_index
from ingest.redaction_found import PageDisposition
from tests.browser.looks import problems_of
from tests.browser.reviewing import ReviewSite, review_site, signed_in
from tests.factories import make_document
from tests.visitors import make_account

LOOKS = [(390, "dark"), (1280, "light")]
# Title, and the last digits of the numbers of its pages.
FILES = (
    ("Secure Communities: is participation mandatory?", (1207, 1208, 1209, 1210)),
    ("E-mail chain: opt-out messaging and the IDENT query", (1214, 1215, 1216)),
    ("Talking points, draft 3, as they were sent to the field offices", (1216, 1217)),
)


@dataclass(frozen=True, slots=True)
class World:
    """The site, the number of an index and of one of its rows."""

    site: ReviewSite
    index: int
    row: int


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with review_site(tmp_path_factory.mktemp("vaughn") / "home") as site:
        yield World(site, *fill(site.parts))


def fill(parts: Parts) -> tuple[int, int]:
    account = make_account(parts.database, Role.EDITOR)
    editor, at = Viewer(Role.EDITOR, account.id, account.email), parts.clock()
    with parts.database.transaction() as session:
        found = []
        for title, numbers in FILES:
            pages = [f"{title}, page {number}" for number in numbers]
            memo = DocumentKind.MEMO
            made = make_document(
                session,
                parts.storage,
                title=title,
                pages=pages,
                kind=memo,
                production="Release",
                sender="A. B.",
            )
            found.append(made.id)
            for page_number, number in enumerate(numbers, 1):
                page = session.get_one(PageRow, (made.id, page_number))
                page.bates = f"ICE FOIA 10-2674.{number:07}"
                page.claimed_codes, page.withheld_share = ["b5", "b6", "b7e"], 0.4
                page.disposition = PageDisposition.IN_PART
        first, second = sorted(found[:2])
        kind, state = MatchKind.OTHER_RELEASE, MatchState.ACCEPTED
        session.add(
            RecordMatch(first_id=first, second_id=second, kind=kind, score=0.9, state=state, found_at=at)
        )
        index = add_index(session, "ICE FOIA 10-2674", "For the court.", viewer=editor, at=at)
        row = add_production(session, index.id, "release", viewer=editor, at=at)[0]
        write_entry(session, index.id, row.id, {"recipient": "Counsel"}, "Ask again.", viewer=editor, at=at)
        return index.id, row.id


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_have_no_barrier(browser: Browser, world: World, width: int, scheme: str) -> None:
    problems: list[str] = []
    here = f"/vaughn/{world.index}"
    paths = [
        "/vaughn",
        "/vaughn/new",
        here,
        f"{here}?edit={world.row}",
        f"{here}/delete",
        "/productions/release/bates",
        "/bates?number=1216",
        "/bates?number=ICE+FOIA+10-2674.1212",
        "/bates?number=none",
    ]
    window = {"width": width, "height": 900}
    with signed_in(browser, world.site, Role.EDITOR, viewport=window, color_scheme=scheme) as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{world.site.address}{path}")
            problems += [f"{path}: {said}" for said in problems_of(page, width)]
    reader = browser.new_context(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]  # as above
    page = reader.new_page()
    for path in ("/productions/release/bates", "/bates"):
        page.goto(f"{world.site.address}{path}")
        problems += [f"reader {path}: {said}" for said in problems_of(page, width)]
    reader.close()
    assert problems == []


@pytest.mark.browser
def test_an_index_is_printed_on_landscape_paper_without_its_forms(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.EDITOR) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}/vaughn/{world.index}?edit={world.row}")
        printed = PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    try:
        assert [round(side) for side in printed[0].get_size()] == [792, 612]
        text = " ".join(printed[0].get_textpage().get_text_range().split())
    finally:
        printed.close()
    assert "Counsel" in text
    assert "0001207" in text
    for words in ("Take out", "Save row", "Add rows"):
        assert words not in text


@pytest.mark.browser
def test_a_row_is_edited_in_its_place_without_scripts(browser: Browser, world: World) -> None:
    with signed_in(browser, world.site, Role.EDITOR, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{world.site.address}/vaughn/{world.index}")
        page.get_by_role("link", name="Edit row 2").click()
        page.get_by_label("From", exact=True).fill("Office of Counsel")
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name="Save row 2").click()
        expect(page.locator(".vaughn-said", has_text="Office of Counsel")).to_be_visible()
