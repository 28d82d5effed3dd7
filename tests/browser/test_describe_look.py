"""Describing in a browser: accessible in every state, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import waitress
from playwright.sync_api import Browser, expect

from archive.app import create_app
from archive.models import Document, DocumentCopy
from archive.parts import Parts, open_parts
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, CopyState, Role, Visibility
from archive.services.descriptions import save_description
from archive.services.field_values import base_of
from archive.settings import load_settings
from tests.browser.looks import problems_of
from tests.browser.reviewing import LONG, ReviewSite, signed_in
from tests.describing import MEMO, make_undescribed, person

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSite]:
    home = tmp_path_factory.mktemp("describe") / "home"
    settings = load_settings(home, environ={"READING_ROOM_SECOND_FACTOR": "optional"})
    parts = open_parts(settings)
    documents = _fill(parts)
    server = waitress.create_server(create_app(settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield ReviewSite(f"http://127.0.0.1:{server.effective_port}", parts, documents)
    server.close()
    thread.join(timeout=10)
    parts.close()


def _fill(parts: Parts) -> dict[str, Document]:
    volunteer, editor = person(parts.database, Role.VOLUNTEER), person(parts.database, Role.EDITOR)
    at = parts.clock()
    with parts.database.transaction() as session:

        def make(title: str, **fields: Any) -> Document:
            fields.setdefault("uploaded_by_id", volunteer.account_id)
            return make_undescribed(
                session, parts.storage, title=title, agency="ICE", place="Arlington County, VA", **fields
            )

        documents = {
            "memo": make("Memo on opting out", bates="ICE FOIA 10-2674."),
            "next": make("Letter", pages=("Dear Sir", *("More" for _ in range(60))), read={}),
            "long": make(LONG, pages=(MEMO + "\nlong",)),
            "broken": make("Damaged scan", pages=(None, "Readable"), read={}),
            "done": make("Described memo", pages=(MEMO + "\ndone",)),
            "theirs": make("Described by another", pages=(MEMO + "\ntheirs",)),
            "published": make("Published", pages=("published",), read={}, visibility=Visibility.PUBLISHED),
        }
        for name, who in (("done", volunteer), ("theirs", editor)):
            document = documents[name]
            save_description(
                session,
                document.id,
                {"subject": "Corrected"},
                based_on=base_of(document),
                viewer=who,
                at=at,
                is_done=True,
            )
        session.add(_asked_copy(documents["next"], volunteer, at))
    return documents


def _asked_copy(document: Document, viewer: Viewer, at: datetime) -> DocumentCopy:
    return DocumentCopy(
        document_id=document.id,
        kind=CopyKind.PART,
        state=CopyState.ASKED,
        recipe=[],
        title="A part",
        asked_by_id=viewer.account_id,
        asked_at=at,
    )


def addresses(site: ReviewSite) -> list[str]:
    ids = {name: document.id for name, document in site.documents.items()}
    return [
        "/describe",
        "/describe?done=claimed",
        f"/describe?undone=2&left={ids['memo']}",
        *(f"/describe/{ids[name]}" for name in ids),
        f"/describe/{ids['memo']}?page=2&done=saved",
        "/describe/table",
        "/describe/table?undescribed=yes&agency=nothing",
        f"/describe/{ids['next']}/split",
        f"/describe/{ids['next']}/split?ranges=1-3,+4-61",
        f"/describe/{ids['next']}/split?ranges=9-3",
        f"/describe/{ids['published']}/split",
    ]


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_each_page_of_describing_is_accessible_and_fits(
    browser: Browser, site: ReviewSite, width: int, scheme: Any
) -> None:
    problems: list[str] = []
    refused: list[str] = []
    size = {"width": width, "height": 900}
    with signed_in(browser, site, Role.VOLUNTEER, viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Security" in said.text else None)
        for address in addresses(site):
            page.goto(address)
            problems += [f"{address}: {said}" for said in problems_of(page, width)]
        page.goto("/describe/table")
        page.get_by_label("Kind, ").first.fill("poem")
        with page.expect_navigation(wait_until="load"):  # a page without its styles is wide
            page.get_by_role("button", name="Save all changes").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
        problems += [f"refused: {said}" for said in problems_of(page, width)]
    assert problems == []
    assert refused == []


def test_a_cell_is_pasted_from_a_spreadsheet_and_undone(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site, Role.EDITOR, viewport=DESK) as context:
        page = context.new_page()
        page.goto("/describe/table")
        cells = page.locator("[data-row] input[name^='sender.']")
        before = [cells.nth(n).input_value() for n in range(2)]
        cells.first.evaluate(
            """(cell) => {
              const data = new DataTransfer();
              data.setData("text/plain", "A. Sender\\tA. Reader\\nB. Sender\\tB. Reader\\n");
              const how = {clipboardData: data, bubbles: true, cancelable: true};
              cell.dispatchEvent(new ClipboardEvent("paste", how));
            }"""
        )
        expect(page.locator("[data-changed]")).to_have_text("2 rows changed, not saved")
        page.get_by_role("button", name="Save all changes").click()
        expect(page.get_by_role("status").filter(has_text="Saved: 4 fields in 2 documents")).to_be_visible()
        assert [cells.nth(n).input_value() for n in range(2)] == ["A. Sender", "B. Sender"]
        page.get_by_role("button", name="Undo").first.click()
        expect(page.get_by_text("4 fields set back.")).to_be_visible()
        page.goto("/describe/table")
        assert [cells.nth(n).input_value() for n in range(2)] == before


def test_a_break_between_two_pages_is_pressed(browser: Browser, site: ReviewSite) -> None:
    with signed_in(browser, site, Role.VOLUNTEER, viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"/describe/{site.documents['next'].id}/split")
        page.get_by_role("button", name="New record here, at page 4", exact=True).click()
        expect(page.locator("#ranges")).to_have_value("1-3, 4-61")
        page.get_by_role("button", name="Turn page 2 to the right", exact=True).click()
        expect(page.locator("#turn-90")).to_have_value("2")
        page.get_by_role("button", name="See the parts").click()
        expect(page.get_by_role("heading", name="2 documents will be made")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_document_is_described_by_keyboard_alone(
    browser: Browser, site: ReviewSite, javascript: bool
) -> None:
    """The memo with JavaScript, Enter by Enter; the long one without, by Tab and Space."""
    document = site.documents["memo" if javascript else "long"]
    with signed_in(browser, site, Role.VOLUNTEER, viewport=DESK, java_script_enabled=javascript) as context:
        page = context.new_page()
        page.goto(f"/describe/{document.id}")
        if javascript:
            expect(page.locator("#field-sender")).to_be_focused()
            assert page.locator(".places .here").count() == 1
            for following in ("recipient", "subject", "agency"):
                with page.expect_navigation(wait_until="load"):
                    page.keyboard.press("Enter")
                expect(page.locator(f"#field-{following}")).to_be_focused()
            page.keyboard.press("Control+a")
            page.keyboard.type("Immigration and Customs Enforcement (ICE)")
            with page.expect_navigation(wait_until="load"):
                page.keyboard.press("Control+Enter")
        else:
            assert page.locator(".place text").all_text_contents() == ["4", "5", "6"]
            page.locator("#field-sender").focus()
            page.keyboard.press("Control+a")
            page.keyboard.type("The Deputy")
            page.locator("[data-done]").focus()
            with page.expect_navigation(wait_until="load"):
                page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Described.")).to_be_visible()
    with site.parts.database.reading() as session:
        assert session.get_one(Document, document.id).described_at is not None
