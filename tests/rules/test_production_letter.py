"""What is read from cover letters, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.production_letter import LetterReading, SaidFigure, read_cover_letter
from archive.samples.markup import read_text


def counted(text: str) -> dict[str, int]:
    return {kind.name.lower(): figure.pages for kind, figure in read_cover_letter(text).figures.items()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            (
                "We reviewed 1,204 pages of responsive records. We are releasing 873 pages in full, "
                "210 pages in part, and withholding 121 pages in full under (b)(5)."
            ),
            {"pages": 1204, "in_full": 873, "in_part": 210, "withheld": 121},
        ),
        (
            (
                "We reviewed 1,204 pages: 873 are released in full, 210 in part, 121 withheld in full. "
                "A further 12 pages were referred to the Federal Bureau of Investigation for direct response."
            ),
            {"pages": 1204, "in_full": 873, "in_part": 210, "withheld": 121, "referred": 12},
        ),
        (
            (
                "A total of 300 pages was reviewed. I have determined that 40 pages will be released in "
                "their entirety, 250 pages are released with redactions and 10 pages are withheld in "
                "their entirety."
            ),
            {"pages": 300, "in_full": 40, "in_part": 250, "withheld": 10},
        ),
        (
            "We release 873 pages in full and withhold 121 pages in full.",
            {"in_full": 873, "withheld": 121},
        ),
        (
            "ICE released 500 pages in full and 21 pages in part, and withheld 3 pages in full.",
            {"in_full": 500, "in_part": 21, "withheld": 3},
        ),
        ("This production consists of 57 pages.", {"pages": 57}),
        ("Twelve pages are withheld in full.", {"withheld": 12}),
        ("Enclosure: 40 pages", {"pages": 40}),
        ("Of those, 10 pages were withheld in part.", {"in_part": 10}),
        ("We have sent 12 pages to the Bureau for direct response to you.", {"referred": 12}),
    ],
)
def test_figures_of_a_letter_are_read_in_their_many_forms(text: str, said: dict[str, int]) -> None:
    assert counted(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Exempt under Title 5 U.S.C. 552 (b)(5). See pages 12 to 14.",
        "We located 3,112 pages.",
        "The first 100 pages are free.",
        "On January 14, 2011 you asked for all pages released in full.",
        "Case 10-2674 has pages released in part.",
        "",
    ],
)
def test_numbers_that_count_no_pages_of_the_release_are_left_alone(text: str) -> None:
    assert counted(text) == {}
    assert read_cover_letter(text).released is None


def test_a_figure_that_the_letter_gives_twice_and_differently_is_not_proposed() -> None:
    assert counted("We reviewed 10 pages. We processed 12 pages. 3 pages are withheld in full.") == {
        "withheld": 3
    }


def test_each_figure_comes_with_the_words_it_was_read_from() -> None:
    found = read_cover_letter(
        "We release 873 pages in full, 210 pages in part, and withhold 121 pages in full."
    )
    assert found.figures[SaidFigure.IN_PART].words == "210 pages in part"
    assert found.figures[SaidFigure.WITHHELD].words == "121 pages in full"


def test_the_sample_letter_is_read_as_it_is_meant() -> None:
    found = read_cover_letter(read_text("first-response-letter").replace("**", ""))
    assert {kind.name: one.pages for kind, one in found.figures.items()} == {"PAGES": 40, "WITHHELD": 1}
    assert found.released is not None
    assert found.released.pages == 39
    assert found.bates is not None
    assert (found.bates.first, found.bates.last) == ("ICE FOIA 10-2674.0001201", "10-2674.0001241")


def test_a_promise_of_the_next_release_is_read() -> None:
    found = read_cover_letter("ICE will make its next interim release no later than June 30, 2011.")
    assert found.next_due is not None
    assert found.next_due.on == date(2011, 6, 30)
    assert read_cover_letter("The next release is due on June 31, 2011.").next_due is None


def test_a_range_that_runs_backwards_is_no_range() -> None:
    assert read_cover_letter("Bates numbered ICE-000120 through ICE-000100.").bates is None
    assert read_cover_letter("nothing") == LetterReading({})
    assert read_cover_letter("nothing").is_empty
