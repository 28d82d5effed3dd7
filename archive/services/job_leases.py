"""Who works on what. The job table is the truth: a queue may forget, a worker may die."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.errors import JobLost
from archive.models import Document, Job
from archive.rules.statuses import JobKind, JobState, ReadingStatus

LEASE = timedelta(seconds=120)
REBUILD_LEASE = timedelta(hours=12)  # a holder that died on this machine is seen at once
MAX_ATTEMPTS = 5  # a document that ends its worker this often is set aside as failed


def queue_reading(session: Session, document_id: str, *, at: datetime, publish: bool = False) -> Job:
    """Note that a document waits to be read. One job a document: asking again queues it again."""
    job = session.scalar(select(Job).where(Job.kind == JobKind.READ_DOCUMENT, Job.document_id == document_id))
    if job is None:
        job = Job(kind=JobKind.READ_DOCUMENT, document_id=document_id, created_at=at, attempts=0)
        session.add(job)
    job.state = JobState.QUEUED
    job.publish_when_read = publish or bool(job.publish_when_read)
    job.lease_token = job.lease_expires_at = job.finished_at = None
    job.failure_code = job.failure_sentence = None
    session.flush()
    return job


def ask_for_publication(session: Session, document_id: str, *, publish: bool) -> None:
    """Let the document be published when its reading ends, whoever reads it."""
    if publish:
        session.execute(update(Job).where(Job.document_id == document_id).values(publish_when_read=True))


def claim_reading(session: Session, document_id: str, *, at: datetime) -> Job | None:
    """Take the document's reading job, or None when somebody alive has it or there is none.

    A job whose holder died on this machine is free at once; one held elsewhere when its lease ends.
    """
    job = session.scalar(
        select(Job).where(
            Job.kind == JobKind.READ_DOCUMENT,
            Job.document_id == document_id,
            Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
        )
    )
    if job is None or (job.state == JobState.RUNNING and not _is_abandoned(job, at)):
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease_token = _new_token()
    job.lease_expires_at = at + LEASE
    session.flush()
    return job


def claim_rebuild(session: Session, *, at: datetime) -> Job | None:
    """Take the job of building the index anew, or None when nobody has asked for it or somebody has it."""
    job = session.scalar(
        select(Job).where(
            Job.kind == JobKind.REBUILD_INDEX, Job.state.in_([JobState.QUEUED, JobState.RUNNING])
        )
    )
    if job is None or (job.state == JobState.RUNNING and not _is_abandoned(job, at)):
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease_token, job.lease_expires_at = _new_token(), at + REBUILD_LEASE
    session.flush()
    return job


def renew_lease(
    session: Session, job_id: int, token: str, *, at: datetime, made_progress: bool = False
) -> None:
    """Hold the job for another ``LEASE``. Raises ``JobLost`` when it is no longer ours.

    Progress forgives earlier attempts: a long document may outlive many restarts.
    """
    held = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_token == token, Job.state == JobState.RUNNING)
        .values(lease_expires_at=at + LEASE, attempts=1 if made_progress else Job.attempts)
        .returning(Job.id)
    ).scalar()
    if held is None:
        raise JobLost


def release_job(session: Session, job_id: int, token: str) -> None:
    """Put a job back, unfinished (the worker is stopping). Nothing happens if it is no longer ours."""
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_token == token, Job.state == JobState.RUNNING)
        .values(state=JobState.QUEUED, lease_token=None, lease_expires_at=None, attempts=Job.attempts - 1)
    )


def finish_job(
    session: Session, job_id: int, token: str, *, at: datetime, failure: tuple[str, str] | None
) -> None:
    """The work is over: done, or failed with (code, sentence). Raises ``JobLost`` when it is not ours."""
    code, sentence = failure or (None, None)
    held = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_token == token, Job.state == JobState.RUNNING)
        .values(
            state=JobState.FAILED if failure else JobState.DONE,
            finished_at=at,
            failure_code=code,
            failure_sentence=sentence,
            lease_token=None,
            lease_expires_at=None,
        )
        .returning(Job.id)
    ).scalar()
    if held is None:
        raise JobLost


def find_waiting_documents(session: Session, *, at: datetime) -> list[str]:
    """Ids of documents that should be read and are in nobody's hands, the oldest first."""
    jobs = session.scalars(
        select(Job)
        .where(Job.kind == JobKind.READ_DOCUMENT, Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
        .order_by(Job.id)
    )
    return [
        job.document_id
        for job in jobs
        if job.document_id and (job.state == JobState.QUEUED or _is_abandoned(job, at))
    ]


def queue_forgotten_documents(session: Session, *, at: datetime) -> None:
    """Give a job to each document that waits to be read and has none."""
    forgotten = session.scalars(
        select(Document.id)
        .outerjoin(Job, Job.document_id == Document.id)
        .where(
            Job.id.is_(None),
            Document.reading_status.in_([ReadingStatus.RECEIVED, ReadingStatus.READING]),
        )
        .order_by(Document.received_at)
    ).all()
    for document_id in forgotten:
        queue_reading(session, document_id, at=at)


def _is_abandoned(job: Job, at: datetime) -> bool:
    if job.lease_expires_at is None or job.lease_expires_at <= at:
        return True
    return job.lease_token is not None and _holder_is_dead(job.lease_token)


def _new_token() -> str:
    """Machine, process and its start time: who holds the lease, so that a dead holder can be seen."""
    return f"{_machine()}|{os.getpid()}|{_started(os.getpid())}|{secrets.token_hex(6)}"


def _holder_is_dead(token: str) -> bool:
    machine, process, started, _ = token.rsplit("|", 3)
    return machine == _machine() and _started(int(process)) != started


def _machine() -> str:
    return socket.gethostname()[:24]


def _started(process: int) -> str:
    """The process's start time in clock ticks since boot; empty when there is no such process.

    Process ids are used again, so the id alone would not tell (proc(5), field 22 of stat).
    """
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
