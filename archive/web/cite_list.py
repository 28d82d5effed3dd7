"""A reader's list of passages: it is all in the address, so it needs no account and can be sent to others.

The browser remembers which passages are on it, and the notes (``static/passages.js``); nothing of it is
kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.exports.citation_lists import LIST_FORMS, list_form_by_id
from archive.rules.access import Action, requires
from archive.rules.citation_addresses import cite_list_path
from archive.web.citations import SIGNS
from archive.web.current import reading
from archive.web.list_files import as_list, list_file, look_up, not_shown_words
from archive.web.templating import local_address

blueprint = Blueprint("cite_list", __name__)
MOST_SHOWN = 200
MOST_IN_LIST = 500
MOST_NOTE_CHARACTERS = 2_000
MOST_ADDRESS_BYTES = 8_000  # what servers and mail programs carry without cutting
_TITLE = "A list of passages"


@dataclass(frozen=True, slots=True)
class ReadersList:
    """The numbers of citations in their order, each once, and notes by number."""

    ids: tuple[str, ...]
    notes: dict[str, str]

    @property
    def shown(self) -> tuple[str, ...]:
        """As many as one page has."""
        return self.ids[:MOST_SHOWN]

    @property
    def rest(self) -> tuple[str, ...]:
        """Those that come after."""
        return self.ids[MOST_SHOWN:]

    @property
    def path(self) -> str:
        """Its address; empty when it is too long for one."""
        path = cite_list_path(self.ids)
        return path if len(path) <= MOST_ADDRESS_BYTES else ""


@blueprint.get("/cite/list")
@requires(Action.CITE)
def show_list() -> str:
    """The passages that the address names, in its order."""
    return _page(_asked(request.args.getlist("id")))


@blueprint.post("/cite/list")
@requires(Action.CITE)
def change_list() -> ResponseReturnValue:
    """The list with one passage moved or taken off: ``what`` is 'up', 'down' or 'remove', a colon, and the
    number of the citation. Without scripts this is how the list is changed."""
    changed = _changed(_sent(), request.form.get("what", ""))
    if changed.path and not changed.notes:
        return redirect(local_address(changed.path), 303)
    return _page(changed)  # what was noted is not in an address


@blueprint.get("/cite/list.<form>")
@requires(Action.CITE)
def show_file(form: str) -> Response:
    """The list as a file."""
    return _file(form, _asked(request.args.getlist("id")))


@blueprint.post("/cite/list.<form>")
@requires(Action.CITE)
def make_file(form: str) -> Response:
    """The same with notes, which are in no address."""
    return _file(form, _sent())


def _file(form: str, asked: ReadersList) -> Response:
    list_form_by_id(form)
    with reading() as session:
        listed = look_up(session, asked.shown)
    return list_file(
        form, as_list(listed, title=_TITLE, path=asked.path or cite_list_path(), notes=asked.notes)
    )


def _page(asked: ReadersList) -> str:
    with reading() as session:
        listed = look_up(session, asked.shown)
    return render_template(
        "cite_list/show.html",
        asked=asked,
        listed=listed,
        forms_of_files=LIST_FORMS,
        not_shown=not_shown_words(listed),
        rest=cite_list_path(asked.rest) if asked.rest else "",
        shown_ids={one.citation.id for one in listed.shown},
        signs=SIGNS,
        most_note=MOST_NOTE_CHARACTERS,
    )


def _asked(ids: list[str]) -> ReadersList:
    return ReadersList(tuple(dict.fromkeys(one for one in ids if one))[:MOST_IN_LIST], {})


def _sent() -> ReadersList:
    asked = _asked(request.form.getlist("id"))
    notes = {one: request.form.get(f"note-{one}", "")[:MOST_NOTE_CHARACTERS] for one in asked.ids}
    return ReadersList(asked.ids, {one: note for one, note in notes.items() if note.strip()})


def _changed(asked: ReadersList, what: str) -> ReadersList:
    how, _, chosen = what.partition(":")
    ids = list(asked.ids)
    if chosen not in ids:
        return asked
    at = ids.index(chosen)
    ids.pop(at)
    if how in ("up", "down"):
        ids.insert(max(0, at - 1) if how == "up" else at + 1, chosen)
    elif how != "remove":
        return asked
    return ReadersList(tuple(ids), {one: note for one, note in asked.notes.items() if one in ids})
