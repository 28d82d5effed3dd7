"""For whoever runs the archive: room, queue, store and index, and what to start again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive import __version__
from archive.rules.access import Action, requires
from archive.rules.statuses import JobState
from archive.services.admin_jobs import (
    ask_for_rebuild,
    count_jobs,
    list_jobs,
    retry_failed,
    retry_job,
)
from archive.services.admin_overview import (
    count_images,
    count_store,
    find_last_check,
    get_overview,
    index_parts,
    is_rebuilding,
    look_at_disk,
    unfinished_uploads,
)
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.reader_version import ocr_engine
from archive.web.templating import local_address

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
JOBS_PATH, INDEX_PATH = "/admin/jobs", "/admin/index"


@blueprint.get("")
@requires(Action.RUN_ARCHIVE)
def show_overview() -> str:
    """Everything at a glance."""
    home = parts().settings.home
    with reading() as session:
        overview = get_overview(session)
        index = index_parts(session, parts().engine)
    return render_template(
        "admin/overview.html",
        overview=overview,
        index=index,
        disk=look_at_disk(home),
        check=find_last_check(home),
        version=__version__,
        ocr=ocr_engine(),
    )


@blueprint.get("/jobs")
@requires(Action.RUN_ARCHIVE)
def show_jobs() -> str:
    """What failed, runs or waits."""
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in list(JobState) else None
    with reading() as session:
        return render_template(
            "admin/jobs.html",
            lines=list_jobs(session, state=state, window=window_number()),
            counts=count_jobs(session),
            state=state,
            done=request.args.get("done", "") == "yes",
        )


@blueprint.post("/jobs/<int(max=999999999):job_id>/retry")
@requires(Action.RUN_ARCHIVE)
def retry(job_id: int) -> ResponseReturnValue:
    """Queue one failed job again."""
    with parts().database.transaction() as session:
        retry_job(session, job_id, viewer=viewer(), at=parts().clock())
    return _woken(f"{JOBS_PATH}?done=yes")


@blueprint.post("/jobs/retry")
@requires(Action.RUN_ARCHIVE)
def retry_all() -> ResponseReturnValue:
    """Queue every failed job again."""
    with parts().database.transaction() as session:
        retry_failed(session, viewer=viewer(), at=parts().clock())
    return _woken(f"{JOBS_PATH}?done=yes")


@blueprint.get("/storage")
@requires(Action.RUN_ARCHIVE)
def show_storage() -> str:
    """The disk, the store, and what has not arrived whole."""
    counted = count_store(parts().storage) if request.args.get("count") == "yes" else None
    with reading() as session:
        return render_template(
            "admin/storage.html",
            disk=look_at_disk(parts().settings.home),
            overview=get_overview(session),
            images=count_images(session),
            uploads=unfinished_uploads(session),
            counted=counted,
        )


@blueprint.get("/index")
@requires(Action.RUN_ARCHIVE)
def show_index() -> str:
    """Both indexes, and how far they are behind."""
    with reading() as session:
        return render_template(
            "admin/index.html",
            index=index_parts(session, parts().engine),
            rebuilding=is_rebuilding(session),
        )


@blueprint.post("/index/rebuild")
@requires(Action.RUN_ARCHIVE)
def rebuild() -> ResponseReturnValue:
    """Let the worker build the index anew."""
    with parts().database.transaction() as session:
        ask_for_rebuild(session, viewer=viewer(), at=parts().clock())
    return _woken(INDEX_PATH)


def _woken(path: str) -> ResponseReturnValue:
    """After the commit the worker is woken up; then back to the page."""
    parts().queue.wake_up()
    return redirect(local_address(path), 303)
