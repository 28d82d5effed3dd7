"""What is known about files, from a spreadsheet: a CSV with one row a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from archive.errors import MetadataFileWrong
from archive.rules.description_fields import LONGEST, DescriptionField
from archive.rules.languages import find_language
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.services.uploads import Description

COLUMNS = (
    "file", "title", "kind", "date", "from", "to", "subject", "agency", "place", "state",
    "production", "production_title", "tracking_number", "vote", "language",
)  # fmt: skip
_COLUMNS_HELP = "Columns: " + ", ".join(COLUMNS) + "."
_FIELD_OF_COLUMN = {"date": "dated_on", "from": "sender", "to": "recipient"}


def read_metadata_csv(path: Path) -> dict[str, Description]:
    """File name (or path as given in the ``file`` column) to what the row says.

    Columns as in ``COLUMNS``, in any order; others are left alone; ``file`` must be there. Dates are
    ISO 8601 (2010-08-17). Raises ``MetadataFileWrong`` naming the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name) from error
    return {file: description_of(row, path.name) for file, row in parse_metadata_csv(data, path.name).items()}


def parse_metadata_csv(data: bytes, name: str) -> dict[str, dict[str, str]]:
    """File name to its columns that say something, as text that ``description_of`` takes.

    ``name`` is what the CSV is called in errors. Raises ``MetadataFileWrong`` naming the line.
    """
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        if "file" not in (rows.fieldnames or ()):
            raise MetadataFileWrong(f"{name} has no column named 'file'.", help=_COLUMNS_HELP)
        return dict(_rows(rows, name))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(name) from error


def description_of(row: Mapping[str, str], where: str) -> Description:
    """What one row says. ``where`` names it in errors. Raises ``MetadataFileWrong``."""
    values = {
        _FIELD_OF_COLUMN.get(column, column): _value(column, text, where) for column, text in row.items()
    }
    return Description(**values)  # type: ignore[arg-type]  # built by column


def _rows(rows: Iterable[dict[str, str | None]], name: str) -> Iterator[tuple[str, dict[str, str]]]:
    for line, row in enumerate(rows, start=2):
        said = {column: text for column in COLUMNS[1:] if (text := (row.get(column) or "").strip())}
        description_of(said, f"{name}, line {line}")
        yield (row.get("file") or "").strip(), said


def _unreadable(name: str) -> MetadataFileWrong:
    return MetadataFileWrong(f"{name} cannot be read as a CSV file.", help="Save it as CSV in UTF-8.")


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
    if column == "language":
        return _language(text, where)
    if column == "vote" and len(text) > LONGEST[DescriptionField.VOTE]:
        raise MetadataFileWrong(f"{where}: the vote is too long.", help="Write it as it was recorded: 5-0.")
    return text


def _kind(text: str, where: str) -> DocumentKind:
    for kind, words in KIND_WORDS.items():
        if text.casefold() in (kind.value, words):
            return kind
    raise MetadataFileWrong(
        f"{where}: there is no kind {text!r}.", help="Kinds: " + ", ".join(KIND_WORDS.values())
    )


def _language(text: str, where: str) -> str:
    found = find_language(text)
    if found is None:
        raise MetadataFileWrong(
            f"{where}: {text[:40]!r} is not the code of a language.", help="Write es, fr, vi, or zh-Hant."
        )
    return found
