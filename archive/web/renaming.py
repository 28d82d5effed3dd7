"""Where editors give an agency, production or place another name, or say that two are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError, ShelfNotFound
from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.services.renaming import (
    RenamingRefused,
    ShelfNames,
    count_documents,
    get_numbered_row,
    get_row,
    merge_shelves,
    names_of,
    rename_shelf,
)
from archive.services.shelves import ShelfKind, ShelfRow
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("renaming", __name__)
# By number: an address with a name in it would be asked for again, by that name, while somebody signs in.
_PATH = "/review/names/<any(agencies, productions, places):kind>/<int(max=999999999):number>"
_DONE = {
    "renamed": "The name is changed. Search follows within a minute.",
    "merged": "They are one now. Search follows within a minute.",
}


@dataclass(frozen=True, slots=True)
class Merging:
    """Two that are to become one, to be confirmed: how many documents move."""

    into: ShelfRow
    documents: int


@blueprint.get(_PATH)
@requires(Action.REVIEW)
def show_form(kind: str, number: int) -> str:
    """The names as they are, and the form for others."""
    return _form(ShelfKind(kind), number)


@blueprint.post(_PATH)
@requires(Action.REVIEW)
def change(kind: str, number: int) -> ResponseReturnValue:
    """Rename; with ``what`` 'merge' say that this one is another, which is confirmed first."""
    shelf = ShelfKind(kind)
    try:
        if request.form.get("what") == "merge":
            return _merge(shelf, number)
        with parts().database.transaction() as session:
            row = rename_shelf(
                session,
                shelf,
                get_numbered_row(session, shelf, number).slug,
                _names(),
                new_address=request.form.get("new_address") == "yes",
                viewer=viewer(),
                at=parts().clock(),
            )
    except RenamingRefused as problem:
        return _form(shelf, number, problem), problem.status
    return _go(shelf, row, "renamed")


def _merge(kind: ShelfKind, number: int) -> ResponseReturnValue:
    into_slug = request.form.get("into", "").strip().rstrip("/").rpartition("/")[2]
    with reading() as session:
        row = get_numbered_row(session, kind, number)
        into = _other(session, kind, into_slug)
        merging = Merging(into, count_documents(session, kind, row))
    if request.form.get("confirmed") != "yes" and row.id != into.id:
        return _form(kind, number, merging=merging)
    with parts().database.transaction() as session:
        into = merge_shelves(session, kind, row.slug, into.slug, viewer=viewer(), at=parts().clock())
    return _go(kind, into, "merged")


def _other(session: Session, kind: ShelfKind, slug: str) -> ShelfRow:
    try:
        return get_row(session, kind, slug)
    except ShelfNotFound:
        raise RenamingRefused(
            "There is none at that address.", help="Open the other one and copy its address."
        ) from None


def _go(kind: ShelfKind, row: ShelfRow, done: str) -> ResponseReturnValue:
    parts().queue.wake_up()  # the index follows
    path = f"/review/names/{kind}/{row.id}"
    return redirect(local_address(with_parameters(path, [("done", done)])), 303)


def _names() -> ShelfNames:
    return ShelfNames(*(request.form.get(name, "") for name in ("name", "abbreviation", "state")))


def _form(
    kind: ShelfKind, number: int, problem: ArchiveError | None = None, merging: Merging | None = None
) -> str:
    with reading() as session:
        row = get_numbered_row(session, kind, number)
        documents = count_documents(session, kind, row)
    return render_template(
        "renaming/form.html",
        kind=kind,
        row=row,
        documents=documents,
        names=_names() if problem and "name" in request.form else names_of(row),
        new_address=request.form.get("new_address") == "yes",
        into=request.form.get("into", ""),
        merging=merging,
        problem=problem,
        problem_of=request.form.get("what", "rename"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
