"""Dates as government papers have them, and as OCR sees them."""

from __future__ import annotations

import pytest

from ingest.dates import find_date, iter_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("June 2, 2010", "2010-06-02"),
        ("June 2 2010", "2010-06-02"),
        ("JUNE 2ND, 2010", "2010-06-02"),
        ("Sept. 3, 2010", "2010-09-03"),
        ("Friday, June 10,2011 4:01 PM", "2011-06-10"),
        ("2 June 2010", "2010-06-02"),
        ("the 2nd day of June, 2010", "2010-06-02"),
        ("06/02/2010", "2010-06-02"),
        ("6-2-2010", "2010-06-02"),
        ("6/2/10", "2010-06-02"),
        ("3/5/75", "1975-03-05"),
        ("2010-06-02", "2010-06-02"),
        ("6 de octubre de 2010", "2010-10-06"),
        ("AUG 17 2010", "2010-08-17"),
        ("JUN 0 2 2010", "2010-06-02"),
        ("October I, 2010", "2010-10-01"),
        ("Jan 3l, 2011", "2011-01-31"),
        ("0ctober 12, 2010", "2010-10-12"),
        ("Novernber 5, 2OO9", "2009-11-05"),
        ("lO/O1/2010", "2010-10-01"),
    ],
)
def test_a_date_is_read_in_every_way_it_is_written(text: str, expected: str) -> None:
    found = find_date(f"dated {text}.")
    assert found is not None
    assert found.value.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "10-2674",
        "19 20",
        "June 31, 2010",
        "13/25/2010",
        "June 3, 1776",
        "June 3, 2210",
        "Room 12, 2010",
        "1-800-555-1212",
        "page 3 of 15",
        "12/1964",
        "A 123 456 789",
        "",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_date(text) is None


def test_dates_come_from_left_to_right_with_their_place() -> None:
    text = "Argued April 23, 2013, decided 06/13/2013"
    found = list(iter_dates(text))
    assert [text[item.start : item.end] for item in found] == ["April 23, 2013", "06/13/2013"]
