"""On every page of the corpus: is the text layer the page's text, or is OCR needed?

What each page is was seen by eye; nothing of the documents is kept here.
"""

from __future__ import annotations

import mmap
from collections import Counter
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.page import PageReading
from ingest.pipeline import PageReader, ReadOptions

pytestmark = pytest.mark.real

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
TEXT_LAYER_REASONS = {"born_digital", "sound_ocr_layer", "few_words"}

SCANS_WITHOUT_TEXT = {
    "ice_foia-final-response-letter_2025-08-07.pdf": 2,
    "nara_jfk_104-10006-10015_cia-cable.pdf": 1,
    "nara_jfk_104-10103-10063_cia-cubana-flights.pdf": 4,
    "nara_jfk_32989794_fbi-stl-senstudy_p1-14.pdf": 14,
    "scotus_tarrant-v-herrmann_syllabus_scan.pdf": 2,
}
BORN_DIGITAL = {
    "chicago_police-district-council-001_agenda_2023-06-06.pdf": 1,
    "doj_foia-gov-faq_es_2011-01.pdf": 8,
    "fbi_nics-background-checks_2015-11_rotated.pdf": 1,
    "ice_dmcp-facility-list_2017-07.pdf": 4,
}


def reasons(name: str) -> list[str]:
    """Why each page's source was chosen, without doing the OCR."""
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"the corpus is not here: {path}")
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    reader = PageReader(data, Limits(), ReadOptions(images=False, ocr=False))
    pages = list(reader.read_pages(range(1, reader.file.page_count + 1)))
    return [page.trust_reason for page in pages if isinstance(page, PageReading)]


@pytest.mark.parametrize(("name", "pages"), SCANS_WITHOUT_TEXT.items())
def test_a_scan_without_text_is_read_by_ocr(name: str, pages: int) -> None:
    assert reasons(name) == ["picture_without_text"] * pages


@pytest.mark.parametrize(("name", "pages"), BORN_DIGITAL.items())
def test_born_digital_pages_keep_their_text_in_spanish_and_in_tables_too(name: str, pages: int) -> None:
    assert reasons(name) == ["born_digital"] * pages


def test_the_court_s_header_over_a_scanned_opinion_fools_nobody() -> None:
    assert reasons("sdny_aclu-v-ice_opinion_2021-03-10.pdf") == ["stamps_over_picture"] * 15


def test_typed_in_fields_over_a_scanned_agreement_fool_nobody() -> None:
    found = Counter(reasons("moa287g_loudoun-county-va_wso_2025-03-26.pdf"))
    assert found == {"picture_without_text": 9, "little_text_over_picture": 2}


def test_the_garbled_layer_of_the_i_213_is_read_again_and_its_vector_pages_are_not() -> None:
    assert reasons("ice_i-213_redacted_2019-ICLI-00003.pdf") == [
        "poor_ocr_layer",
        "born_digital",
        "born_digital",
    ]


def test_an_old_ocr_layer_is_kept_only_where_it_is_sound() -> None:
    found = reasons("moa287g_massachusetts-doc_jem_2020-06-08.pdf")
    assert set(found) == {"sound_ocr_layer", "poor_ocr_layer"}
    assert found[10] == "poor_ocr_layer"  # page 11 is written by hand


@pytest.mark.parametrize("number", ["C05739661", "C05739663"])
def test_wholly_withheld_pages_hold_nothing_but_stamps(number: str) -> None:
    assert set(reasons(f"state_hrc_{number}.pdf")[2:]) == {"stamps_over_picture"}


def test_figures_that_hold_the_rule_s_words_are_read() -> None:
    found = reasons("faa_federal-register_2020-17221.pdf")
    assert found[:7] == ["born_digital"] * 7
    assert set(found[7:13]) == {"little_text_over_picture"}
    assert found[13:] == ["words_may_be_in_picture", "born_digital"]


def test_the_joint_appendix_shows_every_kind_of_page() -> None:
    found = dict(enumerate(reasons("aclu-v-ice_joint-appendix_2021-08-20.pdf"), 1))
    scanned = [page for page, reason in found.items() if reason == "stamps_over_picture"]
    assert scanned == [*range(33, 38), *range(179, 194)]
    garbled = {page for page, reason in found.items() if reason == "garbled_text"}
    # the pages where one of the fonts gives glyph numbers: 'WKH' for 'the', '^ciZci' for 'intent'
    assert garbled >= {13, 14, 15, 16, 18, 19, 20, 21, 79, 80, 81, 82, 84, 85, 86}
    assert garbled <= {*range(11, 23), *range(79, 87)}
    born = [page for page, reason in found.items() if reason in TEXT_LAYER_REASONS]
    assert len(born) >= 196 - 20 - 21
