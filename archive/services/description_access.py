"""Which documents somebody may describe: their own and claimed ones; editors, all that they see."""

from __future__ import annotations

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from archive.errors import ArchiveError, DocumentNotFound
from archive.models import Document
from archive.rules.access import OWN_PEOPLE_SEE, Action, Viewer
from archive.services.documents import get_document, visible_documents


class NotToBeChanged(ArchiveError):
    """A volunteer's own document that an editor has decided about."""

    code = "not_to_be_changed"
    sentence = "An editor has decided about this document, so only editors change it now."
    help = "Tell an editor what should be corrected."
    status = 409


def get_to_describe(session: Session, document_id: str, viewer: Viewer) -> Document:
    """A document that ``viewer`` works on. Raises ``DocumentNotFound`` for all others."""
    document = get_document(session, document_id, viewer)
    if not (viewer.may(Action.READ_UNPUBLISHED) or is_own(document, viewer)):
        raise DocumentNotFound
    return document


def get_to_change(session: Session, document_id: str, viewer: Viewer) -> Document:
    """The same, to be changed. Raises ``DocumentNotFound``, and ``NotToBeChanged`` once it is decided."""
    document = get_to_describe(session, document_id, viewer)
    if not may_change(document, viewer):
        raise NotToBeChanged
    return document


def may_change(document: Document, viewer: Viewer) -> bool:
    """Whether somebody who works on it may still change it."""
    return viewer.may(Action.READ_UNPUBLISHED) or document.visibility in OWN_PEOPLE_SEE


def is_own(document: Document, viewer: Viewer) -> bool:
    """Sent in or claimed by this person."""
    owners = (document.uploaded_by_id, document.claimed_by_id)
    return viewer.account_id is not None and viewer.account_id in owners


def own_documents(viewer: Viewer) -> Select[Document]:
    """What somebody sent in or has claimed, as long as nobody has decided about it."""
    own = or_(Document.uploaded_by_id == viewer.account_id, Document.claimed_by_id == viewer.account_id)
    return visible_documents(viewer).where(own, Document.visibility.in_(OWN_PEOPLE_SEE))


def documents_to_change(viewer: Viewer) -> Select[Document]:
    """All documents that ``viewer`` may change: as ``get_to_change``, as a query."""
    if viewer.may(Action.READ_UNPUBLISHED):
        return visible_documents(viewer)
    return own_documents(viewer)
