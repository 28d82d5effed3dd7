"""What happened to a request is written down and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import RequestEvent
from archive.rules.access import Action, requires
from archive.rules.addresses import request_event_path, request_path
from archive.rules.request_events import ANSWERS, APPEAL_ANSWERS, FIELDS, GROUPS
from archive.rules.request_parsing import parse_event
from archive.rules.request_publication import WHY_SHOWN_WORDS
from archive.rules.request_states import EVENT_WORDS, OUTCOME_WORDS, EventKind
from archive.services.request_access import get_to_keep
from archive.services.request_entry import known_agencies
from archive.services.request_events import add_event, change_event, get_event, remove_event
from archive.services.request_files import (
    attach_documents,
    attached_documents,
    documents_at_hand,
    parse_document_ids,
    take_document_off,
)
from archive.services.request_sheet import get_keeping_sheet
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.request_forms import Form, event_values, told_again, typed, why_shown
from archive.web.templating import local_address

if TYPE_CHECKING:
    from archive.models import Document

blueprint = Blueprint("request_events", __name__)
_GIVEN = ("kind", "happened_on", "documents", "production", "says")  # what a link may fill in
KINDS_WITH = {
    name: tuple(kind.value for kind in EventKind if name in FIELDS.get(kind, frozenset()))
    for name in ("outcome", "until_on", "days", "amount", "agency", "production")
}


@blueprint.get("/requests/<slug>/events")
@requires(Action.KEEP_REQUESTS)
def show_new(slug: str) -> str:
    """The form for something that happened."""
    given = {name: request.args.get(name, "") for name in _GIVEN}
    return _page(slug, given)


@blueprint.post("/requests/<slug>/events")
@requires(Action.KEEP_REQUESTS)
def write_down(slug: str) -> ResponseReturnValue:
    """Write down what happened, with the documents that came or went."""
    try:
        form, document_ids = parse_event(typed()), _document_ids()
        with parts().database.transaction() as session:
            row = get_to_keep(session, slug, viewer())
            event = add_event(session, row, form, viewer=viewer(), at=parts().clock())
            attach_documents(session, row, event, document_ids, viewer=viewer(), at=parts().clock())
            event_id = event.id
    except ArchiveError as problem:
        told_again(problem)
        return _page(slug, request.form, problem), problem.status
    return _to_event(slug, event_id)


@blueprint.get("/requests/<slug>/events/<int(max=999999999):event_id>")
@requires(Action.KEEP_REQUESTS)
def show_event(slug: str, event_id: int) -> str:
    """An event to be corrected."""
    return _page(slug, None, event_id=event_id)


@blueprint.post("/requests/<slug>/events/<int(max=999999999):event_id>")
@requires(Action.KEEP_REQUESTS)
def correct(slug: str, event_id: int) -> ResponseReturnValue:
    """``what`` is 'save', 'remove', or 'off:ID' to take a document off; what else was typed is kept then."""
    what = request.form.get("what", "save")
    try:
        if what == "remove":
            _remove(slug, event_id)
            return redirect(local_address(request_path(slug)), 303)
        if what.startswith("off:"):
            _take_off(slug, event_id, what.removeprefix("off:"))
            return redirect(local_address(f"{request_event_path(slug, event_id)}#documents"), 303)
        _save(slug, event_id)
    except ArchiveError as problem:
        told_again(problem)
        return _page(slug, request.form, problem, event_id=event_id), problem.status
    return _to_event(slug, event_id)


def _save(slug: str, event_id: int) -> None:
    form, document_ids = parse_event(typed()), _document_ids()
    with parts().database.transaction() as session:
        row, at = get_to_keep(session, slug, viewer()), parts().clock()
        event = change_event(session, row, event_id, form, viewer=viewer(), at=at, why_shown=why_shown())
        attach_documents(session, row, event, document_ids, viewer=viewer(), at=at)


def _remove(slug: str, event_id: int) -> None:
    with parts().database.transaction() as session:
        row = get_to_keep(session, slug, viewer())
        remove_event(session, row, event_id, viewer=viewer(), at=parts().clock())


def _take_off(slug: str, event_id: int, document_id: str) -> None:
    with parts().database.transaction() as session:
        row = get_to_keep(session, slug, viewer())
        event = get_event(session, row, event_id)
        take_document_off(session, row, event, document_id, viewer=viewer(), at=parts().clock())


def _document_ids() -> tuple[str, ...]:
    """Those that were written and those that were ticked."""
    ticked = " ".join(request.form.getlist("document"))
    return parse_document_ids(f"{request.form.get('documents', '')} {ticked}")


@dataclass(frozen=True, slots=True)
class _Event:
    """What the page says beside the form."""

    row: RequestEvent | None
    attached: tuple[Document, ...]
    at_hand: tuple[Document, ...]


def _page(
    slug: str,
    values: Mapping[str, str] | None,
    problem: ArchiveError | None = None,
    *,
    event_id: int | None = None,
) -> str:
    with reading() as session:
        sheet = get_keeping_sheet(session, slug, viewer())
        row = get_event(session, sheet.request, event_id) if event_id is not None else None
        event = _Event(
            row,
            attached_documents(session, row, viewer()) if row else (),
            documents_at_hand(session, sheet.request, viewer()),
        )
        agencies = known_agencies(session, viewer())
    if values is None and row is not None:
        values = event_values(row, sheet.agencies[row.agency_id])
    return render_template(
        "requests/event.html",
        sheet=sheet,
        event=event,
        form=Form("event", values or {}, problem),
        agencies=agencies,
        may_publish=viewer().may(Action.PUBLISH_REQUESTS),
        today=parts().clock().date(),
        **_WORDS,
    )


_WORDS = {
    "groups": GROUPS,
    "kinds_with": KINDS_WITH,
    "event_words": EVENT_WORDS,
    "outcomes": tuple(dict.fromkeys((*ANSWERS, *APPEAL_ANSWERS))),
    "outcomes_of": {EventKind.DETERMINED: ANSWERS, EventKind.APPEAL_DECIDED: APPEAL_ANSWERS},
    "outcome_words": OUTCOME_WORDS,
    "why_words": WHY_SHOWN_WORDS,
}


def _to_event(slug: str, event_id: int) -> ResponseReturnValue:
    return redirect(local_address(f"{request_path(slug)}#event-{event_id}"), 303)
