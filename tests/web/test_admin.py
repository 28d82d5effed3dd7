"""The pages of whoever runs the archive."""

from __future__ import annotations

from collections.abc import Callable

from archive.jobs.index_desk import rebuild_if_asked
from archive.models import AuditEntry, Document, Job
from archive.parts import Parts
from archive.rules.statuses import JobKind, JobState, Role, Visibility
from archive.services.admin_overview import note_check
from tests.factories import NOON
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
SENTENCE = "The reader broke while it read this file."


def add_failed(parts: Parts, document: Document) -> int:
    """A failed reading job; its id."""
    with parts.database.transaction() as session:
        job = Job(
            kind=JobKind.READ_DOCUMENT,
            document_id=document.id,
            state=JobState.FAILED,
            attempts=5,
            created_at=NOON,
            failure_code="reader_crashed",
            failure_sentence=SENTENCE,
        )
        session.add(job)
        session.flush()
        return job.id


def state_of(parts: Parts, job_id: int) -> tuple[JobState, int]:
    """The state of a job, and its attempts."""
    with parts.database.reading() as session:
        job = session.get_one(Job, job_id)
        return job.state, job.attempts


def test_the_first_page_says_what_there_is(visit: Visit, add: Callable[..., Document], parts: Parts) -> None:
    add(visibility=Visibility.HELD)
    note_check(parts.settings.home, at=NOON, off=2)
    page = visit(Role.ADMIN).get("/admin").text
    assert "2 things off" in page
    assert "held" in page
    assert "Version" in page


def test_a_failed_job_says_why_and_can_be_tried_again(
    visit: Visit, add: Callable[..., Document], parts: Parts
) -> None:
    job_id = add_failed(parts, add())
    admin = visit(Role.ADMIN)
    assert SENTENCE in admin.get("/admin/jobs").text
    assert admin.post(f"/admin/jobs/{job_id}/retry").status_code == 303
    assert state_of(parts, job_id) == (JobState.QUEUED, 0)
    assert admin.post(f"/admin/jobs/{job_id}/retry").status_code == 404
    with parts.database.reading() as session:
        assert [entry.action for entry in session.query(AuditEntry)].count("job_retried") == 1


def test_all_failed_jobs_can_be_tried_again_at_once(
    visit: Visit, add: Callable[..., Document], parts: Parts
) -> None:
    jobs = [add_failed(parts, add(title=title)) for title in ("One", "Two")]
    assert visit(Role.ADMIN).post("/admin/jobs/retry").status_code == 303
    assert [state_of(parts, job_id)[0] for job_id in jobs] == [JobState.QUEUED, JobState.QUEUED]


def test_the_worker_builds_the_index_anew_when_asked(
    visit: Visit, add: Callable[..., Document], parts: Parts
) -> None:
    add(pages=("Counties may opt out.",))
    admin = visit(Role.ADMIN)
    clock = lambda: NOON  # noqa: E731  the tests' own time
    assert not rebuild_if_asked(parts.database, parts.engine, clock)
    for _ in range(2):  # asked twice, done once
        assert admin.post("/admin/index/rebuild").status_code == 303
    assert "has been asked" in admin.get("/admin/index").text
    assert rebuild_if_asked(parts.database, parts.engine, clock)
    assert not rebuild_if_asked(parts.database, parts.engine, clock)
    assert "has been asked" not in admin.get("/admin/index").text
    assert "1 page" in visit(None).get("/search?q=counties").text


def test_the_store_is_counted_when_asked(visit: Visit, add: Callable[..., Document]) -> None:
    add()
    admin = visit(Role.ADMIN)
    assert "originals" not in admin.get("/admin/storage").text
    assert "originals" in admin.get("/admin/storage?count=yes").text


def test_only_admins_come_in(visit: Visit) -> None:
    for path in ("/admin", "/admin/jobs", "/admin/storage", "/admin/index"):
        assert visit(Role.EDITOR).get(path).status_code == 403
        assert visit(None).get(path).status_code == 303
