"""The law of a request, guessed from names, and not guessed where they do not say."""

from __future__ import annotations

import pytest

from archive.rules.law_guess import guess_law


@pytest.mark.parametrize(
    ("agency", "place", "law_id"),
    [
        ("Immigration and Customs Enforcement (ICE)", "", "us"),
        ("ICE", "Arlington County, VA", "us"),
        ("U.S. Department of Homeland Security", "", "us"),
        ("US Attorney for Oregon", "", "us"),
        ("California Department of Justice", "", "us-ca"),
        ("Police Department, Boise, ID", "", "us-id"),
        ("Board of Supervisors", "Arlington County, VA", "us-va"),
        ("Virginia State Police", "", "us-va"),
        ("West Virginia State Police", "", "us-wv"),
        ("Arkansas State Police", "", "us-ar"),
        ("New York City Police Department", "", "us-ny"),
        ("Metropolitan Police Department, Washington, DC", "", "us-dc"),
        ("Delaware County Council, PA", "", "us-pa"),
        ("Washington State Patrol", "", "us-wa"),
        ("Department of Homeland Security", "Boston, MA", "us"),
        ("Arizona Department of Homeland Security", "", "us-az"),
        ("USCIS, Boise, ID", "", "us"),
    ],
)
def test_names_that_say_it_are_understood(agency: str, place: str, law_id: str) -> None:
    assert guess_law(agency, place) == law_id


@pytest.mark.parametrize(
    "agency",
    [
        "",
        "VA",
        "Sheriff",
        "Delaware County Council",
        "Washington County Board",
        "Virginia Beach Police",
        "Oregon, Ohio",
    ],
)
def test_nothing_is_guessed_from_a_name_that_could_be_two(agency: str) -> None:
    assert guess_law(agency) is None
