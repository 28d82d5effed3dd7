"""CSV that is text to every spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.exports.spreadsheets import csv_chunks, safe_cell

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1", "\0=1", "=cmd|' /C calc'!A0"],
)
def test_what_looks_like_a_formula_is_text(hostile: str) -> None:
    assert str(safe_cell(hostile)).startswith("'")


@pytest.mark.parametrize("harmless", ["a=b", "§ 552", "(b)(7)(E)", "10-2674", "", "'=1"])
def test_what_is_text_stays_as_it_is(harmless: str) -> None:
    assert safe_cell(harmless) == harmless


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert (safe_cell(7), safe_cell(0.5), safe_cell(None)) == (7, 0.5, "")


@settings(max_examples=300)
@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=4), max_size=5))
def test_cells_come_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    data = b"".join(csv_chunks(rows))
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    expected = [[str(safe_cell(cell)).encode("utf-8", "replace").decode() for cell in row] for row in rows]
    assert read == expected
    assert not any(cell.startswith(FORMULAS) for row in read for cell in row)


def test_long_lists_come_in_pieces_and_whole() -> None:
    chunks = list(csv_chunks([number] for number in range(1000)))
    assert len(chunks) > 3
    assert b"".join(chunks).decode("utf-8-sig").split() == [str(number) for number in range(1000)]
