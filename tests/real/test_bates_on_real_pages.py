"""The stamps of real pages, against a list that was made by looking at the foot of each of them.

``bates_expected.csv`` has every stamped page of the real documents; the pages that it leaves out have no
stamp, whatever other numbers they bear: page numbers, court headers, State's document numbers.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from archive.rules.bates import read_bates_numbers
from tests.ingest.drawn import read_page

pytestmark = pytest.mark.real

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
EXPECTED = Path(__file__).with_name("bates_expected.csv")
# Scans of one stamped page whose text layer is thrown away for a reading of our own.
READ_BY_OCR = ("state_hrc_C05739724.pdf", "state_hrc_C05739808.pdf")


def expected_stamps() -> dict[str, dict[int, str]]:
    stamps: dict[str, dict[int, str]] = {}
    with EXPECTED.open(newline="") as file:
        for row in csv.DictReader(file):
            stamps.setdefault(row["file"], {})[int(row["page"])] = row["bates"]
    return stamps


def text_layer(path: Path) -> list[tuple[int, str]]:
    document = PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [(number, text.replace("\r\n", "\n")) for number, text in enumerate(texts, 1)]


def test_every_stamped_page_of_the_real_documents_has_its_number_and_no_other_page_has_one(
    corpus: Path,
) -> None:
    expected = expected_stamps()
    read = {path.name: read_bates_numbers(text_layer(path)) for path in sorted(corpus.glob("*.pdf"))}
    assert sum(map(len, expected.values())) == 227
    assert {file: stamps for file, stamps in read.items() if stamps} == expected


@pytest.mark.parametrize("file", READ_BY_OCR)
def test_a_stamp_that_ocr_reads_is_the_same(corpus: Path, file: str) -> None:
    page = read_page(corpus / file, ocr=True)
    assert read_bates_numbers([(1, page.text)]) == expected_stamps()[file]
