"""Lists that go out as files to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from flask import Response

from archive.errors import BadQuery
from archive.exports.spreadsheets import csv_chunks
from archive.rules.addresses import slug_of
from archive.web.current import parts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

Rows = Callable[["Session"], Iterator[Sequence[object]]]


def csv_attachment(name: str, rows: Rows) -> Response:
    """A CSV that is written while it is sent. ``name`` becomes the file's, with today's date."""
    opened = parts()

    def chunks() -> Iterator[bytes]:
        with opened.database.reading() as session:
            yield from csv_chunks(rows(session))

    response = Response(chunks(), content_type="text/csv; charset=utf-8; header=present")
    file_name = f"{slug_of(name)[:60].strip('-')}-{opened.clock():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def in_plain_words(problem: BadQuery) -> Response:
    """What is wrong with a query, for whoever asked for a file and not for a page."""
    repaired = f"\nThis would be understood: {problem.repaired}" if problem.repaired else ""
    return Response(
        f"{problem.sentence} {problem.help}{repaired}\n", status=problem.status, mimetype="text/plain"
    )
