"""CSV that spreadsheets open as what it is: text, never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the code page of its country
# OWASP, CSV injection: what a cell may not begin with, the wide forms that Excel takes for the same included.
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n") + tuple("\uff1d\uff0b\uff0d\uff20")
_ROWS_AT_ONCE = 200


def safe_cell(value: object) -> object:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    Numbers stay numbers, nothing is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value).replace("\0", "")
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) or _is_hidden_formula(text) else text


def csv_chunks(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, lines as RFC 4180 has them, a few hundred at a time."""
    file = io.StringIO(BYTE_ORDER_MARK, newline="")
    file.seek(0, io.SEEK_END)
    writer = csv.writer(file)
    for number, row in enumerate(rows, 1):
        writer.writerow([safe_cell(value) for value in row])
        if number % _ROWS_AT_ONCE == 0:
            yield _emptied(file)
    yield _emptied(file)


def _is_hidden_formula(text: str) -> bool:
    """Spaces before a formula are dropped by some programs."""
    return text[:1].isspace() and text.lstrip().startswith(_BEGINS_A_FORMULA)


def _emptied(file: io.StringIO) -> bytes:
    # Text from files may hold half of a surrogate pair, which UTF-8 cannot.
    data = file.getvalue().encode("utf-8", "replace")
    file.seek(0)
    file.truncate()
    return data
