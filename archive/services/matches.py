"""The pages that match a query and may be shown: what reports, feeds and alerts are made of.

Nothing here loosens a query: every page that is named matches what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from archive.models import Document, Page
from archive.ports import SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.query import Query
from archive.rules.statuses import PageStatus
from archive.services.documents import public_documents
from archive.services.pages_at import PageKey, pages_at
from archive.services.visible import searched_documents, without_facets

_KEYS_AT_ONCE = 200  # SQLite takes a limited number of values in one statement


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page as a line of a list. ``label`` is what people call the page."""

    document: Document
    page: Page

    @property
    def label(self) -> str:
        """The page's Bates number, else its printed label, else its number."""
        return self.page.label


def as_public(session: Session, query: Query) -> Query:
    """The query without the documents that were withdrawn before the index learned of it."""
    return without_facets(session, query)


def published_ids(session: Session) -> frozenset[str]:
    """The ids of all published documents."""
    return frozenset(session.scalars(public_documents().with_only_columns(Document.id)))


def matching_public_pages(session: Session, engine: SearchEngine, query: Query) -> list[PageKey]:
    """Every matching page of a published document, by document and page. Raises ``IndexUnavailable``."""
    published = published_ids(session)
    found = engine.matching_pages(as_public(session, query))
    return [key for key in found if key[0] in published]


def iter_page_lines(
    session: Session, keys: Iterable[PageKey], *, with_text: bool = False, viewer: Viewer = READER
) -> Iterator[PageLine]:
    """These pages in this order, read a few at a time; what ``viewer`` may not see or what could not be
    read is left out."""
    remaining = iter(keys)
    while some := list(islice(remaining, _KEYS_AT_ONCE)):
        yield from _page_lines(session, some, viewer, with_text=with_text)


def _page_lines(
    session: Session, keys: Sequence[PageKey], viewer: Viewer, *, with_text: bool
) -> Iterator[PageLine]:
    ids = {document_id for document_id, _ in keys}
    documents = {
        document.id: document
        for document in session.scalars(searched_documents(viewer).where(Document.id.in_(ids)))
    }
    heavy = [Page.hidden_text, Page.word_boxes, Page.marks, *([] if with_text else [Page.text])]
    pages = session.scalars(
        select(Page)
        .where(pages_at(keys), Page.status == PageStatus.READ)
        .options(*(defer(column) for column in heavy))
    )
    found = {(page.document_id, page.page_number): page for page in pages}
    for key in keys:
        if key in found and key[0] in documents:
            yield PageLine(documents[key[0]], found[key])
