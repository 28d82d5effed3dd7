"""What is new among the documents that match: for feeds, and for letters about saved searches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import func
from sqlalchemy.orm import Session

from archive.models import Document
from archive.ports import SearchEngine
from archive.rules.query import Query
from archive.services.documents import public_documents
from archive.services.matches import PageLine, iter_page_lines, matching_public_pages
from archive.services.pages_at import PageKey
from archive.services.search_export import snippet_of

ENTRIES = 50
PAGES_SHOWN = 8  # of one document; the others are counted
SNIPPETS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class MatchedPage:
    """A matching page; ``snippet`` is empty on those after the first few."""

    page_number: int
    label: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class MatchedDocument:
    """A document with its first matching pages; ``total_pages`` counts all of them."""

    document: Document
    pages: tuple[MatchedPage, ...]
    total_pages: int

    @property
    def published_at(self) -> datetime:
        """When it came to be here for everybody."""
        return self.document.published_at or self.document.received_at

    @property
    def updated_at(self) -> datetime:
        """When it was published, or read anew since."""
        return max(self.published_at, self.document.read_at or self.published_at)


def newest_matches(
    session: Session, engine: SearchEngine, query: Query, *, most: int = ENTRIES
) -> tuple[MatchedDocument, ...]:
    """The matching documents that were published last, newest first. Raises ``IndexUnavailable``."""
    pages = _by_document(matching_public_pages(session, engine, query))
    newest = session.scalars(
        public_documents()
        .with_only_columns(Document.id)
        .order_by(func.coalesce(Document.published_at, Document.received_at).desc(), Document.id)
    )
    chosen: list[str] = []
    for document_id in newest:
        if document_id in pages:
            chosen.append(document_id)
            if len(chosen) == most:
                break
    return _with_pages(session, query, chosen, pages)


def describe_matches(
    session: Session,
    engine: SearchEngine,
    query: Query,
    document_ids: Collection[str],
    *,
    most: int = ENTRIES,
) -> tuple[tuple[MatchedDocument, ...], tuple[str, ...]]:
    """The first of these documents that are published and match now; and the ids of all that do."""
    pages = _by_document(matching_public_pages(session, engine, query))
    there = tuple(document_id for document_id in document_ids if document_id in pages)
    return _with_pages(session, query, there[:most], pages), there


def _by_document(keys: Sequence[PageKey]) -> dict[str, list[PageKey]]:
    pages: dict[str, list[PageKey]] = {}
    for key in keys:
        pages.setdefault(key[0], []).append(key)
    return pages


def _with_pages(
    session: Session, query: Query, chosen: Sequence[str], pages: dict[str, list[PageKey]]
) -> tuple[MatchedDocument, ...]:
    shown = [key for document_id in chosen for key in pages.get(document_id, ())[:PAGES_SHOWN]]
    lines: dict[str, list[PageLine]] = {}
    for line in iter_page_lines(session, shown, with_text=True):
        lines.setdefault(line.document.id, []).append(line)
    return tuple(
        MatchedDocument(found[0].document, _matched_pages(query, found), len(pages[document_id]))
        for document_id in chosen
        if (found := lines.get(document_id))
    )


def _matched_pages(query: Query, lines: Sequence[PageLine]) -> tuple[MatchedPage, ...]:
    return tuple(
        MatchedPage(
            line.page.page_number,
            line.label,
            snippet_of(query, line) if number < SNIPPETS_SHOWN else Markup(""),
        )
        for number, line in enumerate(lines)
    )
