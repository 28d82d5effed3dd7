"""What a cover letter says was handed over against what arrived: the gap report of one production.

Counted over what the viewer may see. Only who sees everything can be told that something never arrived;
everybody else is told that it is not among what they may see, and nothing tells whether it is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.errors import ShelfNotFound
from archive.models import Document, FoiaRequest, Page, Production
from archive.rules.access import READER, Action, Viewer
from archive.rules.addresses import page_path
from archive.rules.bates import split_bates
from archive.rules.bates_ranges import BatesSeries, Gap
from archive.rules.production_figures import (
    COMPARED_WORDS,
    ArrivedFigures,
    Comparison,
    SaidFigures,
    compare_figures,
    contradictions,
)
from archive.rules.redaction_figures import PageTally
from archive.rules.statuses import PageStatus, ReadingStatus
from archive.services.bates_map import BatesReport, SeriesFacts, get_bates_report
from archive.services.productions import (
    arrived_documents,
    cover_letter_of,
    get_production,
    may_know_event,
    may_know_said,
    request_of,
    said_figures,
    visible_productions,
)
from archive.services.redaction_figures import get_total
from archive.services.redaction_figures_asked import Scope
from ingest.redaction_found import PageDisposition

PAGES_LISTED = 60
_READ = (ReadingStatus.READ, ReadingStatus.PARTIAL)
Row = Sequence[object]
COLUMNS = ("what", "the letter says", "here", "difference", "in words", "link")


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page of the production that a reader may want to look at."""

    document_id: str
    title: str
    page_number: int
    label: str


@dataclass(frozen=True, slots=True)
class PageList:
    """Some pages of one kind, and how many more there are."""

    pages: tuple[PageOf, ...]
    more: int


@dataclass(frozen=True, slots=True)
class NamedRange:
    """The Bates numbers that the letter names. ``missing`` are those that no page bears; empty also when no
    page bears a number of this series (``is_borne`` is false then)."""

    first: str
    last: str
    count: int
    missing: tuple[Gap, ...]
    is_borne: bool


@dataclass(frozen=True, slots=True)
class GapReport:
    """One production: what its letter says (None: not for this viewer, or not known), what is here, and each
    difference.

    ``missing`` are Bates numbers, written out, first and last of each gap, and how many. ``waiting``:
    documents that have not been read yet. ``next_came_on``: the next release that the viewer may know of.
    ``sees_all``: nothing is hidden from the viewer.
    """

    production: Production
    request: FoiaRequest | None
    cover_letter: Document | None
    said: SaidFigures | None
    here: ArrivedFigures
    documents: int
    waiting: int
    comparisons: tuple[Comparison, ...]
    contradictions: tuple[str, ...]
    named: NamedRange | None
    missing: tuple[tuple[str, str, int], ...]
    overlaps: int
    withheld: PageList
    referred: PageList
    unread: PageList
    next_due_on: date | None
    next_due_says: str
    next_came_on: date | None
    sees_all: bool

    @property
    def differences(self) -> tuple[Comparison, ...]:
        """What does not agree."""
        return tuple(one for one in self.comparisons if not one.is_even)


def get_gap_report(session: Session, slug: str, viewer: Viewer = READER) -> GapReport:
    """The report. Raises ``ShelfNotFound`` also for a production that ``viewer`` may not know of."""
    production = get_production(session, slug, viewer)
    documents = arrived_documents(viewer, Document.production_id == production.id)
    ids = documents.with_only_columns(Document.id)
    tally = get_total(session, Scope(ids))
    bates = _bates(session, slug, viewer)
    knows_said = may_know_said(session, production, viewer)
    named = _named(production, bates) if knows_said else None
    gaps = _missing(bates, named)
    said = said_figures(production) if knows_said else None
    here = _arrived(tally, sum(count for *_, count in gaps))
    knows_event = may_know_event(session, production, viewer)
    return GapReport(
        production=production,
        request=request_of(session, production, viewer),
        cover_letter=cover_letter_of(session, production, viewer),
        said=None if said is None or said.is_empty else said,
        here=here,
        documents=_count(session, documents),
        waiting=_count(session, documents.where(Document.reading_status.not_in(_READ))),
        comparisons=compare_figures(said or SaidFigures(), here),
        contradictions=contradictions(said, named.count if named else None) if said else (),
        named=named,
        missing=gaps,
        overlaps=sum(len(facts.series.overlaps) for facts in bates.series) if bates else 0,
        withheld=_list(session, ids, PageDisposition.WITHHELD),
        referred=_list(session, ids, PageDisposition.REFERRED),
        unread=_list(session, ids, None),
        next_due_on=production.next_due_on if knows_event else None,
        next_due_says=(production.next_due_says or "") if knows_event else "",
        next_came_on=_next_after(session, production, viewer),
        sees_all=viewer.may(Action.READ_UNPUBLISHED),
    )


def iter_gap_rows(
    session: Session, slug: str, viewer: Viewer = READER, *, absolute: Callable[[str], str]
) -> Iterator[Row]:
    """The report for a spreadsheet: a heading, a row for each figure, each gap and each listed page.
    ``absolute`` makes a path an address for others. Raises as ``get_gap_report``."""
    report = get_gap_report(session, slug, viewer)
    yield COLUMNS
    for one in report.comparisons:
        said, left = ("", "") if one.said is None else (one.said, one.left)
        yield f"pages {COMPARED_WORDS[one.what]}", said, one.here, left, one.sentence, ""
    for sentence in report.contradictions:
        yield "the letter itself", "", "", "", sentence, ""
    for first, last, count in report.missing:
        yield "Bates numbers on no page", "", "", count, first if count == 1 else f"{first} to {last}", ""
    listed = (("withheld in full", report.withheld), ("referred", report.referred), ("unread", report.unread))
    for what, pages in listed:
        for page in pages.pages:
            link = absolute(page_path(page.document_id, page.page_number))
            yield f"page {what}", "", "", "", f"{page.title}, page {page.page_number}, {page.label}", link


def _next_after(session: Session, production: Production, viewer: Viewer) -> date | None:
    """When the next release of the same request came."""
    if production.request_id is None or production.received_on is None:
        return None
    later = visible_productions(viewer).where(
        Production.request_id == production.request_id, Production.received_on > production.received_on
    )
    return session.scalar(later.with_only_columns(func.min(Production.received_on)))


def _bates(session: Session, slug: str, viewer: Viewer) -> BatesReport | None:
    try:
        return get_bates_report(session, slug, viewer)
    except ShelfNotFound:  # nothing of it is here for this viewer
        return None


def _arrived(tally: PageTally, missing: int) -> ArrivedFigures:
    return ArrivedFigures(
        tally.released, tally.in_part, tally.withheld, tally.referred, tally.unread, missing
    )


def _named(production: Production, bates: BatesReport | None) -> NamedRange | None:
    first = split_bates(production.bates_first or "")
    last = split_bates(production.bates_last or "")
    if first is None or last is None or last[1] < first[1]:
        return None
    facts = _same_series(first[0], bates)
    missing = tuple(_missing_between(facts, first[1], last[1])) if facts else ()
    return NamedRange(
        production.bates_first or "",
        production.bates_last or "",
        last[1] - first[1] + 1,
        missing,
        facts is not None,
    )


def _same_series(prefix: str, bates: BatesReport | None) -> SeriesFacts | None:
    """The series with this prefix; letters leave out the beginning of it, or pages do."""
    for facts in bates.series if bates else ():
        known = facts.series.prefix
        if known.endswith(prefix) or (known and prefix.endswith(known)):
            return facts
    return None


def _missing_between(facts: SeriesFacts, first: int, last: int) -> Iterator[Gap]:
    series = facts.series
    outer = (Gap(first, min(last, series.first - 1)), Gap(max(first, series.last + 1), last))
    inner = (Gap(max(gap.first, first), min(gap.last, last)) for gap in facts.missing)
    yield from sorted((gap for gap in (*outer, *inner) if gap.count > 0), key=lambda gap: gap.first)


def _missing(bates: BatesReport | None, named: NamedRange | None) -> tuple[tuple[str, str, int], ...]:
    """The numbers of the range that the letter names, else those between the first and last of each series,
    that no page bears: written out, with how many they are."""
    if bates is None:
        return ()
    if named is not None:
        split = split_bates(named.first)
        facts = _same_series(split[0] if split else "", bates)
        return tuple(_written(facts.series, gap) for gap in named.missing) if facts else ()
    return tuple(_written(facts.series, gap) for facts in bates.series for gap in facts.missing)


def _written(series: BatesSeries, gap: Gap) -> tuple[str, str, int]:
    return series.format(gap.first), series.format(gap.last), gap.count


def _count(session: Session, documents: Select[Document]) -> int:
    counted = documents.with_only_columns(func.count(Document.id)).order_by(None)
    return session.scalar(counted) or 0


def _list(session: Session, ids: Select[str], disposition: PageDisposition | None) -> PageList:
    """The pages with this disposition; None: those that could not be read."""
    read = Page.status == PageStatus.READ
    wanted = ~read if disposition is None else read & (Page.disposition == disposition)
    found = select(Page.document_id, Document.title, Page.page_number, Page.bates, Page.printed_label)
    found = found.join(Document, Document.id == Page.document_id).where(Page.document_id.in_(ids), wanted)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.execute(
        found.order_by(Page.bates.nulls_last(), Page.document_id, Page.page_number).limit(PAGES_LISTED)
    )
    pages = tuple(PageOf(row[0], row[1], row[2], row[3] or row[4] or str(row[2])) for row in rows)
    return PageList(pages, total - len(pages))
