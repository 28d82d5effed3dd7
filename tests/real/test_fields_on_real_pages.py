"""What is proposed from the first page of real documents, against what a person would write down.

The facts are in public records' own catalogues; nothing of the documents is kept here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.drawn import read_page

pytestmark = pytest.mark.real

CORPUS = Path(__file__).parents[2] / "../shared/corpus"

# title, dated_on, kind: empty where the page does not say, and nothing may be proposed
FACTS: dict[str, tuple[str, str, str]] = {
    "aclu-v-ice_joint-appendix_2021-08-20.pdf": (
        "UNION IMMIGRANTS’ RIGHTS PROJECT v. UNITED",
        "",
        "court_paper",
    ),
    "chicago_police-district-council-001_agenda_2023-06-06.pdf": ("NOTICE AND AGENDA OF DISTRICT", "", ""),
    "doj_foia-gov-faq_es_2011-01.pdf": ("Preguntas frecuentes", "", ""),
    "faa_federal-register_2020-17221.pdf": ("", "2020-08-06", ""),
    "fbi_nics-background-checks_2015-11_rotated.pdf": ("", "", ""),
    "ice_dmcp-facility-list_2017-07.pdf": ("Authorized DMCP Facility List", "2017-07-10", "log"),
    "ice_foia-final-response-letter_2025-08-07.pdf": ("2025-ICLI-00019", "2025-08-07", "response_letter"),
    "ice_i-213_redacted_2019-ICLI-00003.pdf": ("Form I-213", "", "form"),
    "moa287g_loudoun-county-va_wso_2025-03-26.pdf": (
        "MEMORANDUM OF AGREEMENT Warrant Service",
        "",
        "agreement",
    ),
    "moa287g_massachusetts-doc_jem_2020-06-08.pdf": ("MEMORANDUM OF AGREEMENT 287(g) Jail", "", "agreement"),
    "nara_jfk_104-10006-10015_cia-cable.pdf": ("", "", ""),
    "nara_jfk_104-10103-10063_cia-cubana-flights.pdf": ("FLIGHTS FROM MEXICO CITY", "1963-11-22", ""),
    "nara_jfk_32989794_fbi-stl-senstudy_p1-14.pdf": ("", "", ""),
    "scotus_tarrant-v-herrmann_syllabus_scan.pdf": ("DISTRICT v. HERRMANN", "2013-06-13", "court_paper"),
    "sdny_aclu-v-ice_opinion_2021-03-10.pdf": (
        "RIGHTS PROJECT v. UNITED STATES",
        "2021-03-10",
        "court_paper",
    ),
    "state_hrc_C05739586.pdf": ("Proposed Quad Deal", "2011-03-23", "email"),
    "state_hrc_C05739661.pdf": ("Speech draft for Friday at CSIS", "2012-10-10", "email"),
    "state_hrc_C05739663.pdf": ("Speech draft for Friday at CSIS", "2012-10-10", "email"),
    "state_hrc_C05739724.pdf": ("Hotel in Benghazi", "2011-06-10", "email"),
    "state_hrc_C05739808.pdf": ("Report of arrests", "2012-11-18", "email"),
    "state_hrc_C05739836.pdf": ("Hearings", "2012-11-26", "email"),
}
NAMES: dict[str, tuple[str, str]] = {
    "ice_foia-final-response-letter_2025-08-07.pdf": ("", "Kelly M. Dermody"),
    "state_hrc_C05739661.pdf": ("Schwerin, Daniel B", "H"),
    "state_hrc_C05739724.pdf": ("Sullivan, Jacob J", "H"),
    "state_hrc_C05739836.pdf": ("Mills, Cheryl D", "H"),
}
_proposed: dict[str, dict[str, str]] = {}


def proposed(name: str) -> dict[str, str]:
    """Field name -> value, as the reader proposes it from page 1."""
    if name not in _proposed:
        path = CORPUS / name
        if not path.exists():
            pytest.skip(f"the corpus is not here: {path}")
        page = read_page(path, ocr=True)
        assert all(field.box is not None for field in page.proposals)
        _proposed[name] = {field.name.value: field.value for field in page.proposals}
    return _proposed[name]


@pytest.mark.parametrize("name", FACTS)
def test_title_date_and_kind_are_those_of_the_document_or_nothing(name: str) -> None:
    title, dated_on, kind = FACTS[name]
    fields = proposed(name)
    assert title in fields.get("title", "")
    assert bool(title) == bool(fields.get("title"))
    assert fields.get("dated_on", "") == dated_on
    assert fields.get("kind", "") == kind


@pytest.mark.parametrize("name", NAMES)
def test_sender_and_recipient_are_those_of_the_document(name: str) -> None:
    sender, recipient = NAMES[name]
    fields = proposed(name)
    assert fields.get("sender", "").startswith(sender)
    assert fields.get("recipient", "") == recipient
