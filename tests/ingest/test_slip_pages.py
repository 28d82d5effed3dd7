"""A sheet that stands for pages kept back or sent on is known by what it says, and that it says little."""

from __future__ import annotations

import pytest

from ingest.redaction_found import PageDisposition
from ingest.slip_pages import slip_page

WITHHELD, REFERRED = PageDisposition.WITHHELD, PageDisposition.REFERRED

FBI_SHEET = """XXXXXX
FEDERAL BUREAU OF INVESTIGATION
FOI/PA
DELETED PAGE INFORMATION SHEET
FOI/PA# 1234567-0
Total Deleted Page(s) = 14
Page 12 ~ b6; b7C
Page 13 ~ b6; b7C; b7E
Page 14 ~ Duplicate
"""


@pytest.mark.parametrize(
    ("text", "disposition", "codes"),
    [
        ("Page 12\nWITHHELD IN FULL\n(b)(5), (b)(7)(E)\nICE-000012", WITHHELD, ("b5", "b7e")),
        ("Page(s) withheld in full under\n(b)(6), (b)(7)(C)", WITHHELD, ("b6", "b7c")),
        ("The following 14 pages have been\nwithheld pursuant to 5 U.S.C. 552(b)(5).", WITHHELD, ("b5",)),
        ("3 page(s) withheld", WITHHELD, ()),
        ("Document withheld in its entirety under Exemption (b)(5)", WITHHELD, ("b5",)),
        (
            "PAGE WITHHELD IN FULL\nOne page withheld in its entirety\npursuant to 5 U.S.C. 552\n(b)(5)",
            WITHHELD,
            ("b5",),
        ),
        ("DENIED IN FULL\nB5", WITHHELD, ("b5",)),
        ("This page is exempt from disclosure\n(b)(4)", WITHHELD, ("b4",)),
        ("Pages 14-18 referred to the Department of State", REFERRED, ()),
        ("REFERRED TO ANOTHER AGENCY\n12 pages", REFERRED, ()),
        ("Document sent to USCIS for direct response.", REFERRED, ()),
        (FBI_SHEET, WITHHELD, ("b6", "b7c", "b7e")),
    ],
)
def test_sheets(text: str, disposition: PageDisposition, codes: tuple[str, ...]) -> None:
    slip = slip_page(text)
    assert slip is not None
    assert slip.disposition == disposition
    assert set(slip.codes) == set(codes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Counties may not opt out.",
        "Support was withheld from the counties.",
        "The matter was referred to the committee.",
        "We searched our files. 14 pages were withheld. " + "You may appeal this decision. " * 30,
        "Dear Mr. Poe:\nWe located 20 pages, and 4 pages are withheld in full under (b)(5).\nSincerely",
        "We have determined that 3 pages are withheld in full.",
        "From: Ann Lee\nTo: Bo Day\nSubject: records\nThe pages were withheld.",
        "RELEASE IN PART\nB5,B6\nPlease see the attached draft.",
    ],
)
def test_other_pages(text: str) -> None:
    assert slip_page(text) is None


def test_a_sheet_keeps_its_words_but_not_the_stamps_of_the_production() -> None:
    slip = slip_page("UNCLASSIFIED\nPage withheld in full\n(b)(5)\nICE FOIA 10-2674.0001234")
    assert slip is not None
    assert slip.words == "Page withheld in full (b)(5)"
