"""What is known about files, from a spreadsheet: a CSV with one row a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from archive.errors import MetadataFileWrong
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.services.uploads import Description

COLUMNS = (
    "file", "title", "kind", "date", "from", "to", "subject", "agency", "place", "state",
    "production", "production_title", "tracking_number",
)  # fmt: skip
_FIELD_OF_COLUMN = {"date": "dated_on", "from": "sender", "to": "recipient"}


def read_metadata_csv(path: Path) -> dict[str, Description]:
    """File name (or path as given in the ``file`` column) to what the row says.

    Columns as in ``COLUMNS``, in any order; others are left alone; ``file`` must be there. Dates are
    ISO 8601 (2010-08-17). Raises ``MetadataFileWrong`` naming the line.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            if "file" not in (rows.fieldnames or ()):
                raise MetadataFileWrong(
                    f"{path.name} has no column named 'file'.", help="Columns: " + ", ".join(COLUMNS)
                )
            return dict(_described(rows, path.name))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MetadataFileWrong(
            f"{path.name} cannot be read as a CSV file.", help="Save it as CSV in UTF-8."
        ) from error


def _described(rows: Iterable[dict[str, str | None]], name: str) -> Iterable[tuple[str, Description]]:
    for line, row in enumerate(rows, start=2):
        values: dict[str, object] = {}
        for column in COLUMNS[1:]:
            if text := (row.get(column) or "").strip():
                values[_FIELD_OF_COLUMN.get(column, column)] = _value(column, text, f"{name}, line {line}")
        yield (row.get("file") or "").strip(), Description(**values)  # type: ignore[arg-type]  # built by column


def _value(column: str, text: str, where: str) -> object:
    if column == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise MetadataFileWrong(
                f"{where}: {text!r} is not a date.", help="Write dates as 2010-08-17."
            ) from None
    if column == "kind":
        return _kind(text, where)
    return text


def _kind(text: str, where: str) -> DocumentKind:
    for kind, words in KIND_WORDS.items():
        if text.casefold() in (kind.value, words):
            return kind
    raise MetadataFileWrong(
        f"{where}: there is no kind {text!r}.", help="Kinds: " + ", ".join(KIND_WORDS.values())
    )
