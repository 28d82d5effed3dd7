"""Where tables of requests are handed in: many rows, a few at a time, so that nobody else waits for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive.database import Database
from archive.rules.access import Viewer
from archive.rules.request_table import RequestTable
from archive.services.request_import import ImportPlan, RowState, import_requests, plan_import

ROWS_AT_ONCE = 200  # between one second and two: the database has one writer, and others wait 30 seconds


def import_table(
    database: Database, table: RequestTable, *, law_id: str, leave_out: bool, viewer: Viewer, at: datetime
) -> tuple[ImportPlan, int]:
    """Make the requests of a table; the plan that was followed, and how many were made.

    Nothing is made while a row has a problem, unless such rows are to be left out. Should the program be
    stopped in the middle, the same table makes the rest: what is here already is not made twice. Each part
    is planned anew when its turn comes, since somebody may have entered one of its requests meanwhile.
    """
    with database.reading() as session:
        plan = plan_import(session, table, law_id=law_id, viewer=viewer, at=at)
    if plan.count(RowState.WRONG) and not leave_out:
        return plan, 0
    rows = [planned.row for planned in plan.rows if planned.state is RowState.NEW]
    made, titles = 0, set[str]()
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = replace(table, rows=tuple(rows[start : start + ROWS_AT_ONCE]))
        with database.transaction() as session:
            planned = plan_import(session, part, law_id=law_id, viewer=viewer, at=at)
            made += len(import_requests(session, planned, viewer=viewer, at=at, titles=titles))
    return plan, made
