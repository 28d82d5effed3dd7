"""Describing hundreds of documents in a table: all that was edited is saved at once, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.models import Agency, Document, Production
from archive.rules.access import Viewer
from archive.rules.description_fields import DescriptionField, hash_of_values
from archive.services.description_access import documents_to_change
from archive.services.descriptions import FieldsNotKept, check_values
from archive.services.documents import clamp_window
from archive.services.field_changes import make_changes, new_change_set
from archive.services.field_values import values_of
from archive.services.windows import Window

ROWS_IN_WINDOW = 300
FILTERS_OFFERED = 200


@dataclass(frozen=True, slots=True)
class TableFilter:
    """Which documents the table shows. Empty means: all."""

    batch: str = ""
    production: str = ""
    agency: str = ""
    undescribed: bool = False


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it came from the form. ``based_on``: what it was made from."""

    document_id: str
    based_on: str
    values: Mapping[DescriptionField, str]

    @property
    def is_edited(self) -> bool:
        """Whether anything in it differs from what it was made from."""
        return hash_of_values(self.values) != self.based_on


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it is shown. ``problems`` stand beside its cells; ``now`` has what somebody else wrote
    meanwhile; ``is_gone``: it is not to be changed by whoever looks any more."""

    document_id: str
    title: str
    based_on: str
    values: Mapping[DescriptionField, str]
    problems: Mapping[DescriptionField, str] = field(default_factory=dict)
    now: Mapping[DescriptionField, str] = field(default_factory=dict)
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A window of the table, and what it can be narrowed to."""

    rows: Window[TableRow]
    batches: tuple[tuple[str, str], ...]
    productions: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableSaved:
    """What came of saving. ``refused`` are the rows that stood in the way: then nothing was saved."""

    change_set: str = ""
    documents: int = 0
    refused: Mapping[str, TableRow] = field(default_factory=dict)


def get_table(session: Session, asked: TableFilter, *, viewer: Viewer, window: int = 1) -> Table:
    """The documents that ``viewer`` may change, those that came together beside each other."""
    everything = documents_to_change(viewer)
    wanted = _narrowed(everything, asked)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    number = clamp_window(window, total, ROWS_IN_WINDOW)
    found = session.scalars(
        wanted.order_by(Document.batch_id, Document.production_id, Document.received_at, Document.id)
        .offset((number - 1) * ROWS_IN_WINDOW)
        .limit(ROWS_IN_WINDOW)
    )
    rows = tuple(_row(document) for document in found)
    return Table(
        rows=Window(rows, number, ROWS_IN_WINDOW, total),
        batches=_batches(session, everything),
        productions=_shelves(session, everything, Production, Production.title),
        agencies=_shelves(session, everything, Agency, Agency.name),
    )


def save_table(session: Session, sent: Sequence[SentRow], *, viewer: Viewer, at: datetime) -> TableSaved:
    """Save all rows that were edited in one change set; none of them when one stands in the way."""
    edited = [row for row in sent if row.is_edited]
    documents = _to_change(session, edited, viewer)
    refused: dict[str, TableRow] = {}
    cleaned: list[tuple[Document, Mapping[DescriptionField, str]]] = []
    for row in edited:
        document = documents.get(row.document_id)
        looked_at = _look_at(row, document, at=at)
        if isinstance(looked_at, TableRow):
            refused[row.document_id] = looked_at
        elif document is not None:
            cleaned.append((document, looked_at))
    if refused:
        return TableSaved(refused=refused)
    name = new_change_set()
    changed = make_changes(session, cleaned, change_set=name, viewer=viewer, at=at)
    return TableSaved(name if changed else "", len(changed))


def _look_at(
    row: SentRow, document: Document | None, *, at: datetime
) -> dict[DescriptionField, str] | TableRow:
    """The values to keep, or the row with what stands in the way."""
    if document is None:
        return TableRow(row.document_id, row.document_id, row.based_on, row.values, is_gone=True)
    current = values_of(document)
    based_on = hash_of_values(current)
    is_stale = row.based_on != based_on
    now = {name: value for name, value in current.items() if is_stale and value != row.values.get(name, "")}
    problems: Mapping[DescriptionField, str] = {}
    try:
        cleaned = check_values(row.values, at=at)
        if not now:
            return cleaned
    except FieldsNotKept as error:
        problems = error.problems
    return TableRow(document.id, document.title, based_on, row.values, problems, now)


def _to_change(session: Session, sent: Sequence[SentRow], viewer: Viewer) -> dict[str, Document]:
    ids = [row.document_id for row in sent]
    found = session.scalars(documents_to_change(viewer).where(Document.id.in_(ids)))
    return {document.id: document for document in found}


def _row(document: Document) -> TableRow:
    values = values_of(document)
    return TableRow(document.id, document.title, hash_of_values(values), values)


def _narrowed(documents: Select[Document], asked: TableFilter) -> Select[Document]:
    if asked.batch:
        documents = documents.where(Document.batch_id == asked.batch)
    if asked.production:
        slugs = select(Production.id).where(Production.slug == asked.production)
        documents = documents.where(Document.production_id.in_(slugs))
    if asked.agency:
        documents = documents.where(
            Document.agency_id.in_(select(Agency.id).where(Agency.slug == asked.agency))
        )
    if asked.undescribed:
        documents = documents.where(Document.described_at.is_(None))
    return documents


def _batches(session: Session, documents: Select[Document]) -> tuple[tuple[str, str], ...]:
    seen = documents.subquery()
    rows = session.execute(
        select(seen.c.batch_id, func.min(seen.c.received_at), func.count())
        .where(seen.c.batch_id.is_not(None))
        .group_by(seen.c.batch_id)
        .order_by(func.min(seen.c.received_at).desc())
        .limit(FILTERS_OFFERED)
    )
    return tuple((batch, f"{since:%Y-%m-%d, %H:%M} ({count:,})") for batch, since, count in rows)


def _shelves(
    session: Session, documents: Select[Document], shelf: type[Agency] | type[Production], name: object
) -> tuple[tuple[str, str], ...]:
    seen = documents.subquery()
    ids = select(seen.c.agency_id if shelf is Agency else seen.c.production_id)
    rows = session.execute(
        select(shelf.slug, name).where(shelf.id.in_(ids)).order_by(name).limit(FILTERS_OFFERED)  # type: ignore[call-overload]  # a column
    )
    return tuple((slug, said) for slug, said in rows)
