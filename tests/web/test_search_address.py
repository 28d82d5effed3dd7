"""The search in the address bar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.web.search_address import NAMES, SearchAddress

ADDRESS = SearchAddress.from_pairs(
    [("sort", "newest"), ("agency", "ice"), ("q", "opt out"), ("agency", "dhs"), ("window", "3"), ("x", "y")]
)
PAIRS = st.lists(st.tuples(st.sampled_from([*NAMES, "other"]), st.text(max_size=8)), max_size=8)


def test_what_search_does_not_know_is_left_out() -> None:
    assert ADDRESS.path() == "/search?q=opt+out&agency=ice&agency=dhs&sort=newest"
    assert ADDRESS.path(window=2) == ADDRESS.path() + "&window=2"


def test_one_filter_more_or_less_begins_at_the_first_window() -> None:
    assert ADDRESS.adding("kind", "memo") == "/search?q=opt+out&agency=ice&agency=dhs&kind=memo&sort=newest"
    assert ADDRESS.without("agency", "ice") == "/search?q=opt+out&agency=dhs&sort=newest"
    assert ADDRESS.without_filters() == "/search?q=opt+out&sort=newest"
    assert ADDRESS.sorted_by("oldest") == "/search?q=opt+out&agency=ice&agency=dhs&sort=oldest"


def test_a_year_takes_the_place_of_other_dates_and_goes_when_chosen_again() -> None:
    address = SearchAddress.from_pairs([("q", "opt"), ("after", "2009-05-01")])
    assert address.in_year("2010") == "/search?q=opt&after=2010-01-01&before=2010-12-31"
    chosen = SearchAddress.from_pairs([("q", "opt"), ("after", "2010-01-01"), ("before", "2010-12-31")])
    assert chosen.is_year("2010")
    assert chosen.in_year("2010") == "/search?q=opt"


@given(PAIRS)
def test_reading_an_address_again_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    once = SearchAddress.from_pairs(pairs)
    assert SearchAddress.from_pairs(once.parameters) == once


@given(PAIRS, st.sampled_from(["agency", "kind"]), st.text("abc-", min_size=1))
def test_adding_and_taking_away_is_where_one_was(pairs: list[tuple[str, str]], name: str, value: str) -> None:
    address = SearchAddress.from_pairs(pair for pair in pairs if pair[0] != name)
    more = SearchAddress.from_pairs([*address.parameters, (name, value)])
    assert address.adding(name, value) == more.path()
    assert more.without(name, value) == address.path()
