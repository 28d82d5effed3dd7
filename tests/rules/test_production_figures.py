"""A cover letter's figures against what arrived: what differs is said, and what agrees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.rules.production_figures import (
    ArrivedFigures,
    Compared,
    Comparison,
    SaidFigures,
    compare_figures,
    contradictions,
)


def compared(said: SaidFigures, here: ArrivedFigures) -> dict[Compared, Comparison]:
    return {one.what: one for one in compare_figures(said, here)}


def test_pages_withheld_in_full_are_accounted_for_by_slip_sheets_and_missing_numbers() -> None:
    found = compared(SaidFigures(withheld=121), ArrivedFigures(withheld=70, missing=48))[Compared.WITHHELD]
    assert found.left == 3
    assert not found.is_even
    assert found.sentence == (
        "The letter says 121 pages withheld in full; 70 slip sheets and 48 missing numbers are here: "
        "3 unaccounted for."
    )


def test_more_missing_numbers_than_pages_withheld_are_a_difference_too() -> None:
    found = compared(SaidFigures(withheld=1), ArrivedFigures(withheld=1, missing=3))[Compared.WITHHELD]
    assert found.left == -3
    assert found.sentence.endswith(
        "1 slip sheet and 3 missing numbers are here: 3 more than the letter says."
    )


def test_what_agrees_is_said_to_agree() -> None:
    said = SaidFigures(pages=1204, in_full=873, in_part=210, withheld=121)
    here = ArrivedFigures(in_full=873, in_part=210, withheld=121)
    assert all(one.is_even and one.sentence.endswith("they agree.") for one in compare_figures(said, here))


def test_pages_that_were_withheld_need_not_arrive() -> None:
    said = SaidFigures(pages=100, in_full=60, in_part=20, withheld=20)
    found = compared(said, ArrivedFigures(in_full=60, in_part=20, withheld=5))[Compared.PAGES]
    assert found.is_even
    assert "Of 20 pages withheld in full by the letter, 15 left no slip sheet." in found.sentence


def test_a_letter_that_counts_full_and_part_together_is_compared_so() -> None:
    said = SaidFigures(pages=40, withheld=1)
    assert said.released == 39
    found = compared(said, ArrivedFigures(in_full=14, in_part=25, withheld=1))
    assert found[Compared.RELEASED].sentence == (
        "The letter says 39 pages released in full or in part; 39 pages are here: they agree."
    )
    assert found[Compared.IN_FULL].said is None


def test_pages_that_could_not_be_read_may_be_what_is_missing() -> None:
    found = compared(SaidFigures(in_full=3), ArrivedFigures(in_full=2, unread=1))[Compared.IN_FULL]
    assert found.sentence.endswith("1 not here. 1 page could not be read and may be among them.")


def test_a_letter_that_counts_nothing_leaves_what_is_here() -> None:
    found = compare_figures(SaidFigures(), ArrivedFigures(in_full=2, referred=1))
    assert SaidFigures().is_empty
    assert all(one.is_even and one.said is None for one in found)
    assert found[0].sentence == "3 pages are here."


def test_a_letter_that_contradicts_itself_is_told_so() -> None:
    assert contradictions(SaidFigures(pages=10, in_full=5, in_part=2, withheld=2)) == (
        "The letter counts 10 pages, but its parts add up to 9.",
    )
    assert contradictions(SaidFigures(pages=10, withheld=12)) == (
        "The letter counts 10 pages, but its parts alone are 12.",
    )
    assert contradictions(SaidFigures(pages=40), numbers=41) == (
        "The letter names 41 Bates numbers for 40 pages: at least 1 number is on no page that it counts.",
    )
    assert contradictions(SaidFigures(pages=40), numbers=38) == (
        "The letter names 38 Bates numbers for 40 pages: at least 2 pages share a number, or bear none.",
    )
    assert contradictions(SaidFigures(pages=9, in_full=5, in_part=2, withheld=2), numbers=9) == ()


_some = st.none() | st.integers(0, 5000)


@given(
    st.builds(SaidFigures, _some, _some, _some, _some, _some),
    st.builds(ArrivedFigures, *[st.integers(0, 5000)] * 6),
)
def test_every_figure_can_be_compared_and_said(said: SaidFigures, here: ArrivedFigures) -> None:
    for one in compare_figures(said, here):
        assert one.sentence.endswith(".")
        assert one.is_even or f"{abs(one.left):,}" in one.sentence or one.what is Compared.PAGES
    contradictions(said)
