"""The numbers and the people of a request, changed on the page where it is described."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import FoiaRequest
from archive.rules.access import Action, Viewer, requires
from archive.rules.addresses import request_edit_path
from archive.rules.request_parsing import parse_number, parse_person
from archive.services.request_access import get_to_keep
from archive.services.request_numbers import add_number, change_number, remove_number
from archive.services.request_people import add_person, change_person, remove_person
from archive.web.current import parts
from archive.web.identity import viewer
from archive.web.request_editing import edit_page
from archive.web.request_forms import Form, told_again, typed, why_shown
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("request_details", __name__)
Change = Callable[["Session", FoiaRequest, Viewer, datetime], None]


@blueprint.post("/requests/<slug>/numbers")
@requires(Action.KEEP_REQUESTS)
def add_a_number(slug: str) -> ResponseReturnValue:
    """Note a number."""

    def change(session: Session, row: FoiaRequest, who: Viewer, at: datetime) -> None:
        add_number(session, row, parse_number(typed()), viewer=who, at=at)

    return _change(slug, change, "number", "numbers")


@blueprint.post("/requests/<slug>/numbers/<int(max=999999999):number_id>")
@requires(Action.KEEP_REQUESTS)
def change_a_number(slug: str, number_id: int) -> ResponseReturnValue:
    """``what`` is 'save' or 'remove'."""

    def change(session: Session, row: FoiaRequest, who: Viewer, at: datetime) -> None:
        if request.form.get("what") == "remove":
            remove_number(session, row, number_id, viewer=who, at=at)
        else:
            form = parse_number(typed())
            change_number(session, row, number_id, form, viewer=who, at=at, why_shown=why_shown())

    return _change(slug, change, f"number-{number_id}", "numbers")


@blueprint.post("/requests/<slug>/people")
@requires(Action.KEEP_REQUESTS)
def add_somebody(slug: str) -> ResponseReturnValue:
    """Note somebody who has to do with it."""

    def change(session: Session, row: FoiaRequest, who: Viewer, at: datetime) -> None:
        add_person(session, row, parse_person(typed()), viewer=who, at=at)

    return _change(slug, change, "person", "people")


@blueprint.post("/requests/<slug>/people/<int(max=999999999):person_id>")
@requires(Action.KEEP_REQUESTS)
def change_somebody(slug: str, person_id: int) -> ResponseReturnValue:
    """``what`` is 'save' or 'remove'."""

    def change(session: Session, row: FoiaRequest, who: Viewer, at: datetime) -> None:
        if request.form.get("what") == "remove":
            remove_person(session, row, person_id, viewer=who, at=at)
        else:
            form = parse_person(typed())
            change_person(session, row, person_id, form, viewer=who, at=at, why_shown=why_shown())

    return _change(slug, change, f"person-{person_id}", "people")


def _change(slug: str, change: Change, form_name: str, section: str) -> ResponseReturnValue:
    """Do it and show its section again, or say on its form what is wrong."""
    try:
        with parts().database.transaction() as session:
            row = get_to_keep(session, slug, viewer())
            change(session, row, viewer(), parts().clock())
    except ArchiveError as problem:
        told_again(problem)
        return edit_page(slug, Form(form_name, request.form, problem)), problem.status
    return redirect(local_address(f"{request_edit_path(slug)}#{section}"), 303)
