"""Agencies, places and productions that are found to be one keep all their requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import Agency, Base, Document, FoiaRequest, Production, RequestEvent
from archive.rules.production_forms import ProductionForm
from archive.rules.request_states import EventKind
from archive.services.catalogue import find_or_add_production
from archive.services.merged_requests import POINTING
from archive.services.production_editing import add_production
from archive.services.renaming import merge_shelves
from archive.services.shelves import ShelfKind
from tests.factories import NOON
from tests.requests_made import EDITOR, make_request


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """For writing."""
    with database.transaction() as opened:
        yield opened


def test_every_column_that_points_at_such_a_row_is_moved() -> None:
    moved = {(column.class_.__tablename__, column.key) for columns in POINTING.values() for column in columns}
    elsewhere = {(Document.__tablename__, f"{name}_id") for name in ("agency", "place", "production")}
    targets = {row.__tablename__ for row in POINTING}
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in targets
    }
    assert pointing - elsewhere - {("agency", "parent_id")} == moved


def test_an_agency_that_is_another_one_brings_its_requests(session: Session) -> None:
    request = make_request(session, agency="Immigration & Customs", events=[])
    kept = make_request(session, title="Another").agency
    merge_shelves(session, ShelfKind.AGENCIES, request.agency.slug, kept.slug, viewer=EDITOR, at=NOON)
    session.expire_all()
    assert [one.agency_id for one in session.scalars(select(FoiaRequest))] == [kept.id, kept.id]
    assert session.scalars(select(Agency.id)).all() == [kept.id]


def test_a_production_that_is_another_one_brings_its_event_and_what_its_letter_says(session: Session) -> None:
    request = make_request(session)
    form = ProductionForm(
        title="First release", request=request.slug, received_on=date(2011, 1, 14), said_pages=90
    )
    first = add_production(session, form, viewer=EDITOR, at=NOON)
    second = find_or_add_production(session, "Release of January")
    merge_shelves(session, ShelfKind.PRODUCTIONS, first.slug, second.slug, viewer=EDITOR, at=NOON)
    session.expire_all()
    only = session.scalars(select(Production)).one()
    assert (only.request_id, only.said_pages, only.received_on) == (request.id, 90, date(2011, 1, 14))
    told = session.scalars(select(RequestEvent).where(RequestEvent.kind == EventKind.PRODUCED)).one()
    assert told.production_id == only.id
