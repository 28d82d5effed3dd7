"""Describing one document: its fields as a form shows them, confirmed with a glance or corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Document, FieldProposal, Page
from archive.rules.access import Viewer
from archive.rules.description_fields import (
    FIELD_HINTS,
    FIELD_LABELS,
    BadFieldValue,
    DescriptionField,
    clean_value,
    hash_of_values,
)
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.services.audit import record_event
from archive.services.description_access import get_to_change, get_to_describe, may_change
from archive.services.documents import visible_documents
from archive.services.field_changes import (
    ChangeSet,
    confirm_proposals,
    list_changes_of,
    make_changes,
    new_change_set,
)
from archive.services.field_values import base_of, said_by, values_of

PAGES_SHOWN = 5


class FieldsNotKept(ArchiveError):
    """Nothing was saved. ``problems`` has a sentence for each field that cannot be kept."""

    code = "fields_not_kept"
    sentence = "Nothing was saved: a field cannot be kept as it is."
    help = "Correct what is marked and save again."
    status = 400

    def __init__(self, problems: Mapping[DescriptionField, str]) -> None:
        super().__init__()
        self.problems = problems


class ChangedMeanwhile(ArchiveError):
    code = "changed_meanwhile"
    sentence = "Nothing was saved: somebody else has changed this document since you opened it."
    help = "What stands there now is shown beside your text. Save again to keep yours."
    status = 409


class NotToBeChecked(ArchiveError):
    code = "not_to_be_checked"
    sentence = "This description does not wait for you as the second person."
    help = "It is not finished yet, or you finished it yourself. Somebody else has to look at it."
    status = 409


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the form. ``number`` stands on its box; ``proposal`` is what was read for it."""

    number: int
    field: DescriptionField
    label: str
    hint: str
    value: str
    proposal: FieldProposal | None

    @property
    def is_open(self) -> bool:
        """It was read from the page, and nobody has looked at it."""
        return self.proposal is not None and self.proposal.confirmed_at is None

    @property
    def proposed(self) -> str:
        """What was read, as the form would show it."""
        if self.proposal is None:
            return ""
        value = self.proposal.value
        if self.field == DescriptionField.KIND and value in set(DocumentKind):
            return KIND_WORDS[DocumentKind(value)]
        return value


@dataclass(frozen=True, slots=True)
class DescriptionSheet:
    """All that the page of one document needs. ``pages`` are those that something was read from."""

    document: Document
    lines: tuple[FieldLine, ...]
    pages: tuple[Page, ...]
    based_on: str
    bates: tuple[tuple[str, int], ...]  # first and last number, each with its page
    parts: tuple[Document, ...]
    original: Document | None
    changes: tuple[ChangeSet, ...]
    may_change: bool
    may_check: bool

    @property
    def open_lines(self) -> int:
        """How many proposals nobody has looked at."""
        return sum(line.is_open for line in self.lines)


def get_description(
    session: Session, document_id: str, *, viewer: Viewer, page_number: int = 1
) -> DescriptionSheet:
    """A document to be described, with the page asked for and those that its proposals stand on.

    Raises ``DocumentNotFound`` for what ``viewer`` does not work on.
    """
    document = get_to_describe(session, document_id, viewer)
    proposals = _proposals(session, document_id)
    values = values_of(document)
    lines = tuple(
        FieldLine(
            number,
            field,
            FIELD_LABELS[field],
            FIELD_HINTS.get(field, ""),
            values[field],
            proposals.get(field),
        )
        for number, field in enumerate(DescriptionField, 1)
    )
    numbers = sorted({page_number, *(row.page_number for row in proposals.values())})[:PAGES_SHOWN]
    return DescriptionSheet(
        document=document,
        lines=lines,
        pages=_pages(session, document_id, numbers),
        based_on=hash_of_values(values),
        bates=_bates(session, document_id),
        parts=_parts(session, document_id, viewer),
        original=_original(session, document, viewer),
        changes=list_changes_of(session, document_id, viewer),
        may_change=may_change(document, viewer),
        may_check=may_check(document, viewer),
    )


def save_description(
    session: Session,
    document_id: str,
    values: Mapping[str, str],
    *,
    based_on: str,
    viewer: Viewer,
    at: datetime,
    confirmed: Sequence[str] = (),
    is_done: bool = False,
) -> str:
    """Keep what a form says; the name of the change set, empty when nothing changed.

    ``based_on`` is what the form was made from; ``confirmed`` names fields whose proposals are right;
    ``is_done``: the document is described, and all that stands in the form is confirmed with it.
    Raises ``DocumentNotFound``, ``NotToBeChanged``, ``FieldsNotKept`` and ``ChangedMeanwhile``.
    """
    document = get_to_change(session, document_id, viewer)
    cleaned = check_values(said_by(values), at=at)
    current = values_of(document)
    differs = any(current[field] != value for field, value in cleaned.items())
    if differs and based_on != hash_of_values(current):
        raise ChangedMeanwhile
    name = new_change_set()
    made = make_changes(session, [(document, cleaned)], change_set=name, viewer=viewer, at=at)
    changed = made.get(document_id, ())
    looked_at = tuple(DescriptionField) if is_done else confirmed
    count = confirm_proposals(session, document_id, looked_at, viewer=viewer, at=at)
    if is_done:
        document.described_by_id, document.described_at = viewer.account_id, at
        document.checked_by_id = document.checked_at = None
        details = {"confirmed": count, "changed": len(changed)}
        record_event(session, "document_described", document_id, actor=viewer.name, at=at, details=details)
    elif count:
        details = {"confirmed": count}
        record_event(session, "fields_confirmed", document_id, actor=viewer.name, at=at, details=details)
    if count and not changed:
        document.content_version += 1  # what is proposed is shown as such, also among the results
    return name if changed else ""


def check_description(
    session: Session, document_id: str, *, based_on: str, viewer: Viewer, at: datetime
) -> None:
    """Say, as another person than the one who described it, that the description is right.

    Raises ``DocumentNotFound``, ``NotToBeChecked``, and ``ChangedMeanwhile`` when it is not what was seen.
    """
    document = get_to_change(session, document_id, viewer)
    if not may_check(document, viewer):
        raise NotToBeChecked
    if based_on != base_of(document):
        raise ChangedMeanwhile
    document.checked_by_id, document.checked_at = viewer.account_id, at
    record_event(session, "description_checked", document_id, actor=viewer.name, at=at, details={})


def check_values(values: Mapping[DescriptionField, str], *, at: datetime) -> dict[DescriptionField, str]:
    """The values as they are kept. Raises ``FieldsNotKept`` with all that is wrong at once."""
    cleaned: dict[DescriptionField, str] = {}
    problems: dict[DescriptionField, str] = {}
    for field, text in values.items():
        try:
            cleaned[field] = clean_value(field, text, today=at.date())
        except BadFieldValue as problem:
            problems[field] = problem.sentence
    if problems:
        raise FieldsNotKept(problems)
    return cleaned


def may_check(document: Document, viewer: Viewer) -> bool:
    """Whether this person is another than the one who described it, and nobody has checked it."""
    return (
        document.described_at is not None
        and document.checked_at is None
        and viewer.account_id is not None
        and document.described_by_id != viewer.account_id
        and may_change(document, viewer)
    )


def _proposals(session: Session, document_id: str) -> dict[str, FieldProposal]:
    rows = session.scalars(select(FieldProposal).where(FieldProposal.document_id == document_id))
    return {row.field: row for row in rows}


def _pages(session: Session, document_id: str, numbers: Sequence[int]) -> tuple[Page, ...]:
    return tuple(
        session.scalars(
            select(Page)
            .where(Page.document_id == document_id, Page.page_number.in_(numbers))
            .order_by(Page.page_number)
        )
    )


def _bates(session: Session, document_id: str) -> tuple[tuple[str, int], ...]:
    stamped = Page.document_id == document_id, Page.bates.is_not(None)
    ends = session.execute(
        select(func.min(Page.page_number), func.max(Page.page_number)).where(*stamped)
    ).one()
    rows = session.execute(
        select(Page.bates, Page.page_number)
        .where(*stamped, Page.page_number.in_(ends))
        .order_by(Page.page_number)
    )
    return tuple((bates or "", number) for bates, number in rows)


def _parts(session: Session, document_id: str, viewer: Viewer) -> tuple[Document, ...]:
    wanted = visible_documents(viewer).where(Document.derived_from_id == document_id)
    return tuple(session.scalars(wanted.order_by(Document.received_at, Document.title)))


def _original(session: Session, document: Document, viewer: Viewer) -> Document | None:
    if document.derived_from_id is None:
        return None
    return session.scalar(visible_documents(viewer).where(Document.id == document.derived_from_id))
