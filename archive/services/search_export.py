"""The whole list of results, page by page to the end, as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from archive.ports import PageHit, SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.addresses import page_path
from archive.rules.query import Query
from archive.rules.statuses import KIND_WORDS
from archive.search.description import description_of
from archive.search.hits import find_spans
from archive.services.indexing import document_entry
from archive.services.matches import PageLine, iter_page_lines
from archive.services.snippets import make_snippet
from archive.services.visible import sees_more, without_facets

MOST_ROWS = 50_000
COLUMNS = (
    "rank",
    "title",
    "agency",
    "kind",
    "date",
    "page_number",
    "label",
    "bates",
    "snippet",
    "score",
    "page_url",
    "file_name",
    "sha256",
    "production",
    "place",
    "text_source",
    "text_quality",
    "document_id",
)
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class FoundList:
    """One answer of the index, whole: the hits in their order, how many there are, what was left out."""

    query: Query
    hits: tuple[PageHit, ...]
    total_pages: int
    warnings: tuple[str, ...]
    viewer: Viewer = READER


def find_list(
    session: Session, engine: SearchEngine, query: Query, viewer: Viewer = READER, *, most: int = MOST_ROWS
) -> FoundList:
    """Ask once, so that what is written while the index changes is still one answer.

    Raises ``IndexUnavailable``.
    """
    plain = without_facets(session, query, viewer)
    found = engine.search(plain, limit=most, include_unpublished=sees_more(viewer))
    return FoundList(query, found.hits, found.total_pages, found.warnings, viewer)


def iter_rows(session: Session, found: FoundList, absolute: Callable[[str], str]) -> Iterator[Row]:
    """The head, a row for each page hit, and at the end what is not in the list, in words.

    ``absolute`` makes an address for others from a path. Rows of documents that were withdrawn
    meanwhile are left out; ``rank`` is the place among the hits that are there.
    """
    yield COLUMNS
    scores = {(hit.document_id, hit.page_number): hit.score for hit in found.hits}
    for rank, line in enumerate(iter_page_lines(session, scores, with_text=True, viewer=found.viewer), 1):
        score = scores[line.document.id, line.page.page_number]
        yield _row(rank, line, score, found.query, absolute)
    if found.total_pages > len(found.hits):
        shown = f"the first {len(found.hits):,} of {found.total_pages:,} page hits"
        yield (f"Only {shown} are in this file. Narrow the search to get the others.",)
    for warning in found.warnings:
        yield (warning,)


def _row(rank: int, line: PageLine, score: float, query: Query, absolute: Callable[[str], str]) -> Row:
    document, page = line.document, line.page
    return (
        rank,
        document.title,
        document.agency.short_name if document.agency else "",
        KIND_WORDS[document.kind] if document.kind else "",
        document.dated_on.isoformat() if document.dated_on else "",
        page.page_number,
        line.label,
        page.bates or "",
        plain_snippet(query, line),
        round(score, 4),
        absolute(page_path(document.id, page.page_number, query.text)),
        document.source_file,
        document.sha256,
        document.production.title if document.production else "",
        " ".join(filter(None, (document.place.name, document.place.state))) if document.place else "",
        page.source,
        round(page.quality, 3),
        document.id,
    )


def plain_snippet(query: Query, line: PageLine) -> str:
    """The words around the match as plain text; those said about the document when only they match."""
    return snippet_of(query, line).striptags()


def snippet_of(query: Query, line: PageLine) -> Markup:
    """The words around the match, the match itself marked."""
    spans = find_spans(query.tree, line.page.text)
    if not spans:
        description = description_of(document_entry(line.document))
        if said := find_spans(query.tree, description):
            return make_snippet(description, said)
    return make_snippet(line.page.text, spans)
