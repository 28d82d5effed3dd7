"""Reading the audit log: a window of it, the history of one document, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.models import AuditEntry, Document
from archive.rules.audit_words import action_words, detail_words
from archive.rules.statuses import Visibility
from archive.rules.transitions import EVENTS
from archive.services.audit import find_broken_entry
from archive.services.documents import clamp_window
from archive.services.windows import Window

ENTRIES_IN_WINDOW = 100
MOST_IN_HISTORY = 200
CSV_COLUMNS = ("Number", "Time (UTC)", "Who", "What", "Action", "Subject", "Details", "Hash")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are looked at. Empty: all."""

    subject: str = ""
    actor: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry, and what it says in words."""

    entry: AuditEntry
    what: str
    details: str


@dataclass(frozen=True, slots=True)
class Head:
    """How long the log is, and the hash of its last entry. Whoever has noted it elsewhere can tell whether
    entries were cut off at the end."""

    entries: int
    entry_hash: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether each entry follows from the one before it."""

    head: Head
    broken_id: int | None

    @property
    def holds(self) -> bool:
        """Whether the chain is whole."""
        return self.broken_id is None


def list_entries(session: Session, asked: AuditFilter, *, window: int = 1) -> Window[AuditLine]:
    """A window of the log, the newest first."""
    total = session.scalar(select(func.count()).select_from(AuditEntry).where(*_conditions(asked))) or 0
    number = clamp_window(window, total, ENTRIES_IN_WINDOW)
    rows = session.scalars(
        select(AuditEntry)
        .where(*_conditions(asked))
        .order_by(AuditEntry.id.desc())
        .offset((number - 1) * ENTRIES_IN_WINDOW)
        .limit(ENTRIES_IN_WINDOW)
    )
    return Window(tuple(_line(entry) for entry in rows), number, ENTRIES_IN_WINDOW, total)


def list_history(session: Session, subject: str) -> Sequence[AuditLine]:
    """What happened to one subject, the newest first; at most the last ``MOST_IN_HISTORY`` entries."""
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == subject)
        .order_by(AuditEntry.id.desc())
        .limit(MOST_IN_HISTORY)
    )
    return [_line(entry) for entry in rows]


def list_actions(session: Session) -> Sequence[str]:
    """The actions that are in the log."""
    return session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def iter_audit_rows(session: Session, asked: AuditFilter) -> Iterator[Sequence[object]]:
    """The log as rows of a spreadsheet, the newest first, under ``CSV_COLUMNS``."""
    yield CSV_COLUMNS
    rows = session.scalars(
        select(AuditEntry)
        .where(*_conditions(asked))
        .order_by(AuditEntry.id.desc())
        .execution_options(yield_per=500)
    )
    for entry in rows:
        line = _line(entry)
        moment = f"{entry.happened_at:%Y-%m-%d %H:%M:%S}"
        yield (
            entry.id,
            moment,
            entry.actor,
            line.what,
            entry.action,
            entry.subject,
            line.details,
            entry.entry_hash,
        )


def verify_chain(session: Session) -> ChainState:
    """Work through the whole chain. Takes about a second for 50,000 entries."""
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    broken = find_broken_entry(session.scalars(entries))
    return ChainState(find_head(session), broken.id if broken else None)


def find_head(session: Session) -> Head:
    """Where the log ends at this moment."""
    last = session.scalar(select(AuditEntry.entry_hash).order_by(AuditEntry.id.desc()).limit(1))
    return Head(session.scalar(select(func.count()).select_from(AuditEntry)) or 0, last or "")


def find_unlogged_states(session: Session) -> Iterator[tuple[str, str, str]]:
    """(document id, its state, the state that the log says) of documents that stand otherwise than the last
    decision about them: something was changed past the program, or the log was cut off."""
    latest = (
        select(func.max(AuditEntry.id))
        .where(AuditEntry.action.in_(EVENTS.values()))
        .group_by(AuditEntry.subject)
    )
    entries = session.scalars(select(AuditEntry).where(AuditEntry.id.in_(latest)))
    logged = {entry.subject: entry.details.get("to", Visibility.PUBLISHED.value) for entry in entries}
    for document_id, visibility in session.execute(select(Document.id, Document.visibility)):
        said = logged.get(document_id, Visibility.UNPUBLISHED.value)
        if said != visibility.value:
            yield document_id, visibility.value, said


def _conditions(asked: AuditFilter) -> list[ColumnElement[bool]]:
    pairs = ((AuditEntry.subject, asked.subject), (AuditEntry.action, asked.action))
    conditions = [column == value for column, value in pairs if value]
    if asked.actor:
        conditions.append(AuditEntry.actor.icontains(asked.actor, autoescape=True))
    return conditions


def _line(entry: AuditEntry) -> AuditLine:
    return AuditLine(entry, action_words(entry.action), detail_words(entry.details))
