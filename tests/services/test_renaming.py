"""Agencies, productions and places under other names: what leads where, and what is never given away."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Agency, AuditEntry, Document, OldSlug, Production
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role, Visibility
from archive.services.catalogue import find_or_add_agency, find_or_add_place, find_or_add_production
from archive.services.indexing import bring_index_up_to_date, compare_index
from archive.services.renaming import (
    RenamingRefused,
    ShelfNames,
    get_row,
    merge_shelves,
    rename_shelf,
    slug_today,
)
from archive.services.shelves import ShelfKind, ShelfRow
from tests.factories import NOON, make_document

EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")
AGENCIES, PRODUCTIONS, PLACES = ShelfKind.AGENCIES, ShelfKind.PRODUCTIONS, ShelfKind.PLACES


def rename(session: Session, kind: ShelfKind, slug: str, *names: str, new_address: bool = True) -> ShelfRow:
    return rename_shelf(
        session, kind, slug, ShelfNames(*names), new_address=new_address, viewer=EDITOR, at=NOON
    )


def merge(session: Session, kind: ShelfKind, slug: str, into: str) -> ShelfRow:
    return merge_shelves(session, kind, slug, into, viewer=EDITOR, at=NOON)


def make(session: Session, parts: Parts, **fields: object) -> Document:
    return make_document(session, parts.storage, **fields)  # type: ignore[arg-type]  # handed on


def test_an_old_address_leads_to_the_row_and_its_name_finds_it(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make(session, parts, agency="Immigration and Naturalization Service (INS)")
        row = rename(session, AGENCIES, "ins", "Immigration and Customs Enforcement", "ICE")
        assert row.slug == "ice"
        assert slug_today(session, AGENCIES, "ins") == "ice"
        for name in ("INS", "Immigration and Naturalization Service", "ICE", "ice"):
            assert find_or_add_agency(session, name) is row


def test_a_name_changes_without_its_address(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make(session, parts, place="Arlington Co., VA")
        row = rename(session, PLACES, "arlington-co-va", "Arlington County", "", "va", new_address=False)
        assert row.slug == "arlington-co-va"
        for name in ("Arlington Co., VA", "Arlington County, VA"):
            assert find_or_add_place(session, name) is row
        assert find_or_add_place(session, "Arlington County, TX") is not row


def test_a_production_keeps_each_address_it_ever_had(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make(session, parts, production="First release")
        for title in ("Second name", "Third name"):
            row = rename(session, PRODUCTIONS, "first-release", title)
        assert row.slug == "third-name"
        for slug in ("first-release", "second-name"):
            assert slug_today(session, PRODUCTIONS, slug) == "third-name"
        assert find_or_add_production(session, "Second name") is row


def test_renaming_back_undoes_it(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make(session, parts, agency="Coast Guard (USCG)")
        rename(session, AGENCIES, "uscg", "Coast Watch", "CW")
        row = rename(session, AGENCIES, "cw", "Coast Guard", "USCG")
        assert (row.slug, row.name) == ("uscg", "Coast Guard")  # type: ignore[union-attr]  # an agency
        assert slug_today(session, AGENCIES, "cw") == "uscg"
        assert session.get(OldSlug, (AGENCIES, "uscg")) is None
        actions = session.scalars(select(AuditEntry.action)).all()
        assert actions == ["shelf_renamed", "shelf_renamed"]


def test_an_old_address_is_never_given_to_another_row(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make(session, parts, agency="One (ONE)")
        make(session, parts, title="Other", agency="Two (TWO)")
        rename(session, AGENCIES, "one", "Uno", "UNO")
        for names in (("One more", "ONE"), ("Uno again", "UNO")):
            with pytest.raises(RenamingRefused):
                rename(session, AGENCIES, "two", *names)
        assert find_or_add_agency(session, "One").slug == "uno"
        assert get_row(session, AGENCIES, "two").slug == "two"


@pytest.mark.parametrize(
    ("names", "kind", "slug"),
    [
        (("",), AGENCIES, "ice"),
        (("x" * 301,), AGENCIES, "ice"),
        (("Name", "A" * 33), AGENCIES, "ice"),
        (("Na\x00me",), AGENCIES, "ice"),
        (("Border Patrol",), AGENCIES, "ice"),
        (("Other", "bp"), AGENCIES, "ice"),
        (("County", "", "Virginia"), PLACES, "fairfax-county-va"),
    ],
)
def test_what_cannot_be_a_name_changes_nothing(
    parts: Parts, names: tuple[str, ...], kind: ShelfKind, slug: str
) -> None:
    with parts.database.transaction() as session:
        make(session, parts, agency="ICE", place="Fairfax County, VA")
        make(session, parts, title="Other", agency="Border Patrol (BP)")
        with pytest.raises(RenamingRefused):
            rename(session, kind, slug, *names)
        assert get_row(session, kind, slug).slug == slug
        assert session.scalars(select(AuditEntry.id)).all() == []


def test_the_index_follows_a_new_name(parts: Parts) -> None:
    with parts.database.transaction() as session:
        document_id = make(session, parts, agency="ICE").id
        make(session, parts, title="Elsewhere", agency="FBI")
    bring_index_up_to_date(parts.database, parts.engine)
    with parts.database.transaction() as session:
        rename(session, AGENCIES, "ice", "Homeland Security Investigations", "HSI")
    with parts.database.reading() as session:
        behind = [each.document_id for each in compare_index(session, parts.engine)]
        assert behind == [document_id]
    bring_index_up_to_date(parts.database, parts.engine)
    with parts.database.reading() as session:
        assert compare_index(session, parts.engine) == []


def test_two_that_are_one_are_put_together(parts: Parts) -> None:
    with parts.database.transaction() as session:
        first = make(session, parts, agency="ICE")
        second = make(session, parts, title="Other", agency="Immigration & Customs Enforcement")
        version = second.content_version
        doubled = second.agency
        assert doubled is not None
        production = find_or_add_production(session, "release", agency=doubled)
        below = Agency(slug="ero", name="Removal Operations", parent_id=doubled.id)
        session.add(below)
        rename(session, AGENCIES, doubled.slug, "Customs Enforcement")
        into = merge(session, AGENCIES, "customs-enforcement", "ice")
        session.expire_all()
        assert {first.agency_id, second.agency_id, production.agency_id, below.parent_id} == {into.id}
        assert second.content_version > version
        for slug in ("customs-enforcement", "immigration-customs-enforcement"):
            assert slug_today(session, AGENCIES, slug) == "ice"
        assert find_or_add_agency(session, "Immigration & Customs Enforcement") is into
        assert len(session.scalars(select(Agency)).all()) == 2
        with pytest.raises(RenamingRefused):
            merge(session, AGENCIES, "ice", "customs-enforcement")


def test_a_part_of_an_agency_becomes_the_whole(parts: Parts) -> None:
    with parts.database.transaction() as session:
        whole, part = find_or_add_agency(session, "Whole"), find_or_add_agency(session, "Part")
        part.parent_id = whole.id
        session.flush()
        merge(session, AGENCIES, "whole", "part")
        session.expire_all()
        assert part.parent_id is None


@pytest.mark.parametrize("visibility", [one for one in Visibility if one != Visibility.PUBLISHED])
def test_an_old_address_tells_nothing_of_what_is_hidden(parts: Parts, visibility: Visibility) -> None:
    with parts.database.transaction() as session:
        make(session, parts, production="Secret name", visibility=visibility)
        rename(session, PRODUCTIONS, "secret-name", "Other name")
        for slug in ("secret-name", "other-name", "no-such-name"):
            with pytest.raises(ShelfNotFound):
                slug_today(session, PRODUCTIONS, slug)
        assert session.scalars(select(Production.slug)).all() == ["other-name"]
