"""The lists on the page where documents are described: mine, those that wait, names that are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.models import Agency, Document, Place, Production
from archive.rules.access import Viewer
from archive.rules.description_fields import DescriptionField
from archive.rules.statuses import Visibility
from archive.services.claims import Progress, count_claimable, progress_of
from archive.services.description_access import documents_to_change, own_documents
from archive.services.documents import visible_documents
from archive.services.field_changes import ChangeSet, list_changes_by
from archive.services.field_values import agency_text, place_text, production_text

Shelf = TypeVar("Shelf", Agency, Place, Production)
SHOWN = 100
NAMES_OFFERED = 300


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody finds where documents are described."""

    undescribed: tuple[Document, ...]
    described: tuple[Document, ...]
    to_check: tuple[Document, ...]
    progress: Progress
    claimable: int
    changes: tuple[ChangeSet, ...]


def get_desk(session: Session, viewer: Viewer, *, at: datetime) -> Desk:
    """One's own and claimed documents, those that wait for a second person, and one's last changes."""
    mine = own_documents(viewer)
    undescribed = mine.where(Document.described_at.is_(None)).order_by(Document.received_at, Document.id)
    described = mine.where(Document.described_at.is_not(None)).order_by(Document.described_at.desc())
    return Desk(
        undescribed=_rows(session, undescribed),
        described=_rows(session, described),
        to_check=_rows(session, _waiting_for(viewer).order_by(Document.described_at)),
        progress=progress_of(session, viewer, at=at),
        claimable=count_claimable(session, at=at),
        changes=list_changes_by(session, viewer),
    )


def find_next(session: Session, viewer: Viewer, *, after: str = "") -> str:
    """The next document of one's own that is not described yet; empty when there is none."""
    wanted = own_documents(viewer).where(Document.described_at.is_(None), Document.id != after)
    found = session.scalar(wanted.order_by(Document.received_at, Document.id).limit(1))
    return found.id if found else ""


def known_names(session: Session, viewer: Viewer) -> dict[DescriptionField, tuple[str, ...]]:
    """Names to choose from: only those of documents that ``viewer`` may see, since others tell of them."""
    seen = visible_documents(viewer).subquery()
    agencies = session.scalars(_of(Agency, select(seen.c.agency_id)).order_by(Agency.name))
    places = session.scalars(_of(Place, select(seen.c.place_id)).order_by(Place.name))
    productions = session.scalars(_of(Production, select(seen.c.production_id)).order_by(Production.title))
    return {
        DescriptionField.AGENCY: tuple(agency_text(row) for row in agencies),
        DescriptionField.PLACE: tuple(place_text(row) for row in places),
        DescriptionField.PRODUCTION: tuple(production_text(row) for row in productions),
    }


def _of(shelf: type[Shelf], ids: Select[Any]) -> Select[Shelf]:
    return select(shelf).where(shelf.id.in_(ids)).limit(NAMES_OFFERED)


def _waiting_for(viewer: Viewer) -> Select[Document]:
    return documents_to_change(viewer).where(
        Document.described_at.is_not(None),
        Document.checked_at.is_(None),
        Document.described_by_id != viewer.account_id,
        Document.visibility.in_((Visibility.UNPUBLISHED, Visibility.MEMBERS, Visibility.PUBLISHED)),
    )


def _rows(session: Session, wanted: Select[Document]) -> tuple[Document, ...]:
    return tuple(session.scalars(wanted.limit(SHOWN)))
