"""The facts about documents and pages of a segment: made from documents, kept as arrays, joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np

from archive.ports import IndexedDocument, IndexedPage
from archive.rules.bates import split_bates
from archive.search.array_file import Array, ArrayFile
from archive.search.ranges import offsets, ranges
from archive.search.segment import (
    NO_DAY,
    NO_NUMBER,
    DocumentTable,
    FacetColumn,
    IntArray,
    ManyValues,
    PageTable,
)

_EPOCH = date(1970, 1, 1).toordinal()
_DOCUMENT_FACETS = ("agency", "kind", "place", "production", "request")
Table = TypeVar("Table", DocumentTable, PageTable)


class PageFacts(NamedTuple):
    """A page of the document that stands in row ``document``."""

    document: int
    page: IndexedPage
    length: int  # in words
    first: bool


def document_table(documents: Sequence[IndexedDocument]) -> DocumentTable:
    """One row for each document."""
    days = [_day(document) for document in documents]
    facets = {name: _facet(getattr(document, name) for document in documents) for name in _DOCUMENT_FACETS}
    years = _facet("" if day == NO_DAY else str(date.fromordinal(day + _EPOCH).year) for day in days)
    sort_days = (
        document.received_day if day == NO_DAY else day for day, document in zip(days, documents, strict=True)
    )
    return DocumentTable(
        ids=np.array([document.document_id for document in documents], np.str_),
        versions=_numbers(document.content_version for document in documents),
        days=_numbers(days),
        sort_days=_numbers(sort_days),
        page_counts=_numbers(document.page_count for document in documents),
        facets={**facets, "year": years},
    )


def page_table(pages: Sequence[PageFacts]) -> PageTable:
    """One row for each page."""
    bates = [split_bates(facts.page.bates) or ("", NO_NUMBER) for facts in pages]
    return PageTable(
        document=_numbers(facts.document for facts in pages),
        number=_numbers(facts.page.page_number for facts in pages),
        length=_numbers(facts.length for facts in pages),
        first=np.fromiter((facts.first for facts in pages), np.bool_),
        bates_prefix=_facet(prefix for prefix, _ in bates),
        bates_number=_numbers(number for _, number in bates),
        codes=ManyValues.of([facts.page.codes for facts in pages]),
        redacted=_numbers(facts.page.redacted_percent for facts in pages),
        source=_facet(facts.page.source for facts in pages),
        language=_facet(facts.page.language for facts in pages),
    )


def table_arrays(table: DocumentTable | PageTable) -> Mapping[str, Array]:
    """A table's columns under the names they have in a file."""
    prefix = _prefix(type(table))
    columns = [_arrays(f"{prefix}.{one.name}", getattr(table, one.name)) for one in fields(table)]
    return dict(chain.from_iterable(arrays.items() for arrays in columns))


def read_table(file: ArrayFile, kind: type[Table]) -> Table:
    """The table as it stands in a file."""
    prefix = _prefix(kind)
    return kind(**{one.name: _read(file, f"{prefix}.{one.name}") for one in fields(kind)})


def joined(tables: Sequence[Table], rows: Sequence[IntArray]) -> Table:
    """These rows of each table, one after the other, as one table."""
    kind = type(tables[0])
    names = [one.name for one in fields(kind)]
    return kind(**{name: _joined([getattr(table, name) for table in tables], rows) for name in names})


def _day(document: IndexedDocument) -> int:
    return NO_DAY if document.dated_on is None else document.dated_on.toordinal() - _EPOCH


def _facet(values: Iterable[str]) -> FacetColumn:
    return FacetColumn.of(np.array(list(values), np.str_))


def _numbers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, np.int64)


def _prefix(kind: type[DocumentTable | PageTable]) -> str:
    return "document" if kind is DocumentTable else "page"


def _arrays(name: str, column: Any) -> Mapping[str, Array]:
    match column:
        case dict():
            parts = [_arrays(f"{name}.{key}", value) for key, value in column.items()]
            return dict(chain.from_iterable(part.items() for part in parts))
        case FacetColumn(values, codes):
            return {f"{name}.values": np.array(values, np.str_), f"{name}.codes": codes}
        case ManyValues(values, starts, codes):
            return {**_arrays(name, FacetColumn(values, codes)), f"{name}.starts": starts}
        case _:
            return {name: column}


def _read(file: ArrayFile, name: str) -> Any:
    if name in file:
        return file.array(name).whole()
    if f"{name}.values" in file:
        values = tuple(file.array(f"{name}.values").whole().tolist())
        codes = file.array(f"{name}.codes").whole()
        if f"{name}.starts" in file:
            return ManyValues(values, file.array(f"{name}.starts").whole(), codes)
        return FacetColumn(values, codes)
    below = (
        key.removeprefix(f"{name}.").partition(".")[0] for key in file.names if key.startswith(f"{name}.")
    )
    return {key: _read(file, f"{name}.{key}") for key in dict.fromkeys(below)}


def _joined(columns: Sequence[Any], rows: Sequence[IntArray]) -> Any:
    pairs = list(zip(columns, rows, strict=True))
    match columns[0]:
        case dict():
            return {key: _joined([column[key] for column in columns], rows) for key in columns[0]}
        case FacetColumn():
            return _joined_facet([FacetColumn(column.values, column.codes[some]) for column, some in pairs])
        case ManyValues():
            lengths = [np.diff(column.starts)[some] for column, some in pairs]
            codes = [
                column.codes[ranges(column.starts[some], length)]
                for (column, some), length in zip(pairs, lengths, strict=True)
            ]
            parts = [FacetColumn(column.values, some) for column, some in zip(columns, codes, strict=True)]
            facet = _joined_facet(parts)
            return ManyValues(facet.values, offsets(np.concatenate(lengths)), facet.codes)
        case _:
            return np.concatenate([column[some] for column, some in pairs])


def _joined_facet(columns: Sequence[FacetColumn]) -> FacetColumn:
    """Only the values that are still used are kept."""
    used = [np.unique(column.codes).tolist() for column in columns]
    values = sorted(
        {column.values[code] for column, codes in zip(columns, used, strict=True) for code in codes}
    )
    number = {value: at for at, value in enumerate(values)}
    joined_codes = [
        np.array([number.get(value, -1) for value in column.values], np.int64)[column.codes]
        for column in columns
        if len(column.codes)
    ]
    return FacetColumn(tuple(values), np.concatenate([np.empty(0, np.int64), *joined_codes]))
