"""The work that waits, runs or failed, for whoever runs the archive: looked at, and started again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Document, Job
from archive.rules.access import Viewer
from archive.rules.statuses import JobKind, JobState
from archive.services.audit import record_event
from archive.services.documents import clamp_window
from archive.services.job_leases import queue_reading
from archive.services.windows import Window

JOBS_IN_WINDOW = 100
_ORDER = (JobState.FAILED, JobState.RUNNING, JobState.QUEUED)


class JobNotFound(ArchiveError):
    code = "job_not_found"
    sentence = "There is no such job, or it has not failed."
    help = "Look at the list again: somebody else may have started it."
    status = 404


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job and its document, None for work on the whole archive. ``holder`` is the machine and process
    that works on it, empty when nobody does."""

    job: Job
    document: Document | None
    holder: str


def list_jobs(session: Session, *, state: JobState | None = None, window: int = 1) -> Window[JobLine]:
    """Failed, running and waiting jobs, or those in one state; failed first, the oldest first."""
    states = (state,) if state else _ORDER
    total = session.scalar(select(func.count(Job.id)).where(Job.state.in_(states))) or 0
    number = clamp_window(window, total, JOBS_IN_WINDOW)
    rows = session.execute(
        select(Job, Document)
        .outerjoin(Document, Document.id == Job.document_id)
        .where(Job.state.in_(states))
        .order_by(Job.state != JobState.FAILED, Job.state != JobState.RUNNING, Job.id)
        .offset((number - 1) * JOBS_IN_WINDOW)
        .limit(JOBS_IN_WINDOW)
    )
    lines = tuple(JobLine(job, document, _holder(job)) for job, document in rows)
    return Window(lines, number, JOBS_IN_WINDOW, total)


def count_jobs(session: Session) -> dict[JobState, int]:
    """How many jobs there are in each state."""
    rows = session.execute(select(Job.state, func.count(Job.id)).group_by(Job.state))
    found = {state: count for state, count in rows if count}
    return {state: found.get(state, 0) for state in JobState}


def retry_job(session: Session, job_id: int, *, viewer: Viewer, at: datetime) -> None:
    """Queue a failed job again, with all its attempts before it. Raises ``JobNotFound``."""
    job = session.get(Job, job_id)
    if job is None or job.state != JobState.FAILED:
        raise JobNotFound
    _queue_again(session, job, viewer, at)


def retry_failed(session: Session, *, viewer: Viewer, at: datetime) -> int:
    """Queue every failed job again. Returns how many there were."""
    failed: Sequence[Job] = session.scalars(select(Job).where(Job.state == JobState.FAILED)).all()
    for job in failed:
        _queue_again(session, job, viewer, at)
    return len(failed)


def ask_for_rebuild(session: Session, *, viewer: Viewer, at: datetime) -> bool:
    """Let the worker build the index anew; False when that was asked for already."""
    job = session.scalar(select(Job).where(Job.kind == JobKind.REBUILD_INDEX))
    if job is not None and job.state in (JobState.QUEUED, JobState.RUNNING):
        return False
    if job is None:
        job = Job(kind=JobKind.REBUILD_INDEX, created_at=at, attempts=0)
        session.add(job)
    _reset(job)
    job.created_at = at
    session.flush()
    record_event(session, "index_rebuild_asked", "index", actor=viewer.name, at=at, details={})
    return True


def _queue_again(session: Session, job: Job, viewer: Viewer, at: datetime) -> None:
    if job.document_id is None:
        _reset(job)
        subject = "index"
    else:
        queue_reading(session, job.document_id, at=at).attempts = 0
        subject = job.document_id
    record_event(session, "job_retried", subject, actor=viewer.name, at=at, details={"job": job.id})


def _reset(job: Job) -> None:
    job.state, job.attempts = JobState.QUEUED, 0
    job.lease_token = job.lease_expires_at = job.finished_at = None
    job.failure_code = job.failure_sentence = None


def _holder(job: Job) -> str:
    if job.state != JobState.RUNNING or not job.lease_token:
        return ""
    machine, process, *_ = job.lease_token.split("|")
    return f"{machine}, process {process}"
