"""The queries of a term hit report, from what was pasted or from a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.errors import ArchiveError

MOST_QUERIES = 200
_HEADS = frozenset({"query", "queries", "term", "terms", "search", "search term", "search terms"})
_SEPARATORS = ",;\t"


class TermListWrong(ArchiveError):
    code = "term_list_wrong"
    sentence = "This list of queries cannot be used."
    help = "Give one query a line, or a CSV file with the queries in its first column."
    status = 400
    exit_code = 2


@dataclass(frozen=True, slots=True)
class TermList:
    """The queries in their order, each once; ``repeated`` lines were the same as an earlier one."""

    queries: tuple[str, ...]
    repeated: int


def term_list(texts: Iterable[str]) -> TermList:
    """One query a line, empty lines left out. Raises ``TermListWrong`` when there are too many."""
    written = [line for text in texts for line in map(str.strip, text.splitlines()) if line]
    queries = tuple(dict.fromkeys(written))
    if len(queries) > MOST_QUERIES:
        raise TermListWrong(
            f"These are {len(queries):,} queries; a report takes {MOST_QUERIES}.",
            help="Cut the list into several reports.",
        )
    return TermList(queries, len(written) - len(queries))


def read_term_file(data: bytes) -> str:
    """The queries of a file, one a line: the first column of a CSV, or the lines of a text.

    UTF-8, UTF-16 and Windows-1252 are understood. What is no CSV, because a quotation mark stands
    where none may, is taken line by line, so that ``"opt out" county`` keeps its marks.
    Raises ``TermListWrong``.
    """
    text = _decoded(data)
    try:
        cells = list(_first_cells(text))
    except csv.Error:
        cells = text.splitlines()
    if cells and cells[0].strip().casefold() in _HEADS:
        del cells[0]
    return "\n".join(" ".join(cell.split()) for cell in cells)


def _first_cells(text: str) -> Iterator[str]:
    """The separator is the one that the first line has most of: Excel writes the one of its country."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield row[0] if row else ""


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    if b"\0" in data:  # UTF-16 without a byte order mark: every other byte of plain English is empty
        return _decode(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TermListWrong("This file is no text.") from error
