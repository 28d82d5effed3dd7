"""Cited by: the form for a link to something that cites a document, and the editors' list of what waits."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import CitingWork
from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.rules.citation_addresses import cited_by_path
from archive.rules.citation_states import LinkState
from archive.rules.citing_links import (
    LONGEST_ADDRESS,
    LONGEST_NOTE,
    LONGEST_PUBLISHER,
    LONGEST_TITLE,
    LinkNotKept,
)
from archive.services.attempts import network_of
from archive.services.citing_works import (
    LinkDecision,
    TooManyProposals,
    count_links,
    decide_citing_work,
    list_cited_by,
    list_links,
    propose_citing_work,
    take_proposal,
)
from archive.services.documents import get_document
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("citing_works", __name__)
FIELDS = ("address", "title", "publisher", "published_on", "page_number", "note")
LONGEST = {
    "address": LONGEST_ADDRESS,
    "title": LONGEST_TITLE,
    "publisher": LONGEST_PUBLISHER,
    "note": LONGEST_NOTE,
}
STATE_HEADINGS = {LinkState.WAITING: "Waiting", LinkState.SHOWN: "Shown", LinkState.REFUSED: "Refused"}
_DONE = {
    LinkState.SHOWN: "The link is shown now.",
    LinkState.REFUSED: "The link is refused: nobody is shown it.",
    LinkState.WAITING: "The link waits again, and is not shown.",
}


@blueprint.get("/documents/<document_id>/cited-by")
@requires(Action.CITE)
def show_form(document_id: str) -> str:
    """What cites this document, and the form for one more."""
    page = request.args.get("page", "")
    return _form(document_id, {"page_number": page if page.isdigit() else ""})


@blueprint.post("/documents/<document_id>/cited-by")
@requires(Action.CITE)
def propose(document_id: str) -> ResponseReturnValue:
    """Propose a link. Whether it is known already, shown or refused is not told."""
    said = _said()
    by_editor = viewer().may(Action.REVIEW)
    with reading() as session:
        get_document(session, document_id, viewer())  # nothing is counted for what is not there
    try:
        if not by_editor:
            with parts().database.transaction() as session:
                take_proposal(session, _who(), at=parts().clock())
        with parts().database.transaction() as session:
            propose_citing_work(session, document_id, said, viewer=viewer(), at=parts().clock())
    except (LinkNotKept, TooManyProposals) as problem:
        return _form(document_id, said, problem), problem.status
    done = "added" if by_editor else "proposed"
    return redirect(local_address(with_parameters(cited_by_path(document_id), [("done", done)])), 303)


@blueprint.get("/review/cited-by")
@requires(Action.REVIEW)
def show_queue() -> str:
    """Links that wait for an editor; with ``state`` those that were decided."""
    return _queue()


@blueprint.post("/review/cited-by/<int(max=999999999):work_id>")
@requires(Action.REVIEW)
def decide(work_id: int) -> ResponseReturnValue:
    """Show, refuse or lay back a link, with its words as the form has them."""
    chosen = request.form.get("decision", "")
    decision = LinkDecision(chosen) if chosen in set(LinkDecision) else LinkDecision.LAY_BACK
    said = _said() if "address" in request.form else None
    try:
        with parts().database.transaction() as session:
            work = decide_citing_work(session, work_id, decision, said, viewer=viewer(), at=parts().clock())
    except LinkNotKept as problem:
        return _queue(problem, work_id, said), problem.status
    state = request.form.get("state", "")
    there = [("state", state if state in set(LinkState) else ""), ("done", work.state), ("was", str(work.id))]
    return redirect(local_address(with_parameters("/review/cited-by", there)), 303)


def form_values(work: CitingWork) -> dict[str, str]:
    """A link as the form shows it."""
    return {
        "address": work.address,
        "title": work.title,
        "publisher": work.publisher,
        "published_on": work.published_on.isoformat() if work.published_on else "",
        "page_number": str(work.page_number or ""),
        "note": work.note,
    }


def _form(document_id: str, values: Mapping[str, str], problem: ArchiveError | None = None) -> str:
    with reading() as session:
        document = get_document(session, document_id, viewer())
        works = list_cited_by(session, document_id)
    return render_template(
        "citing_works/propose.html",
        document=document,
        cited_by=works,
        values={name: values.get(name, "") for name in FIELDS},
        longest=LONGEST,
        problem=problem,
        problems=problem.problems if isinstance(problem, LinkNotKept) else {},
        done=request.args.get("done", ""),
        at_work=True,
    )


def _queue(
    problem: LinkNotKept | None = None, wrong_id: int | None = None, said: Mapping[str, str] | None = None
) -> str:
    asked = request.args.get("state", "") or request.form.get("state", "")
    state = LinkState(asked) if asked in set(LinkState) else LinkState.WAITING
    done = request.args.get("done", "")
    with reading() as session:
        links = list_links(session, state, viewer=viewer(), window=window_number())
        counts = {each: count_links(session, each, viewer=viewer()) for each in LinkState}
    return render_template(
        "citing_works/queue.html",
        links=links,
        state=state,
        counts=counts,
        headings=STATE_HEADINGS,
        form_values=form_values,
        longest=LONGEST,
        problem=problem,
        wrong_id=wrong_id,
        said=said,
        done=_DONE.get(LinkState(done)) if done in set(LinkState) else "",
        was=request.args.get("was", "") if request.args.get("was", "").isdigit() else "",
        done_state=done,
    )


def _said() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in FIELDS}


def _who() -> str:
    """Who is counted: the account, or for readers the network."""
    return viewer().name or network_of(request.remote_addr or "")
