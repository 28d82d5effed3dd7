"""Values as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from archive.web.formats import format_bytes, format_count, format_date, format_ranges, format_time


def test_dates_are_written_out() -> None:
    assert format_date(date(2010, 8, 17)) == "17 August 2010"


def test_times_are_given_in_utc() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    assert format_time(datetime(2010, 8, 17, 2, 15, tzinfo=east)) == "16 August 2010, 20:45 UTC"
    assert format_time(datetime(2010, 8, 17, 2, 5, tzinfo=UTC)) == "17 August 2010, 02:05 UTC"


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (12345, "12,345 pages")])
def test_counts_agree_with_their_noun(number: int, said: str) -> None:
    assert format_count(number, "page") == said


@pytest.mark.parametrize(
    ("byte_count", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_400, "1.4 KB"),
        (999_999, "1.0 MB"),
        (52_000_000, "52 MB"),
        (2**41, "2,199 GB"),
    ],
)
def test_sizes_have_two_figures(byte_count: int, said: str) -> None:
    assert format_bytes(byte_count) == said


def test_pages_in_a_row_are_a_range() -> None:
    assert format_ranges([1, 3, 4, 5, 9, 10]) == "1, 3–5, 9–10"
