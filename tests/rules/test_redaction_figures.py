"""How figures of what was withheld are put together, and what is not said of a few."""

from __future__ import annotations

import pytest

from archive.rules.exemptions import wider_exemptions
from archive.rules.redaction_figures import (
    FEWEST_LOOKED_AT,
    FigureFilters,
    PageTally,
    Precision,
    codes_in,
    right_in_words,
    with_wider,
)
from archive.rules.statuses import DocumentKind
from ingest.exemption_law import exemptions


def test_a_few_that_were_looked_at_are_too_few_to_say() -> None:
    assert right_in_words(3, 3) == "3 of 3: too few to say"
    assert right_in_words(0, 0) == "none looked at"
    assert right_in_words(FEWEST_LOOKED_AT - 1, FEWEST_LOOKED_AT - 1).endswith("too few to say")
    assert right_in_words(27, 30) == "27 of 30 (90 %)"


@pytest.mark.parametrize(
    ("right", "of", "said"), [(999, 1000, "99 %"), (1, 1000, "1 %"), (1000, 1000, "100 %"), (0, 50, "0 %")]
)
def test_all_and_none_are_said_of_all_and_none_alone(right: int, of: int, said: str) -> None:
    assert right_in_words(right, of) == f"{right:,} of {of:,} ({said})"


def test_the_mean_is_over_the_pages_that_could_be_read() -> None:
    tally = PageTally(documents=1, pages=4, in_part=2, withheld=1, referred=1, unread=9, share_sum=3.0)
    assert tally.share == 0.75
    assert tally.in_full == 2
    assert tally.part_of_pages(1) == 0.25
    assert PageTally(unread=3).share == 0.0
    assert PageTally(unread=3).part_of_pages(0) == 0.0


def test_tallies_and_answers_add_up() -> None:
    assert PageTally(1, 1, 2, 1, 0, 1, 0, 0, 0.5) + PageTally(1, 0, 1) == PageTally(
        2, 1, 3, 1, 0, 1, 0, 0, 0.5
    )
    assert Precision(3, 2, 1, 0) + Precision(1, 1, 1, 5) == Precision(4, 3, 2, 5)


def test_an_exemption_is_claimed_where_a_part_of_it_is() -> None:
    assert with_wider(["b7e", "b6"]) == {"b7e", "b7", "b6"}
    assert with_wider(["ny:87.2.b"]) == {"ny:87.2.b", "ny:87.2", "ny:87", "ny"}
    assert with_wider([]) == set()


def test_every_exemption_begins_as_what_it_is_within_does() -> None:
    """Lists of codes are looked for by how a code in them begins."""
    assert [
        code for code in exemptions() for outer in wider_exemptions(code) if not code.startswith(outer)
    ] == []


def test_codes_are_read_from_a_list_as_the_database_has_it() -> None:
    assert codes_in('["b6","ca:7923.600"]') == ("b6", "ca:7923.600")
    assert codes_in("[]") == codes_in("null") == codes_in("") == ()


def test_figures_lead_to_the_search_of_their_pages() -> None:
    filters = FigureFilters(agency="ice", year="2010", kind=DocumentKind.MEMO, exemption="b6")
    assert dict(filters.search("ex:b7e")) == {
        "q": "ex:b7e",
        "agency": "ice",
        "kind": "memo",
        "exemption": "b6",
        "after": "2010-01-01",
        "before": "2010-12-31",
    }
    assert filters.having(agency="", production="first") == [
        *(("year", "2010"), ("kind", "memo"), ("exemption", "b6")),
        ("production", "first"),
    ]
    assert FigureFilters().search() == []
