"""What a request yielded: its productions in order, their documents and pages, and what became of the pages.

Counted over the documents that the viewer may see, cover letters left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.models import Citation, Document, FoiaRequest, LaterRelease, Production, RecordMatch
from archive.rules.access import READER, Viewer
from archive.rules.production_figures import SaidFigures
from archive.rules.redaction_figures import PageTally
from archive.rules.redaction_states import MatchState
from archive.rules.statuses import Visibility
from archive.services.documents import visible_documents
from archive.services.foia_requests import get_request
from archive.services.productions import (
    arrived_documents,
    may_know_said,
    said_figures,
    visible_productions,
)
from archive.services.redaction_code_figures import CodeRow, count_codes
from archive.services.redaction_figures import get_totals_of_productions
from archive.services.redaction_figures_asked import Scope

DOCUMENTS_ON_REQUEST = 8  # of each production, on the page of its request
DOCUMENTS_ON_YIELD = 100
PAGES_LINKED = 12  # of each document


@dataclass(frozen=True, slots=True)
class YieldedDocument:
    """A document in the list of a production."""

    id: str
    title: str
    page_count: int | None
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class ProductionYield:
    """One production. ``said``: as its cover letter counts, None when nobody said or it is not for this
    viewer. ``more`` documents are not listed. ``has_page``: it has published documents, and so a page."""

    production: Production
    said: SaidFigures | None
    cover_letter: Document | None
    tally: PageTally
    documents: tuple[YieldedDocument, ...]
    more: int
    has_page: bool


@dataclass(frozen=True, slots=True)
class RequestYield:
    """All that came of a request. ``later_words`` were withheld in one of its documents or in a copy
    elsewhere, and released later; ``citations`` are those given out of its documents."""

    request: FoiaRequest
    productions: tuple[ProductionYield, ...]
    tally: PageTally
    codes: tuple[CodeRow, ...]
    later_runs: int
    later_words: int
    citations: int
    search_number: str  # a tracking number under which search finds these documents; empty: none


def get_request_yield(session: Session, slug: str, viewer: Viewer = READER) -> RequestYield:
    """The whole of it. Raises ``RequestNotFound``."""
    request = get_request(session, slug, viewer)
    productions = _productions(session, request, viewer)
    ids = _ids(productions, viewer)
    scope = Scope(ids)
    tallies = get_totals_of_productions(session, scope)
    runs, words = _later(session, ids, viewer)
    published = _published(session, productions)
    numbers = {one.tracking_number for one in productions if one.tracking_number and one.id in published}
    return RequestYield(
        request=request,
        productions=_yields(session, productions, tallies, viewer, DOCUMENTS_ON_YIELD),
        tally=sum(tallies.values(), PageTally()),
        codes=count_codes(session, scope).rows,
        later_runs=runs,
        later_words=words,
        citations=_count_citations(session, ids),
        search_number=numbers.pop() if len(numbers) == 1 else "",
    )


def list_request_productions(
    session: Session, request: FoiaRequest, viewer: Viewer = READER
) -> tuple[ProductionYield, ...]:
    """The productions of a request that ``viewer`` may see, with the first documents of each."""
    productions = _productions(session, request, viewer)
    if not productions:
        return ()
    tallies = get_totals_of_productions(session, Scope(_ids(productions, viewer)))
    return _yields(session, productions, tallies, viewer, DOCUMENTS_ON_REQUEST)


def _productions(session: Session, request: FoiaRequest, viewer: Viewer) -> Sequence[Production]:
    wanted = visible_productions(viewer).where(Production.request_id == request.id)
    order = (Production.received_on.nulls_last(), Production.number.nulls_last(), Production.id)
    return session.scalars(wanted.order_by(*order)).all()


def _ids(productions: Sequence[Production], viewer: Viewer) -> Select[str]:
    inside = Production.id.in_([one.id for one in productions])
    return arrived_documents(viewer, inside).with_only_columns(Document.id)


def _yields(
    session: Session,
    productions: Sequence[Production],
    tallies: dict[int, PageTally],
    viewer: Viewer,
    most: int,
) -> tuple[ProductionYield, ...]:
    rows, totals = _documents(session, productions, viewer, most)
    letters = _letters(session, productions, viewer)
    published = _published(session, productions)
    return tuple(
        ProductionYield(
            production=one,
            said=_said(session, one, viewer),
            cover_letter=letters.get(one.cover_letter_id or ""),
            tally=tallies.get(one.id, PageTally()),
            documents=tuple(rows[one.id]),
            more=totals.get(one.id, 0) - len(rows[one.id]),
            has_page=one.id in published,
        )
        for one in productions
    )


def _said(session: Session, production: Production, viewer: Viewer) -> SaidFigures | None:
    said = said_figures(production)
    return said if not said.is_empty and may_know_said(session, production, viewer) else None


def _documents(
    session: Session, productions: Sequence[Production], viewer: Viewer, most: int
) -> tuple[defaultdict[int, list[YieldedDocument]], dict[int, int]]:
    """The first documents of each production by date, and how many it has."""
    inside = Production.id.in_([one.id for one in productions])
    order = (Document.dated_on.nulls_last(), Document.title, Document.id)
    numbered = (
        arrived_documents(viewer, inside)
        .with_only_columns(
            *(Document.production_id, Document.id, Document.title, Document.page_count, Document.visibility),
            func.count().over(partition_by=Document.production_id).label("size"),
            func.row_number().over(partition_by=Document.production_id, order_by=order).label("place"),
        )
        .subquery()
    )
    rows = session.execute(
        select(numbered).where(numbered.c.place <= most).order_by(numbered.c.production_id, numbered.c.place)
    )
    found: defaultdict[int, list[YieldedDocument]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for production_id, *facts, size, _ in rows:
        found[production_id].append(YieldedDocument(*facts))
        sizes[production_id] = size
    return found, sizes


def _letters(session: Session, productions: Sequence[Production], viewer: Viewer) -> dict[str, Document]:
    ids = [one.id for one in productions if one.cover_letter_id]
    if not ids:
        return {}
    # By way of the productions: by ids alone the database looks through all published documents.
    wanted = visible_documents(viewer).join(Production, Production.cover_letter_id == Document.id)
    return {one.id: one for one in session.scalars(wanted.where(Production.id.in_(ids)))}


def _published(session: Session, productions: Sequence[Production]) -> set[int]:
    """Those that have published documents: only they have a page of their own."""
    ids = [one.id for one in productions]
    wanted = visible_documents(READER).where(Document.production_id == Production.id).correlate(Production)
    has_any = wanted.with_only_columns(Document.id).exists()
    return set(session.scalars(select(Production.id).where(Production.id.in_(ids), has_any)))


def _later(session: Session, ids: Select[str], viewer: Viewer) -> tuple[int, int]:
    """Runs of words that were withheld once and released later, of which a document of the request is one
    side; the viewer may see both."""
    found = (
        select(func.count(), func.coalesce(func.sum(LaterRelease.word_count), 0))
        .select_from(LaterRelease)
        .join(RecordMatch, RecordMatch.id == LaterRelease.match_id)
        .where(
            RecordMatch.state == MatchState.ACCEPTED,
            or_(LaterRelease.withheld_id.in_(ids), LaterRelease.shown_id.in_(ids)),
            _is_seen(LaterRelease.withheld_id, viewer),
            _is_seen(LaterRelease.shown_id, viewer),
        )
    )
    runs, words = session.execute(found).one()
    return runs, words


def _is_seen(document_id: InstrumentedAttribute[str], viewer: Viewer) -> ColumnElement[bool]:
    """Asked of each row: there are few, and all documents that may be seen are many."""
    one = visible_documents(viewer).where(Document.id == document_id).with_only_columns(Document.id)
    return one.correlate(LaterRelease).exists()


def _count_citations(session: Session, ids: Select[str]) -> int:
    counted = select(func.count()).select_from(Citation).where(Citation.document_id.in_(ids))
    return session.scalar(counted) or 0
