"""Small documents, and what an index makes of them."""

from __future__ import annotations

from pathlib import Path

from archive.ports import IndexedDocument, IndexedPage
from archive.search.query import parse_query
from archive.search.whoosh_engine import WhooshEngine


def make(document_id: str, *texts: str) -> IndexedDocument:
    """A document with these pages."""
    pages = tuple(IndexedPage(document_id, number, text) for number, text in enumerate(texts, 1))
    return IndexedDocument(document_id, 1, title="", source_file="", pages=pages)


def count(engine: WhooshEngine, text: str) -> int:
    """How many pages match."""
    return engine.search(parse_query(text), limit=1).total_pages


def segments(root: Path) -> list[Path]:
    """The files of the published index's segments."""
    return sorted(root.glob("build-*/public/*.arrays"))
