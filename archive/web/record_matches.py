"""Where editors decide which documents are the same record."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.rules.redaction_states import MatchKind, MatchState
from archive.services.comparisons import in_order_of_release
from archive.services.record_matches import MatchDecision, count_matches, decide_match, list_matches
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("record_matches", __name__)
PATH = "/review/same-records"
STATE_HEADINGS = {
    MatchState.PROPOSED: "To be decided",
    MatchState.ACCEPTED: "The same record",
    MatchState.REFUSED: "Not the same",
}
KIND_WORDS = {
    MatchKind.OTHER_RELEASE: "the same record, another release",
    MatchKind.SAME_TEXT: "a second copy with the same text",
}
_DONE = {
    MatchState.PROPOSED: "The two documents wait for a decision again.",
    MatchState.ACCEPTED: "The two documents are the same record now: each leads to the other.",
    MatchState.REFUSED: "The two documents are not the same record; this is not proposed again.",
}


@blueprint.get(PATH)
@requires(Action.REVIEW)
def show_matches() -> str:
    """Documents that may be the same record; with ``state`` those that were decided."""
    state = _state_of(request.args.get("state", "")) or MatchState.PROPOSED
    done = _state_of(request.args.get("done", ""))
    was = request.args.get("was", "")
    with reading() as session:
        rows = list_matches(session, state, viewer=viewer(), window=window_number())
        counts = {each: count_matches(session, each, viewer=viewer()) for each in MatchState}
    return render_template(
        "record_matches/queue.html",
        rows=rows,
        state=state,
        counts=counts,
        headings=STATE_HEADINGS,
        kind_words=KIND_WORDS,
        in_order=in_order_of_release,
        done=_DONE[done] if done else "",
        can_undo=done in (MatchState.ACCEPTED, MatchState.REFUSED),
        was=was if was.isascii() and was.isdigit() else "",
        path=PATH,
    )


@blueprint.post(f"{PATH}/<int(max=999999999):match_id>")
@requires(Action.REVIEW)
def decide(match_id: int) -> ResponseReturnValue:
    """Say what two documents are to each other, or lay the question back."""
    chosen = request.form.get("decision", "")
    decision = MatchDecision(chosen) if chosen in set(MatchDecision) else MatchDecision.LAY_BACK
    with parts().database.transaction() as session:
        match = decide_match(session, match_id, decision, viewer=viewer(), at=parts().clock())
    state = _state_of(request.form.get("state", ""))
    there = [("state", state or ""), ("done", match.state), ("was", str(match.id))]
    return redirect(local_address(with_parameters(PATH, there)), 303)


def _state_of(text: str) -> MatchState | None:
    return MatchState(text) if text in set(MatchState) else None
