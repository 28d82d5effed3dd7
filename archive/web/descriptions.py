"""Describing: one's own and claimed documents, and one of them beside its page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.rules.description_fields import DATES, LONGEST, DescriptionField, squeeze
from archive.rules.statuses import KIND_WORDS
from archive.services.claims import MOST_CLAIMED, claim_documents, claim_to_check, give_all_back, give_back
from archive.services.description_lists import find_next, get_desk, known_names
from archive.services.descriptions import (
    FieldsNotKept,
    check_description,
    get_description,
    save_description,
)
from archive.services.documents import get_document
from archive.services.field_changes import find_changes, undo_changes
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("descriptions", __name__)
STATE_FIELD = "state"  # the form has it beside the place; together they are one value
LEFT_NAMED = 20
DESK = "/describe"
DONE_WORDS = {
    "claimed": "Documents are yours for seven days.",
    "none": "There is nothing to claim now.",
    "back": "Given back. Others can claim it now.",
    "saved": "Saved.",
    "described": "Described. Somebody else looks at it next.",
    "checked": "Agreed, as the second person.",
    "confirmed": "Confirmed.",
}


@blueprint.get("/describe")
@requires(Action.DESCRIBE)
def show_desk() -> str:
    """What is there to be described by whoever is signed in."""
    with reading() as session:
        desk = get_desk(session, viewer(), at=parts().clock())
        left = [
            get_document(session, document_id, viewer())
            for document_id in _left_over()
            if _may_be_named(session, document_id)
        ]
    return render_template(
        "describe/index.html",
        desk=desk,
        most_claimed=MOST_CLAIMED,
        done=DONE_WORDS.get(request.args.get("done", ""), ""),
        undone=_number("undone"),
        left=left,
    )


@blueprint.post("/describe/claims")
@requires(Action.DESCRIBE)
def change_claims() -> ResponseReturnValue:
    """Claim documents, to describe them or to check them; or give back what is not described."""
    action = request.form.get("action", "claim")
    with parts().database.transaction() as session:
        if action == "give_back":
            done = "back" if give_all_back(session, viewer=viewer(), at=parts().clock()) else "none"
        else:
            claim = claim_to_check if action == "claim_to_check" else claim_documents
            done = "claimed" if claim(session, viewer=viewer(), at=parts().clock()) else "none"
    return _go(with_parameters(DESK, [("done", done)]))


@blueprint.post("/describe/changes/<change_set>/undo")
@requires(Action.DESCRIBE)
def undo(change_set: str) -> ResponseReturnValue:
    """Give fields their former values, where nobody has changed them since."""
    with parts().database.transaction() as session:
        undone = undo_changes(session, change_set, viewer=viewer(), at=parts().clock())
    left = list(dict.fromkeys(document_id for document_id, _ in undone.left))
    parameters = [("undone", str(undone.fields)), ("left", ",".join(left[:LEFT_NAMED]))]
    return _go(with_parameters(DESK, parameters))


@blueprint.get("/describe/<document_id>")
@requires(Action.DESCRIBE)
def show_description(document_id: str) -> str:
    """One document: its pages with what was read marked, and the form beside them."""
    return _show(document_id)


@blueprint.post("/describe/<document_id>")
@requires(Action.DESCRIBE)
def save(document_id: str) -> ResponseReturnValue:
    """Save the form; confirm one field or all; or say that the document is described, and go on."""
    values, confirm = _values(), request.form.get("confirm", "")
    is_done = request.form.get("action") == "done"
    confirmed = tuple(DescriptionField) if confirm == "all" else (confirm,)
    try:
        with parts().database.transaction() as session:
            saved = save_description(
                session,
                document_id,
                values,
                based_on=request.form.get("based_on", ""),
                viewer=viewer(),
                at=parts().clock(),
                confirmed=confirmed,
                is_done=is_done,
            )
            following = find_next(session, viewer(), after=document_id) if is_done else ""
    except ArchiveError as problem:
        return _refused(document_id, problem, values)
    if is_done:
        return _go(with_parameters(f"{DESK}/{following}" if following else DESK, [("done", "described")]))
    return _stay(document_id, "confirmed" if confirm else "saved", saved, confirm)


@blueprint.post("/describe/<document_id>/check")
@requires(Action.DESCRIBE)
def check(document_id: str) -> ResponseReturnValue:
    """Agree with the description, as the second person."""
    based_on = request.form.get("based_on", "")
    try:
        with parts().database.transaction() as session:
            check_description(session, document_id, based_on=based_on, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        return _refused(document_id, problem, {})
    return _stay(document_id, "checked")


@blueprint.post("/describe/<document_id>/give-back")
@requires(Action.DESCRIBE)
def give_one_back(document_id: str) -> ResponseReturnValue:
    """End one's claim on this document."""
    with parts().database.transaction() as session:
        given = give_back(session, document_id, viewer=viewer(), at=parts().clock())
    return _go(with_parameters(DESK, [("done", "back" if given else "none")]))


def _show(
    document_id: str, problem: ArchiveError | None = None, sent: Mapping[str, str] | None = None
) -> str:
    name = request.args.get("changes", "")
    with reading() as session:
        sheet = get_description(session, document_id, viewer=viewer(), page_number=_number("page") or 1)
        names = known_names(session, viewer())
        saved = find_changes(session, name, viewer()) if name else None
        following = find_next(session, viewer(), after=document_id)
    return render_template(
        "describe/show.html",
        sheet=sheet,
        document=sheet.document,
        names=names,
        kinds=tuple(KIND_WORDS.values()),
        dates=DATES,
        longest=LONGEST,
        problem=problem,
        problems=problem.problems if isinstance(problem, FieldsNotKept) else {},
        sent=sent or {},
        done=DONE_WORDS.get(request.args.get("done", ""), ""),
        saved=saved,
        at_field=request.args.get("at", ""),
        following=following,
    )


def _refused(document_id: str, problem: ArchiveError, sent: Mapping[str, str]) -> ResponseReturnValue:
    if problem.status not in (400, 409):
        raise problem
    return _show(document_id, problem, sent), problem.status


def _stay(document_id: str, done: str, change_set: str = "", confirmed: str = "") -> ResponseReturnValue:
    """Back to the form, at the field after the one that was confirmed."""
    fields = [field.value for field in DescriptionField]
    place = fields.index(confirmed) + 1 if confirmed in fields else len(fields)
    following = fields[place] if place < len(fields) else ""
    at = following if confirmed and confirmed != "all" else ""
    page = request.form.get("page", "")
    given = [("page", page if page.isdigit() and page != "1" else ""), ("done", done)]
    return _go(with_parameters(f"{DESK}/{document_id}", [*given, ("changes", change_set), ("at", at)]))


def _values() -> dict[str, str]:
    """The fields that the form has; a state belongs to its place."""
    values = {field.value: request.form[field] for field in DescriptionField if field in request.form}
    state = squeeze(request.form.get(STATE_FIELD, ""))
    if state and values.get("place"):
        values["place"] = f"{squeeze(values['place'])}, {state}"
    return values


def _left_over() -> list[str]:
    return [name for name in request.args.get("left", "").split(",") if name][:LEFT_NAMED]


def _may_be_named(session: object, document_id: str) -> bool:
    try:
        get_document(session, document_id, viewer())  # type: ignore[arg-type]  # views only hand it on
    except ArchiveError:
        return False
    return True


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _go(path: str) -> ResponseReturnValue:
    return redirect(local_address(path), 303)
