"""Which stamps number the pages of a production, and which numbers do not."""

from __future__ import annotations

import pytest

from archive.rules.bates import read_bates_numbers, split_bates

BODY = "\n".join(f"A line of the text, number {word}." for word in ("one", "two", "three", "four", "five"))


def production(stamp: str, first: int = 1230, pages: int = 6) -> list[tuple[int, str]]:
    """Pages 1 to ``pages`` with ``stamp`` at the foot; its {} is the running number."""
    return [(page, f"{BODY}\n{stamp.format(first + page)}") for page in range(1, pages + 1)]


FORMATS = [
    "ICE FOIA 10-2674.{:07d}",
    "ICE-{:06d}",
    "ICE 2010FOIA2674.{:06d}",
    "FBI (18-cv-1766)-{}",
    "EPIC-16-01-01-FBI-FOIA-20160819-{:05d}",
    "SC-ICE-{:05d}",
    "2019-ICLI-00003 -{:06d}",
    "STATE-SCB{:07d}",
    "DOJ_{:05d}",
    "JA {:03d}",
    "DHS-001-{:04d}",
]


@pytest.mark.parametrize("stamp", FORMATS)
def test_a_running_stamp_is_read_whole_whatever_its_format(stamp: str) -> None:
    assert read_bates_numbers(production(stamp)) == {page: stamp.format(1230 + page) for page in range(1, 7)}


def test_the_stamp_may_stand_at_the_top_or_behind_other_words() -> None:
    top = [(page, f"ICE-{page:06d}\n{BODY}") for page in range(1, 5)]
    assert read_bates_numbers(top)[3] == "ICE-000003"
    behind = production("SUBJECT TO AGREEMENT. NO FOIA WAIVER. STATE-SCB{:07d}")
    assert read_bates_numbers(behind)[1] == "STATE-SCB0001231"
    before = production("FOR OFFICIAL USE ONLY ICE-{:06d} LAW ENFORCEMENT SENSITIVE")
    assert read_bates_numbers(before)[1] == "ICE-001231"


NOT_BATES = [
    "Page {} of 15",
    "Page {}",
    "{}",
    "- {} -",
    "Case 1:19-cv-07058-GBD Document 46 Filed 03/10/21 Page {} of 15",
    "Case 21-1233, Document 32, 08/20/2021, 3160136, Page{} of 196",
    "PO 00000 Frm {:05d} Fmt 4702 Sfmt 4702",
    "Federal Register / Vol. 85, No. 152 / Proposed Rules {}",
    "Doc No. C05739661",
    "C05739661",
    "Section {}",
    "NW 65924 DocId:32989794 Page {}",
    "Exhibit {}",
    "Form I-213 (Rev. 08/01/07)",
    "Washington, DC 20536",
    "Tel: (212) 555-0123",
    "June 2, {}",
]


@pytest.mark.parametrize("stamp", NOT_BATES)
def test_page_numbers_headers_and_document_numbers_are_no_stamps(stamp: str) -> None:
    assert read_bates_numbers(production(stamp, first=1999)) == {}


def test_a_number_in_the_middle_of_the_page_is_no_stamp() -> None:
    middle = [(page, f"{BODY}\n{BODY}\nICE-{page:06d}\n{BODY}\n{BODY}") for page in range(1, 5)]
    assert read_bates_numbers(middle) == {}


def test_a_stamp_read_in_the_middle_counts_when_it_is_the_number_its_neighbours_call_for() -> None:
    pages = production("ICE FOIA 10-2674.{:07d}")
    pages[0] = (1, f"{BODY}\n{BODY}\n{pages[0][1].splitlines()[-1]}\n{BODY}\n{BODY}")
    assert sorted(read_bates_numbers(pages)) == [number for number, _ in pages]
    pages[0] = (1, f"{BODY}\n{BODY}\nICE FOIA 10-2674.0009999\n{BODY}\n{BODY}")
    assert 1 not in read_bates_numbers(pages)


def test_numbers_that_do_not_rise_with_the_pages_are_no_series() -> None:
    pages = [(page, f"{BODY}\nICE-{number:03d}") for page, number in enumerate((7, 3, 900, 12), 1)]
    assert read_bates_numbers(pages) == {}


def test_pages_without_a_stamp_are_left_out_and_do_not_break_the_series() -> None:
    pages = production("ICE-{:06d}")
    pages[2] = (3, BODY)
    assert set(read_bates_numbers(pages)) == {1, 2, 4, 5, 6}


def test_a_misread_number_is_left_out() -> None:
    pages = production("ICE-{:06d}", pages=8)
    pages[3] = (4, f"{BODY}\nICE-901234")
    read = read_bates_numbers(pages)
    assert 4 not in read
    assert read[5] == "ICE-001235"


def test_a_misread_prefix_is_put_right_by_its_neighbours() -> None:
    pages = production("STATE-SCB{:07d}")
    pages[1] = (2, f"{BODY}\nSTATE-5CB0001232")
    assert read_bates_numbers(pages)[2] == "STATE-SCB0001232"


@pytest.mark.parametrize(
    ("misread", "prefix"),
    [
        ("STATE-5CB{:07d}", "STATE-SCB"),
        ("STATE-SC8A{:07d}", "STATE-SCBA"),
        ("D0J-{:07d}", "DOJ-"),
        ("ICE-2010FOIA2674.{:06d}", "ICE-2010FOIA2674."),
        ("EPIC-16-01-01-FBI-FOIA-20160819-{:05d}", "EPIC-16-01-01-FBI-FOIA-20160819-"),
        ("DHS-8-{:05d}", "DHS-8-"),
    ],
)
def test_a_digit_among_capitals_is_the_letter_it_looks_like_even_when_every_page_has_it(
    misread: str, prefix: str
) -> None:
    assert read_bates_numbers(production(misread))[2].startswith(prefix)


def test_two_productions_in_one_file_are_both_read() -> None:
    first = production("ICE-{:06d}", pages=4)
    second = [(page + 4, text) for page, text in production("DHS-OIG-{:05d}", first=10, pages=4)]
    read = read_bates_numbers(first + second)
    assert (read[4], read[5]) == ("ICE-001234", "DHS-OIG-00011")


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("ICE FOIA 10-2674.0001234", "ICE FOIA 10-2674.0001234"),
        ("STATE-SCB0045788", "STATE-SCB0045788"),
        ("SC-ICE-00001", "SC-ICE-00001"),
        ("C05739661", None),
        ("Case No. F-2015-04841", None),
        ("2025-ICLI-00019", None),
        ("Boston, MA 02108", None),
        ("JA 001", None),
        ("ICE-123456", None),
    ],
)
def test_on_a_single_page_only_an_unmistakable_stamp_counts(stamp: str, expected: str | None) -> None:
    assert read_bates_numbers([(1, f"{BODY}\n{stamp}")]).get(1) == expected


def test_an_empty_document_has_no_stamps() -> None:
    assert read_bates_numbers([]) == {}
    assert read_bates_numbers([(1, ""), (2, "\n\n")]) == {}


def test_ten_thousand_pages_take_no_more_than_a_moment() -> None:
    read = read_bates_numbers(production("ICE FOIA 10-2674.{:07d}", pages=10_000))
    assert len(read) == 10_000


@pytest.mark.parametrize(
    ("written", "split"),
    [
        ("ICE FOIA 10-2674.0001234", ("ICEFOIA102674", 1234)),
        ("ice-000120", ("ICE", 120)),
        ("JA 046", ("JA", 46)),
        ("000123", ("", 123)),
        ("SC-ICE-00001.", ("SCICE", 1)),
        ("no number", None),
        ("", None),
    ],
)
def test_a_bates_number_is_a_prefix_and_a_number(written: str, split: tuple[str, int] | None) -> None:
    assert split_bates(written) == split
