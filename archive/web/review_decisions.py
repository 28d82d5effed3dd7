"""The forms of review. Each makes one decision in one transaction, then sends on to a page to look at."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.review_errors import BadBox, DecisionNotPossible, WordsNotOnPage
from archive.rules.statuses import Decision
from archive.rules.transitions import ReviewAction
from archive.services.batch_decisions import IN_BATCHES, decide_many
from archive.services.document_notes import add_note
from archive.services.finding_decisions import agree_with_finding, decide_alike, decide_finding
from archive.services.publication import decide_document
from archive.services.redaction_boxes import cover_words, draw_box, make_redacted_copy, remove_box
from archive.services.review_queue import find_neighbours
from archive.services.review_sheet import get_review_sheet
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.review import number_of, problem_answer
from archive.web.review_address import ReviewAddress
from archive.web.templating import local_address

blueprint = Blueprint("review_decisions", __name__)
_STAYS = (ReviewAction.TAKE_BACK, ReviewAction.RESTORE)  # the document is what one wants to look at next


@blueprint.post("/review")
@requires(Action.REVIEW)
def decide_batch() -> ResponseReturnValue:
    """One decision about all documents that are ticked."""
    address, action = _address(), _action()
    if action not in IN_BATCHES:
        raise DecisionNotPossible
    done, left = decide_many(
        parts().database,
        request.form.getlist("document"),
        action,
        viewer=viewer(),
        at=parts().clock(),
        reviewers=parts().settings.reviewers,
    )
    parts().queue.wake_up()
    return _go(address.queue(done=action.value, decided=str(done), left=",".join(left)))


@blueprint.post("/review/<document_id>/decide")
@requires(Action.REVIEW)
def decide(document_id: str) -> ResponseReturnValue:
    """Decide about the document, and go on to the next one in the queue."""
    address, action, words = _address(), _action(), request.form.get("words", "")
    reviewers = parts().settings.reviewers
    try:
        with parts().database.transaction() as session:
            neighbours = find_neighbours(session, address.asked, document_id, reviewers=reviewers)
            decide_document(
                session,
                document_id,
                action,
                viewer=viewer(),
                at=parts().clock(),
                reviewers=reviewers,
                words=words,
            )
    except ArchiveError as problem:
        return problem_answer(document_id, problem, words)
    parts().queue.wake_up()  # the index follows
    following = document_id if action in _STAYS else neighbours.after or neighbours.before
    if following is None:
        return _go(address.queue(done=action.value, decided="1"))
    return _go(address.document(following, done=action.value, was=document_id))


@blueprint.post("/review/<document_id>/findings/<int(max=999999999):finding_id>")
@requires(Action.REVIEW)
def decide_about_finding(document_id: str, finding_id: int) -> ResponseReturnValue:
    """Decide about a finding, or about all that say the same, and go on to the next open one."""
    chosen = request.form.get("decision", "")
    if chosen not in {"open", *map(str, Decision)}:
        raise DecisionNotPossible
    decision = None if chosen == "open" else Decision(chosen)
    decides = decide_alike if request.form.get("alike") else decide_finding
    with parts().database.transaction() as session:
        decides(session, finding_id, decision, viewer=viewer(), at=parts().clock())
    return _to_next_finding(document_id, finding_id, stay=decision is None)


@blueprint.post("/review/<document_id>/findings/<int(max=999999999):finding_id>/agree")
@requires(Action.REVIEW)
def agree(document_id: str, finding_id: int) -> ResponseReturnValue:
    """Agree, as the second person, that it is not private."""
    try:
        with parts().database.transaction() as session:
            agree_with_finding(session, finding_id, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        return problem_answer(document_id, problem)
    return _to_next_finding(document_id, finding_id)


@blueprint.post("/review/<document_id>/boxes")
@requires(Action.REVIEW)
def draw(document_id: str) -> ResponseReturnValue:
    """Draw a redaction box on the page that is shown."""
    page = number_of("page") or 1
    try:
        edges = [_edge(name) for name in ("x0", "top", "x1", "bottom")]
        with parts().database.transaction() as session:
            draw_box(
                session,
                document_id,
                page,
                edges,
                reason=_reason(),
                viewer=viewer(),
                at=parts().clock(),
            )
    except BadBox as problem:
        return problem_answer(document_id, problem)
    return _to_boxes(document_id, page)


@blueprint.post("/review/<document_id>/boxes/cover")
@requires(Action.REVIEW)
def cover(document_id: str) -> ResponseReturnValue:
    """Draw boxes over words, on this page or on all."""
    page, words = number_of("page") or 1, request.form.get("words", "")
    try:
        with parts().database.transaction() as session:
            cover_words(
                session,
                document_id,
                None if request.form.get("where") == "all" else page,
                words,
                reason=_reason(),
                viewer=viewer(),
                at=parts().clock(),
            )
    except WordsNotOnPage as problem:
        return problem_answer(document_id, BadBox(problem.sentence, help=problem.help), words)
    return _to_boxes(document_id, page)


@blueprint.post("/review/<document_id>/boxes/<int(max=999999999):box_id>/remove")
@requires(Action.REVIEW)
def remove(document_id: str, box_id: int) -> ResponseReturnValue:
    """Take a box away."""
    with parts().database.transaction() as session:
        remove_box(session, document_id, box_id, viewer=viewer(), at=parts().clock())
    return _to_boxes(document_id, number_of("page") or 1)


@blueprint.post("/review/<document_id>/redacted-copy")
@requires(Action.REVIEW)
def ask_for_redacted_copy(document_id: str) -> ResponseReturnValue:
    """Have the redacted copy made."""
    reason = request.form.get("reason", "")
    try:
        with parts().database.transaction() as session:
            make_redacted_copy(session, document_id, reason=reason, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        return problem_answer(document_id, problem)
    parts().queue.wake_up()
    return _go(_address().document(document_id, number_of("page") or 0, done="copy") + "#copies")


@blueprint.post("/review/<document_id>/notes")
@requires(Action.REVIEW)
def write_note(document_id: str) -> ResponseReturnValue:
    """Write a note for the other editors."""
    with parts().database.transaction() as session:
        add_note(session, document_id, request.form.get("text", ""), viewer=viewer(), at=parts().clock())
    return _go(_address().document(document_id, number_of("page") or 0) + "#notes")


def _to_next_finding(document_id: str, finding_id: int, *, stay: bool = False) -> ResponseReturnValue:
    address, reviewers = _address(), parts().settings.reviewers
    with reading() as session:
        lines = get_review_sheet(
            session, document_id, viewer=viewer(), asked=address.asked, reviewers=reviewers
        ).findings
    here = next((line.number for line in lines if line.finding.id == finding_id), 0)
    following = [line for line in lines if line.is_open and line.number > here]
    earlier = [line for line in lines if line.is_open and line.number < here]
    itself = [line for line in lines if line.number == here]
    choices = itself if stay else [*following, *earlier, *itself]
    if not choices:
        return _go(address.document(document_id))
    line = choices[0]
    page = line.finding.page_number or number_of("page") or 1
    return _go(address.document(document_id, page, line.number))


def _to_boxes(document_id: str, page: int) -> ResponseReturnValue:
    return _go(_address().document(document_id, page) + "#boxes")


def _address() -> ReviewAddress:
    return ReviewAddress.from_values(request.args)


def _action() -> ReviewAction:
    with suppress(ValueError):
        action = ReviewAction(request.form.get("action", ""))
        if action != ReviewAction.SEAL:
            return action
    raise DecisionNotPossible


def _edge(name: str) -> float:
    try:
        return float(request.form.get(name, ""))
    except ValueError:
        raise BadBox from None


def _reason() -> str:
    """The reason that was chosen; one that was written wins."""
    return request.form.get("other", "").strip() or request.form.get("reason", "")


def _go(path: str) -> ResponseReturnValue:
    return redirect(local_address(path), 303)
