"""Requests are entered, described and deleted by those who keep them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import request_edit_path, request_path, requests_path
from archive.rules.laws import all_laws, get_law
from archive.rules.request_events import ANSWERS
from archive.rules.request_parsing import Typed, parse_request, split_agencies
from archive.rules.request_publication import WHY_SHOWN_WORDS
from archive.rules.request_states import (
    FEE_CATEGORY_WORDS,
    NUMBER_RELATION_WORDS,
    NUMBER_WORDS,
    OUTCOME_WORDS,
    PERSON_WORDS,
    REQUEST_RELATION_WORDS,
    Outcome,
)
from archive.services.request_access import get_to_publish
from archive.services.request_editing import delete_request, describe_request
from archive.services.request_entry import (
    Filed,
    enter_requests,
    find_law,
    known_agencies,
    known_places,
    responsible_people,
)
from archive.services.request_sheet import KeepingSheet, get_keeping_sheet
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.request_forms import (
    Form,
    number_values,
    person_values,
    request_values,
    told_again,
    typed,
    why_shown,
)
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("request_editing", __name__)
NEW = "new"
_GIVEN = ("title", "agency", "law_id", "records_sought", "place")  # what a link may fill in


@blueprint.get("/requests/new")
@requires(Action.KEEP_REQUESTS)
def show_new() -> str:
    """The form for a request, filled in with what the address says."""
    return _new_page({name: request.args.get(name, "") for name in _GIVEN})


@blueprint.post("/requests/new")
@requires(Action.KEEP_REQUESTS)
def enter() -> ResponseReturnValue:
    """Enter one request, or one for each agency; then show the first."""
    try:
        filed = _parse_filed(typed())
        with parts().database.transaction() as session:
            made = enter_requests(session, filed, viewer=viewer(), at=parts().clock())
            slug = made[0].slug
    except ArchiveError as problem:
        told_again(problem)
        return _new_page(request.form, problem), problem.status
    return redirect(local_address(request_path(slug)), 303)


@blueprint.get("/requests/new/law")
@requires(Action.KEEP_REQUESTS)
def guess() -> ResponseReturnValue:
    """The law that the agency's name suggests, for the form's script."""
    names = split_agencies(request.args.get("agency", "")[:500])
    with reading() as session:
        law_id = find_law(session, names[0], request.args.get("place", "")[:500]) if names else None
    return jsonify(law_id=law_id or "", name=get_law(law_id).name if law_id else "")


@blueprint.get("/requests/<slug>/edit")
@requires(Action.KEEP_REQUESTS)
def show_edit(slug: str) -> str:
    """How it is described, its numbers and its people."""
    return edit_page(slug)


@blueprint.post("/requests/<slug>/edit")
@requires(Action.KEEP_REQUESTS)
def describe(slug: str) -> ResponseReturnValue:
    """Change how it is described. While it was never public, its address follows its title."""
    try:
        form = parse_request(typed())
        with parts().database.transaction() as session:
            changed = describe_request(
                session, slug, form, viewer=viewer(), at=parts().clock(), why_shown=why_shown()
            )
            slug = changed.slug
    except ArchiveError as problem:
        told_again(problem)
        return edit_page(slug, Form("describe", request.form, problem)), problem.status
    return redirect(local_address(request_path(slug)), 303)


@blueprint.get("/requests/<slug>/delete")
@requires(Action.PUBLISH_REQUESTS)
def show_delete(slug: str) -> str:
    """Asks whether it is meant, and says what goes."""
    return _delete_page(slug)


@blueprint.post("/requests/<slug>/delete")
@requires(Action.PUBLISH_REQUESTS)
def take_away(slug: str) -> ResponseReturnValue:
    """Delete it; its documents stay."""
    try:
        with parts().database.transaction() as session:
            delete_request(session, slug, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        told_again(problem)
        return _delete_page(slug, problem), problem.status
    return redirect(local_address(requests_path()), 303)


def edit_page(slug: str, sent: Form | None = None) -> str:
    """The page on which a request is described; ``sent`` is the form of it that was wrong."""
    with reading() as session:
        sheet = get_keeping_sheet(session, slug, viewer())
        lists = _lists(session)
    return render_template(
        "requests/edit.html",
        sheet=sheet,
        forms_of=_Forms(sheet, sent),
        responsible=lists.pop("responsible"),
        **lists,
        **_choices(),
    )


class _Forms:
    """Every form of the page as it stands: as it was sent when it was wrong, else as the rows are."""

    def __init__(self, sheet: KeepingSheet, sent: Form | None) -> None:
        self.sheet, self.sent = sheet, sent

    def describe(self) -> Form:
        return self._form("describe", request_values(self.sheet.request, self.sheet.parent_slug))

    def number(self, number_id: int) -> Form:
        row = next(row for row in self.sheet.numbers if row.id == number_id)
        return self._form(f"number-{number_id}", number_values(row, self.sheet.agencies[row.agency_id]))

    def person(self, person_id: int) -> Form:
        row = next(row for row in self.sheet.people if row.id == person_id)
        return self._form(f"person-{person_id}", person_values(row))

    def new(self, name: str) -> Form:
        return self._form(name, {})

    def _form(self, name: str, values: Mapping[str, str]) -> Form:
        return self.sent if self.sent is not None and self.sent.name == name else Form(name, values)


def _delete_page(slug: str, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        get_to_publish(session, slug, viewer())
        sheet = get_keeping_sheet(session, slug, viewer())
    return render_template("requests/delete.html", sheet=sheet, problem=problem)


def _new_page(values: Mapping[str, str], problem: ArchiveError | None = None) -> str:
    with reading() as session:
        lists = _lists(session)
    form = Form(NEW, values, problem)
    return render_template("requests/new.html", form=form, answers=ANSWERS, **lists, **_choices())


def _lists(session: Session) -> dict[str, object]:
    return {
        "agencies": known_agencies(session, viewer()),
        "places": known_places(session, viewer()),
        "responsible": responsible_people(session),
    }


def _choices() -> dict[str, object]:
    return {
        "laws": all_laws(),
        "outcome_words": OUTCOME_WORDS,
        "fee_words": FEE_CATEGORY_WORDS,
        "relation_words": REQUEST_RELATION_WORDS,
        "number_words": NUMBER_WORDS,
        "number_relation_words": NUMBER_RELATION_WORDS,
        "person_words": PERSON_WORDS,
        "why_words": WHY_SHOWN_WORDS,
        "may_publish": viewer().may(Action.PUBLISH_REQUESTS),
        "edit_address": request_edit_path,
    }


def _parse_filed(sent: Typed) -> Filed:
    return Filed(
        described=parse_request(sent),
        agencies=split_agencies(sent.text("agency")),
        sent_on=sent.day("sent_on"),
        received_on=sent.day("received_on"),
        number=sent.text("number"),
        answered_on=sent.day("answered_on"),
        outcome=sent.choice("outcome", Outcome),
    )
