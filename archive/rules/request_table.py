"""A table of requests (CSV) as rows: ours, and what MuckRock exports.

Pure: it is not known here which laws and requests there are. Each row keeps its line and its problems.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive.rules.request_errors import BadRequestForm
from archive.rules.request_states import OUTCOME_WORDS, EventKind, Outcome
from archive.rules.table_days import DayOrder, NotADay, order_in, read_day

MOST_ROWS = 5_000
MOST_TABLE_BYTES = 8_000_000
DAYS: dict[str, EventKind] = {
    "sent": EventKind.SENT,
    "received": EventKind.RECEIVED,
    "acknowledged": EventKind.ACKNOWLEDGED,
    "answered": EventKind.DETERMINED,
    "appealed": EventKind.APPEALED,
    "appeal decided": EventKind.APPEAL_DECIDED,
    "sued": EventKind.SUED,
    "closed": EventKind.CLOSED,
    "withdrawn": EventKind.WITHDRAWN,
}
# How the columns of the template are headed, in its order.
COLUMNS = (
    *("title", "agency", "law", "number", "records sought", "requester", "sent", "received", "acknowledged"),
    *("answered", "outcome", "appealed", "appeal decided", "appeal outcome", "sued", "withdrawn", "closed"),
    *("place", "notes"),
)
_ALSO = {
    "records": "records sought",
    "request": "title",
    "description": "records sought",
    "requested documents": "records sought",
    "tracking number": "number",
    "request number": "number",
    "foia number": "number",
    "current tracking number": "number",
    "date sent": "sent",
    "submitted": "sent",
    "date submitted": "sent",
    "date received": "received",
    "date acknowledged": "acknowledged",
    "date answered": "answered",
    "status/outcome": "outcome",
    "determination": "outcome",
    "appeal": "appealed",
    "note": "notes",
    "jurisdiction state": "law",
}
_UNUSED = {
    "due": "Due dates are not taken over: they are counted from the law and what happened.",
    "date due": "Due dates are not taken over: they are counted from the law and what happened.",
    "status": "The status is not taken over: it follows from what happened.",
}
_MUCKROCK = frozenset({"title", "status", "jurisdiction level", "agency", "date submitted", "date done"})
# MuckRock's status says how its own work ended; only these say surely what happened.
_MUCKROCK_ENDS = {
    "no responsive documents": (EventKind.DETERMINED, Outcome.NO_RECORDS),
    "withdrawn": (EventKind.WITHDRAWN, None),
    "completed": (EventKind.CLOSED, None),
    "partially completed": (EventKind.CLOSED, None),
    "rejected": (EventKind.CLOSED, None),
}
_OUTCOMES: dict[str, Outcome] = {
    **{words: outcome for outcome, words in OUTCOME_WORDS.items()},
    **{outcome.value.replace("_", " "): outcome for outcome in Outcome},
    "no responsive records": Outcome.NO_RECORDS,
    "no responsive documents": Outcome.NO_RECORDS,
    "denied": Outcome.DENIED,
    "partial": Outcome.GRANTED_IN_PART,
    "partially granted": Outcome.GRANTED_IN_PART,
    "glomar": Outcome.NEITHER_CONFIRMED_NOR_DENIED,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a row says happened."""

    kind: EventKind
    on: date
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One request of a table. ``line`` is its first line in the file. ``problems`` keep it out; ``remarks``
    say what was left out of it."""

    line: int
    values: Mapping[str, str]
    happened: tuple[Happening, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def value(self, column: str) -> str:
        """What stands in a column; empty when it is not there."""
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class RequestTable:
    """A table that was read. ``unused`` are its headings that say nothing here, and ``notes`` why."""

    rows: tuple[TableRow, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    order: DayOrder
    is_muckrock: bool


def read_request_table(data: bytes, order: DayOrder = DayOrder.UNKNOWN) -> RequestTable:
    """The rows of a CSV: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.

    ``order``: how it writes 3/4/2010, if a person has said so. Raises ``BadRequestForm``, naming the line.
    """
    lines = list(_lines(_text(data)))
    if not lines:
        raise _bad("This file is empty.", "Begin with a row that names the columns.")
    columns = [_column(heading) for heading in lines[0][1]]
    _check_columns(columns)
    if len(lines) - 1 > MOST_ROWS:
        raise _bad(f"This table has {len(lines) - 1:,} rows.", f"Send {MOST_ROWS:,} at most at a time.")
    is_muckrock = set(columns) | {"date submitted"} >= _MUCKROCK and "jurisdiction level" in columns
    found = [(line, _values(columns, cells), len(cells)) for line, cells in lines[1:]]
    if order is DayOrder.UNKNOWN:
        order = order_in(_days_in(values for _, values, _ in found))
    rows = tuple(
        _row(line, values, order, is_too_long=cells > len(columns), is_muckrock=is_muckrock)
        for line, values, cells in found
    )
    unused = tuple(column for column in columns if column and column not in COLUMNS)
    notes = tuple(dict.fromkeys(_UNUSED[column] for column in unused if column in _UNUSED))
    return RequestTable(rows, unused, notes, order, is_muckrock)


def _text(data: bytes) -> str:
    if len(data) > MOST_TABLE_BYTES:
        raise _bad("This file is too long.", "Send it in pieces of 8 MB at most.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _bad(
            "This is a workbook, not a CSV file.", "Save it as CSV (UTF-8) in your spreadsheet program."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise _bad("This is not a text file.", "Save it as CSV (UTF-8) in your spreadsheet program.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str) -> Iterable[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=head.count)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _bad(
            f"The row that begins on line {begins:,} cannot be read: {error}.",
            "Look for a quotation mark that is not closed.",
        ) from error


def _column(heading: str) -> str:
    name = " ".join(heading.replace("_", " ").split()).casefold()
    return _ALSO.get(name, name)


def _check_columns(columns: Sequence[str]) -> None:
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise _bad(f"Two columns are headed {column!r}, or mean it.", "Keep one of them.")
    if missing := [column for column in ("title", "agency") if column not in columns]:
        said = " and ".join(repr(column) for column in missing)
        raise _bad(f"This table has no column {said}.", "Its first row must name the columns.")


def _values(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}


def _days_in(rows: Iterable[Mapping[str, str]]) -> Iterable[str]:
    for values in rows:
        for column in (*DAYS, "date done"):
            if column in values:
                yield values[column]


def _row(
    line: int, values: Mapping[str, str], order: DayOrder, *, is_too_long: bool, is_muckrock: bool
) -> TableRow:
    problems = [f"Column {column!r} is empty." for column in ("title", "agency") if not values.get(column)]
    if is_too_long:
        problems.append("This row has more cells than there are columns: is a comma not in quotation marks?")
    happened, remarks = _happened(values, order, problems)
    if is_muckrock:
        remarks += _muckrock_end(values, order, happened, problems)
    if happened and not any(one.kind is EventKind.SENT for one in happened):
        problems.append("Column 'sent' is empty, but something else has a day.")
    return TableRow(line, values, tuple(happened), tuple(problems), tuple(remarks))


def _happened(
    values: Mapping[str, str], order: DayOrder, problems: list[str]
) -> tuple[list[Happening], list[str]]:
    found: list[Happening] = []
    outcomes = {
        EventKind.DETERMINED: _outcome(values, "outcome", problems),
        EventKind.APPEAL_DECIDED: _outcome(values, "appeal outcome", problems),
    }
    for column, kind in DAYS.items():
        if not (text := values.get(column, "")):
            continue
        try:
            found.append(Happening(kind, read_day(text, order), outcomes.get(kind)))
        except NotADay as problem:
            problems.append(f"Column {column!r}: {problem}")
            continue
        if kind in outcomes and outcomes[kind] is None:
            column = "outcome" if kind is EventKind.DETERMINED else "appeal outcome"
            problems.append(f"Column {column!r} is empty, but there is a day on which it was decided.")
    remarks = [] if values.get("answered") or not values.get("outcome") else ["An outcome without its day."]
    _check_order(found, problems)
    return found, remarks


def _outcome(values: Mapping[str, str], column: str, problems: list[str]) -> Outcome | None:
    text = values.get(column, "")
    found = _OUTCOMES.get(" ".join(text.replace("_", " ").split()).casefold())
    if text and found is None:
        known = ", ".join(OUTCOME_WORDS.values())
        problems.append(f"Column {column!r}: {text[:40]!r} is none of: {known}.")
    return found


def _check_order(found: Sequence[Happening], problems: list[str]) -> None:
    sent = next((one.on for one in found if one.kind is EventKind.SENT), None)
    for one in found:
        if sent is not None and one.on < sent:
            column = next(name for name, kind in DAYS.items() if kind is one.kind)
            problems.append(f"Column {column!r} is before the day on which it was sent.")


def _muckrock_end(
    values: Mapping[str, str], order: DayOrder, happened: list[Happening], problems: list[str]
) -> list[str]:
    """How a request ended there, as far as its status says it for sure."""
    status, done = values.get("status", ""), values.get("date done", "")
    if not done or status.casefold() not in _MUCKROCK_ENDS:
        return []
    kind, outcome = _MUCKROCK_ENDS[status.casefold()]
    try:
        happened.append(Happening(kind, read_day(done, order), outcome, f"{status} at MuckRock."))
    except NotADay as problem:
        problems.append(f"Column 'date done': {problem}")
        return []
    if kind is not EventKind.CLOSED:
        return []
    return [f"{status!r} does not say what the agency decided: it is closed here; add the answer yourself."]


def _bad(sentence: str, help_: str) -> BadRequestForm:
    return BadRequestForm(sentence, field="table", help=help_)
