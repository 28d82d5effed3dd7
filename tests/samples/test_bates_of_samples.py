"""What the numbers of the sample production say: one gap and one overlap, as planted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from pypdfium2 import PdfDocument

from archive.rules.bates import read_bates_numbers
from archive.rules.bates_ranges import Gap, StampedPage, bates_ranges, implied_pages
from archive.samples.documents import SampleDocument
from archive.samples.maker import sample_documents
from archive.samples.production import NEVER_PRODUCED, NUMBERED_AGAIN
from archive.samples.story import FIRST_RELEASE, SECOND_RELEASE


def stamped(document: SampleDocument) -> Iterator[StampedPage]:
    """Its pages with their numbers, from its words as they were before it was scanned."""
    opened = PdfDocument(document.drawn())
    try:
        texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened]
    finally:
        opened.close()
    if document.text_layer:
        texts = [f"{text}\n{document.text_layer(place)[0].words}" for place, text in enumerate(texts, 1)]
    numbers = read_bates_numbers(list(enumerate(texts, 1)))
    yield from implied_pages(list(numbers.items()), document.name)


def test_the_first_release_has_the_planted_gap_and_the_planted_overlap_alone() -> None:
    pages = [
        page
        for document in sample_documents()
        if document.description.production == FIRST_RELEASE
        for page in stamped(document)
    ]
    (series,) = bates_ranges(pages)
    assert (series.first, series.last, series.pages) == (1201, 1241, 40)
    assert series.gaps == (Gap(NEVER_PRODUCED.start, NEVER_PRODUCED.stop - 1),)
    (overlap,) = series.overlaps
    assert (overlap.first, overlap.last) == (NUMBERED_AGAIN.start, NUMBERED_AGAIN.stop - 1)
    assert [(one.document_id, one.first_page, one.last_page) for one in overlap.stretches] == [
        ("form-i-247-detainer", 1, 2),
        ("slides-coordinator-training", 7, 8),
    ]
    assert series.out_of_width == ()


def test_all_other_samples_have_numbers_in_one_run_or_none() -> None:
    for document in sample_documents():
        if document.description.production != FIRST_RELEASE:
            found = bates_ranges(stamped(document))
            assert [(one.gaps, one.overlaps) for one in found] in ([], [((), ())]), document.name
            assert not found or document.description.production == SECOND_RELEASE, document.name
