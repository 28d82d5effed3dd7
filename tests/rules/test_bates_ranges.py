"""Ranges, gaps and overlaps of Bates numbers."""

from __future__ import annotations

from collections.abc import Iterable

from archive.rules.bates_ranges import (
    BatesSeries,
    Gap,
    StampedPage,
    Stretch,
    bates_ranges,
    implied_pages,
    without_numbers,
)


def stamped(document_id: str, numbers: Iterable[int], form: str = "ICE-{:06d}") -> list[StampedPage]:
    return [StampedPage(document_id, page, form.format(number)) for page, number in enumerate(numbers, 1)]


def only(pages: Iterable[StampedPage]) -> BatesSeries:
    (series,) = bates_ranges(pages)
    return series


def test_documents_that_follow_on_each_other_are_one_range() -> None:
    series = only(stamped("b", range(4, 8)) + stamped("a", range(1, 4)))
    assert [(one.first, one.last) for one in series.ranges] == [(1, 7)]
    assert series.ranges[0].stretches == (Stretch("a", 1, 1, 3), Stretch("b", 1, 4, 7))
    assert (series.gaps, series.overlaps, series.out_of_width) == ((), (), ())
    assert series.format(12) == "ICE-000012"


def test_what_lies_between_two_ranges_is_a_gap() -> None:
    series = only(stamped("a", range(1201, 1204)) + stamped("b", range(1378, 1380)))
    assert series.gaps == (Gap(1204, 1377),)
    assert series.gaps[0].count == 174


def test_a_jump_within_one_document_is_a_gap_too() -> None:
    assert only(stamped("a", [1, 2, 5])).gaps == (Gap(3, 4),)


def test_numbers_on_two_documents_are_one_overlap_as_long_as_they_run_on() -> None:
    series = only(stamped("a", range(1, 9)) + stamped("b", (7, 8)) + stamped("c", (2,)))
    assert [(one.first, one.last) for one in series.overlaps] == [(2, 2), (7, 8)]
    assert series.overlaps[1].stretches == (Stretch("a", 7, 7, 8), Stretch("b", 1, 7, 8))
    assert series.overlaps[1].stretches[0].last_page == 8
    assert series.gaps == ()


def test_a_number_on_two_pages_of_one_document_is_an_overlap() -> None:
    series = only(stamped("a", (1, 2, 2, 3)))
    assert [(one.first, one.last) for one in series.overlaps] == [(2, 2)]
    assert [one.first_page for one in series.overlaps[0].stretches] == [2, 3]


def test_spellings_of_one_prefix_are_one_series_and_other_prefixes_are_others() -> None:
    pages = [*stamped("a", (1, 2)), StampedPage("b", 1, "ICE 000003"), *stamped("c", (9,), "JA {:03d}")]
    found = bates_ranges([*pages, StampedPage("d", 1, "no number")])
    assert [(one.prefix, one.written, one.pages) for one in found] == [("ICE", "ICE-", 3), ("JA", "JA ", 1)]


def test_a_number_with_fewer_or_more_digits_than_the_series_has_is_named() -> None:
    odd = [StampedPage("b", 1, "ICE-0007"), StampedPage("c", 1, "ICE-00000008")]
    assert only([*stamped("a", range(1, 7)), *odd]).out_of_width == tuple(odd)


def test_numbers_without_zeros_and_those_that_outgrow_them_are_in_order() -> None:
    assert only(stamped("a", (998, 999, 1000), "FBI-{}")).out_of_width == ()
    assert only(stamped("a", (998, 999, 1000), "FBI-{}")).format(7) == "FBI-7"
    assert (
        only(stamped("a", (98, 99, 100), "ICE-{:02d}") + stamped("b", (1, 2), "ICE-{:02d}")).out_of_width
        == ()
    )


def test_a_page_between_two_stamped_ones_has_the_number_between() -> None:
    pages = [(1, "ICE-000001"), (3, "ICE-000003"), (5, "ICE-000009")]
    found = list(implied_pages(pages, "a"))
    assert [(one.page_number, one.bates) for one in found if not one.is_read] == [(2, "ICE-000002")]
    assert only(found).gaps == (Gap(4, 8),)


def test_what_others_have_of_a_gap_is_taken_out_of_it() -> None:
    assert without_numbers(Gap(5, 9), [1, 6, 7, 12]) == (Gap(5, 5), Gap(8, 9))
    assert without_numbers(Gap(5, 9), []) == (Gap(5, 9),)
    assert without_numbers(Gap(5, 6), [5, 6]) == ()


def test_a_hundred_thousand_pages_take_no_more_than_a_moment() -> None:
    pages = [
        page
        for document in range(1000)
        for page in stamped(f"{document:04}", range(document * 101, document * 101 + 100))
    ]
    assert len(only(pages).gaps) == 999
