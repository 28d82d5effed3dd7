"""The form of an evidence pack: accessible, fits, and works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.looks import problems_of

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_and_fits(
    open_page: OpenPage, ids: dict[str, str], scheme: str, width: int
) -> None:
    page = open_page(f"/cite/pack?document={ids['memo']}&pages=1-2", width=width, color_scheme=scheme)
    assert problems_of(page, width) == []


def test_a_refusal_is_accessible_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/cite/pack", width=390, java_script_enabled=False)
    page.get_by_label("Pages of documents").fill("nonsense 3")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Make the pack").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Pages of documents").input_value() == "nonsense 3"


def test_a_pack_is_made_without_javascript(open_page: OpenPage, ids: dict[str, str], tmp_path: Path) -> None:
    page = open_page(f"/cite/pack?document={ids['memo']}&pages=1", java_script_enabled=False)
    page.get_by_label("Heading").fill("Exhibit 12")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the pack").click()
    assert download.value.suggested_filename == "exhibit-12.pdf"
    made = tmp_path / "pack.pdf"
    download.value.save_as(made)
    assert made.read_bytes().startswith(b"%PDF-")
