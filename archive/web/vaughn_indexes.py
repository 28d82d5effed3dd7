"""Indexes of withheld records: all that one keeps, one of them as a table, and as files."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.exports.vaughn_csv import vaughn_csv_rows
from archive.exports.vaughn_docx import VaughnTable, write_vaughn_docx
from archive.models import VaughnIndex
from archive.rules.access import Action, requires
from archive.rules.addresses import slug_of, vaughn_index_path, with_parameters
from archive.rules.vaughn_columns import VAUGHN_COLUMNS, headings
from archive.rules.vaughn_targets import parse_targets
from archive.services.shelves import ShelfKind, list_shelves
from archive.services.vaughn_entries import add_pages, add_production
from archive.services.vaughn_indexes import (
    add_index,
    get_index,
    list_indexes,
    may_keep_index,
    name_of_keeper,
    own_indexes,
)
from archive.services.vaughn_rows import index_rows
from archive.web.attachments import csv_attachment
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address

blueprint = Blueprint("vaughn_indexes", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN_AGAIN = (400, 404, 409, 410)  # what is wrong with a form is said on its page


@blueprint.app_template_global("vaughn_indexes_to_add_to")
def vaughn_indexes_to_add_to() -> list[VaughnIndex] | None:
    """What the visitor may put pages into; None when they keep no indexes at all."""
    if not viewer().may(Action.KEEP_INDEXES):
        return None
    with reading() as session:
        return own_indexes(session, viewer())


@blueprint.get("/vaughn")
@requires(Action.KEEP_INDEXES)
def show_indexes() -> str:
    """The visitor's indexes; for editors, everybody's."""
    with reading() as session:
        window = list_indexes(session, viewer(), window=window_number())
    return render_template("vaughn/index.html", window=window, list_path=_list_path)


@blueprint.get("/vaughn/new")
@requires(Action.KEEP_INDEXES)
def show_new() -> str:
    """The form for a new index, with what the address names to begin with."""
    return _new_page()


@blueprint.post("/vaughn/new")
@requires(Action.KEEP_INDEXES)
def begin() -> ResponseReturnValue:
    """Begin an index: of a whole production, of pages, of both, or empty."""
    form, who, at = request.form, viewer(), parts().clock()
    try:
        with parts().database.transaction() as session:
            index = add_index(session, form.get("title", ""), form.get("introduction", ""), viewer=who, at=at)
            if production := form.get("production", ""):
                add_production(session, index.id, production, viewer=who, at=at)
            if pages := form.get("pages", "").strip():
                add_pages(session, index.id, parse_targets(pages), viewer=who, at=at)
            index_id = index.id
    except ArchiveError as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return _new_page(problem), problem.status
    return redirect(local_address(vaughn_index_path(index_id)), 303)


@blueprint.get("/vaughn/<int(max=999999999):number>")
@requires(Action.KEEP_INDEXES)
def show_index(number: int) -> str:
    """The index as a table. ``?edit=ROW`` opens a row."""
    return index_page(number)


@blueprint.get("/vaughn/<int(max=999999999):number>.csv")
@requires(Action.KEEP_INDEXES)
def show_csv(number: int) -> Response:
    """The index for a spreadsheet."""
    who, root = viewer(), absolute_address(parts().settings, "")  # when rows are written the request is over
    with reading() as session:
        title = get_index(session, number, who).title
    return csv_attachment(
        title,
        lambda session: vaughn_csv_rows(
            index_rows(session, get_index(session, number, who), who), lambda path: root + path
        ),
    )


@blueprint.get("/vaughn/<int(max=999999999):number>.docx")
@requires(Action.KEEP_INDEXES)
def show_docx(number: int) -> Response:
    """The index for a word processor."""
    settings, at = parts().settings, parts().clock()
    with reading() as session:
        index = get_index(session, number, viewer())
        rows = index_rows(session, index, viewer())
    table = VaughnTable(
        title=index.title,
        introduction=index.introduction,
        headings=headings(),
        rows=[row.cells() for row in rows],
        archive_name=settings.site_name,
        address=absolute_address(settings, vaughn_index_path(number)),
        made_at=at,
    )
    response = Response(write_vaughn_docx(table), content_type=WORD)
    name = f"{slug_of(index.title)[:60].strip('-')}-{at:%Y-%m-%d}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def index_page(number: int, problem: ArchiveError | None = None, *, open_row: int = 0) -> str:
    """The index; with what was wrong with a form, and with the row that is open."""
    with reading() as session:
        index = get_index(session, number, viewer())
        rows = index_rows(session, index, viewer())
        kept_by = name_of_keeper(session, index)
    asked = request.args.get("edit", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else open_row
    return render_template(
        "vaughn/show.html",
        index=index,
        rows=rows,
        kept_by=kept_by,
        columns=VAUGHN_COLUMNS,
        may_keep=may_keep_index(index, viewer()),
        problem=problem,
        open_row=chosen,
        written=request.form if problem else {},
    )


def _new_page(problem: ArchiveError | None = None) -> str:
    given = request.form if request.method == "POST" else request.args
    with reading() as session:
        productions = list_shelves(session, ShelfKind.PRODUCTIONS)
    return render_template(
        "vaughn/new.html",
        problem=problem,
        productions=productions,
        title=given.get("title", ""),
        introduction=given.get("introduction", ""),
        production=given.get("production", ""),
        pages=given.get("pages", ""),
    )


def _list_path(window: int) -> str:
    return with_parameters(vaughn_index_path(), [("window", str(window))] if window > 1 else [])
