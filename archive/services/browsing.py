"""Looking through the documents without a word to search for: by filters alone."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.models import Agency, Document, Place, Production
from archive.rules.access import READER, Viewer
from archive.rules.query import Filters
from archive.rules.statuses import DocumentKind
from archive.services.documents import DocumentRow, list_documents
from archive.services.visible import searched_documents
from archive.services.windows import Window


def browse_documents(
    session: Session, filters: Filters, viewer: Viewer = READER, *, window: int = 1
) -> Window[DocumentRow]:
    """One window of the documents that ``viewer`` may find and that pass ``filters``, newest first."""
    return list_documents(session, filtered_documents(filters, viewer), window=window)


def filtered_documents(filters: Filters, viewer: Viewer = READER) -> Select[Document]:
    """The documents that ``viewer`` may find and that pass ``filters``; undated ones are outside any range
    of dates."""
    documents = searched_documents(viewer)
    for name, slugs in filters.by_facet().items():
        if name == "agency":
            documents = documents.where(
                Document.agency_id.in_(select(Agency.id).where(Agency.slug.in_(slugs)))
            )
        elif name == "place":
            documents = documents.where(Document.place_id.in_(select(Place.id).where(Place.slug.in_(slugs))))
        elif name == "production":
            named = select(Production.id).where(Production.slug.in_(slugs))
            documents = documents.where(Document.production_id.in_(named))
        else:
            known = [kind for kind in DocumentKind if kind in slugs]  # an address may name any
            documents = documents.where(Document.kind.in_(known))
    if filters.after:
        documents = documents.where(Document.dated_on >= filters.after)
    if filters.before:
        documents = documents.where(Document.dated_on <= filters.before)
    return documents
