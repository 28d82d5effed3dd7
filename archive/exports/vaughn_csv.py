"""An index of withheld records as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.rules.addresses import page_path
from archive.rules.vaughn_columns import headings
from archive.services.vaughn_rows import VaughnRow


def vaughn_csv_rows(rows: Iterable[VaughnRow], absolute: Callable[[str], str]) -> Iterator[Sequence[object]]:
    """The headings and a row for each record, with its address at the end. ``absolute`` makes a path an
    address for others."""
    yield (*headings(), "link")
    for row in rows:
        path = page_path(row.document.id, row.entry.first_page) if row.document else ""
        yield (row.number, *row.cells()[1:], absolute(path) if path else "")
