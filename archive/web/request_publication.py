"""What everybody sees of a request is chosen, looked at, and shown or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import request_path
from archive.rules.citation_states import Audience
from archive.rules.request_publication import WHY_SHOWN_WORDS
from archive.rules.request_states import EventKind
from archive.services.request_access import get_to_publish
from archive.services.request_preview import Preview, preview_public
from archive.services.request_publication import make_request_public, take_request_back
from archive.services.request_sheet import KeepingSheet, get_keeping_sheet
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.request_forms import Form, told_again, why_shown
from archive.web.templating import local_address

blueprint = Blueprint("request_publication", __name__)
_MOST_DIGITS = 9
# Nothing of these moves a date, and they are where private things are written.
_NOT_SUGGESTED = frozenset({EventKind.NOTED, EventKind.CORRESPONDED})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of what everybody shall see."""

    events: frozenset[int]
    numbers: frozenset[int]
    people: frozenset[int]


@blueprint.get("/requests/<slug>/publish")
@requires(Action.PUBLISH_REQUESTS)
def show_choice(slug: str) -> str:
    """Every event, number and person with a box; what is chosen now, and what everybody would see by that.

    ``choose=clock`` in the address suggests all events that the dates hang on, and all numbers.
    """
    return _page(slug, None)


@blueprint.post("/requests/<slug>/publish")
@requires(Action.PUBLISH_REQUESTS)
def publish(slug: str) -> ResponseReturnValue:
    """``what`` is 'look' (see again what would be shown), 'publish', or 'back'."""
    what, chosen = request.form.get("what", "look"), _chosen()
    if what == "look":
        return _page(slug, chosen)
    try:
        with parts().database.transaction() as session:
            if what == "back":
                take_request_back(session, slug, viewer=viewer(), at=parts().clock())
            else:
                make_request_public(
                    session,
                    slug,
                    events=chosen.events,
                    numbers=chosen.numbers,
                    people=chosen.people,
                    viewer=viewer(),
                    at=parts().clock(),
                    why_shown=why_shown(),
                    based_on=request.form.get("based_on", ""),
                )
    except ArchiveError as problem:
        told_again(problem)
        return _page(slug, chosen, problem), problem.status
    return redirect(local_address(request_path(slug)), 303)


def _page(slug: str, chosen: Chosen | None, problem: ArchiveError | None = None) -> str:
    today = parts().clock().date()
    with reading() as session:
        get_to_publish(session, slug, viewer())
        sheet = get_keeping_sheet(session, slug, viewer())
        chosen = chosen or _begin_with(sheet)
        preview: Preview = preview_public(
            session,
            sheet,
            events=chosen.events,
            numbers=chosen.numbers,
            people=chosen.people,
            viewer=viewer(),
            today=today,
        )
    return render_template(
        "requests/publish.html",
        sheet=sheet,
        chosen=chosen,
        preview=preview,
        form=Form("publish", request.form, problem),
        is_public=sheet.request.audience is Audience.PUBLIC,
        is_sent=any(event.kind is EventKind.SENT for event in sheet.events),
        always=EventKind.SENT,
        why_words=WHY_SHOWN_WORDS,
        today=today,
    )


def _begin_with(sheet: KeepingSheet) -> Chosen:
    """What is chosen already; or, when the address asks for it, what the dates hang on."""
    if request.args.get("choose") == "clock":
        suggested = (event.id for event in sheet.events if event.kind not in _NOT_SUGGESTED)
        return Chosen(frozenset(suggested), frozenset(row.id for row in sheet.numbers), frozenset())
    return Chosen(
        frozenset(event.id for event in sheet.events if event.is_public),
        frozenset(row.id for row in sheet.numbers if row.is_public),
        frozenset(row.id for row in sheet.people if row.is_public),
    )


def _chosen() -> Chosen:
    return Chosen(_ids("event"), _ids("number"), _ids("person"))


def _ids(name: str) -> frozenset[int]:
    """What was ticked; nonsense is nothing."""
    given = request.form.getlist(name)
    return frozenset(
        int(one) for one in given if one.isascii() and one.isdigit() and len(one) <= _MOST_DIGITS
    )
