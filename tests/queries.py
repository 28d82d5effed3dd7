"""Queries as the checks ask them: plain words, and the OR of the words when no page has all of them."""

from __future__ import annotations

from archive.errors import BadQuery
from archive.parts import Parts
from archive.search.query import parse_query
from archive.services.search import search_pages


def or_of_words(query: str) -> str:
    """The same words, any of which will do. Punctuation alone is no word."""
    words = [word.strip("\"'¿?.,;:!").replace('"', "") for word in query.split()]
    return " OR ".join(word for word in words if any(letter.isalnum() for letter in word))


def first_hits(parts: Parts, query: str, count: int) -> list[tuple[str, int]]:
    """(file, page) of the first hits, the best score first."""
    for text in (query, or_of_words(query)):
        hits = _hits(parts, text, count)
        if hits:
            return hits
    return []


def _hits(parts: Parts, text: str, count: int) -> list[tuple[str, int]]:
    try:
        query = parse_query(text)
    except BadQuery:
        return []
    with parts.database.reading() as session:
        window = search_pages(session, parts.engine, query, limit=count, offset=0, include_unpublished=True)
    scored = [
        (hit.score, found.document.source_file, hit.page_number)
        for found in window.documents
        for hit in found.pages
    ]
    return [(file, page) for _, file, page in sorted(scored, reverse=True)[:count]]
