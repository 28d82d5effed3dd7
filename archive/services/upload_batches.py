"""Files that came together: what was said once for all of them, and how far each of them is."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Upload, UploadBatch
from archive.rules.access import Viewer
from archive.rules.statuses import UploadOutcome
from archive.rules.upload_states import MOVING, UploadState
from archive.services.audit import record_event
from archive.services.sending import get_batch
from archive.services.upload_lines import UploadLine, lines_of

BATCHES_SHOWN = 30
ALONE = "alone"  # what was sent by programs that name no batch
MOST_LINES = 2000
_LONGEST_AGENCY, _LONGEST_PRODUCTION, _LONGEST_NOTE = 300, 500, 20_000


@dataclass(frozen=True, slots=True)
class BatchDetails:
    """What is said once for many files. Empty means: not said."""

    agency: str = ""
    production: str = ""
    received_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """A batch with a line for each of its files. ``batch`` is None for files without one."""

    batch: UploadBatch | None
    lines: tuple[UploadLine, ...]

    @property
    def counts(self) -> Mapping[UploadState, int]:
        """How many files there are in each state, in the order of the states."""
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in UploadState if state in states}

    @property
    def is_moving(self) -> bool:
        """Whether something may still change by itself."""
        return any(line.state in MOVING for line in self.lines)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list of one's own."""

    batch: UploadBatch
    files: int
    unfinished: int
    failed: int


def open_batch(
    session: Session,
    details: BatchDetails,
    manifest: Mapping[str, Mapping[str, str]],
    *,
    viewer: Viewer,
    at: datetime,
) -> UploadBatch:
    """Files are about to come together. ``manifest``: what ``parse_metadata_csv`` gave."""
    batch = UploadBatch(
        id=secrets.token_hex(16),
        account_id=viewer.account_id,
        created_at=at,
        agency=details.agency.strip()[:_LONGEST_AGENCY],
        production=details.production.strip()[:_LONGEST_PRODUCTION],
        received_on=details.received_on,
        note=details.note.strip()[:_LONGEST_NOTE],
        manifest={name: dict(row) for name, row in manifest.items()},
    )
    session.add(batch)
    record_event(session, "batch_opened", batch.id, actor=viewer.name, at=at, details={})
    return batch


def get_batch_sheet(session: Session, batch_id: str, viewer: Viewer) -> BatchSheet:
    """The viewer's own batch; ``ALONE`` for files that were sent without one.

    Raises ``UploadBatchNotFound``.
    """
    batch = None if batch_id == ALONE else get_batch(session, batch_id, viewer)
    uploads = session.scalars(
        select(Upload)
        .where(Upload.account_id == viewer.account_id, Upload.batch_id == (batch.id if batch else None))
        .order_by(Upload.created_at.desc(), Upload.file_name, Upload.id)
        .limit(MOST_LINES)
    ).all()
    return BatchSheet(batch, _needed_first(lines_of(session, uploads, viewer)))


def list_batches(session: Session, viewer: Viewer) -> Sequence[BatchRow]:
    """The viewer's own batches that have files, the newest first."""
    files = func.count()
    unfinished = func.count().filter(Upload.finished_at.is_(None))
    failed = func.count().filter(Upload.outcome == UploadOutcome.FAILED)
    rows = session.execute(
        select(UploadBatch, files, unfinished, failed)
        .join(Upload, Upload.batch_id == UploadBatch.id)
        .where(UploadBatch.account_id == viewer.account_id)
        .group_by(UploadBatch.id)
        .order_by(UploadBatch.created_at.desc())
        .limit(BATCHES_SHOWN)
    )
    return [BatchRow(*row) for row in rows]


def count_alone(session: Session, viewer: Viewer) -> int:
    """How many files the viewer sent without a batch."""
    where = Upload.account_id == viewer.account_id, Upload.batch_id.is_(None)
    return session.scalar(select(func.count()).select_from(Upload).where(*where)) or 0


def list_unfinished(session: Session, viewer: Viewer) -> Sequence[Upload]:
    """Files of the viewer that have not arrived whole, the newest first."""
    return session.scalars(
        select(Upload)
        .where(
            Upload.account_id == viewer.account_id,
            Upload.finished_at.is_(None),
            Upload.received_bytes < Upload.byte_count,
        )
        .order_by(Upload.created_at.desc(), Upload.file_name)
        .limit(MOST_LINES)
    ).all()


def _needed_first(lines: Iterable[UploadLine]) -> tuple[UploadLine, ...]:
    """What needs the uploader stands first; else by name."""
    return tuple(
        sorted(lines, key=lambda line: (line.state != UploadState.NEEDS_YOU, line.file_name.casefold()))
    )
