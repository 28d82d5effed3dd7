"""What an editor asked about a document, for whoever sent it in: the question, and a place for the answer."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.services.document_notes import answer_question, list_notes
from archive.services.documents import get_document
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions/<document_id>")
@requires(Action.DESCRIBE)
def show_question(document_id: str) -> str:
    """What was asked and answered about one's own document."""
    return _show(document_id)


@blueprint.post("/questions/<document_id>")
@requires(Action.DESCRIBE)
def answer(document_id: str) -> ResponseReturnValue:
    """Answer the question: the document goes back to the editors."""
    text = request.form.get("text", "")
    try:
        with parts().database.transaction() as session:
            answer_question(session, document_id, text, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        if problem.status not in (400, 409):
            raise
        return _show(document_id, problem), problem.status
    return redirect(local_address(f"/questions/{document_id}?answered=yes"), 303)


def _show(document_id: str, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        document = get_document(session, document_id, viewer())
        notes = list_notes(session, document_id, viewer())
    return render_template(
        "review/question.html",
        document=document,
        notes=notes,
        problem=problem,
        answered=request.args.get("answered") == "yes",
    )
