"""Parts of files, as RFC 9110 has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.web.byte_ranges import ByteRange, UnsatisfiableRange, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", ByteRange(0, 0)),
        ("bytes=0-", ByteRange(0, 99)),
        ("bytes=10-19", ByteRange(10, 19)),
        ("bytes=90-500", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-500", ByteRange(0, 99)),
    ],
)
def test_one_range_is_understood(header: str, expected: ByteRange) -> None:
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(
    "header", ["", "bytes=0-1,5-6", "bytes=5-4", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=٣-"]
)
def test_what_is_not_one_range_asks_for_the_whole(header: str) -> None:
    assert parse_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_after_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(UnsatisfiableRange):
        parse_range(header, 100)


@given(st.text(max_size=30), st.integers(1, 10_000))
def test_a_range_never_leaves_the_file(tail: str, size: int) -> None:
    try:
        part = parse_range("bytes=" + tail, size)
    except UnsatisfiableRange:
        return
    assert part is None or 0 <= part.start <= part.last < size
