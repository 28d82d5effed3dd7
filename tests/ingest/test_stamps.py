"""Stamps are what repeats from page to page, or looks like nothing else."""

from __future__ import annotations

import pytest

from ingest.stamps import fold_line, is_known_stamp, repeated_lines, without_stamps

HEADER = "Case 1:19-cv-07058-GBD   Document 52   Filed 03/10/21   Page {} of 15"


def own_text(pages: list[str]) -> list[str]:
    return [without_stamps(page, repeated_lines(pages)).strip() for page in pages]


def test_running_numbers_count_as_the_same_line() -> None:
    assert fold_line(HEADER.format(3)) == fold_line(HEADER.format(12))


def test_a_line_at_the_edge_of_most_pages_is_a_stamp_whatever_it_says() -> None:
    pages = [f"Produced to the Select Committee {number}\nText of page {word}." for number, word in
             enumerate(("one", "two", "three", "four"), 1)]  # fmt: skip
    assert own_text(pages) == [
        "Text of page one.",
        "Text of page two.",
        "Text of page three.",
        "Text of page four.",
    ]


def test_a_line_that_only_some_pages_have_stays() -> None:
    pages = ["Weekly report\na", "Weekly report\nb", "c", "d", "e"]
    assert own_text(pages)[0] == "Weekly report\na"


def test_the_middle_of_a_page_is_never_a_stamp() -> None:
    pages = ["\n".join([*f"{n}bcdefgh", "the same words", *f"ijklmno{n}"]) for n in "xyz"]
    assert all("the same words" in page for page in own_text(pages))


@pytest.mark.parametrize(
    "stamp",
    [
        HEADER.format(1),
        "Case 21-1233, Document 32, 08/20/2021, 3160136, Page1 of 196",
        "Page 3 of 15",
        "- 7 -",
        "12",
        "ICE FOIA 10-2674.0001234",
        "2019-ICLI-00003 -022454",
        "STATE-SCB0045015",
        "RELEASE IN PART B5,B6",
        "RELEASE IN FULL",
        "UNCLASSIFIED",
        "SECRET//NOFORN",
        "DocuSign Envelope ID: 1A2B3C4D-0000-4444-8888-ABCDEF012345",
        "NW 65924 Docid:32356928 Page 1",
        "Doc No. C05739586",
    ],
)
def test_known_stamps_are_known_on_a_single_page(stamp: str) -> None:
    assert is_known_stamp(stamp)
    assert own_text([f"{stamp}\nThe letter itself.\n{stamp}"]) == ["The letter itself."]
    assert own_text([f"{stamp}\nOne.", f"{stamp}\nTwo."]) == ["One.", "Two."]


@pytest.mark.parametrize(
    "line",
    [
        "On page 3 of 15 the board voted to leave.",
        "The case 21-1233 was decided in March.",
        "October 12, 2010",
        "This information is secret.",
        "Article 7 is repealed.",
        "San Francisco, CA 94111",
        "(202) 555-0123",
    ],
)
def test_what_the_page_says_is_no_stamp(line: str) -> None:
    assert not is_known_stamp(line)


def test_two_pages_that_share_a_line_are_not_robbed_of_it() -> None:
    assert own_text(["Dear Sheriff:\nNo.", "Dear Sheriff:\nYes."])[0] == "Dear Sheriff:\nNo."


def test_no_pages_have_no_stamps() -> None:
    assert repeated_lines([]) == frozenset()
    assert repeated_lines(["", "  \n"]) == frozenset()
