"""The releases of the sample memo: exactly the words that were released later, as the manuscript has them."""

from __future__ import annotations

from pathlib import Path

from archive.rules.comparison import ComparedPage, ComparedRedaction, RunKind, compare_pages
from archive.rules.comparison_values import places_of
from archive.samples import Sample
from archive.samples.markup import parse_blocks, parse_spans, read_text
from ingest.page import PageReading
from tests.ingest.drawn import read_page

MEMO, PAGES = "memo-is-participation-mandatory", 4


def read(samples: tuple[Sample, ...], name: str) -> list[ComparedPage]:
    path: Path = next(sample.path for sample in samples if sample.path.stem == name)
    return [compared(read_page(path, page_number=number, images=True)) for number in range(1, PAGES + 1)]


def compared(page: PageReading) -> ComparedPage:
    redactions = tuple(ComparedRedaction(found.box, found.codes) for found in page.redactions)
    return ComparedPage(page.page_number, page.text, places_of(page.words), redactions)


def withheld_once() -> list[str]:
    """What the markup withholds under exemption 5 alone: the second release does not claim it."""
    spans = [span for block in parse_blocks(read_text(MEMO)) for span in parse_spans(block.text)]
    return [" ".join(span.text.split()) for span in spans if span.codes == ("b5",)]


def test_the_second_release_shows_exactly_what_the_markup_withholds(samples: tuple[Sample, ...]) -> None:
    first, second = read(samples, MEMO), read(samples, f"{MEMO}-second-release")
    found = compare_pages(first, second)
    assert [run.shown.words for run in found.runs] == withheld_once()
    assert {(run.kind, run.codes) for run in found.runs} == {(RunKind.RELEASED, ("b5",))}
    assert found.code_changes == ()
    turned = compare_pages(second, first)
    assert [run.shown.words for run in turned.runs] == withheld_once()
    assert {run.kind for run in turned.runs} == {RunKind.WITHHELD}
