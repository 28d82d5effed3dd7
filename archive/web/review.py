"""The review queue, and one document with its findings drawn on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.citation_states import LinkState
from archive.rules.privacy_words import FINDING_WORDS
from archive.rules.redaction_reasons import REASONS
from archive.rules.review_words import (
    ACTION_DONE_WORDS,
    COPY_KIND_WORDS,
    COPY_STATE_WORDS,
    DECISION_WORDS,
    NOTE_WORDS,
    STATE_WORDS,
)
from archive.rules.statuses import FindingKind
from archive.services.batch_decisions import LeftOver, list_left_over
from archive.services.citing_works import count_links
from archive.services.review_order import QueueState, Urgency
from archive.services.review_queue import get_queue
from archive.services.review_sheet import FindingLine, ReviewSheet, get_review_sheet
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.review_address import ReviewAddress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("review", __name__)
MOST_LISTED = 500  # findings in the list of a document; the others come with their pages

STATE_HEADINGS = {
    QueueState.WAITING: "Needs a decision",
    QueueState.ASKED: "Sent back, waiting for an answer",
    QueueState.READING: "Being read",
    QueueState.HELD: "Held",
    QueueState.MEMBERS: "For members",
    QueueState.PUBLISHED: "Published",
    QueueState.SEALED: "Sealed originals",
    QueueState.WITHDRAWN: "Withdrawn",
    QueueState.REJECTED: "Rejected",
}
URGENCY_WORDS = {
    Urgency.SHOWN_WITH_FINDINGS: "Shown already, with something undecided",
    Urgency.BADLY_HIDDEN: "Badly hidden words",
    Urgency.LIKELY_PRIVATE: "Very likely private",
    Urgency.NOT_LOOKED_THROUGH: "Not looked through",
    Urgency.OTHERS: "",
}
FILTER_HEADINGS = {
    "kind": "Kind of finding",
    "agency": "Agency",
    "uploader": "Sent in by",
    "batch": "Batch",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """The finding that is looked at, and those before and after it."""

    current: FindingLine | None
    before: FindingLine | None
    after: FindingLine | None


@blueprint.get("/review")
@requires(Action.REVIEW)
def show_queue() -> str:
    """A window of the queue; after a decision about several documents, what came of it."""
    address = ReviewAddress.from_values(request.args)
    with reading() as session:
        queue = get_queue(
            session, address.asked, reviewers=parts().settings.reviewers, window=window_number()
        )
        left_over = _left_over(session)
        links = count_links(session, LinkState.WAITING, viewer=viewer())
    return render_template(
        "review/queue.html",
        queue=queue,
        address=address,
        state_headings=STATE_HEADINGS,
        urgency_words=URGENCY_WORDS,
        queue_headings=FILTER_HEADINGS,
        finding_words=FINDING_WORDS,
        done=_done(),
        decided=request.args.get("decided", ""),
        left_over=left_over,
        waiting_links=links,
    )


@blueprint.get("/review/<document_id>")
@requires(Action.REVIEW)
def show_for_review(document_id: str) -> str:
    """One document, on the page of the finding to be decided next."""
    return render_sheet(document_id)


def render_sheet(document_id: str, problem: ArchiveError | None = None, words: str = "") -> str:
    """The page of one document; ``problem`` says why something was refused, ``words`` came with it."""
    address = ReviewAddress.from_values(request.args)
    with reading() as session:
        sheet = get_review_sheet(
            session,
            document_id,
            viewer=viewer(),
            asked=address.asked,
            reviewers=parts().settings.reviewers,
            page_number=number_of("page"),
        )
        was = _was(session)
    return render_template(
        "review/show.html",
        sheet=sheet,
        document=sheet.document,
        page=sheet.page,
        address=address,
        steps=_steps(sheet, number_of("finding")),
        problem=problem,
        words=words,
        done=_done(),
        was=was,
        copied=request.args.get("done") == "copy",
        reasons=REASONS,
        reviewers=parts().settings.reviewers,
        most_listed=MOST_LISTED,
        decision_words=DECISION_WORDS,
        state_words=STATE_WORDS,
        copy_kind_words=COPY_KIND_WORDS,
        copy_state_words=COPY_STATE_WORDS,
        note_words=NOTE_WORDS,
        finding_kinds=FindingKind,
    )


def problem_answer(document_id: str, problem: ArchiveError, words: str = "") -> ResponseReturnValue:
    """The document with what stands in the way, when a decision is refused; else the error's own page."""
    if problem.status not in (400, 409):
        raise problem
    return render_sheet(document_id, problem, words), problem.status


def number_of(name: str) -> int | None:
    """A number in the address; None when there is none, or nonsense."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else None


def _steps(sheet: ReviewSheet, number: int | None) -> Steps:
    lines = sheet.findings
    current = lines[number - 1] if number and number <= len(lines) else None
    if current is None:
        here = sheet.on_page
        current = next((line for line in here if line.is_open), here[0] if here else None)
    if current is None:
        return Steps(None, None, next((line for line in lines if line.is_open), None))
    at = current.number - 1
    return Steps(
        current,
        before=lines[at - 1] if at else None,
        after=lines[at + 1] if at + 1 < len(lines) else None,
    )


def _done() -> str:
    words = {action.value: said for action, said in ACTION_DONE_WORDS.items()}
    return words.get(request.args.get("done", ""), "")


def _was(session: Session) -> LeftOver | None:
    """The document that was decided just now, so that it can be opened again."""
    found = list_left_over(session, [request.args.get("was", "")], viewer(), reviewers=1)
    return found[0] if found else None


def _left_over(session: Session) -> tuple[LeftOver, ...]:
    ids = [document_id for document_id in request.args.get("left", "").split(",") if document_id]
    return list_left_over(session, ids, viewer(), reviewers=parts().settings.reviewers)
