"""What stands together: the documents of one agency, production or place, and the shelves there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.errors import ShelfNotFound
from archive.models import Agency, Document, Page, Place, Production
from archive.rules.access import READER, Viewer
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.documents import DocumentRow, as_rows, list_documents, public_documents
from archive.services.request_filters import has_requests
from archive.services.windows import Window

NEW_DOCUMENTS = 8
SHELVES_ON_FRONT = 10


class ShelfKind(StrEnum):
    """What documents can stand together by. The value is the first part of the address."""

    AGENCIES = "agencies"
    PRODUCTIONS = "productions"
    PLACES = "places"


ShelfRow = Agency | Production | Place
# Any: the three classes have `id` and `slug` in common, but no base class that says so.
SHELF_TABLES: Mapping[ShelfKind, tuple[Any, InstrumentedAttribute[int | None]]] = MappingProxyType(
    {
        ShelfKind.AGENCIES: (Agency, Document.agency_id),
        ShelfKind.PRODUCTIONS: (Production, Document.production_id),
        ShelfKind.PLACES: (Place, Document.place_id),
    }
)


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """A shelf with how many published documents stand on it."""

    row: ShelfRow
    documents: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """One agency, production or place with a window of its documents."""

    kind: ShelfKind
    row: ShelfRow
    documents: Window[DocumentRow]
    pages: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the whole archive has, as its first page says it; ``more`` are kinds with further shelves."""

    documents: int
    pages: int
    unreadable_pages: int
    newest: tuple[DocumentRow, ...]
    shelves: Mapping[ShelfKind, tuple[ShelfCount, ...]]
    more: frozenset[ShelfKind]


def get_shelf(
    session: Session, kind: ShelfKind, slug: str, *, viewer: Viewer = READER, window: int = 1
) -> Shelf:
    """A shelf with published documents on it, or an agency with a request that ``viewer`` may see.

    Raises ``ShelfNotFound`` also when only unpublished ones stand there: its very name may tell.
    """
    table, column = SHELF_TABLES[kind]
    row: ShelfRow | None = session.scalar(select(table).where(table.slug == slug))
    if row is None:
        raise ShelfNotFound
    on_it = public_documents().where(column == row.id)
    documents = list_documents(session, on_it, window=window)
    if not documents.total and not (kind is ShelfKind.AGENCIES and has_requests(session, row.id, viewer)):
        raise ShelfNotFound
    return Shelf(kind, row, documents, _page_total(session, column == row.id))


def get_overview(session: Session) -> Overview:
    """The archive in numbers, what is new in it, and its shelves. Published documents only."""
    documents = session.scalar(select(func.count()).select_from(public_documents().subquery())) or 0
    newest = session.scalars(
        public_documents().order_by(Document.received_at.desc(), Document.id).limit(NEW_DOCUMENTS)
    )
    shelves = {kind: list_shelves(session, kind, limit=SHELVES_ON_FRONT + 1) for kind in ShelfKind}
    return Overview(
        documents=documents,
        pages=_page_total(session),
        unreadable_pages=_unreadable_pages(session),
        newest=as_rows(session, newest.all()),
        shelves={kind: counts[:SHELVES_ON_FRONT] for kind, counts in shelves.items()},
        more=frozenset(kind for kind, counts in shelves.items() if len(counts) > SHELVES_ON_FRONT),
    )


def list_shelves(session: Session, kind: ShelfKind, *, limit: int | None = None) -> tuple[ShelfCount, ...]:
    """The shelves of a kind that have published documents, fullest first; all, or ``limit`` of them."""
    table, column = SHELF_TABLES[kind]
    public = public_documents().subquery()
    counts = session.execute(
        select(table, func.count())
        .join(public, public.c[column.key] == table.id)
        .group_by(table.id)
        .order_by(func.count().desc(), table.slug)
        .limit(limit)
    )
    return tuple(ShelfCount(row, count) for row, count in counts)


def _page_total(session: Session, *where: ColumnElement[bool]) -> int:
    public = public_documents().where(*where).subquery()
    return session.scalar(select(func.coalesce(func.sum(public.c.page_count), 0))) or 0


def _unreadable_pages(session: Session) -> int:
    """Only partly read documents are looked into, so that this stays quick in a large archive."""
    partial = public_documents().where(Document.reading_status == ReadingStatus.PARTIAL).subquery()
    return (
        session.scalar(
            select(func.count())
            .select_from(Page)
            .join(partial, partial.c.id == Page.document_id)
            .where(Page.status == PageStatus.FAILED)
        )
        or 0
    )
