"""The rows of an index of withheld records: added, put in order, said in other words, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound, DocumentWithdrawn, ShelfNotFound
from archive.models import Document, Page, Production, VaughnEntry, VaughnIndex
from archive.rules.access import Viewer
from archive.rules.vaughn_columns import VAUGHN_COLUMNS
from archive.rules.vaughn_errors import BadVaughnIndex, NotPages, VaughnEntryNotFound, VaughnIndexFull
from archive.rules.vaughn_targets import Target
from archive.services.documents import get_document, visible_documents
from archive.services.vaughn_indexes import get_kept_index

MOST_ENTRIES = 1_000
MOST_CELL_CHARACTERS = 1_000
MOST_NOTE_CHARACTERS = 4_000


def list_entries(session: Session, index: VaughnIndex) -> Sequence[VaughnEntry]:
    """Everything in an index, in its order, whoever may see it: look the documents up for the viewer."""
    wanted = select(VaughnEntry).where(VaughnEntry.index_id == index.id)
    return session.scalars(wanted.order_by(VaughnEntry.position, VaughnEntry.id)).all()


def add_pages(
    session: Session, index_id: int, targets: Iterable[Target], *, viewer: Viewer, at: datetime
) -> list[VaughnEntry]:
    """Put pages of documents that ``viewer`` may see at the end, a row for each target.

    Pages that have a row already get no second one. Raises as ``get_kept_index``; ``NotPages`` when a
    document is not to be seen or has no such pages, alike for absent and hidden ones; ``VaughnIndexFull``.
    """
    index = get_kept_index(session, index_id, viewer)
    spans = [_span(session, target, viewer) for target in targets]
    if not spans:
        raise NotPages("No pages were named.")
    return _append(session, index, spans, at)


def add_production(
    session: Session, index_id: int, slug: str, *, viewer: Viewer, at: datetime
) -> list[VaughnEntry]:
    """Put every document of a production that ``viewer`` may see at the end, by Bates number, then by date.

    Raises as ``get_kept_index``, ``ShelfNotFound`` also when there is nothing to be seen, and
    ``VaughnIndexFull``.
    """
    index = get_kept_index(session, index_id, viewer)
    production = session.scalar(select(Production).where(Production.slug == slug))
    if production is None:
        raise ShelfNotFound
    first_stamp = (
        select(func.min(Page.bates))
        .where(Page.document_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    seen = visible_documents(viewer).where(Document.production_id == production.id)
    documents = session.scalars(
        seen.order_by(first_stamp.nulls_last(), Document.dated_on.nulls_last(), Document.title, Document.id)
    ).all()
    if not documents:
        raise ShelfNotFound
    return _append(session, index, [(one.id, 1, one.page_count or 1) for one in documents], at)


def write_entry(
    session: Session,
    index_id: int,
    entry_id: int,
    said: Mapping[str, str],
    note: str,
    *,
    viewer: Viewer,
    at: datetime,
) -> None:
    """Say cells in other words (an empty one says what is known again), and note something.

    Raises as ``get_kept_index``, ``VaughnEntryNotFound``, ``BadVaughnIndex`` when something is too long.
    """
    entry = _entry(session, index_id, entry_id, viewer, at)
    words = {column: said.get(column, "").strip() for column in VAUGHN_COLUMNS}
    if any(len(text) > MOST_CELL_CHARACTERS for text in words.values()):
        raise BadVaughnIndex("This is too long for a cell.", help="Write 1,000 characters at most.")
    if len(note) > MOST_NOTE_CHARACTERS:
        raise BadVaughnIndex("This note is too long.", help="Write 4,000 characters at most.")
    entry.said = {column: text for column, text in words.items() if text}
    entry.note = note.strip()


def move_entry(
    session: Session, index_id: int, entry_id: int, steps: int, *, viewer: Viewer, at: datetime
) -> None:
    """Move a row up (negative) or down, as far as it goes. Raises as ``get_kept_index``,
    ``VaughnEntryNotFound``."""
    entry = _entry(session, index_id, entry_id, viewer, at)
    index = get_kept_index(session, index_id, viewer)
    rows = list(list_entries(session, index))
    place = rows.index(entry)
    rows.insert(min(max(place + steps, 0), len(rows) - 1), rows.pop(place))
    _number(rows)


def remove_entry(session: Session, index_id: int, entry_id: int, *, viewer: Viewer, at: datetime) -> None:
    """Take a row out; the record stays. Raises as ``get_kept_index``, ``VaughnEntryNotFound``."""
    entry = _entry(session, index_id, entry_id, viewer, at)
    session.delete(entry)
    session.flush()
    _number(list_entries(session, get_kept_index(session, index_id, viewer)))


def _entry(session: Session, index_id: int, entry_id: int, viewer: Viewer, at: datetime) -> VaughnEntry:
    """A row that is about to be changed."""
    index = get_kept_index(session, index_id, viewer)
    entry = session.get(VaughnEntry, entry_id)
    if entry is None or entry.index_id != index.id:
        raise VaughnEntryNotFound
    index.changed_at = at
    return entry


def _span(session: Session, target: Target, viewer: Viewer) -> tuple[str, int, int]:
    try:
        document = get_document(session, target.document_id, viewer)
    except (DocumentNotFound, DocumentWithdrawn):
        raise NotPages(f"There is no document {target.document_id} here.") from None
    count = document.page_count or 1
    last = count if target.last is None else target.last
    if not 1 <= target.first <= last <= count:
        raise NotPages(f"“{document.title}” has no such pages: it has {count:,}.")
    return document.id, target.first, last


def _append(
    session: Session, index: VaughnIndex, spans: Iterable[tuple[str, int, int]], at: datetime
) -> list[VaughnEntry]:
    rows = list(list_entries(session, index))
    known = {(row.document_id, row.first_page, row.last_page): row for row in rows}
    found = []
    for span in spans:
        if span not in known:
            document_id, first, last = span
            known[span] = VaughnEntry(
                index_id=index.id, position=0, document_id=document_id, first_page=first, last_page=last
            )
            rows.append(known[span])
        found.append(known[span])
    if len(rows) > MOST_ENTRIES:
        raise VaughnIndexFull
    _number(rows)
    session.add_all(rows)
    session.flush()
    index.changed_at = at
    return found


def _number(rows: Sequence[VaughnEntry]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
