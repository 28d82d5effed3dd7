"""Finding pages: the engine says which, the database says what may be shown of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from markupsafe import Markup
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from archive.models import Agency, Document, Page, Place, Production
from archive.ports import FacetCount, PageHit, SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption
from archive.rules.query import Query
from archive.rules.statuses import KIND_WORDS, PageStatus
from archive.search.description import description_of
from archive.search.hits import find_spans
from archive.services.indexing import document_entry
from archive.services.pages_at import pages_at
from archive.services.search_marks import page_marks, page_spans
from archive.services.search_reasons import reasons
from archive.services.search_request import SearchRequest, parse_search
from archive.services.snippets import make_snippet
from archive.services.visible import in_sight, searched_documents, sees_more

__all__ = [
    "Facet",
    "FacetValue",
    "FoundDocument",
    "FoundPage",
    "ResultWindow",
    "SearchRequest",
    "page_marks",
    "page_spans",
    "parse_search",
    "search_pages",
]


_Key = TypeVar("_Key")
_PageRow: TypeAlias = Row[tuple[str, int, str | None, str | None, str, str, float, str | None]]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that matches. ``snippet`` is escaped text with ``<mark>``; ``source`` and ``quality`` are
    the page's, so that a doubtful reading can be shown as one. ``rank`` is its place among all page hits,
    from 0; ``reasons`` say which parts of the query it has."""

    page_number: int
    label: str
    score: float
    snippet: Markup
    source: str
    quality: float
    has_thumbnail: bool
    rank: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document with those of its pages that are in the window, in the query's order."""

    document: Document
    pages: tuple[FoundPage, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``value`` is what a filter takes, ``label`` what people call it; counts are under all filters."""

    value: str
    label: str
    pages: int
    documents: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search: 'agency', 'kind', 'place', 'production', 'exemption' or 'year'."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ResultWindow:
    """What is shown of a search. Documents are in the order of their best page in this window."""

    query: Query
    documents: tuple[FoundDocument, ...]
    total_pages: int
    total_documents: int
    facets: tuple[Facet, ...]
    warnings: tuple[str, ...]
    took_ms: float
    limit: int
    offset: int


def search_pages(
    session: Session,
    engine: SearchEngine,
    query: Query,
    *,
    limit: int,
    offset: int = 0,
    viewer: Viewer = READER,
    document_id: str | None = None,
) -> ResultWindow:
    """Answer ``query`` for ``viewer``. ``limit`` and ``offset`` count page hits.

    A document that was withdrawn a moment ago is neither shown nor counted, whatever the index still
    says: the database is asked before the search and again for each hit. Raises ``IndexUnavailable``.
    """
    began = time.perf_counter()
    found = engine.search(
        in_sight(session, query, viewer),
        limit=limit,
        offset=offset,
        include_unpublished=sees_more(viewer),
        document_id=document_id,
    )
    documents = _showable_documents(session, found.hits, viewer)
    pages = _showable_pages(session, found.hits, documents)
    shown = _by_document(query, found.hits, documents, pages, offset)
    hidden = len(found.hits) - sum(len(document.pages) for document in shown)
    return ResultWindow(
        query=query,
        documents=shown,
        total_pages=found.total_pages - hidden,
        total_documents=found.total_documents - len({hit.document_id for hit in found.hits}) + len(shown),
        facets=_facets(session, query, found.facets),
        warnings=found.warnings,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        limit=limit,
        offset=offset,
    )


def _showable_documents(session: Session, hits: Sequence[PageHit], viewer: Viewer) -> dict[str, Document]:
    wanted = {hit.document_id for hit in hits}
    found: dict[str, Document] = {}
    for some in _in_parts(sorted(wanted)):
        documents = session.scalars(searched_documents(viewer).where(Document.id.in_(some)))
        found |= {document.id: document for document in documents}
    return found


def _in_parts(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """SQLite takes a limited number of values in one statement."""
    return (keys[start : start + 200] for start in range(0, len(keys), 200))


_PAGE_COLUMNS = (
    Page.document_id,
    Page.page_number,
    Page.bates,
    Page.printed_label,
    Page.text,
    Page.source,
    Page.quality,
    Page.thumbnail_key,
)


def _showable_pages(
    session: Session, hits: Sequence[PageHit], documents: Mapping[str, Document]
) -> dict[tuple[str, int], _PageRow]:
    keys = [(hit.document_id, hit.page_number) for hit in hits if hit.document_id in documents]
    found: dict[tuple[str, int], _PageRow] = {}
    for some in _in_parts(keys):
        rows = session.execute(select(*_PAGE_COLUMNS).where(pages_at(some), Page.status == PageStatus.READ))
        found |= {(row.document_id, row.page_number): row for row in rows}
    return found


def _by_document(
    query: Query,
    hits: Sequence[PageHit],
    documents: Mapping[str, Document],
    pages: Mapping[
        tuple[str, int], Row[tuple[str, int, str | None, str | None, str, str, float, str | None]]
    ],
    offset: int,
) -> tuple[FoundDocument, ...]:
    found: dict[str, list[FoundPage]] = {}
    for rank, hit in enumerate(hits, offset):
        row = pages.get((hit.document_id, hit.page_number))
        if row is None:
            continue
        document = documents[hit.document_id]
        page = FoundPage(
            page_number=row.page_number,
            label=row.bates or row.printed_label or str(row.page_number),
            score=round(hit.score, 4),
            snippet=_snippet(query, row.text, document),
            source=row.source,
            quality=row.quality,
            has_thumbnail=row.thumbnail_key is not None,
            rank=rank,
            reasons=reasons(query.tree, row.text, document_entry(document)),
        )
        found.setdefault(hit.document_id, []).append(page)
    return tuple(FoundDocument(documents[key], tuple(found_pages)) for key, found_pages in found.items())


def _snippet(query: Query, text: str, document: Document) -> Markup:
    """From the page; from what is said about the document when only that matches."""
    spans = find_spans(query.tree, text)
    if not spans:
        description = description_of(document_entry(document))
        in_description = find_spans(query.tree, description)
        if in_description:
            return make_snippet(description, in_description)
    return make_snippet(text, spans)


def _facets(session: Session, query: Query, counted: Mapping[str, Sequence[FacetCount]]) -> tuple[Facet, ...]:
    chosen = query.filters.by_facet()
    facets = []
    for name, counts in counted.items():
        labels = _labels(session, name, [count.value for count in counts])
        values = tuple(
            FacetValue(
                count.value,
                labels.get(count.value, count.value),
                count.pages,
                count.documents,
                count.value in chosen.get(name, ()),
            )
            for count in counts
        )
        facets.append(Facet(name, values))
    return tuple(facets)


def _labels(session: Session, name: str, slugs: Iterable[str]) -> dict[str, str]:
    wanted = list(slugs)
    match name:
        case "agency":
            agencies = session.scalars(select(Agency).where(Agency.slug.in_(wanted)))
            return {agency.slug: agency.short_name for agency in agencies}
        case "place":
            return {
                place.slug: f"{place.name}, {place.state}" if place.state else place.name
                for place in session.scalars(select(Place).where(Place.slug.in_(wanted)))
            }
        case "production":
            productions = session.scalars(select(Production).where(Production.slug.in_(wanted)))
            return {production.slug: production.title for production in productions}
        case "kind":
            return {kind.value: words for kind, words in KIND_WORDS.items() if kind.value in wanted}
        case "exemption":
            return {code: _exemption_label(code) for code in wanted}
        case _:
            return {}


def _exemption_label(code: str) -> str:
    words = EXEMPTION_WORDS.get(code)
    return f"{format_exemption(code)} {words}" if words else format_exemption(code)
