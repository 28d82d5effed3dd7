"""Answers that were given, kept as long as they fit in a number of bytes and nothing was committed since.

Whoever reads on to the next window, or asks what somebody has just asked, is not kept waiting.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from archive.ports import FacetCount, PageHits
from archive.rules.query import Query
from archive.search.ordering import Ordered
from archive.search.segment import LiveSegment

DEFAULT_MAX_BYTES = 24 * 1024 * 1024
_BYTES_PER_ANSWER = 2_000  # the query's tree and what holds all together
_BYTES_PER_VALUE = 200  # of a facet


@dataclass(frozen=True, slots=True)
class Answer:
    """The first hits of a query, as many as were asked for and some more, and what all of them add up to."""

    ordered: Ordered
    total_pages: int
    total_documents: int
    facets: Mapping[str, Sequence[FacetCount]]
    warnings: tuple[str, ...]

    def reaches(self, end: int) -> bool:
        """Whether the hits up to ``end`` are known."""
        return len(self.ordered) >= min(end, self.total_pages)

    def window(self, offset: int, limit: int) -> PageHits:
        """Some of the hits, with all that is true of all of them."""
        return PageHits(
            hits=self.ordered.window(offset, limit),
            total_pages=self.total_pages,
            total_documents=self.total_documents,
            facets=self.facets,
            warnings=self.warnings,
        )

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        values = sum(map(len, self.facets.values()))
        return self.ordered.bytes + values * _BYTES_PER_VALUE + _BYTES_PER_ANSWER


class AnswerCache:
    """Least recently used first out; none is kept with ``max_bytes`` 0. Safe to use from several threads."""

    def __init__(self, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Answer | None:
        """The answer that is kept under ``key``."""
        with self._lock:
            answer = self._kept.get(key)
            if answer is not None:
                self._kept.move_to_end(key)
            return answer

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, in place of one that reached less far."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._bytes -= before.bytes if before else 0
            if answer.bytes > self._max_bytes:
                return
            self._kept[key] = answer
            self._bytes += answer.bytes
            while self._bytes > self._max_bytes:
                self._bytes -= self._kept.popitem(last=False)[1].bytes


def answer_key(query: Query, segments: Sequence[LiveSegment], document_id: str | None) -> Hashable:
    """What makes two answers the same: what is asked, and the pages that are searched."""
    moment = tuple((part.segment.key, part.generation, part.unseen) for part in segments)
    return query.tree, query.filters, query.sort, query.facets, document_id, moment
