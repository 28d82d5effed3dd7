"""Collections for those who keep them: begun, filled, put in order, shown to everybody, taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.models import Collection
from archive.rules.access import Action, requires
from archive.rules.citation_addresses import collection_path
from archive.rules.citation_record import is_citation_id
from archive.rules.citation_states import Audience
from archive.rules.collection_errors import CollectionNotYours
from archive.services.collection_items import (
    MOST_NOTE_CHARACTERS,
    add_passage,
    move_passage,
    remove_passage,
    set_audience,
    write_note,
)
from archive.services.collections import (
    add_collection,
    delete_collection,
    describe_collection,
    get_collection,
    get_kept,
    may_keep,
    may_write,
    share_collection,
    writable_collections,
)
from archive.web.citations import SIGNS
from archive.web.collections import collection_sheet, may_edit
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.list_files import not_shown_words
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("collection_editing", __name__)
_SHOWN_AGAIN = (400, 404, 409, 410)  # what is wrong with a form is said on its page


@dataclass(frozen=True, slots=True)
class Refused:
    """What was wrong, and what was written, so that nobody has to write it again. ``item_id``: on the form of
    this passage."""

    problem: ArchiveError
    what: str
    item_id: int = 0


@blueprint.app_template_global("collections_to_add_to")
def collections_to_add_to() -> list[Collection] | None:
    """What the visitor may put a passage into; None when they keep no collections at all."""
    if not viewer().may(Action.KEEP_COLLECTIONS):
        return None
    with reading() as session:
        return writable_collections(session, viewer())


@blueprint.get("/collections/new")
@requires(Action.KEEP_COLLECTIONS)
def show_new() -> str:
    """The form for a new collection, with a passage to begin with when the address names one."""
    return _new_page(request.args.get("citation", ""))


@blueprint.post("/collections/new")
@requires(Action.KEEP_COLLECTIONS)
def begin() -> ResponseReturnValue:
    """Begin a collection. It is for members until its keeper shows it to everybody."""
    form, citation_id = request.form, request.form.get("citation", "")
    try:
        with parts().database.transaction() as session:
            title, introduction = form.get("title", ""), form.get("introduction", "")
            slug = add_collection(session, title, introduction, viewer=viewer(), at=parts().clock()).slug
            if citation_id:
                add_passage(session, slug, citation_id, viewer=viewer(), at=parts().clock())
    except ArchiveError as problem:
        if problem.status not in _SHOWN_AGAIN:
            raise
        return _new_page(citation_id, problem), problem.status
    return _to(slug, "/edit")


@blueprint.post("/collections/add")
@requires(Action.KEEP_COLLECTIONS)
def add_from_citation() -> ResponseReturnValue:
    """From the page of a citation: into one of the collections, or into a new one."""
    citation_id, slug = request.form.get("citation", ""), request.form.get("collection", "")
    if not slug:
        known = f"?citation={citation_id}" if is_citation_id(citation_id) else ""
        return redirect(local_address(f"/collections/new{known}"), 303)
    with parts().database.transaction() as session:
        item = add_passage(session, slug, citation_id, viewer=viewer(), at=parts().clock())
    return _to(slug, f"/edit#item-{item.id}")


@blueprint.get("/collections/<slug>/edit")
@requires(Action.KEEP_COLLECTIONS)
def show_edit(slug: str) -> str:
    """Everything that the visitor may change about a collection."""
    return _edit_page(slug)


@blueprint.post("/collections/<slug>/edit")
@requires(Action.KEEP_COLLECTIONS)
def describe(slug: str) -> ResponseReturnValue:
    """Change title and introduction; with another title the address changes, and the old one leads there."""

    def change(session: Session) -> str:
        title, introduction = request.form.get("title", ""), request.form.get("introduction", "")
        return describe_collection(
            session,
            slug,
            title,
            introduction,
            viewer=viewer(),
            at=parts().clock(),
            was_looked_at=_was_looked_at(),
        ).slug

    return _change(slug, change, "describe")


@blueprint.post("/collections/<slug>/audience")
@requires(Action.KEEP_COLLECTIONS)
def decide_audience(slug: str) -> ResponseReturnValue:
    """Show it to everybody, or to members only."""
    wanted = Audience.PUBLIC if request.form.get("audience") == Audience.PUBLIC else Audience.MEMBERS

    def change(session: Session) -> str:
        who, at = viewer(), parts().clock()
        set_audience(session, slug, wanted, was_looked_at=_was_looked_at(), viewer=who, at=at)
        return "#who"

    return _change(slug, change, "audience")


@blueprint.post("/collections/<slug>/sharing")
@requires(Action.KEEP_COLLECTIONS)
def decide_sharing(slug: str) -> ResponseReturnValue:
    """Let all members write in it, or nobody else."""

    def change(session: Session) -> str:
        is_shared = request.form.get("shared") == "yes"
        share_collection(session, slug, is_shared=is_shared, viewer=viewer(), at=parts().clock())
        return "#who"

    return _change(slug, change, "sharing")


@blueprint.post("/collections/<slug>/passages")
@requires(Action.KEEP_COLLECTIONS)
def add(slug: str) -> ResponseReturnValue:
    """Put a citation into the collection, by its address."""

    def change(session: Session) -> str:
        written, note = request.form.get("citation", ""), request.form.get("note", "")
        who, at = viewer(), parts().clock()
        item = add_passage(session, slug, written, note, was_looked_at=_was_looked_at(), viewer=who, at=at)
        return f"#item-{item.id}"

    return _change(slug, change, "add")


@blueprint.post("/collections/<slug>/passages/<int(max=999999999):item_id>")
@requires(Action.KEEP_COLLECTIONS)
def change_passage(slug: str, item_id: int) -> ResponseReturnValue:
    """``what`` is 'note', 'move' (to ``place``), 'to:NUMBER' (a place), or 'remove'. What was noted is kept
    whatever button was pressed."""
    what, note = request.form.get("what", "note"), request.form.get("note")

    def change(session: Session) -> str:
        who, at = viewer(), parts().clock()
        if what == "remove":
            remove_passage(session, slug, item_id, viewer=who, at=at)
            return "#passages"
        get_collection(session, slug, who)  # also when nothing is to be done
        if note is not None:
            write_note(session, slug, item_id, note, was_looked_at=_was_looked_at(), viewer=who, at=at)
        place = request.form.get("place", "") if what == "move" else what.removeprefix("to:")
        if place.isascii() and place.isdigit() and len(place) < 6:
            move_passage(session, slug, item_id, int(place), viewer=who, at=at)
        return f"#item-{item_id}"

    return _change(slug, change, "passage", item_id)


@blueprint.get("/collections/<slug>/delete")
@requires(Action.KEEP_COLLECTIONS)
def show_delete(slug: str) -> str:
    """Asks whether it is meant."""
    with reading() as session:
        collection = get_kept(session, slug, viewer())
    return render_template("collections/delete.html", collection=collection)


@blueprint.post("/collections/<slug>/delete")
@requires(Action.KEEP_COLLECTIONS)
def take_away(slug: str) -> ResponseReturnValue:
    """Delete the collection; its citations stay."""
    with parts().database.transaction() as session:
        delete_collection(session, slug, viewer=viewer(), at=parts().clock())
    return redirect(local_address("/collections"), 303)


def _change(slug: str, change: Callable[[Session], str], what: str, item_id: int = 0) -> ResponseReturnValue:
    """Do it, and show the editing page again: at the place that ``change`` names, or under the new slug."""
    try:
        with parts().database.transaction() as session:
            said = change(session)
    except ArchiveError as problem:
        if problem.status not in _SHOWN_AGAIN:
            raise
        return _edit_page(slug, Refused(problem, what, item_id)), problem.status
    return _to(slug, f"/edit{said}") if said.startswith("#") else _to(said, "/edit")


def _edit_page(slug: str, refused: Refused | None = None) -> str:
    with reading() as session:
        collection = get_collection(session, slug, viewer())
        if not may_edit(collection):
            raise CollectionNotYours
        sheet = collection_sheet(session, collection)
    written = request.form if refused else {}
    is_describing = refused is not None and refused.what == "describe"
    return render_template(
        "collections/edit.html",
        sheet=sheet,
        collection=collection,
        refused=refused,
        written=written,
        title=written.get("title", "") if is_describing else collection.title,
        introduction=written.get("introduction", "") if is_describing else collection.introduction,
        findings=getattr(refused.problem, "findings", ()) if refused else (),
        may_write=may_write(collection, viewer()),
        may_keep=may_keep(collection, viewer()),
        may_override=viewer().may(Action.REVIEW),
        not_shown=not_shown_words(sheet.listed),
        signs=SIGNS,
        most_note=MOST_NOTE_CHARACTERS,
        shown_items={one.item.id for one in sheet.passages},
    )


def _new_page(citation_id: str, problem: ArchiveError | None = None) -> str:
    return render_template(
        "collections/new.html",
        citation_id=citation_id if is_citation_id(citation_id) else "",
        problem=problem,
        title=request.form.get("title", ""),
        introduction=request.form.get("introduction", ""),
    )


def _to(slug: str, ending: str) -> ResponseReturnValue:
    return redirect(local_address(collection_path(slug) + ending), 303)


def _was_looked_at() -> bool:
    return request.form.get("looked_at") == "yes"
