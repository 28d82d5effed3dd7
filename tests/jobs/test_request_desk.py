"""Tables of requests go in part by part; stopped in the middle, the same table makes the rest."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.jobs import request_desk
from archive.jobs.request_desk import ROWS_AT_ONCE, import_table
from archive.models import FoiaRequest
from archive.rules.request_table import RequestTable, read_request_table
from archive.rules.table_days import DayOrder
from archive.services.request_import import RowState, import_requests
from tests.factories import NOON
from tests.requests_made import EDITOR

ROWS = ROWS_AT_ONCE + 30


def table_of(count: int, *, title: str = "Memos {}") -> RequestTable:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["title", "agency", "law", "sent", "number"])
    rows.writerows(
        [title.format(number), "ICE", "us", date(2010, 3, 4).isoformat(), f"10-{number:04}"]
        for number in range(count)
    )
    return read_request_table(written.getvalue().encode(), DayOrder.UNKNOWN)


def count_requests(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(FoiaRequest.id))) or 0


def bring_in(database: Database, table: RequestTable) -> int:
    _, made = import_table(database, table, law_id="us", leave_out=False, viewer=EDITOR, at=NOON)
    return made


def test_a_long_table_goes_in_whole_and_once(database: Database) -> None:
    table = table_of(ROWS, title="The same title")
    assert bring_in(database, table) == ROWS
    assert bring_in(database, table) == 0
    assert count_requests(database) == ROWS


def test_a_row_with_a_problem_keeps_all_parts_out(database: Database) -> None:
    table = table_of(ROWS, title="")
    plan, made = import_table(database, table, law_id="us", leave_out=False, viewer=EDITOR, at=NOON)
    assert (plan.count(RowState.WRONG), made, count_requests(database)) == (ROWS, 0, 0)


def test_stopped_in_the_middle_the_same_table_makes_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, parts = table_of(ROWS), iter(range(9))

    def stopped(session: Session, *given: object, **more: object) -> list[FoiaRequest]:
        made = import_requests(session, *given, **more)  # type: ignore[arg-type]  # handed on as they come
        if next(parts) == 1:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(request_desk, "import_requests", stopped)
    with pytest.raises(KeyboardInterrupt):
        bring_in(database, table)
    assert count_requests(database) == ROWS_AT_ONCE
    monkeypatch.undo()
    assert bring_in(database, table) == ROWS - ROWS_AT_ONCE
    assert count_requests(database) == ROWS
