"""What was withheld all over the archive, in figures: of what a visitor may see, and of nothing else.

Documents are summed up one by one, in the order of an index, and only then put together by agency,
production and year: tens of thousands of pages take hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import add
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Subquery, Text, case, cast, extract, func, select, tuple_
from sqlalchemy.orm import Session

from archive.models import Agency, Document, Page, Production, Redaction
from archive.rules.redaction_figures import PageTally
from archive.rules.redaction_states import EFFECTIVE
from archive.rules.statuses import PageStatus
from archive.services.documents import clamp_window
from archive.services.redaction_code_figures import CodeFigures, count_codes
from archive.services.redaction_figures_asked import Scope
from archive.services.windows import Window
from ingest.redaction_found import PageDisposition

DOCUMENTS_IN_WINDOW = 20
_Tallies: TypeAlias = dict[int | None, PageTally]
_SUMS = ("redacted", "pages", "released", "in_part", "withheld", "referred", "unread", "share_sum")


@dataclass(frozen=True, slots=True)
class ShelfFigures:
    """What was withheld in the documents of one agency or production; None: those that name none."""

    row: Agency | Production | None
    tally: PageTally


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What was withheld in the documents of one year; None: the undated ones."""

    year: int | None
    tally: PageTally


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """What was withheld in one document."""

    document: Document
    tally: PageTally


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of the documents that a visitor may see and that pass the filters.

    ``agencies`` and ``productions`` come with the most withheld first, ``years`` in their order; what names
    none comes last.
    """

    total: PageTally
    agencies: tuple[ShelfFigures, ...]
    productions: tuple[ShelfFigures, ...]
    years: tuple[YearFigures, ...]
    codes: CodeFigures


def get_figures(session: Session, scope: Scope) -> Figures:
    """All figures at once."""
    agencies, productions, years = _grouped(session, scope)
    return Figures(
        sum(years.values(), PageTally()),
        _agencies(session, agencies),
        _productions(session, productions),
        tuple(YearFigures(year, years[year]) for year in sorted(years, key=_none_last)),
        count_codes(session, scope),
    )


def get_total(session: Session, scope: Scope) -> PageTally:
    """The sums of everything that is counted."""
    sums = _sums_of_documents(scope)
    row = session.execute(select(func.count(), *(func.sum(sums.c[name]) for name in _SUMS))).one()
    return PageTally(*(number or 0 for number in row))


def get_totals_of_productions(session: Session, scope: Scope) -> dict[int, PageTally]:
    """The sums of each production, by its row's number; documents of none are left out."""
    sums = _sums_of_documents(scope)
    rows = session.execute(
        select(Document.production_id, func.count(), *(func.sum(sums.c[name]) for name in _SUMS))
        .join(sums, sums.c.id == Document.id)
        .where(Document.production_id.is_not(None))
        .group_by(Document.production_id)
    )
    return {row[0]: PageTally(*(number or 0 for number in row[1:])) for row in rows}


def list_by_share(
    session: Session, scope: Scope, total: int, *, least_first: bool = False, window: int = 1
) -> Window[DocumentFigures]:
    """One window of the documents of which anything is withheld, the most redacted or the least first.
    ``total`` is how many those are, as ``Figures`` has counted them."""
    sums = _sums_of_documents(scope)
    number = clamp_window(window, total, DOCUMENTS_IN_WINDOW)
    share = sums.c.share_sum / sums.c.pages
    rows = session.execute(
        select(Document, *(sums.c[name] for name in _SUMS))
        .join(sums, sums.c.id == Document.id)
        .where(sums.c.redacted > 0)
        .order_by(share.asc() if least_first else share.desc(), Document.id)
        .offset((number - 1) * DOCUMENTS_IN_WINDOW)
        .limit(DOCUMENTS_IN_WINDOW)
    )
    found = tuple(DocumentFigures(row[0], PageTally(1, *row[1:])) for row in rows)
    return Window(found, number, DOCUMENTS_IN_WINDOW, total)


def list_all_documents(session: Session, scope: Scope) -> Iterator[tuple[Document, PageTally]]:
    """Every document that counts, the most redacted first, those of which nothing is withheld at the end."""
    sums = _sums_of_documents(scope)
    share = sums.c.share_sum / func.nullif(sums.c.pages, 0)
    rows = session.execute(
        select(Document, *(sums.c[name] for name in _SUMS))
        .join(sums, sums.c.id == Document.id)
        .order_by(share.desc().nulls_last(), Document.id)
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield row[0], PageTally(1, *row[1:])


def _sums_of_documents(scope: Scope) -> Subquery:
    """A row for each document that counts and has pages: its ``id`` and the ``_SUMS``."""
    groups = (Page.document_id, Page.status, Page.disposition)  # the order of the index
    alike = select(*groups, func.count().label("count"), func.sum(Page.withheld_share).label("share"))
    alike = alike.where(Page.document_id.in_(scope.documents))
    if scope.code_lists is not None:
        claiming = select(Redaction.document_id, Redaction.page_number).where(
            Redaction.document_id.in_(scope.documents),
            Redaction.state.in_(EFFECTIVE),
            cast(Redaction.codes, Text).in_(scope.code_lists),
        )
        alike = alike.where(tuple_(Page.document_id, Page.page_number).in_(claiming))
    rows = alike.group_by(*groups).subquery()
    return select(rows.c.document_id.label("id"), *_columns(rows)).group_by(rows.c.document_id).subquery()


def _columns(rows: Subquery) -> list[ColumnElement[Any]]:
    """The sums of a document, of ``rows`` that each count its pages in one state."""
    is_read = rows.c.status == PageStatus.READ

    def counted(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(case((condition, rows.c.count), else_=0))

    share_sum = func.sum(case((is_read, rows.c.share), else_=0.0))
    return [
        case((share_sum > 0, 1), else_=0).label("redacted"),
        counted(is_read).label("pages"),
        *(
            counted(is_read & (rows.c.disposition == disposition)).label(str(disposition))
            for disposition in PageDisposition
        ),
        counted(~is_read).label("unread"),
        share_sum.label("share_sum"),
    ]


def _grouped(session: Session, scope: Scope) -> tuple[_Tallies, _Tallies, _Tallies]:
    """The tallies by agency, by production and by year."""
    sums = _sums_of_documents(scope)
    groups = (Document.agency_id, Document.production_id, extract("year", Document.dated_on))
    rows = session.execute(
        select(*groups, func.count(), *(func.sum(sums.c[name]) for name in _SUMS))
        .join(sums, sums.c.id == Document.id)
        .group_by(*groups)
    )
    found: tuple[dict[int | None, list[Any]], ...] = ({}, {}, {})
    for row in rows.all():
        for sums_by_key, key in zip(found, row[:3], strict=True):
            before = sums_by_key.get(key)
            more = row[3:]
            sums_by_key[key] = [*map(add, before, more)] if before else [*more]
    agencies, productions, years = (
        {key: PageTally(*numbers) for key, numbers in group.items()} for group in found
    )
    return agencies, productions, years


def _agencies(session: Session, tallies: _Tallies) -> tuple[ShelfFigures, ...]:
    rows = session.scalars(select(Agency).where(Agency.id.in_(filter(None, tallies))))
    return _in_order({row.id: row for row in rows}, tallies)


def _productions(session: Session, tallies: _Tallies) -> tuple[ShelfFigures, ...]:
    rows = session.scalars(select(Production).where(Production.id.in_(filter(None, tallies))))
    return _in_order({row.id: row for row in rows}, tallies)


def _in_order(
    rows: Mapping[int, Agency] | Mapping[int, Production], tallies: _Tallies
) -> tuple[ShelfFigures, ...]:
    ordered = sorted(
        tallies, key=lambda one: (one is None, -tallies[one].share_sum, -tallies[one].pages, one)
    )
    return tuple(ShelfFigures(None if one is None else rows[one], tallies[one]) for one in ordered)


def _none_last(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0
