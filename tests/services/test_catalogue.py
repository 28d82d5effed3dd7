"""Agencies and places are one row each, whichever of their names is used."""

from __future__ import annotations

import pytest

from archive.database import Database
from archive.services.catalogue import find_or_add_agency, find_or_add_place, find_or_add_production


@pytest.mark.parametrize(
    "name", ["ICE", "ice", "Immigration and Customs Enforcement", "Immigration and Customs Enforcement (ICE)"]
)
def test_an_agency_is_found_by_each_of_its_names(database: Database, name: str) -> None:
    with database.transaction() as session:
        known = find_or_add_agency(session, "Immigration and Customs Enforcement (ICE)")
        assert known.short_name == "ICE"
        assert find_or_add_agency(session, name) is known


def test_a_place_is_told_from_its_namesake_in_another_state(database: Database) -> None:
    with database.transaction() as session:
        virginia = find_or_add_place(session, "Arlington County, VA")
        assert (virginia.slug, virginia.kind, virginia.state) == ("arlington-county-va", "county", "VA")
        assert find_or_add_place(session, "Arlington County", "VA") is virginia
        assert find_or_add_place(session, "Arlington County", "TX") is not virginia


def test_a_production_is_found_by_its_slug(database: Database) -> None:
    with database.transaction() as session:
        first = find_or_add_production(session, "ICE FOIA 10-2674", title="First release")
        assert first.slug == "ice-foia-10-2674"
        assert find_or_add_production(session, "ice-foia-10-2674") is first
