"""A request with everything that its forms need, for those who keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Agency, FoiaRequest, Production, RequestEvent, RequestPerson, TrackingNumber
from archive.rules.access import Viewer
from archive.services.foia_requests import events_of, numbers_of
from archive.services.request_access import get_to_keep
from archive.services.request_people import people_of


@dataclass(frozen=True, slots=True)
class KeepingSheet:
    """``agencies`` are the names of those that events and numbers are of; ``parent_slug`` is empty for a
    request that came from no other."""

    request: FoiaRequest
    parent_slug: str
    events: tuple[RequestEvent, ...]
    numbers: tuple[TrackingNumber, ...]
    people: tuple[RequestPerson, ...]
    productions: tuple[Production, ...]
    agencies: Mapping[int | None, str]

    @property
    def number_names(self) -> dict[int, str]:
        """What each number is called by."""
        return {row.id: row.number for row in self.numbers}


def get_keeping_sheet(session: Session, slug: str, viewer: Viewer) -> KeepingSheet:
    """Raises ``RequestNotFound``, ``NotAllowed``."""
    request = get_to_keep(session, slug, viewer)
    events, numbers = events_of(session, request, viewer), numbers_of(session, request, viewer)
    ours = select(Production).where(Production.request_id == request.id)
    parent = session.get(FoiaRequest, request.parent_id) if request.parent_id else None
    return KeepingSheet(
        request=request,
        parent_slug=parent.slug if parent else "",
        events=events,
        numbers=numbers,
        people=people_of(session, request, viewer),
        productions=tuple(session.scalars(ours.order_by(Production.number, Production.id))),
        agencies=_agency_names(
            session, {event.agency_id for event in events} | {number.agency_id for number in numbers}
        ),
    )


def _agency_names(session: Session, agency_ids: set[int | None]) -> dict[int | None, str]:
    found = session.scalars(select(Agency).where(Agency.id.in_(agency_ids - {None})))
    names: dict[int | None, str] = {
        row.id: f"{row.name} ({row.abbreviation})" if row.abbreviation else row.name for row in found
    }
    return {None: "", **names}
