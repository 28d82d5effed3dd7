"""Builds the index anew when somebody has asked for it. The old one answers until the new one is there."""

from __future__ import annotations

from archive.clock import Clock
from archive.database import Database
from archive.errors import ArchiveError, JobLost
from archive.ports import SearchEngine
from archive.services.indexing import rebuild_index
from archive.services.job_leases import claim_rebuild, finish_job


def rebuild_if_asked(database: Database, engine: SearchEngine, clock: Clock) -> bool:
    """Whether there was a rebuild to be done. One that fails says why on its job."""
    with database.transaction() as session:
        job = claim_rebuild(session, at=clock())
        if job is None:
            return False
        job_id, token = job.id, job.lease_token or ""
    failure = None
    try:
        rebuild_index(database, engine)
    except ArchiveError as error:
        failure = (error.code, f"{error.sentence} {error.help}".strip())
    try:
        with database.transaction() as session:
            finish_job(session, job_id, token, at=clock(), failure=failure)
    except JobLost:
        pass  # somebody took it over: the index is built anew all the same
    return True
