"""From one page hit to the next across all results, while reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive.ports import PageHit, SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.query import Query
from archive.services.visible import sees_more, without_facets

_FARTHEST = 50_000  # a page that slid farther down than this is not looked for


@dataclass(frozen=True, slots=True)
class Step:
    """A page hit and its place among all, from 0."""

    document_id: str
    page_number: int
    rank: int


@dataclass(frozen=True, slots=True)
class ResultSteps:
    """Where a page stands among the page hits. ``moved``: somewhere else than the address said, since
    the archive has changed. ``rank`` is None when the page is not among the hits any more."""

    rank: int | None
    total: int
    before: Step | None = None
    after: Step | None = None
    moved: bool = False


def find_steps(
    session: Session,
    engine: SearchEngine,
    query: Query,
    here: tuple[str, int],
    rank: int,
    viewer: Viewer = READER,
) -> ResultSteps:
    """The hits before and after the page ``here``, which was at ``rank`` when its link was made.

    Raises ``IndexUnavailable``.
    """
    query, beyond = without_facets(session, query, viewer), sees_more(viewer)
    found = engine.search(query, limit=3, offset=max(rank - 1, 0), include_unpublished=beyond)
    first = max(rank - 1, 0)
    at = _index_of(here, found.hits)
    if at is None or first + at != rank:
        found = engine.search(query, limit=_FARTHEST, include_unpublished=beyond)
        first, at = 0, _index_of(here, found.hits)
    if at is None:
        return ResultSteps(None, found.total_pages, moved=True)
    return ResultSteps(
        rank=first + at,
        total=found.total_pages,
        before=_step(found.hits, at - 1, first),
        after=_step(found.hits, at + 1, first),
        moved=first + at != rank,
    )


def _index_of(here: tuple[str, int], hits: Sequence[PageHit]) -> int | None:
    return next((at for at, hit in enumerate(hits) if (hit.document_id, hit.page_number) == here), None)


def _step(hits: Sequence[PageHit], at: int, first: int) -> Step | None:
    if not 0 <= at < len(hits):
        return None
    return Step(hits[at].document_id, hits[at].page_number, first + at)
