"""Windows of long lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.services.documents import clamp_window
from archive.services.windows import Window


@given(total=st.integers(0, 500), size=st.integers(1, 60))
def test_windows_one_after_the_other_are_the_whole_list(total: int, size: int) -> None:
    whole = list(range(total))
    seen: list[int] = []
    number: int | None = 1
    while number is not None:
        window = Window(tuple(whole[(number - 1) * size : number * size]), number, size, total)
        assert window.items == tuple(whole[window.first - 1 : window.last]) or not total
        seen += window.items
        number = window.next
    assert seen == whole


@given(asked=st.integers(-10, 10**9), total=st.integers(0, 500), size=st.integers(1, 60))
def test_any_number_leads_to_a_window_that_is_there(asked: int, total: int, size: int) -> None:
    number = clamp_window(asked, total, size)
    assert 1 <= number <= Window((), number, size, total).count
