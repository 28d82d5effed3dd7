"""Conditions of a query: what must be true of a document or a page besides its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

import numpy as np

from archive.rules.exemptions import wider_exemptions
from archive.rules.query import BatesRange, Between, Filters, HasCode, HasValue
from archive.search.segment import (
    NO_DAY,
    NO_NUMBER,
    DocumentTable,
    FacetColumn,
    IntArray,
    ManyValues,
    Mask,
    PageTable,
    Segment,
)

_EPOCH = date(1970, 1, 1).toordinal()
Fact: TypeAlias = HasValue | Between | BatesRange | HasCode
DOCUMENT_VALUES = ("kind", "production", "request")


def is_met(segment: Segment, condition: Fact) -> Mask:
    """The pages of which it is true."""
    documents, pages = segment.documents, segment.pages
    match condition:
        case HasValue(field, value) if field in DOCUMENT_VALUES:
            return _of_pages(_has_value(documents.facets[field], value), pages)
        case HasValue(field, value):
            return _has_value({"source": pages.source, "lang": pages.language}[field], value)
        case Between("redacted", low, high):
            return _between(pages.redacted, low, high)
        case Between(field, low, high):
            return _of_pages(_document_between(documents, field, low, high), pages)
        case BatesRange(prefix, first, last):
            inside: Mask = _between(pages.bates_number, first, last) & (pages.bates_number != NO_NUMBER)
            return inside if prefix == "*" else inside & pages.bates_prefix.is_in((prefix,))
        case HasCode(code):
            return claims(pages.codes, (code,))


def passing_documents(documents: DocumentTable, filters: Filters, document_id: str | None) -> Mask:
    """The documents that pass the filters; what is asked of their pages is another matter."""
    passing = np.ones(len(documents.ids), np.bool_)
    for name, values in filters.by_facet().items():
        if name in documents.facets:
            passing &= documents.facets[name].is_in(values)
    if filters.after or filters.before:
        passing &= _document_between(documents, "date", _day(filters.after), _day(filters.before))
    if filters.without:
        passing &= ~np.isin(documents.ids, filters.without)
    if document_id is not None:
        passing &= documents.ids == document_id
    return passing


def claims(codes: ManyValues, wanted: Iterable[str]) -> Mask:
    """The rows with one of these exemptions or one within it."""
    asked = tuple(wanted)
    is_wanted = np.array([any(is_within(value, code) for code in asked) for value in codes.values], np.bool_)
    passing = np.zeros(len(codes.starts) - 1, np.bool_)
    if is_wanted.any():
        claimed = np.flatnonzero(is_wanted[codes.codes])
        passing[codes.starts.searchsorted(claimed, side="right") - 1] = True
    return passing


def is_within(code: str, wanted: str) -> bool:
    """Whether who claims ``code`` claims ``wanted``: the same, or, for ``b7``, ``b7e``."""
    return code == wanted or wanted in wider_exemptions(code)


def _of_pages(of_documents: Mask, pages: PageTable) -> Mask:
    there: Mask = of_documents[pages.document]
    return there


def _has_value(column: FacetColumn, value: str) -> Mask:
    """An empty value is none, and no ``*`` stands for it."""
    pieces = value.split("*")
    return column.is_in([known for known in column.values if known and _has_shape(known, pieces)])


def _has_shape(value: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in ``value`` one after the other, from its beginning to its end. Each is
    taken where it comes first, so that no query makes this slow."""
    if len(pieces) == 1:
        return value == pieces[0]
    first, *inner, last = pieces
    if len(value) < len(first) + len(last) or not (value.startswith(first) and value.endswith(last)):
        return False
    at, end = len(first), len(value) - len(last)
    for piece in inner:
        at = value.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _day(on: date | None) -> int | None:
    return None if on is None else on.toordinal() - _EPOCH


def _document_between(documents: DocumentTable, field: str, low: int | None, high: int | None) -> Mask:
    if field == "date":
        dated: Mask = _between(documents.days, low, high) & (documents.days != NO_DAY)
        return dated
    return _between(documents.page_counts, low, high)


def _between(numbers: IntArray, low: int | None, high: int | None) -> Mask:
    inside = np.ones(len(numbers), np.bool_)
    if low is not None:
        inside &= numbers >= _within_64_bits(low)
    if high is not None:
        inside &= numbers <= _within_64_bits(high)
    return inside


def _within_64_bits(number: int) -> int:
    return max(min(number, 2**63 - 1), -(2**63))
