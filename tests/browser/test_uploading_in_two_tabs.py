"""A file that another tab began is gone on with, and never taken for another one of its name and length."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from archive.rules.statuses import UploadOutcome
from tests.browser.upload_site import UploadSite, slow_down, upload_site, uploads
from tests.pdfs import pdf_bytes

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[UploadSite]:
    """A running site."""
    with upload_site(tmp_path / "home") as running:
        yield running


def test_another_file_of_the_same_name_and_length_is_not_mixed_with_the_first(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    account = site.account()
    path, other = tmp_path / "report.pdf", tmp_path / "newer" / "report.pdf"
    first, second = (pdf_bytes(["A report"]) + os.urandom(9_000_000) for _ in range(2))
    path.write_bytes(first)  # and left alone: a closed tab's browser may still be reading it
    other.parent.mkdir()
    other.write_bytes(second)
    context = site.signed_in(browser, account)
    page = context.new_page()
    page.goto("/upload")
    page.set_input_files("#files", path)
    slow_down(context, page)
    page.click("#send")
    while not any(one.received_bytes for one in uploads(site)):
        time.sleep(0.02)
    context.close()
    again = site.signed_in(browser, account)
    page = again.new_page()
    page.goto("/upload")
    page.set_input_files("#files", other)
    page.click("#send")
    expect(page.locator("#next")).to_be_visible(timeout=30_000)
    known = {
        hashlib.sha256(data).hexdigest(): name for name, data in {"first": first, "second": second}.items()
    }
    give_up_at = (
        time.monotonic() + 90
    )  # bytes that came whole while the server was busy are settled by its sweep
    done: set[str] = set()
    while "second" not in done:
        rows = uploads(site)
        done = {known.get(one.sha256 or "", "mixed") for one in rows if one.outcome == UploadOutcome.NEW}
        said = [(one.id, one.outcome, one.received_bytes, known.get(one.sha256 or "")) for one in rows]
        assert time.monotonic() < give_up_at, (done, said, page.inner_text("#lines"))
        time.sleep(0.1)
    assert done <= {"first", "second"}  # the first may have come whole before its tab was closed
    again.close()


def test_a_file_that_was_saved_over_while_it_was_sent_begins_anew(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    """What is there ends like the file in hand and begins like the one before it: it is neither."""
    path, head = tmp_path / "report.pdf", pdf_bytes(["A report"])
    before, after = (head + os.urandom(300_000) for _ in range(2))
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    page.goto("/upload")
    said = {"Tus-Resumable": "1.0.0", "X-Form-Token": page.input_value("[name=form_token]")}
    name = base64.b64encode(path.name.encode()).decode()
    length = {"Upload-Length": str(len(after)), "Upload-Metadata": f"filename {name}"}
    made = context.request.post("/upload/files", headers=said | length)
    kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    mixed = before[:100_000] + after[100_000:200_000]
    assert context.request.patch(made.headers["location"], headers=said | kind, data=mixed).status == 204
    path.write_bytes(after)
    page.set_input_files("#files", path)
    page.click("#send")
    expect(page.locator("#next")).to_be_visible(timeout=30_000)
    kept = {one.sha256 for one in uploads(site) if one.outcome == UploadOutcome.NEW}
    assert kept == {hashlib.sha256(after).hexdigest()}
    context.close()


def answer_with(begun: list[dict[str, object]], route: Route) -> None:
    route.fulfill(json=begun)


def test_a_file_that_was_finished_meanwhile_is_not_taken_for_another(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    """A closed tab's last piece may settle a file after the list of unfinished ones was made."""
    path = tmp_path / "report.pdf"
    first, second = (pdf_bytes(["A report"]) + os.urandom(20_000) for _ in range(2))
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    for data in (first, second):
        path.write_bytes(data)
        begun = [{"id": one.id, "file": one.file_name, "bytes": one.byte_count} for one in uploads(site)]
        page.route("**/upload/unfinished.json", partial(answer_with, begun))
        page.goto("/upload")
        page.set_input_files("#files", path)
        page.click("#send")
        expect(page.locator("#next")).to_be_visible(timeout=30_000)
    kept = {one.sha256 for one in uploads(site) if one.outcome == UploadOutcome.NEW}
    assert kept == {hashlib.sha256(data).hexdigest() for data in (first, second)}
    context.close()


def test_a_file_that_another_tab_finishes_in_the_middle_is_not_taken_for_another(
    browser: Browser, site: UploadSite, tmp_path: Path
) -> None:
    """Both files begin alike, and the first tab's last piece comes after the second has compared them."""
    path, head = tmp_path / "report.pdf", pdf_bytes(["A report"])
    first, second = (head + os.urandom(20_000) for _ in range(2))
    context = site.signed_in(browser, site.account())
    page = context.new_page()
    page.goto("/upload")
    said = {"Tus-Resumable": "1.0.0", "X-Form-Token": page.input_value("[name=form_token]")}
    name = base64.b64encode(path.name.encode()).decode()
    length = {"Upload-Length": str(len(first)), "Upload-Metadata": f"filename {name}"}
    made = context.request.post("/upload/files", headers=said | length)
    address = made.headers["location"]

    def send_on(piece: bytes, offset: int) -> None:
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        assert context.request.patch(address, headers=said | kind, data=piece).status == 204

    send_on(head, 0)
    asked: list[str] = []

    def finish_first(route: Route) -> None:
        asked.append(route.request.method)
        if route.request.method == "HEAD" and asked.count("HEAD") == 1:
            send_on(first[len(head) :], len(head))
        route.continue_()

    page.route(f"**/upload/files/{address.rsplit('/', 1)[1]}", finish_first)
    path.write_bytes(second)
    page.set_input_files("#files", path)
    page.click("#send")
    expect(page.locator("#next")).to_be_visible(timeout=30_000)
    assert asked[:2] == ["GET", "HEAD"], "the second tab never thought that it goes on with the first file"
    kept = {one.sha256 for one in uploads(site) if one.outcome == UploadOutcome.NEW}
    assert kept == {hashlib.sha256(data).hexdigest() for data in (first, second)}
    context.close()
