"""Which hyphens at a line end belong to the word."""

from __future__ import annotations

import pytest

from ingest.hyphens import ends_with_hyphen, join_at_line_end


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("commu-", "nities", "communities"),
        ("Immi-", "gration", "Immigration"),
        ("(depart-", "ment)", "(department)"),
        ("with-", "out", "without"),
        ("law-", "yers", "lawyers"),
        ("long-", "er", "longer"),
        ("migra-", "ción,", "migración,"),
    ],
)
def test_a_word_broken_by_the_typesetter_is_made_whole(left: str, right: str, whole: str) -> None:
    assert join_at_line_end(left, right, next_line=True) == whole


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("opt-", "out"),
        ("long-", "term"),
        ("risk-", "based"),
        ("state-of-", "the-art"),
        ("I-", "247"),
        ("2010-", "0001"),
        ("ICE-", "DHS"),
        ("non-", "American"),
        ("e-", "mail"),
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(left: str, right: str) -> None:
    assert join_at_line_end(left, right, next_line=True) == left + right


def test_cells_of_a_table_are_not_joined_across_columns() -> None:
    assert join_at_line_end("I-", "247", next_line=False) is None


def test_a_line_number_is_no_end_of_a_word() -> None:
    assert join_at_line_end("commu-", "12", next_line=True) is None


@pytest.mark.parametrize("text", ["-", "--", "word--", "\N{EM DASH}", "word", "(b)-"])
def test_dashes_are_no_hyphens(text: str) -> None:
    assert not ends_with_hyphen(text)
