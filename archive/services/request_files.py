"""The documents that came or went with an event, as whoever looks may see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import Document, FoiaRequest, Production, RequestEvent, RequestFile
from archive.rules.access import Viewer
from archive.rules.request_errors import BadRequestForm
from archive.services.documents import visible_documents
from archive.services.request_access import record_change, refuse_unless_keeper
from archive.services.request_events import attach_document, detach_document

MOST_AT_ONCE = 100
LATEST_SHOWN = 12
_ADDRESS = re.compile(r"(?:\S*/documents/)?([a-z2-7]{12})(?:[/?#]\S*)?")


def parse_document_ids(text: str) -> tuple[str, ...]:
    """Ids or addresses of documents, separated by spaces or lines. Raises ``BadRequestForm``."""
    found: list[str] = []
    for word in text.split():
        if (named := _ADDRESS.fullmatch(word)) is None:
            raise BadRequestForm(
                f"“{word[:60]}” is not the address of a document here.",
                field="documents",
                help="Open the document and copy its address: it has /documents/ and 12 letters and digits.",
            )
        found.append(named[1])
    if len(found) > MOST_AT_ONCE:
        raise BadRequestForm(
            "These are more documents than are attached at once.",
            field="documents",
            help="Attach 100 at most.",
        )
    return tuple(dict.fromkeys(found))


def attach_documents(
    session: Session,
    request: FoiaRequest,
    event: RequestEvent,
    document_ids: Sequence[str],
    *,
    viewer: Viewer,
    at: datetime,
) -> None:
    """Attach documents that ``viewer`` sees. Raises ``NotAllowed``, and ``BadRequestForm`` for one that is
    absent or hidden, which is told alike."""
    refuse_unless_keeper(viewer)
    for document_id in document_ids:
        wanted = visible_documents(viewer).where(Document.id == document_id)
        if session.scalar(wanted.with_only_columns(Document.id)) is None:
            raise BadRequestForm(
                f"{DocumentNotFound.sentence} ({document_id})", field="documents", help="Check the address."
            )
        attach_document(session, event, document_id)
    if document_ids:
        _record(session, request, event, viewer, at, attached=list(document_ids))


def take_document_off(
    session: Session,
    request: FoiaRequest,
    event: RequestEvent,
    document_id: str,
    *,
    viewer: Viewer,
    at: datetime,
) -> None:
    """The document stays in the archive. Raises ``NotAllowed``, ``RequestPartNotFound``."""
    refuse_unless_keeper(viewer)
    detach_document(session, event, document_id)
    _record(session, request, event, viewer, at, taken_off=document_id)


def attached_documents(session: Session, event: RequestEvent, viewer: Viewer) -> tuple[Document, ...]:
    """Those that ``viewer`` may see, in their order."""
    seen = visible_documents(viewer).join(RequestFile, RequestFile.document_id == Document.id)
    wanted = seen.where(RequestFile.event_id == event.id)
    return tuple(session.scalars(wanted.order_by(RequestFile.position, RequestFile.id)))


def documents_at_hand(session: Session, request: FoiaRequest, viewer: Viewer) -> tuple[Document, ...]:
    """What may be meant to be attached: the latest documents of the agency, of the request's productions, or
    sent in by ``viewer``, that ``viewer`` may see and that no event of the request has yet."""
    attached = (
        select(RequestFile.document_id)
        .join(RequestEvent, RequestEvent.id == RequestFile.event_id)
        .where(RequestEvent.request_id == request.id)
    )
    ours = select(Production.id).where(Production.request_id == request.id)
    near = or_(
        Document.agency_id == request.agency_id,
        Document.production_id.in_(ours),
        Document.uploaded_by_id == viewer.account_id,
    )
    wanted = visible_documents(viewer).where(near, Document.id.not_in(attached))
    return tuple(
        session.scalars(wanted.order_by(Document.received_at.desc(), Document.id).limit(LATEST_SHOWN))
    )


def _record(
    session: Session,
    request: FoiaRequest,
    event: RequestEvent,
    viewer: Viewer,
    at: datetime,
    **details: object,
) -> None:
    record_change(session, request, "request_event_changed", viewer=viewer, at=at, event=event.id, **details)
