"""Who works on what, and who takes over when a worker dies."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.errors import JobLost
from archive.models import Document, Job
from archive.rules.statuses import JobState, ReadingStatus, Visibility
from archive.services import job_leases
from archive.services.job_leases import (
    LEASE,
    claim_reading,
    find_waiting_documents,
    finish_job,
    queue_forgotten_documents,
    queue_reading,
    release_job,
    renew_lease,
)

DOCUMENT = "a" * 12


def add_document(session: Session, at: datetime, document_id: str = DOCUMENT) -> None:
    session.add(
        Document(
            id=document_id,
            sha256=document_id.ljust(64, "0"),
            byte_count=1,
            source_file="memo.pdf",
            title="memo",
            reading_status=ReadingStatus.RECEIVED,
            visibility=Visibility.UNPUBLISHED,
            received_at=at,
        )
    )
    session.flush()


@pytest.fixture
def queued(database: Database, at: datetime) -> Database:
    with database.transaction() as session:
        add_document(session, at)
        queue_reading(session, DOCUMENT, at=at)
    return database


def test_one_document_has_one_reading_job_however_often_it_is_queued(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        queue_reading(session, DOCUMENT, at=at)
        assert len(session.scalars(select(Job)).all()) == 1


def test_a_wish_to_publish_is_not_lost_when_the_job_is_queued_again(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        queue_reading(session, DOCUMENT, at=at, publish=True)
        assert queue_reading(session, DOCUMENT, at=at).publish_when_read


def test_a_claimed_job_cannot_be_claimed_by_another(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        assert claim_reading(session, DOCUMENT, at=at) is not None
        assert claim_reading(session, DOCUMENT, at=at) is None
        assert find_waiting_documents(session, at=at) == []


def test_a_job_whose_lease_ran_out_waits_again(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        claim_reading(session, DOCUMENT, at=at)
        assert find_waiting_documents(session, at=at + LEASE) == [DOCUMENT]
        assert claim_reading(session, DOCUMENT, at=at + LEASE) is not None


def test_a_job_of_a_dead_process_is_free_at_once(
    queued: Database, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    token = f"{job_leases._machine()}|{dead.pid}|{job_leases._started(dead.pid)}|x"
    dead.wait()
    with queued.transaction() as session:
        job = claim_reading(session, DOCUMENT, at=at)
        assert job is not None
        job.lease_token = token
        session.flush()
        assert find_waiting_documents(session, at=at) == [DOCUMENT]


def test_a_renewed_lease_holds_longer(queued: Database, at: datetime) -> None:
    later = at + timedelta(seconds=100)
    with queued.transaction() as session:
        job = claim_reading(session, DOCUMENT, at=at)
        assert job is not None
        renew_lease(session, job.id, str(job.lease_token), at=later)
        assert find_waiting_documents(session, at=at + LEASE) == []


def test_a_worker_that_comes_back_too_late_is_told_so(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        first = claim_reading(session, DOCUMENT, at=at)
        assert first is not None
        old_token = str(first.lease_token)
        claim_reading(session, DOCUMENT, at=at + LEASE)
        with pytest.raises(JobLost):
            renew_lease(session, first.id, old_token, at=at + LEASE)
        with pytest.raises(JobLost):
            finish_job(session, first.id, old_token, at=at + LEASE, failure=None)


def test_a_released_job_waits_again_and_does_not_count_as_an_attempt(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        job = claim_reading(session, DOCUMENT, at=at)
        assert job is not None
        release_job(session, job.id, str(job.lease_token))
        session.refresh(job)
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_a_failed_job_keeps_its_reason(queued: Database, at: datetime) -> None:
    with queued.transaction() as session:
        job = claim_reading(session, DOCUMENT, at=at)
        assert job is not None
        finish_job(session, job.id, str(job.lease_token), at=at, failure=("damaged_pdf", "It is damaged."))
        session.refresh(job)
        assert (job.state, job.failure_code) == (JobState.FAILED, "damaged_pdf")
        assert find_waiting_documents(session, at=at + LEASE) == []


def test_a_document_that_waits_with_no_job_is_found_and_queued(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        add_document(session, at)
        queue_forgotten_documents(session, at=at)
        assert find_waiting_documents(session, at=at) == [DOCUMENT]
