"""Which pages of one document match: for going from hit to hit while reading it."""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from archive.errors import BadQuery, IndexUnavailable
from archive.models import Document
from archive.ports import SearchEngine
from archive.rules.query import Filters, Query
from archive.rules.statuses import Visibility

_log = logging.getLogger(__name__)
MOST_HITS = 10_000  # as many pages as a document may have


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """The matching pages of a document in reading order."""

    page_numbers: tuple[int, ...] = ()
    available: bool = True

    def previous(self, page_number: int) -> int | None:
        """The hit before this page."""
        index = bisect_left(self.page_numbers, page_number)
        return self.page_numbers[index - 1] if index else None

    def next(self, page_number: int) -> int | None:
        """The hit after this page."""
        index = bisect_right(self.page_numbers, page_number)
        return self.page_numbers[index] if index < len(self.page_numbers) else None


def find_document_hits(engine: SearchEngine, query: Query, document: Document) -> DocumentHits:
    """The pages of a document that match ``query``.

    Without an index the document can still be read, so that is said and not raised.
    """
    try:
        beyond = document.visibility != Visibility.PUBLISHED
        within = replace(query, filters=Filters(), facets=())  # filters chose the document
        found = engine.search(within, limit=MOST_HITS, document_id=document.id, include_unpublished=beyond)
    except BadQuery:  # too wide to be answered; its words on this page are marked all the same
        return DocumentHits()
    except IndexUnavailable as error:
        _log.warning("hits within a document: %s", error)
        return DocumentHits(available=False)
    last = document.page_count or 0
    return DocumentHits(tuple(sorted(hit.page_number for hit in found.hits if hit.page_number <= last)))
