"""Thirty files go in through a real browser, whatever happens to the line, with and without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from archive.models import Document
from archive.rules.statuses import UploadOutcome
from archive.storage.keys import original_key
from tests.browser.upload_site import UploadSite, slow_down, upload_site, uploads
from tests.pdfs import pdf_bytes

pytestmark = pytest.mark.browser

FILES = 30

DROP = """() => {
  const transfer = new DataTransfer();
  for (const { name, data } of window.toDrop) {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: "application/pdf" }));
  }
  const drop = document.getElementById("drop");
  for (const kind of ["dragenter", "dragover", "drop"]) {
    drop.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[UploadSite]:
    """A running site."""
    with upload_site(tmp_path / "home") as running:
        yield running


def some_files(count: int, size: int) -> dict[str, bytes]:
    """Different PDFs with as many bytes as a scan has."""
    return {
        f"memo {number:02}.pdf": pdf_bytes([f"Memo {number}"]) + b"\n%" + os.urandom(size)
        for number in range(count)
    }


def drop_files(page: Page, files: Mapping[str, bytes]) -> None:
    page.evaluate("() => { window.toDrop = []; }")
    for name, data in files.items():
        page.evaluate(
            "(file) => window.toDrop.push(file)", {"name": name, "data": base64.b64encode(data).decode()}
        )
    page.evaluate(DROP)


def finished(site: UploadSite) -> int:
    return sum(one.outcome == UploadOutcome.NEW for one in uploads(site))


def wait_until_finished(site: UploadSite, count: int) -> None:
    give_up_at = time.monotonic() + 60
    while finished(site) < count:
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def must_all_be_kept(site: UploadSite, files: Mapping[str, bytes]) -> None:
    """Byte for byte, each under its own name, and nothing left over."""
    sent = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert {one.file_name: one.sha256 for one in uploads(site)} == sent
    assert len(uploads(site)) == len(files)
    with site.parts.database.reading() as session:
        kept = set(session.scalars(select(Document.sha256)))
    assert kept == set(sent.values())
    for sha256 in kept:
        assert hashlib.sha256(site.parts.storage.read(original_key(sha256))).hexdigest() == sha256
    assert site.parts.incoming.ids() == []


def test_thirty_dropped_files_arrive_although_the_connection_and_the_server_die_in_the_middle(
    browser: Browser, site: UploadSite
) -> None:
    files = some_files(FILES, 1_000_000)
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    page.goto("/upload")
    drop_files(page, files)
    expect(page.locator("#send")).to_have_text(f"Send {FILES} files")
    page.fill("#production", "third-interim")
    cut = slow_down(context, page)
    page.click("#send")
    wait_until_finished(site, 5)
    cut(True)  # a tunnel
    expect(page.locator("#lines")).to_contain_text("no connection")
    assert finished(site) < FILES
    cut(False)
    wait_until_finished(site, 12)
    site.kill()  # a power cut at the other end
    assert finished(site) < FILES
    time.sleep(1)
    site.start()
    expect(page.locator("#next")).to_be_visible(timeout=90_000)
    expect(page.locator("#sending-sum")).to_contain_text(f"{FILES} of {FILES} files are in")
    must_all_be_kept(site, files)
    with site.parts.database.reading() as session:
        productions = {one.production.slug for one in session.scalars(select(Document)) if one.production}
    assert productions == {"third-interim"}
    page.click("#next-link")
    expect(page.locator(".file-line")).to_have_count(FILES)
    context.close()


def test_a_closed_tab_goes_on_when_the_same_file_is_chosen_again(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    account = site.account()
    name, data = "long report.pdf", pdf_bytes(["A report"]) + os.urandom(12_000_000)
    (tmp_path / name).write_bytes(data)
    context = site.signed_in(browser, account)
    page = context.new_page()
    page.goto("/upload")
    page.set_input_files("#files", tmp_path / name)
    slow_down(context, page)
    page.click("#send")
    give_up_at = time.monotonic() + 30
    while not any(one.received_bytes for one in uploads(site)):
        assert time.monotonic() < give_up_at
        time.sleep(0.02)
    context.close()
    begun = uploads(site)[0].received_bytes
    assert 0 < begun < len(data)

    again = site.signed_in(browser, account)
    page = again.new_page()
    page.goto("/upload")
    expect(page.locator("main")).to_contain_text("Not all of these has arrived")
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(f"{request.method} {request.headers.get('upload-offset')}")
    )
    page.set_input_files("#files", tmp_path / name)
    page.click("#send")
    expect(page.locator("#next")).to_be_visible(timeout=30_000)
    first_offset = next(int(one.split()[1]) for one in asked if one.startswith("PATCH"))
    assert first_offset >= begun, "it began anew"
    must_all_be_kept(site, {name: data})
    again.close()


def test_what_is_refused_is_said_on_its_line_and_can_be_tried_again(
    browser: Browser, site: UploadSite
) -> None:
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    page.goto("/upload")
    drop_files(page, some_files(1, 1000) | {"picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(100)})
    page.click("#send")
    expect(page.locator("[data-state=refused]")).to_contain_text("not a PDF but a PNG picture")
    expect(page.locator("[data-state=done]")).to_have_count(1)
    expect(page.locator("#again")).to_have_text("Try 1 again")
    context.close()


def test_stopping_and_going_on_by_keyboard(browser: Browser, site: UploadSite) -> None:
    files = some_files(2, 6_000_000)
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    page.goto("/upload")
    drop_files(page, files)
    slow_down(context, page)
    page.locator("#send").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop all").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-state=stopped]")).to_have_count(2)
    page.get_by_role("button", name="Try 2 again").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#next")).to_be_visible(timeout=60_000)
    # Stopped before the first answer came, a file may leave an empty place, which ends after a week.
    left = [one for one in uploads(site) if one.finished_at is None]
    assert all(one.received_bytes == 0 for one in left)
    kept = {one.file_name: one.sha256 for one in uploads(site) if one.finished_at}
    assert kept == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    context.close()


def test_without_javascript_the_files_go_in_one_by_one_through_the_form(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    files = some_files(FILES, 200_000)
    context = site.signed_in(browser, site.account(), java_script_enabled=False)
    page = context.new_page()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        page.goto("/upload")
        page.set_input_files("#files", tmp_path / name)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".file-line")).to_contain_text(name)
    must_all_be_kept(site, files)
    context.close()
