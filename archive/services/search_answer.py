"""What a person who searches is answered: the pages with all that was asked, else those with most of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document
from archive.ports import SearchEngine
from archive.rules.query import AtLeast, Query
from archive.rules.statuses import Visibility
from archive.search.synonyms import SynonymUse
from archive.services.indexing import is_outdated
from archive.services.search import ResultWindow, search_pages
from archive.services.search_request import SearchRequest

_ENOUGH = 10  # pages: a reader who pasted a sentence wants to see the next best, too
_FEWEST_WORDS = 3  # of two words one alone is not most of them


@dataclass(frozen=True, slots=True)
class Loosened:
    """No page has all ``words`` words that were typed; those shown have ``count`` of them or more."""

    words: int
    count: int

    @property
    def sentence(self) -> str:
        """The same for a reader."""
        return f"No page has all {self.words} words. These have {self.count} of them or more."


@dataclass(frozen=True, slots=True)
class Answer:
    """A window of results and how it came about."""

    window: ResultWindow
    loosened: Loosened | None = None
    synonyms: tuple[SynonymUse, ...] = ()


def answer_search(
    session: Session,
    engine: SearchEngine,
    asked: SearchRequest,
    *,
    include_unpublished: bool = False,
    document_id: str | None = None,
) -> Answer:
    """Answer what was asked. Exact phrases and operators are never loosened. Raises ``IndexUnavailable``."""

    def find(query: Query) -> ResultWindow:
        return search_pages(
            session,
            engine,
            query,
            limit=asked.limit,
            offset=asked.offset,
            include_unpublished=include_unpublished,
            document_id=document_id,
        )

    window = find(asked.query)
    loosened = None
    if not window.total_pages:
        loosened = loosen(
            session, engine, asked, include_unpublished=include_unpublished, document_id=document_id
        )
    if loosened is None:
        return Answer(window, None, asked.synonyms)
    query, how = loosened
    return Answer(find(query), how, asked.synonyms)


def query_to_answer(session: Session, engine: SearchEngine, asked: SearchRequest) -> Query:
    """The query whose hits a reader is shown: for lists that must be the same as the page."""
    visible = _visible(session, asked.query, include_unpublished=False)
    if not asked.words or engine.search(visible, limit=0).total_pages:
        return asked.query
    loosened = loosen(session, engine, asked)
    return loosened[0] if loosened else asked.query


def loosen(
    session: Session,
    engine: SearchEngine,
    asked: SearchRequest,
    *,
    include_unpublished: bool = False,
    document_id: str | None = None,
) -> tuple[Query, Loosened] | None:
    """The query for the pages with most of the words; None when there is none, or when not only plain
    words were typed. As many words as ten pages have, or half of them."""
    words = asked.words
    if len(words) < _FEWEST_WORDS:
        return None
    visible = replace(_visible(session, asked.query, include_unpublished=include_unpublished), facets=())
    for count in range(len(words) - 1, 0, -1):
        query = replace(visible, tree=AtLeast(count, words))
        found = engine.search(
            query, limit=0, include_unpublished=include_unpublished, document_id=document_id
        ).total_pages
        if found >= 1 and (found >= _ENOUGH or count <= _half(words)):
            return replace(asked.query, tree=AtLeast(count, words)), Loosened(len(words), count)
    return None


def _half(words: tuple[object, ...]) -> int:
    return (len(words) + 1) // 2


def _visible(session: Session, query: Query, *, include_unpublished: bool) -> Query:
    """The query without what must not be found although the index may still have it."""
    seen = (Visibility.PUBLISHED, Visibility.UNPUBLISHED) if include_unpublished else (Visibility.PUBLISHED,)
    hidden = tuple(session.scalars(select(Document.id).where(is_outdated(seen))))
    return replace(query, filters=replace(query.filters, without=hidden))
