"""Queries as a reader asks them: through the same path as the site's, the page and the command line's."""

from __future__ import annotations

from archive.errors import BadQuery
from archive.parts import Parts
from archive.services.search import parse_search
from archive.services.search_answer import answer_search


def first_hits(parts: Parts, query: str, count: int) -> list[tuple[str, int]]:
    """(file, page) of the first page hits in their order; none for a query that is refused."""
    try:
        asked = parse_search({"q": [query], "limit": [str(count)]}, parts.synonyms)
    except BadQuery:
        return []
    with parts.database.reading() as session:
        window = answer_search(session, parts.engine, asked).window
    ranked = [
        (hit.rank, found.document.source_file, hit.page_number)
        for found in window.documents
        for hit in found.pages
    ]
    return [(file, page) for _, file, page in sorted(ranked)]
