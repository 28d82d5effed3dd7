"""Sketches of pages: which pages of other documents have many of the same words.

A hash that stands on many pages of its own document (a footer) or of the archive (a form) says nothing about
either and is not kept, so that a lookup is short however large the archive becomes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
from sqlalchemy import Table, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from archive.models import Document, Page, SketchedPage, SketchHash
from archive.rules.page_sketch import Sketch, sketch
from archive.rules.statuses import PageStatus

PAGES_OF_A_HASH = 100  # on more pages than these it is boilerplate
FEWEST_HASHES = 8  # of its own: with fewer a page cannot be known again
_OWN_PAGES, _OWN_SHARE = 3, 0.25  # a hash on more pages of its own document is its furniture
_PAGES_AT_A_TIME = 50
_ROWS_AT_A_TIME = 500
_SHARED_HASHES, _SHARED_SHARE = 4, 0.15  # fewer are chance, or phrases that everybody uses
_ALIKE_OF_A_PAGE = 8  # a page like those of more documents is a form: it does not show which are one record

_HOLDERS = select(SketchHash.hash, SketchHash.sketched_page_id).where(
    SketchHash.hash.in_(bindparam("hashes", expanding=True))
)
_ADD_HASHES = insert(cast("Table", SketchHash.__table__))  # its columns in this order: hash, page
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class DocumentSketch:
    """The sketches of a document's pages, by page number; ``content_version`` is what they were made of."""

    document_id: str
    content_version: int
    pages: Mapping[int, Sketch]

    @property
    def telling_pages(self) -> int:
        """How many pages have words of their own."""
        return sum(bool(page.hashes) for page in self.pages.values())


@dataclass(frozen=True, slots=True)
class Alike:
    """What was found for a sketch: by document id (own page, page of the other, how many hashes they
    share), and the hashes that are ``common`` to very many pages."""

    documents: Mapping[str, list[tuple[int, int, int]]]
    common: frozenset[int]


def sketch_document(session: Session, document_id: str) -> DocumentSketch:
    """Sketch the pages of a document as they were read. Writes nothing.

    Footers, letterheads and whatever else stands on a quarter of its pages is left out.
    """
    version = content_version(session, document_id)
    texts = session.execute(
        select(Page.page_number, Page.text)
        .where(Page.document_id == document_id, Page.status == PageStatus.READ)
        .order_by(Page.page_number)
        .execution_options(yield_per=_PAGES_AT_A_TIME)
    )
    pages = {number: sketch(text) for number, text in texts}
    furniture = _on_many_pages(pages.values())
    telling = {
        number: _telling(page, [value for value in page.hashes if value not in furniture])
        for number, page in pages.items()
    }
    return DocumentSketch(document_id, version, telling)


def content_version(session: Session, document_id: str) -> int:
    """What changes when a document is read or described anew; 0 for one that is not there."""
    return session.scalar(select(Document.content_version).where(Document.id == document_id)) or 0


def find_alike(session: Session, sketched: DocumentSketch) -> Alike:
    """The pages of other documents that are like pages of this one."""
    found: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    common: set[int] = set()
    for some in _portions(list(sketched.pages), _PAGES_AT_A_TIME):
        shared = _shared_hashes(session, {number: sketched.pages[number].hashes for number in some}, common)
        pages = _pages_of(session, {page_id for counts in shared.values() for page_id in counts})
        for number, counts in shared.items():
            own = len(sketched.pages[number].hashes)
            alike = [
                (other.document_id, (number, other.page_number, counts[other.id]))
                for other in (pages[page_id] for page_id in counts)
                if other.document_id != sketched.document_id
                and counts[other.id] >= _SHARED_SHARE * min(other.hash_count, own)
            ]
            if len({document_id for document_id, _ in alike}) <= _ALIKE_OF_A_PAGE:
                for document_id, pair in alike:
                    found[document_id].append(pair)
    return Alike(dict(found), frozenset(common))


def count_telling_pages(session: Session, document_id: str) -> int:
    """How many sketched pages of a document have words of their own."""
    pages = select(func.count(SketchedPage.id)).where(
        SketchedPage.document_id == document_id, SketchedPage.hash_count > 0
    )
    return session.scalar(pages) or 0


def record_sketches(session: Session, sketched: DocumentSketch, common: Collection[int] = ()) -> None:
    """Keep the sketches but for ``common`` hashes, in place of what is there of the document.

    Every page gets a row, also one without words: so it is known which documents were sketched.
    """
    forget_sketches(session, sketched.document_id)
    rows: list[dict[str, object]] = [
        {
            "document_id": sketched.document_id,
            "page_number": number,
            "word_count": page.word_count,
            "hash_count": len(page.hashes),
        }
        for number, page in sketched.pages.items()
    ]
    for some_rows in _portions(rows):
        session.execute(insert(SketchedPage), some_rows)
    ids = session.execute(
        select(SketchedPage.page_number, SketchedPage.id).where(
            SketchedPage.document_id == sketched.document_id
        )
    ).all()
    for some in _portions(ids, _PAGES_AT_A_TIME):
        hashes = [
            (value, page_id)
            for number, page_id in some
            for value in sketched.pages[number].hashes
            if value not in common
        ]
        if hashes:
            hashes.sort()  # in the order of the index: each of its pages once
            _add_hashes(session, hashes)


def _add_hashes(session: Session, hashes: Sequence[tuple[int, int]]) -> None:
    """Straight to the driver: there are 64 rows a page, and SQLAlchemy looks at each value of each row."""
    connection = session.connection()
    insertion = _ADD_HASHES.compile(dialect=connection.dialect)
    if insertion.positional:
        connection.exec_driver_sql(str(insertion), list(hashes))
    else:
        rows = [{"hash": value, "sketched_page_id": page_id} for value, page_id in hashes]
        connection.exec_driver_sql(str(insertion), rows)


def forget_sketches(session: Session, document_id: str) -> None:
    """Drop the sketches of a document: its pages are being read anew."""
    session.execute(delete(SketchedPage).where(SketchedPage.document_id == document_id))


def newest_sketch(session: Session) -> int:
    """A number that rises whenever a page is sketched."""
    return session.scalar(select(func.max(SketchedPage.id))) or 0


def _telling(page: Sketch, own: Sequence[int]) -> Sketch:
    return Sketch(page.word_count, tuple(own) if len(own) >= FEWEST_HASHES else ())


def _on_many_pages(pages: Collection[Sketch]) -> frozenset[int]:
    """The hashes of what a document has on many of its pages."""
    hashes = np.fromiter((value for page in pages for value in page.hashes), np.int64)
    values, counts = np.unique(hashes, return_counts=True)
    return frozenset(values[counts > max(_OWN_PAGES, _OWN_SHARE * len(pages))].tolist())


def _shared_hashes(
    session: Session, pages: Mapping[int, Sequence[int]], common: set[int]
) -> dict[int, Counter[int]]:
    """How many hashes each of these pages shares with which sketched pages; those that very many pages have
    are added to ``common`` instead."""
    own: defaultdict[int, list[int]] = defaultdict(list)
    for number, hashes in pages.items():
        for value in hashes:
            own[value].append(number)
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for some in _portions(sorted(own)):
        rows = session.execute(_HOLDERS, {"hashes": some}).all()
        holders = Counter(value for value, _ in rows)
        common.update(value for value, count in holders.items() if count >= PAGES_OF_A_HASH)
        for value, page_id in rows:
            if holders[value] < PAGES_OF_A_HASH:
                for number in own[value]:
                    shared[number][page_id] += 1
    return {number: _enough(counts) for number, counts in shared.items()}


def _enough(counts: Counter[int]) -> Counter[int]:
    return Counter({page_id: count for page_id, count in counts.items() if count >= _SHARED_HASHES})


def _pages_of(session: Session, page_ids: Collection[int]) -> dict[int, SketchedPage]:
    return {
        page.id: page
        for some in _portions(list(page_ids))
        for page in session.scalars(select(SketchedPage).where(SketchedPage.id.in_(some)))
    }


def _portions(rows: Sequence[_Row], size: int = _ROWS_AT_A_TIME) -> Iterator[Sequence[_Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
