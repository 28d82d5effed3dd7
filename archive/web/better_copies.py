"""Where an editor says that another document is a better copy of the same record."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import document_path
from archive.services.better_copies import (
    LONGEST_REASON,
    BetterCopyRefused,
    better_copy_of,
    name_better_copy,
    take_back_better_copy,
)
from archive.services.documents import get_document
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("better_copies", __name__)


@blueprint.get("/documents/<document_id>/better-copy")
@requires(Action.REVIEW)
def show_form(document_id: str) -> str:
    """What is said now, and the form to say it."""
    return _form(document_id)


@blueprint.post("/documents/<document_id>/better-copy")
@requires(Action.REVIEW)
def say(document_id: str) -> ResponseReturnValue:
    """Name the better copy; with ``what`` 'take_back' there is none after all."""
    try:
        with parts().database.transaction() as session:
            if request.form.get("what") == "take_back":
                take_back_better_copy(session, document_id, viewer=viewer(), at=parts().clock())
            else:
                name_better_copy(
                    session,
                    document_id,
                    request.form.get("better", ""),
                    request.form.get("reason", ""),
                    viewer=viewer(),
                    at=parts().clock(),
                )
    except BetterCopyRefused as problem:
        return _form(document_id, problem), problem.status
    return redirect(local_address(document_path(document_id)), 303)


def _form(document_id: str, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        document = get_document(session, document_id, viewer())
        better = better_copy_of(session, document, viewer())
    return render_template(
        "documents/better_copy.html",
        document=document,
        better=better,
        problem=problem,
        written=request.form.get("better", document.superseded_by_id or ""),
        reason=request.form.get("reason", document.superseded_reason or ""),
        longest_reason=LONGEST_REASON,
    )
