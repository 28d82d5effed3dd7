"""Both readers say the same of one page: the same words, in the same places."""

from __future__ import annotations

import mmap
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pdfplumber.utils.exceptions import PdfminerException
from reportlab.pdfgen.canvas import Canvas

from ingest import pdfplumber_layer
from ingest.layout import Line
from ingest.limits import Limits
from ingest.page import Box
from ingest.pdfium import PdfFile
from ingest.pdfplumber_layer import CarefulPage, CarefulReader
from ingest.text_layer import open_text, read_text_layer
from tests.ingest.drawn import draw, prose

BORN_DIGITAL = [
    ("aclu-v-ice_joint-appendix_2021-08-20.pdf", 60),
    ("doj_foia-gov-faq_es_2011-01.pdf", 2),
    ("faa_federal-register_2020-17221.pdf", 1),
    ("ice_dmcp-facility-list_2017-07.pdf", 4),
]


def carefully(path: Path, page_number: int = 1) -> CarefulPage:
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    return CarefulReader(data, [page_number]).read_page(page_number)


def fast(path: Path, page_number: int = 1) -> tuple[Line, ...]:
    file = PdfFile(np.fromfile(path, dtype=np.uint8))
    with file.page(page_number) as page, open_text(page) as text_page:
        lines = read_text_layer(page, text_page, Limits()).lines
    file.close()
    return lines


def places(lines: tuple[Line, ...]) -> dict[str, Box]:
    """The boxes of words that stand on the page once."""
    words = [word for line in lines for word in line]
    counts = Counter(word.text for word in words)
    return {word.text: word.box for word in words if counts[word.text] == 1}


def agreement(one: tuple[Line, ...], other: tuple[Line, ...]) -> float:
    bags = [Counter(word.text for line in lines for word in line) for lines in (one, other)]
    return 2 * (bags[0] & bags[1]).total() / (bags[0].total() + bags[1].total())


def furthest(one: tuple[Line, ...], other: tuple[Line, ...]) -> float:
    """By how many points the middles of the same word lie apart, at most."""
    here, there = places(one), places(other)
    both = here.keys() & there.keys()
    assert both
    return max(
        max(
            abs(here[word].x0 + here[word].x1 - there[word].x0 - there[word].x1),
            abs(here[word].top + here[word].bottom - there[word].top - there[word].bottom),
        )
        / 2
        for word in both
    )


@pytest.mark.real
@pytest.mark.parametrize(("name", "page_number"), BORN_DIGITAL)
def test_both_readers_agree_on_real_pages(corpus: Path, name: str, page_number: int) -> None:
    one, other = fast(corpus / name, page_number), carefully(corpus / name, page_number).lines
    assert agreement(one, other) > 0.95
    assert furthest(one, other) < 8


def test_both_readers_agree_on_a_cropped_page(tmp_path: Path) -> None:
    path = draw(tmp_path / "cropped.pdf", prose)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = pikepdf.Array([-20, -30, 612, 792])
        pdf.pages[0].CropBox = pikepdf.Array([50, 40, 562, 752])
        pdf.save(path)
    one, other = fast(path), carefully(path).lines
    assert agreement(one, other) == 1.0
    assert [len(line) for line in one] == [len(line) for line in other]
    first, second = one[0][0].box, other[0][0].box
    assert (second.x0, second.top) == pytest.approx((first.x0, first.top), abs=3)


def test_a_reader_that_does_not_come_back_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdfplumber_layer, "_SECONDS", 0.2)

    def sixty_times_prose(canvas: Canvas) -> None:
        for _ in range(60):
            prose(canvas)

    path = draw(tmp_path / "long.pdf", sixty_times_prose)
    began = time.monotonic()
    with pytest.raises((TimeoutError, PdfminerException)):  # pdfplumber wraps what it catches
        carefully(path)
    assert time.monotonic() - began < 5


def test_an_interruption_that_somebody_swallows_is_not_lost() -> None:
    with pytest.raises(TimeoutError), pdfplumber_layer._time_limit(0.05), suppress(TimeoutError):
        time.sleep(1)
