"""Requests out of a table: what would be made of it is shown first, and made when somebody agrees."""

from __future__ import annotations

import base64
import binascii
import zlib

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.exports.spreadsheets import csv_chunks
from archive.jobs.request_desk import import_table
from archive.rules.access import Action, requires
from archive.rules.addresses import request_import_path, with_parameters
from archive.rules.laws import all_laws
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_table import COLUMNS, MOST_ROWS, MOST_TABLE_BYTES, read_request_table
from archive.rules.table_days import DayOrder
from archive.services.request_import import ImportPlan, RowState, plan_import
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.large_bodies import takes_at_most
from archive.web.templating import local_address

blueprint = Blueprint("request_import", __name__)
_SHOWN_AGAIN = (400, 409)
_ROWS_SHOWN = 500  # of one kind; what is wrong stands first
_EXAMPLE = {
    "title": "Opting out of the programme",
    "agency": "Immigration and Customs Enforcement (ICE)",
    "law": "us",
    "number": "2010FOIA2674",
    "records sought": "All memoranda about whether a county may opt out",
    "sent": "2010-02-03",
    "acknowledged": "2010-02-17",
}


@blueprint.get("/requests/import")
@requires(Action.KEEP_REQUESTS)
def show() -> str:
    """The form; ``?made=N`` says what the last one did."""
    return _form_page()


@blueprint.get("/requests/import/template.csv")
@requires(Action.KEEP_REQUESTS)
def show_template() -> Response:
    """A table with its columns named and one example, to be filled in."""
    rows = [list(COLUMNS), [_EXAMPLE.get(column, "") for column in COLUMNS]]
    response = Response(b"".join(csv_chunks(iter(rows))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="requests.csv"'
    return response


@blueprint.post("/requests/import")
@requires(Action.KEEP_REQUESTS)
@takes_at_most(2 * MOST_TABLE_BYTES)
def take() -> ResponseReturnValue:
    """Without ``confirmed``: show what would be made. With it: make it."""
    try:
        data = _table_bytes()
        table = read_request_table(data, _order())
        if request.form.get("confirmed"):
            return _make(data)
        with reading() as session:
            plan = plan_import(
                session, table, law_id=request.form.get("law", ""), viewer=viewer(), at=parts().clock()
            )
    except ArchiveError as problem:
        if problem.status not in _SHOWN_AGAIN:
            raise
        return _form_page(problem), problem.status
    return _plan_page(plan, data)


def _make(data: bytes) -> ResponseReturnValue:
    """What was wrong when it was looked at, or is now, keeps all out unless it is to be left out."""
    plan, made = import_table(
        parts().database,
        read_request_table(data, _order()),
        law_id=request.form.get("law", ""),
        leave_out=bool(request.form.get("leave_out")),
        viewer=viewer(),
        at=parts().clock(),
    )
    if plan.count(RowState.WRONG) and not request.form.get("leave_out"):
        return _plan_page(plan, data, needs_choice=True), 409
    return redirect(local_address(with_parameters(request_import_path(), [("made", str(made))])), 303)


def _table_bytes() -> bytes:
    """The file of the form, or the one that was looked at before."""
    sent = request.files.get("table")
    if sent is not None and sent.filename:
        return sent.stream.read(MOST_TABLE_BYTES + 1)
    try:
        packed = base64.b64decode(request.form.get("packed", ""), validate=True)
        data = zlib.decompressobj().decompress(packed, MOST_TABLE_BYTES + 1) if packed else b""
    except (binascii.Error, ValueError, zlib.error):
        data = b""
    if not data:
        raise BadRequestForm("No file was chosen.", field="table", help="Choose a CSV file.")
    return data


def _order() -> DayOrder:
    said = request.form.get("order", "")
    return DayOrder(said) if said in list(DayOrder) else DayOrder.UNKNOWN


def _form_page(problem: ArchiveError | None = None) -> str:
    made = request.args.get("made", "")
    return render_template(
        "requests/import.html",
        problem=problem,
        columns=COLUMNS,
        laws=all_laws(),
        law=request.form.get("law", "us"),
        most_rows=MOST_ROWS,
        most_bytes=MOST_TABLE_BYTES,
        made=int(made) if made.isascii() and made.isdigit() and len(made) < 7 else None,
    )


def _plan_page(plan: ImportPlan, data: bytes, *, needs_choice: bool = False) -> str:
    order = [RowState.WRONG, RowState.NEW, RowState.TWICE, RowState.HERE]
    shown = [row for state in order for row in [one for one in plan.rows if one.state is state][:_ROWS_SHOWN]]
    return render_template(
        "requests/import_plan.html",
        plan=plan,
        rows=shown,
        counts={state.value: plan.count(state) for state in RowState},
        packed=base64.b64encode(zlib.compress(data)).decode("ascii"),
        law=request.form.get("law", ""),
        order=plan.table.order,
        laws=all_laws(),
        needs_choice=needs_choice,
    )
