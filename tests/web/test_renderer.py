"""Pages drawn large, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import RendererBusy
from archive.web.renderer import PLACES, Renderer
from ingest.errors import IngestError
from tests.pdfs import write_pdf


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    """A renderer that is closed afterwards."""
    opened = Renderer()
    yield opened
    opened.close()


def test_a_page_is_drawn_as_wide_as_asked(renderer: Renderer, tmp_path: Path) -> None:
    image = renderer(write_pdf(tmp_path / "memo.pdf", "one", "two"), 2, 700)
    assert image.width_px == 700
    assert image.webp[8:12] == b"WEBP"


def test_a_file_that_is_none_is_an_error_and_the_next_is_drawn(renderer: Renderer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(IngestError):
        renderer(bad, 1, 700)
    assert renderer(write_pdf(tmp_path / "memo.pdf", "one"), 1, 700).width_px == 700


def test_who_comes_when_enough_wait_is_told_at_once(renderer: Renderer, tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "memo.pdf", "one")
    together = threading.Barrier(PLACES + 4)
    outcomes: list[str] = []

    def ask() -> None:
        together.wait()
        try:
            renderer(pdf, 1, 1700)
            outcomes.append("drawn")
        except RendererBusy:
            outcomes.append("busy")

    threads = [threading.Thread(target=ask) for _ in range(PLACES + 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert outcomes.count("drawn") == PLACES
    assert outcomes.count("busy") == 4
