"""The upload pages in each of their states: accessible, nothing cut off, nothing refused by the policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from archive.clock import now
from archive.models import Document, DocumentNote
from archive.rules.statuses import NoteKind, ReadingStatus, Visibility
from tests.browser.looks import violations_of
from tests.browser.test_uploading import drop_files, some_files
from tests.browser.upload_site import UploadSite, slow_down, upload_site

pytestmark = pytest.mark.browser
LONG = "a file whose name nobody shortened since it came from the scanner in the basement of the county.pdf"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    """A running site."""
    with upload_site(tmp_path_factory.mktemp("look") / "home") as running:
        yield running


def problems_of(page: Page, state: str, width: int) -> list[str]:
    found = [f"{state}: {said}" for said in violations_of(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        found.append(f"{state}: {wide} px wide")
    if page.locator("h1").count() != 1:
        found.append(f"{state}: {page.locator('h1').count()} h1")
    small = page.eval_on_selector_all(
        "main button:visible, main .button, main summary, main input:not([type=hidden]), .batch-list a",
        """all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
            .map(one => one.outerHTML.slice(0, 90))""",
    )
    return found + [f"{state}: too small: {one}" for one in small]


def give_each_line_a_state(site: UploadSite) -> None:
    """One of each kind of line on the page of a batch."""
    with site.parts.database.transaction() as session:
        documents = session.scalars(
            select(Document).where(Document.asked_at.is_(None)).order_by(Document.received_at.desc())
        ).all()[:4]
        documents[0].asked_at = now()
        session.add(
            DocumentNote(
                document_id=documents[0].id,
                kind=NoteKind.QUESTION,
                text="Page 3 seems to be missing.\nDo you have it?",
                written_at=now(),
            )
        )
        documents[1].visibility = Visibility.PUBLISHED
        documents[2].reading_status, documents[2].page_count = ReadingStatus.READING, 80
        documents[3].reading_status = ReadingStatus.FAILED
        documents[3].failure_sentence = "This PDF needs a password. Save an unlocked copy and add that."


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_each_state_is_accessible_and_fits(
    browser: Browser, site: UploadSite, width: int, scheme: str
) -> None:
    account = site.account(email=f"{scheme}-{width}@example.org")
    context = site.signed_in(browser, account, width=width, color_scheme=scheme)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    problems = _through_all_states(context, page, site, width)
    context.close()
    assert problems == []
    assert refused == []


def _through_all_states(context: BrowserContext, page: Page, site: UploadSite, width: int) -> list[str]:
    page.goto("/upload")
    problems = problems_of(page, "empty", width)
    page.click("#send")
    problems += problems_of(page, "nothing chosen", width)
    page.locator("details summary").click()
    drop_files(page, some_files(5, 2_000_000) | {LONG: PICTURE})
    problems += problems_of(page, "ready", width)
    cut = slow_down(context, page)
    page.click("#send")
    expect(page.locator("[data-state=sending]").first).to_be_visible()
    cut(True)
    expect(page.locator("#lines")).to_contain_text("no connection")
    problems += problems_of(page, "being sent, without a connection", width)
    cut(False)
    expect(page.locator("#next")).to_be_visible(timeout=60_000)
    problems += problems_of(page, "done, one refused", width)
    give_each_line_a_state(site)
    page.click("#next-link")
    expect(page.get_by_label("Your answer about")).to_be_visible()
    problems += problems_of(page, "a batch", width)
    page.goto("/upload/batches/alone")
    problems += problems_of(page, "nothing sent by a program", width)
    page.request.post(
        "/upload/files",
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": "900000",
            "X-Form-Token": _token(page),
        },
    )
    page.goto("/upload")
    expect(page.locator("main")).to_contain_text("Not all of these has arrived")
    problems += problems_of(page, "own uploads, one unfinished", width)
    page.goto("/upload/batches/nothing")
    return problems + problems_of(page, "not found", width)


def _token(page: Page) -> str:
    page.goto("/upload")
    return page.locator("#upload [name=form_token]").get_attribute("value") or ""
