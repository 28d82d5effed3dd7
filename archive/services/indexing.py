"""Step 9 of a page's life: indexed. The index follows the database, in batches, and may be built again.

Functions that take a ``Database`` open short transactions of their own, unlike other services: a batch
must be committed before the next one is read, or an interrupted run would have to begin again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import IndexDamaged
from archive.models import Document, Page
from archive.ports import IndexedDocument, IndexedPage, SearchEngine
from archive.rules.addresses import slug_of
from archive.rules.statuses import PageStatus, ReadingStatus, Visibility
from archive.services.page_facts import PAGE_COLUMNS, indexed_page

PAGES_PER_BATCH = 500
_EPOCH = date(1970, 1, 1)
_HAS_PAGES = (ReadingStatus.READ, ReadingStatus.PARTIAL)
_SETTLED = (*_HAS_PAGES, ReadingStatus.FAILED)
_NOT_SEARCHED = (Visibility.WITHDRAWN, Visibility.REJECTED)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something the index has otherwise than the database. ``code`` is stable."""

    code: str
    document_id: str
    sentence: str


def iter_stale_documents(session: Session) -> Iterator[Document]:
    """Documents whose newest state the index has not seen. One that is being read waits until it is read."""
    yield from session.scalars(select(Document).where(_is_stale()).order_by(Document.id))


def count_stale_documents(session: Session) -> tuple[int, int]:
    """How many published documents, and how many others, have a newer state than the index."""
    is_public = Document.visibility == Visibility.PUBLISHED
    rows = session.execute(select(is_public, func.count(Document.id)).where(_is_stale()).group_by(is_public))
    found = {bool(public): count for public, count in rows}
    return found.get(True, 0), found.get(False, 0)


def is_outdated(seen: Sequence[Visibility]) -> ColumnElement[bool]:
    """Documents that are no longer to be ``seen`` although an index may still have them."""
    return (
        Document.visibility.not_in(seen)
        & (Document.indexed_version > 0)
        & (Document.indexed_version != Document.content_version)
    )


def document_entry(document: Document, pages: Sequence[IndexedPage] = ()) -> IndexedDocument:
    """What search knows of a document, with these pages."""
    agency, place, production = document.agency, document.place, document.production
    names = (agency.name, agency.abbreviation) if agency else ()
    return IndexedDocument(
        document_id=document.id,
        content_version=document.content_version,
        title=document.title,
        source_file=document.source_file,
        sender=document.sender or "",
        recipient=document.recipient or "",
        subject=document.subject or "",
        agency=agency.slug if agency else "",
        agency_names=tuple(name for name in names if name),
        kind=document.kind.value if document.kind else "",
        place=place.slug if place else "",
        place_name=" ".join(filter(None, (place.name, place.state))) if place else "",
        production=production.slug if production else "",
        request=slug_of(production.tracking_number) if production and production.tracking_number else "",
        page_count=document.page_count or 0,
        dated_on=document.dated_on,
        received_day=(document.received_at.date() - _EPOCH).days,
        pages=tuple(pages),
    )


def indexed_document(session: Session, document: Document) -> IndexedDocument:
    """What search knows of a document, with all its readable pages. Pages without text are among them."""
    rows = session.execute(
        select(*PAGE_COLUMNS)
        .where(Page.document_id == document.id, Page.status == PageStatus.READ)
        .order_by(Page.page_number)
    )
    pages = [indexed_page(document.id, row) for row in rows]
    return document_entry(document, pages)


def bring_index_up_to_date(
    database: Database, engine: SearchEngine, *, pages_per_batch: int = PAGES_PER_BATCH
) -> int:
    """Index what has changed, a batch of whole documents at a time. Returns the number of documents.

    Safe to repeat, to interrupt and to run in two processes. An index that was lost, damaged or made by
    another version is built again: everything in it comes from the database.
    """
    try:
        done = _index_what_changed(database, engine, pages_per_batch)
        engine.tidy()
        return done
    except IndexDamaged:
        rebuild_index(database, engine)
        with database.reading() as session:
            return len(_expected(session))


def _index_what_changed(database: Database, engine: SearchEngine, pages_per_batch: int) -> int:
    if _index_was_lost(database, engine):
        with database.transaction() as session:
            _note_what_is_indexed(session, engine)
    done = 0
    while batch := _read_batch(database, pages_per_batch):
        _write_batch(engine, batch)
        _note_as_indexed(database, batch)
        done += len(batch)
    return done


def rebuild_index(database: Database, engine: SearchEngine) -> int:
    """Build the index anew from the database while the old one answers. Returns the number of pages."""
    pages = engine.rebuild(_iter_for_rebuild(database))
    with database.transaction() as session:
        _note_what_is_indexed(session, engine)
    _index_what_changed(database, engine, PAGES_PER_BATCH)
    return pages


def compare_index(session: Session, engine: SearchEngine) -> list[Difference]:
    """What the index has otherwise than the database; empty when all is well."""
    differences = []
    expected = _expected(session)
    for public in (True, False):
        for document_id, version, pages in engine.iter_page_counts(public=public):
            found = expected.get((document_id, public))
            if found is None:
                in_other = (document_id, not public) in expected
                differences.append(_wrong_index(document_id) if in_other else _extra(document_id))
            elif found[0] != version:
                differences.append(_other_version(document_id))
            elif found[1] != pages:
                differences.append(_other_page_count(document_id, pages, found[1]))
            expected.pop((document_id, public), None)
    known = {difference.document_id for difference in differences}
    differences += [_missing(document_id) for document_id, _ in expected if document_id not in known]
    return sorted(differences, key=lambda difference: (difference.document_id, difference.code))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document as it was read for the index; ``indexed_version`` is what the row said then."""

    document: IndexedDocument
    indexed_version: int
    visibility: Visibility


def _is_settled() -> ColumnElement[bool]:
    settled = or_(Document.reading_status.in_(_SETTLED), Document.visibility.in_(_NOT_SEARCHED))
    condition: ColumnElement[bool] = settled
    return condition


def _is_stale() -> ColumnElement[bool]:
    return (Document.indexed_version != Document.content_version) & _is_settled()


def _read_batch(database: Database, pages_per_batch: int) -> list[_Entry]:
    batch: list[_Entry] = []
    pages = 0
    with database.reading() as session:
        for document in iter_stale_documents(session):
            hidden = document.visibility in _NOT_SEARCHED
            entry = document_entry(document) if hidden else indexed_document(session, document)
            batch.append(_Entry(entry, document.indexed_version, document.visibility))
            pages += len(entry.pages)
            if pages >= pages_per_batch:
                break
    return batch


def _write_batch(engine: SearchEngine, batch: list[_Entry]) -> None:
    """What nobody may find any more goes out first."""
    gone = [entry.document.document_id for entry in batch if not entry.document.pages]
    if gone:
        engine.remove_documents(gone)
    for public in (False, True):
        documents = [
            entry.document
            for entry in batch
            if entry.document.pages and (entry.visibility == Visibility.PUBLISHED) == public
        ]
        if documents:
            engine.replace_documents(documents, public=public)


def _note_as_indexed(database: Database, batch: list[_Entry]) -> None:
    """Set the version that was indexed, unless the row was noted by another process meanwhile: then it is
    not known whose write the index kept, and the document is indexed once more."""
    with database.transaction() as session:
        for entry in batch:
            row = Document.id == entry.document.document_id
            noted = session.execute(
                update(Document)
                .where(row, Document.indexed_version == entry.indexed_version)
                .values(indexed_version=entry.document.content_version)
            )
            if not noted.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
                session.execute(update(Document).where(row).values(indexed_version=0))


def _index_was_lost(database: Database, engine: SearchEngine) -> bool:
    """Nothing is in the index although the database says that something was put there."""
    if any(next(engine.iter_page_counts(public=public), None) for public in (True, False)):
        return False
    with database.reading() as session:
        return bool(_expected(session, Document.indexed_version == Document.content_version))


def _note_what_is_indexed(session: Session, engine: SearchEngine) -> None:
    """Believe the index, not the rows: what changed during a rebuild went into the old one."""
    session.execute(update(Document).values(indexed_version=0))
    for public in (True, False):
        for document_id, version, _ in engine.iter_page_counts(public=public):
            row = Document.id == document_id
            session.execute(update(Document).where(row).values(indexed_version=version))


def _iter_for_rebuild(database: Database) -> Iterator[tuple[IndexedDocument, bool]]:
    """Every document that belongs in an index; each is read in a short transaction of its own."""
    with database.reading() as session:
        ids = session.scalars(select(Document.id).where(_belongs_in_index()).order_by(Document.id)).all()
    for document_id in ids:
        with database.reading() as session:
            document = session.get(Document, document_id)
            if document is None or document.visibility in _NOT_SEARCHED:
                continue
            entry = indexed_document(session, document)
            public = document.visibility == Visibility.PUBLISHED
        if entry.pages:
            yield entry, public


def _belongs_in_index() -> ColumnElement[bool]:
    return Document.reading_status.in_(_HAS_PAGES) & Document.visibility.not_in(_NOT_SEARCHED)


def _expected(session: Session, *conditions: ColumnElement[bool]) -> dict[tuple[str, bool], tuple[int, int]]:
    """(document id, is public) to (version, pages), of what should be in the indexes."""
    rows = session.execute(
        select(Document.id, Document.visibility, Document.content_version, func.count())
        .join(Page, Page.document_id == Document.id)
        .where(Page.status == PageStatus.READ, _belongs_in_index(), *conditions)
        .group_by(Document.id, Document.visibility, Document.content_version)
    )
    return {
        (document_id, visibility == Visibility.PUBLISHED): (version, pages)
        for document_id, visibility, version, pages in rows
    }


def _missing(document_id: str) -> Difference:
    return Difference("missing", document_id, f"Document {document_id} is not in the index.")


def _extra(document_id: str) -> Difference:
    return Difference("extra", document_id, f"Document {document_id} is in the index and should not be.")


def _wrong_index(document_id: str) -> Difference:
    return Difference(
        "wrong_index",
        document_id,
        f"Document {document_id} is in the index of published documents although it is not published, "
        "or the other way round.",
    )


def _other_version(document_id: str) -> Difference:
    return Difference(
        "other_version", document_id, f"The index has an older state of document {document_id}."
    )


def _other_page_count(document_id: str, found: int, expected: int) -> Difference:
    return Difference(
        "other_page_count",
        document_id,
        f"The index has {found} pages of document {document_id}, the database {expected}.",
    )
