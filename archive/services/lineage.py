"""Where a document comes from: agency, request, production; and what it came or went with.

Asked for with every page that is shown, so these are few and small questions, each answered by an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production, RequestEvent, RequestFile
from archive.rules.access import READER, Viewer
from archive.rules.request_states import EventKind
from archive.services.foia_requests import visible_events, visible_requests
from archive.services.productions import visible_productions

MOST_ATTACHED = 5


@dataclass(frozen=True, slots=True)
class RequestLink:
    """A request that the visitor may see."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class ProductionLink:
    """A production that the visitor may know of."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a document came or went with."""

    request: RequestLink
    kind: EventKind
    on: date


@dataclass(frozen=True, slots=True)
class Lineage:
    """``request``: of the document's production. ``cover_letter_of``: the productions whose letter it is."""

    request: RequestLink | None = None
    cover_letter_of: tuple[ProductionLink, ...] = ()
    attached_to: tuple[Attachment, ...] = ()


# What names a document, in one question: most documents are named by nothing.
_NAMED_BY = union_all(
    select(literal(1).label("is_letter"), Production.id.label("id")).where(
        Production.cover_letter_id == bindparam("document")
    ),
    select(literal(0), RequestFile.event_id).where(RequestFile.document_id == bindparam("document")),
)


def lineage_of(session: Session, document: Document, viewer: Viewer = READER) -> Lineage:
    """Of a document that ``viewer`` may see; nothing of a request that they may not."""
    named = session.execute(_NAMED_BY, {"document": document.id}).all()
    letters = [number for is_letter, number in named if is_letter]
    events = [number for is_letter, number in named if not is_letter]
    return Lineage(
        _request_of(session, document, viewer),
        _cover_letter_of(session, letters, viewer) if letters else (),
        _attached_to(session, events, viewer) if events else (),
    )


def _request_of(session: Session, document: Document, viewer: Viewer) -> RequestLink | None:
    request_id = document.production.request_id if document.production else None
    if request_id is None:
        return None
    asked = visible_requests(viewer).where(FoiaRequest.id == request_id)
    row = session.execute(asked.with_only_columns(FoiaRequest.slug, FoiaRequest.title)).one_or_none()
    return RequestLink(row[0], row[1]) if row else None


def _cover_letter_of(session: Session, ids: list[int], viewer: Viewer) -> tuple[ProductionLink, ...]:
    asked = visible_productions(viewer).where(Production.id.in_(ids)).order_by(Production.id)
    rows = session.execute(asked.with_only_columns(Production.slug, Production.title))
    return tuple(ProductionLink(row[0], row[1]) for row in rows)


def _attached_to(session: Session, ids: list[int], viewer: Viewer) -> tuple[Attachment, ...]:
    asked = visible_events(viewer).where(RequestEvent.id.in_(ids)).limit(MOST_ATTACHED)
    columns = (FoiaRequest.slug, FoiaRequest.title, RequestEvent.kind, RequestEvent.happened_on)
    rows = session.execute(asked.with_only_columns(*columns))
    return tuple(Attachment(RequestLink(row[0], row[1]), row[2], row[3]) for row in rows)
