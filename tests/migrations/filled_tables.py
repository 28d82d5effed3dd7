"""Puts rows into whatever tables a database has, by looking at the tables and not at today's models.

A migration meets rows of its own time. The models know only the newest tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, insert, select
from sqlalchemy.sql import sqltypes

ROWS = 3
ALEMBIC = "alembic_version"
Rows = dict[str, list[Mapping[str, Any]]]


def fill_tables(connection: Connection) -> None:
    """Three rows in each empty table, every column filled, every reference pointing at a real row."""
    for table in _tables(connection):
        if connection.scalar(select(func.count()).select_from(table)):
            continue
        for number in range(ROWS):
            row = {column.name: _value(connection, column, number) for column in table.columns}
            connection.execute(insert(table).values(row))


def all_rows(connection: Connection) -> Rows:
    """Every row of every table, by the table's name."""
    return {
        table.name: sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=str)
        for table in _tables(connection)
    }


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != ALEMBIC]


def _value(connection: Connection, column: Column[Any], number: int) -> Any:
    for reference in column.foreign_keys:
        if reference.column.table is column.table:
            return None  # the first row of a tree has nobody to point at
        return connection.scalar(select(reference.column).order_by(reference.column).offset(number).limit(1))
    return _plain_value(column, number)


def _plain_value(column: Column[Any], number: int) -> Any:
    match column.type:
        case sqltypes.Boolean():
            return bool(number % 2)
        case sqltypes.Integer():
            return number + 1
        case sqltypes.Float() | sqltypes.Numeric():
            return number + 0.5
        case sqltypes.DateTime():
            return datetime(2026, 11, number + 1, 12, 30, 15, 123456)  # noqa: DTZ001  as the database keeps it
        case sqltypes.Date():
            return date(2010, 8, number + 1)
        case sqltypes.LargeBinary():
            return bytes([0, number, 255])
        case sqltypes.JSON():
            return {"number": number, "words": ["§ 552(b)(6)"]}
        case sqltypes.String(length=length):
            return f"{number} {column.name} § “”"[: length or None]
        case unknown:
            raise AssertionError(f"{column}: no example value for {unknown!r}; add one here")
