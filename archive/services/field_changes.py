"""Changes of a document's fields: made, kept with what was there before, and undone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError, DocumentNotFound
from archive.models import Account, Document, FieldChange, FieldProposal, Finding
from archive.rules.access import Action, Viewer
from archive.rules.description_fields import FIELD_LABELS, DescriptionField
from archive.services.audit import record_event
from archive.services.description_access import NotToBeChanged, get_to_change
from archive.services.documents import visible_documents
from archive.services.field_values import Shelves, set_value, text_of
from archive.services.file_screening import screen_fields_of
from archive.services.screening import screen_fields

SETS_SHOWN = 15


class ChangesNotFound(ArchiveError):
    """Absent, and somebody else's: both answer alike."""

    code = "changes_not_found"
    sentence = "There are no such changes to undo."
    help = "Your own recent changes stand on the page where you describe."
    status = 404


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that were made at once. ``documents`` are those that whoever looks may see."""

    change_set: str
    changed_at: datetime
    changed_by: str
    fields: tuple[str, ...]
    documents: tuple[Document, ...]
    document_count: int
    undone: int
    changes: int

    @property
    def is_undone(self) -> bool:
        """Nothing is left of it to undo."""
        return self.undone == self.changes


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing: ``left`` names each field that has changed since, or is not yours any more."""

    fields: int
    left: tuple[tuple[str, str], ...]  # (document id, label of the field)


def new_change_set() -> str:
    """A name for changes that are made at once."""
    return secrets.token_hex(16)


def make_changes(
    session: Session,
    values_by_document: Sequence[tuple[Document, Mapping[DescriptionField, str]]],
    *,
    change_set: str,
    viewer: Viewer,
    at: datetime,
) -> dict[str, tuple[DescriptionField, ...]]:
    """Set fields of documents to values that ``clean_value`` gave; which changed, by document.

    What was proposed for a field counts as confirmed once a person has set it. Hundreds of documents are
    written at once, not one by one: the write lock is held meanwhile.
    """
    known: Shelves = {}
    changed: dict[str, tuple[DescriptionField, ...]] = {}
    with session.no_autoflush:
        for document, values in values_by_document:
            rows = tuple(_set_fields(session, document, values, known))
            for row in rows:
                row.change_set, row.changed_by_id, row.changed_at = change_set, viewer.account_id, at
            session.add_all(rows)
            if rows:
                changed[document.id] = tuple(DescriptionField(row.field) for row in rows)
    _confirm(session, changed, viewer=viewer, at=at)
    _note_changed(session, [document for document, _ in values_by_document if document.id in changed], at=at)
    for document_id, fields in changed.items():
        details = {"fields": [str(field) for field in fields], "change_set": change_set}
        record_event(session, "fields_changed", document_id, actor=viewer.name, at=at, details=details)
    return changed


def confirm_proposals(
    session: Session, document_id: str, fields: Sequence[str], *, viewer: Viewer, at: datetime
) -> int:
    """A person has looked at what was proposed for these fields; how many were still open."""
    return _confirm(session, {document_id: fields}, viewer=viewer, at=at)


def undo_changes(session: Session, change_set: str, *, viewer: Viewer, at: datetime) -> Undone:
    """Give fields the values that they had before these changes, where they still have the new one.

    Raises ``ChangesNotFound`` for what is not one's own, unless an editor asks.
    """
    rows = session.scalars(
        select(FieldChange).where(FieldChange.change_set == change_set).order_by(FieldChange.id.desc())
    ).all()
    if not rows or not (viewer.may(Action.REVIEW) or rows[0].changed_by_id == viewer.account_id):
        raise ChangesNotFound
    known: Shelves = {}
    undone: dict[str, list[str]] = {}
    left = []
    for row in rows:
        if row.undone_at is not None:
            continue
        if _undo(session, row, known, viewer=viewer, at=at):
            undone.setdefault(row.document_id, []).append(row.field)
        else:
            left.append((row.document_id, FIELD_LABELS[DescriptionField(row.field)]))
    _note_changed(session, [session.get_one(Document, document_id) for document_id in undone], at=at)
    for document_id, fields in undone.items():
        details = {"fields": fields, "change_set": change_set}
        record_event(session, "fields_undone", document_id, actor=viewer.name, at=at, details=details)
    return Undone(sum(len(fields) for fields in undone.values()), tuple(left))


def list_changes_of(session: Session, document_id: str, viewer: Viewer) -> tuple[ChangeSet, ...]:
    """The last changes of one document, the newest first."""
    wanted = select(FieldChange.change_set).where(FieldChange.document_id == document_id)
    return _sets(session, wanted, viewer)


def list_changes_by(session: Session, viewer: Viewer) -> tuple[ChangeSet, ...]:
    """The last changes that whoever looks has made, the newest first."""
    wanted = select(FieldChange.change_set).where(FieldChange.changed_by_id == viewer.account_id)
    return _sets(session, wanted, viewer)


def find_changes(session: Session, change_set: str, viewer: Viewer) -> ChangeSet | None:
    """Changes that were made at once, when they are one's own or an editor asks."""
    wanted = select(FieldChange.change_set).where(FieldChange.change_set == change_set)
    if not viewer.may(Action.REVIEW):
        wanted = wanted.where(FieldChange.changed_by_id == viewer.account_id)
    found = _sets(session, wanted, viewer)
    return found[0] if found else None


def _undo(session: Session, row: FieldChange, known: Shelves, *, viewer: Viewer, at: datetime) -> bool:
    field = DescriptionField(row.field)
    try:
        document = get_to_change(session, row.document_id, viewer)
    except (DocumentNotFound, NotToBeChanged):
        return False
    if text_of(document, field) != row.new_value:
        return False
    set_value(session, document, field, row.old_value, known)
    row.undone_at = at
    proposal = session.scalar(
        select(FieldProposal).where(
            FieldProposal.document_id == document.id,
            FieldProposal.field == field,
            FieldProposal.confirmed_at == row.changed_at,
        )
    )
    if proposal is not None:  # it was confirmed by this very change
        proposal.confirmed_at = proposal.confirmed_by_id = None
    return True


def _set_fields(
    session: Session, document: Document, values: Mapping[DescriptionField, str], known: Shelves
) -> Iterator[FieldChange]:
    for field, value in values.items():
        old = text_of(document, field)
        if value == old:
            continue
        set_value(session, document, field, value, known)
        new = text_of(document, field)
        yield FieldChange(document_id=document.id, field=field, old_value=old, new_value=new)


def _confirm(
    session: Session, fields_of: Mapping[str, Sequence[str]], *, viewer: Viewer, at: datetime
) -> int:
    rows = session.scalars(
        select(FieldProposal).where(
            FieldProposal.document_id.in_(fields_of), FieldProposal.confirmed_at.is_(None)
        )
    ).all()
    looked_at = [row for row in rows if row.field in fields_of[row.document_id]]
    for row in looked_at:
        row.confirmed_at, row.confirmed_by_id = at, viewer.account_id
    return len(looked_at)


def _note_changed(session: Session, documents: Sequence[Document], *, at: datetime) -> None:
    """Search follows, private details are looked for again, and a second person has to look again."""
    for document in documents:
        document.content_version += 1
        document.checked_by_id = document.checked_at = None
    session.flush()
    ids = [document.id for document in documents]
    found = select(Finding.document_id).where(Finding.document_id.in_(ids), Finding.page_number.is_(None))
    with_findings = set(session.scalars(found))
    for document in documents:
        if document.id in with_findings or any(screen_fields_of(document)):
            screen_fields(session, document.id, at=at)


def _sets(session: Session, wanted: object, viewer: Viewer) -> tuple[ChangeSet, ...]:
    newest = (
        select(FieldChange.change_set, func.max(FieldChange.id).label("last"))
        .where(FieldChange.change_set.in_(wanted))  # type: ignore[arg-type]  # a query for one column
        .group_by(FieldChange.change_set)
        .order_by(func.max(FieldChange.id).desc())
        .limit(SETS_SHOWN)
    )
    names = [row.change_set for row in session.execute(newest)]
    return tuple(_set(session, name, viewer) for name in names)


def _set(session: Session, name: str, viewer: Viewer) -> ChangeSet:
    rows = session.scalars(
        select(FieldChange).where(FieldChange.change_set == name).order_by(FieldChange.id)
    ).all()
    ids = list(dict.fromkeys(row.document_id for row in rows))
    seen = session.scalars(visible_documents(viewer).where(Document.id.in_(ids[:3]))).all()
    who = session.get(Account, rows[0].changed_by_id) if rows[0].changed_by_id else None
    used = {row.field for row in rows}
    return ChangeSet(
        change_set=name,
        changed_at=rows[0].changed_at,
        changed_by=(who.name or who.email) if who else "",
        fields=tuple(FIELD_LABELS[field] for field in DescriptionField if field in used),
        documents=tuple(seen),
        document_count=len(ids),
        undone=sum(row.undone_at is not None for row in rows),
        changes=len(rows),
    )
