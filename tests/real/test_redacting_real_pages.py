"""Words of real pages are covered, and found by no reader in the copy."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.copying import CoverBox, PageRecipe, Recipe
from ingest.events import ReadTask, TaskPage
from ingest.page import Box, PageReading, Word
from ingest.sandbox import Sandbox
from tests.ingest.test_redacting import texts_of, words_in_bytes

pytestmark = pytest.mark.real

CASES = 20
LONG = re.compile(r"\w{7,}")  # shorter words may stand in compressed bytes by chance


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


@pytest.mark.parametrize("seed", range(CASES))
def test_covered_words_of_a_real_page_are_gone(
    seed: int, corpus: Path, sandbox: Sandbox, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    files = sorted(corpus.glob("*.pdf"))
    path = files[seed % len(files)]
    page = _some_page(path, chance, sandbox)
    word = chance.choice(_coverable(page))
    boxes = tuple(
        CoverBox(_wider(box), "privacy")
        for other in page.words
        if _bare(word) in _bare(other)
        for box in other.boxes
    )
    copy = tmp_path / "copy.pdf"
    pages = (PageRecipe(page.page_number, boxes=boxes),)
    sandbox.make_copy(path, Recipe(pages, redacts=True, title="A record"), copy)

    gone = _bare(word)
    for reader, text in texts_of(copy).items():
        assert gone not in text.casefold(), f"{path.name}, page {page.page_number}: {reader}"
    assert not words_in_bytes(copy.read_bytes(), (gone,))
    assert copy.stat().st_size < 2_000_000


def _some_page(path: Path, chance: random.Random, sandbox: Sandbox) -> PageReading:
    """A page with words, by chance, among the first of the file."""
    events = sandbox.read([ReadTask(key="file", path=path, images=False)])
    pages = []
    for event in events:
        if isinstance(event, TaskPage) and isinstance(event.page, PageReading) and _coverable(event.page):
            pages.append(event.page)
        if len(pages) == 5:
            break
    events.close()
    return chance.choice(sorted(pages, key=lambda page: page.page_number))


def _coverable(page: PageReading) -> list[Word]:
    return [word for word in page.words if LONG.fullmatch(word.text)]


def _bare(word: Word) -> str:
    return re.sub(r"\W", "", word.text).casefold()


def _wider(box: Box) -> Box:
    return Box(box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1)
