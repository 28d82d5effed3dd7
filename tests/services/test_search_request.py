"""What the parameters of an address ask for."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import BadFilter, BadQuery
from archive.rules.query import All, Filters, Sort, Term
from archive.services.search_request import HITS_IN_WINDOW, MAX_LIMIT, parse_search


def test_words_and_nothing_else() -> None:
    asked = parse_search({"q": [" detainer "]})
    assert asked.query.text == "detainer"
    assert asked.query.tree == Term("detainer")
    assert not asked.query.filters
    assert (asked.limit, asked.offset, asked.window) == (HITS_IN_WINDOW, 0, 1)


def test_filters_take_names_and_slugs_and_may_be_repeated() -> None:
    asked = parse_search(
        {
            "q": ["x"],
            "agency": ["ICE", "dhs", "", "ice"],
            "kind": ["sign_on_letter", "sign-on letter"],
            "place": ["arlington-county-va"],
            "production": ["2010-first"],
        }
    )
    assert asked.query.filters == Filters(
        agency=("ice", "dhs"),
        kind=("sign_on_letter",),
        place=("arlington-county-va",),
        production=("2010-first",),
    )


@pytest.mark.parametrize(
    ("written", "after", "before"),
    [
        ("2010-08-17", date(2010, 8, 17), date(2010, 8, 17)),
        ("2012-2", date(2012, 2, 1), date(2012, 2, 29)),
        ("2010", date(2010, 1, 1), date(2010, 12, 31)),
    ],
)
def test_a_month_or_a_year_is_meant_whole(written: str, after: date, before: date) -> None:
    filters = parse_search({"q": ["x"], "after": [written], "before": [written]}).query.filters
    assert (filters.after, filters.before) == (after, before)


@pytest.mark.parametrize(
    "written", ["yesterday", "2010-13-01", "2010-02-30", "0000", "17.8.2010", "02091-C-71"]
)
def test_what_is_no_date_is_said(written: str) -> None:
    with pytest.raises(BadFilter) as caught:
        parse_search({"q": ["x"], "after": [written]})
    assert written in caught.value.sentence
    assert "2010-08-17" in caught.value.help


def test_an_unknown_order_is_said() -> None:
    assert parse_search({"q": ["x"], "sort": ["newest"]}).query.sort is Sort.NEWEST
    with pytest.raises(BadFilter, match="best"):
        parse_search({"q": ["x"], "sort": ["best"]})


def test_filters_alone_ask_for_every_page() -> None:
    assert parse_search({"q": [""], "agency": ["ice"]}).query.tree == All()
    with pytest.raises(BadQuery):
        parse_search({"q": ["  "]})


@pytest.mark.parametrize(
    ("parameters", "limit", "offset"),
    [
        ({"window": ["3"]}, HITS_IN_WINDOW, 2 * HITS_IN_WINDOW),
        ({"window": ["0"]}, HITS_IN_WINDOW, 0),
        ({"window": ["-1"]}, HITS_IN_WINDOW, 0),
        ({"window": ["x"]}, HITS_IN_WINDOW, 0),
        ({"limit": ["5"], "offset": ["7"]}, 5, 7),
        ({"limit": ["5"], "window": ["2"]}, 5, 5),
        ({"limit": ["100000"]}, MAX_LIMIT, 0),
        ({"limit": ["0"]}, 1, 0),
    ],
)
def test_windows_never_fail(parameters: dict[str, list[str]], limit: int, offset: int) -> None:
    asked = parse_search({"q": ["x"], **parameters})
    assert (asked.limit, asked.offset) == (limit, offset)
