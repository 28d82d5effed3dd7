"""What a Whoosh index keeps of a page: where its words stand, and a few facts. Never its text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from archive.ports import IndexedDocument, IndexedPage
from archive.rules.bates import split_bates
from archive.rules.query import Within
from archive.search.analysis import analyse
from archive.search.description import description_positions
from archive.search.segment import (
    DESCRIPTION,
    NO_DAY,
    NO_NUMBER,
    POSITION_BITS,
    TEXT,
    DocumentTable,
    FacetColumn,
    IntArray,
    ManyValues,
    PageTable,
)

FACTS = "facts"
BREAKS = "breaks"  # where sentences and paragraphs begin
_POSITION_TYPE = "I"  # four bytes in every array: see whoosh_segment
_EPOCH = date(1970, 1, 1).toordinal()


class PackedPositions(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """The value of a posting is its positions as 32-bit numbers: read by the block, not one by one."""

    posting_size = -1

    def __init__(self) -> None:
        super().__init__(field_boost=1.0)


class Places(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field that is handed over analyzed: form to positions."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), analyzer=None)

    def index(
        self, value: dict[str, list[int]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh asks for (term, frequency, weight, value)."""
        for form, positions in value.items():
            count = len(positions)
            yield form.encode(), count, float(count), array(_POSITION_TYPE, positions).tobytes()


class PageCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's own format, without its inexact page lengths: ours are among the facts. Looking for them
    took a third of the time of building an index."""

    length_stats = False


class Facts(NamedTuple):
    """Stored with each page; days are days since 1970-01-01."""

    document_id: str
    content_version: int
    page_number: int
    first: bool
    length: int
    agency: str
    kind: str
    place: str
    production: str
    request: str
    page_count: int
    day: int
    sort_day: int
    bates_prefix: str
    bates_number: int
    codes: tuple[str, ...]
    redacted: int
    source: str
    language: str


def make_schema() -> fields.Schema:
    """The schema of both indexes."""
    return fields.Schema(**{TEXT: Places(), DESCRIPTION: Places(), BREAKS: Places(), FACTS: fields.STORED()})


def iter_entries(document: IndexedDocument) -> Iterator[dict[str, Any]]:
    """What is added to Whoosh for each page of ``document``."""
    description = description_positions(document)
    ordered = sorted(document.pages, key=lambda page: page.page_number)
    for page in ordered:
        found = analyse(page.text)
        facts = _facts(document, page, length=found.length, first=page is ordered[0])
        breaks = {Within.SENTENCE.value: found.sentences, Within.PARAGRAPH.value: found.paragraphs}
        yield {
            TEXT: _within_bounds(found.positions),
            DESCRIPTION: description,
            BREAKS: _within_bounds(breaks),
            FACTS: tuple(facts),
        }


def _within_bounds(positions: dict[str, list[int]]) -> dict[str, list[int]]:
    """Positions that fit in a key. No page that ``ingest`` lets through has more words."""
    last = 1 << POSITION_BITS
    return {form: kept for form, places in positions.items() if (kept := [at for at in places if at < last])}


def _facts(document: IndexedDocument, page: IndexedPage, *, length: int, first: bool) -> Facts:
    day = NO_DAY if document.dated_on is None else document.dated_on.toordinal() - _EPOCH
    prefix, number = split_bates(page.bates) or ("", NO_NUMBER)
    return Facts(
        document_id=document.document_id,
        content_version=document.content_version,
        page_number=page.page_number,
        first=first,
        length=length,
        agency=document.agency,
        kind=document.kind,
        place=document.place,
        production=document.production,
        request=document.request,
        page_count=document.page_count,
        day=day,
        sort_day=document.received_day if day == NO_DAY else day,
        bates_prefix=prefix,
        bates_number=number,
        codes=page.codes,
        redacted=page.redacted_percent,
        source=page.source,
        language=page.language,
    )


def make_tables(stored: Iterable[Facts]) -> tuple[DocumentTable, PageTable]:
    """The facts of a segment's pages as arrays."""
    rows: dict[str, int] = {}
    documents: list[Facts] = []
    pages = list(stored)
    for facts in pages:
        if rows.setdefault(facts.document_id, len(documents)) == len(documents):
            documents.append(facts)
    return _document_table(documents), PageTable(
        document=_numbers(rows[facts.document_id] for facts in pages),
        number=_numbers(facts.page_number for facts in pages),
        length=_numbers(facts.length for facts in pages),
        first=np.fromiter((facts.first for facts in pages), np.bool_),
        bates_prefix=_facet(facts.bates_prefix for facts in pages),
        bates_number=_numbers(facts.bates_number for facts in pages),
        codes=ManyValues.of([facts.codes for facts in pages]),
        redacted=_numbers(facts.redacted for facts in pages),
        source=_facet(facts.source for facts in pages),
        language=_facet(facts.language for facts in pages),
    )


def _document_table(documents: list[Facts]) -> DocumentTable:
    names = ("agency", "kind", "place", "production", "request")
    facets = {name: _facet(getattr(facts, name) for facts in documents) for name in names}
    years = ["" if one.day == NO_DAY else str(date.fromordinal(one.day + _EPOCH).year) for one in documents]
    return DocumentTable(
        ids=np.array([facts.document_id for facts in documents], np.str_),
        versions=_numbers(facts.content_version for facts in documents),
        days=_numbers(facts.day for facts in documents),
        sort_days=_numbers(facts.sort_day for facts in documents),
        page_counts=_numbers(facts.page_count for facts in documents),
        facets={**facets, "year": _facet(years)},
    )


def _facet(values: Iterable[str]) -> FacetColumn:
    return FacetColumn.of(np.array(list(values), np.str_))


def _numbers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, np.int64)
