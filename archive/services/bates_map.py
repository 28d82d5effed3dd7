"""From Bates numbers to pages, and what the numbers of a production say about it: ranges, gaps, overlaps.

Everything is counted over the documents that the viewer may see. What a gap means therefore hangs on the
viewer: only who sees everything can be told that a number was never produced. Everybody else is told, of
each gap alike, that it may be among what they do not see; nothing tells whether it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Document, Page, Production
from archive.rules.access import READER, Action, Viewer
from archive.rules.bates import split_bates
from archive.rules.bates_ranges import (
    BatesSeries,
    Gap,
    StampedPage,
    Stretch,
    bates_ranges,
    implied_pages,
    without_numbers,
)
from archive.rules.statuses import ReadingStatus
from archive.services.documents import visible_documents

_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class GapFacts:
    """A gap in a production: ``missing`` is what no page has that the viewer may see, ``elsewhere`` the
    numbers that documents outside the production bear."""

    gap: Gap
    missing: tuple[Gap, ...]
    elsewhere: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """One series of numbers, and what became of its gaps."""

    series: BatesSeries
    gaps: tuple[GapFacts, ...]

    @property
    def missing(self) -> tuple[Gap, ...]:
        """All numbers that are nowhere."""
        return tuple(gap for facts in self.gaps for gap in facts.missing)

    @property
    def elsewhere(self) -> tuple[Stretch, ...]:
        """All numbers of gaps that documents outside the production bear."""
        return tuple(stretch for facts in self.gaps for stretch in facts.elsewhere)


@dataclass(frozen=True, slots=True)
class BatesReport:
    """The numbers of a production, as far as one viewer may see.

    ``documents`` are by id, those outside the production that are named included. ``implied`` pages have a
    number that could not be read and is certain all the same. ``unstamped`` documents bear no number,
    ``unread`` ones have not been read yet. ``sees_all``: nothing is hidden from the viewer.
    """

    production: Production
    series: tuple[SeriesFacts, ...]
    documents: Mapping[str, Document]
    implied: int
    unstamped: tuple[Document, ...]
    unread: tuple[Document, ...]
    sees_all: bool


@dataclass(frozen=True, slots=True)
class BatesPlace:
    """A page with its stamp."""

    document: Document
    page_number: int
    bates: str


@dataclass(frozen=True, slots=True)
class BatesAnswer:
    """Where a Bates number leads: ``pages`` bear it. When none does, ``before`` and ``after`` are its
    neighbours in the same series, as far as there are any."""

    pages: tuple[BatesPlace, ...]
    before: BatesPlace | None = None
    after: BatesPlace | None = None


_Row = tuple[str, int, str]  # document id, page number, stamp


def get_bates_report(session: Session, slug: str, viewer: Viewer = READER) -> BatesReport:
    """What the stamps of a production say. Raises ``ShelfNotFound`` also when ``viewer`` sees none of it."""
    production = session.scalar(select(Production).where(Production.slug == slug))
    documents = _documents_of(session, production, viewer) if production else {}
    if production is None or not documents:
        raise ShelfNotFound
    pages = list(_stamped_pages(session, production, viewer))
    found = bates_ranges(pages)
    others = _elsewhere(session, production, found, viewer)
    bearing = {page.document_id for page in pages}
    named = _documents(session, {stretch.document_id for each in others.values() for stretch in each})
    return BatesReport(
        production=production,
        series=tuple(_facts(series, others[series.prefix]) for series in found),
        documents={**documents, **named},
        implied=sum(not page.is_read for page in pages),
        unstamped=tuple(
            one for one in documents.values() if one.id not in bearing and one.reading_status in _READ
        ),
        unread=tuple(one for one in documents.values() if one.reading_status not in _READ),
        sees_all=viewer.may(Action.READ_UNPUBLISHED),
    )


def find_bates(session: Session, prefix: str, number: int, viewer: Viewer = READER) -> BatesAnswer:
    """The pages with this number, as ``split_bates`` has it. The end of a prefix will do, and so does none;
    the whole prefix goes first."""
    ending = _stamps(viewer).where(Page.bates.endswith(str(number)))
    same = [row for row in _rows(session, ending) if (split := split_bates(row[2])) and split[1] == number]
    best = _of_series(same, prefix)
    if best:
        return BatesAnswer(_places(session, best))
    return _neighbours(session, prefix, number, viewer) if prefix else BatesAnswer(())


def _neighbours(session: Session, prefix: str, number: int, viewer: Viewer) -> BatesAnswer:
    rows = _rows(session, _stamps(viewer))
    below: tuple[int, _Row] | None = None
    above: tuple[int, _Row] | None = None
    for row in _of_series(rows, prefix):
        split = split_bates(row[2])
        assert split is not None, "it belongs to a series"
        if split[1] < number and (below is None or split[1] > below[0]):
            below = split[1], row
        elif split[1] > number and (above is None or split[1] < above[0]):
            above = split[1], row
    (before,) = _places(session, [below[1]]) if below else (None,)
    (after,) = _places(session, [above[1]]) if above else (None,)
    return BatesAnswer((), before, after)


def _stamps(viewer: Viewer) -> Select[str, int, str | None]:
    """The stamped pages that ``viewer`` may see, joined with their documents."""
    return (
        visible_documents(viewer)
        .join(Page, Page.document_id == Document.id)
        .with_only_columns(Page.document_id, Page.page_number, Page.bates)
        .where(Page.bates.is_not(None))
        .order_by(Page.document_id, Page.page_number)
    )


def _rows(session: Session, wanted: Select[str, int, str | None]) -> Iterator[_Row]:
    for document_id, page_number, bates in session.execute(wanted):
        yield document_id, page_number, bates or ""


def _of_series(rows: Iterable[_Row], prefix: str) -> list[_Row]:
    """Those with this prefix; when there is none, those whose prefix ends so."""
    by_prefix: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        if split := split_bates(row[2]):
            by_prefix[split[0]].append(row)
    if prefix in by_prefix:
        return by_prefix[prefix]
    return [row for known, each in by_prefix.items() if known.endswith(prefix) for row in each]


def _places(session: Session, rows: Sequence[_Row]) -> tuple[BatesPlace, ...]:
    documents = _documents(session, {row[0] for row in rows})
    return tuple(BatesPlace(documents[row[0]], row[1], row[2]) for row in rows)


def _documents(session: Session, ids: set[str]) -> dict[str, Document]:
    """Documents that were found among the visible ones."""
    rows = session.scalars(select(Document).where(Document.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


def _documents_of(session: Session, production: Production, viewer: Viewer) -> dict[str, Document]:
    wanted = visible_documents(viewer).where(Document.production_id == production.id)
    return {row.id: row for row in session.scalars(wanted.order_by(Document.title, Document.id))}


def _stamped_pages(session: Session, production: Production, viewer: Viewer) -> Iterator[StampedPage]:
    pages: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    inside = _stamps(viewer).where(Document.production_id == production.id)
    for document_id, page_number, bates in _rows(session, inside):
        pages[document_id].append((page_number, bates))
    for document_id, each in pages.items():
        yield from implied_pages(each, document_id)


def _elsewhere(
    session: Session, production: Production, found: Sequence[BatesSeries], viewer: Viewer
) -> dict[str, list[Stretch]]:
    """By prefix: runs of numbers, inside the gaps, on documents outside the production."""
    gaps = {series.prefix: series.gaps for series in found}
    others: dict[str, list[Stretch]] = {prefix: [] for prefix in gaps}
    if not any(gaps.values()):
        return others
    outside = or_(Document.production_id.is_(None), Document.production_id != production.id)
    inside = [
        StampedPage(document_id, page_number, bates)
        for document_id, page_number, bates in _rows(session, _stamps(viewer).where(outside))
        if (split := split_bates(bates)) and _is_inside(gaps.get(split[0], ()), split[1])
    ]
    for series in bates_ranges(inside):
        others[series.prefix] = [each for one in series.ranges for each in one.stretches]
    return others


def _is_inside(gaps: Sequence[Gap], number: int) -> bool:
    place = bisect_right(gaps, number, key=attrgetter("first"))
    return place > 0 and number <= gaps[place - 1].last


def _facts(series: BatesSeries, elsewhere: Sequence[Stretch]) -> SeriesFacts:
    gaps = []
    for gap in series.gaps:
        inside = tuple(one for one in elsewhere if gap.first <= one.first <= gap.last)
        numbers = sorted({number for one in inside for number in range(one.first, one.last + 1)})
        gaps.append(GapFacts(gap, without_numbers(gap, numbers), inside))
    return SeriesFacts(series, tuple(gaps))
