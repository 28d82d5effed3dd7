"""What a person who searches is answered: the pages with all that was asked, else those with most of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from archive.ports import SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.query import All, And, AtLeast, Filters, Leaf, Or, Query
from archive.rules.query_words import describe
from archive.search.synonyms import SynonymUse
from archive.services.search import ResultWindow, search_pages
from archive.services.search_request import SearchRequest
from archive.services.visible import sees_more, without_facets

_ENOUGH = 10  # pages: a reader who pasted a sentence wants to see the next best, too
_COMMON_SHARE = 0.4  # of all pages: a word on more of them says little
_FEWEST_WORDS = 3  # of two words one alone is not most of them


@dataclass(frozen=True, slots=True)
class Loosened:
    """No page has all ``words`` words that were typed; those shown have ``count`` of them or more: of those
    in ``counted`` when that is not empty, since the others stand on very many pages. ``in_document``: only
    one document was looked at."""

    words: int
    count: int
    counted: tuple[str, ...]
    in_document: bool

    @property
    def sentence(self) -> str:
        """The same for a reader."""
        where = " of this document" if self.in_document else ""
        head = f"No page{where} has all {self.words} words."
        if not self.counted:
            return f"{head} These have {self.count} of them or more."
        rare, all_of_them = ", ".join(self.counted), self.count == len(self.counted)
        if all_of_them:
            return f"{head} These have all but the commonest: {rare}."
        return f"{head} These have {self.count} or more of these {len(self.counted)}: {rare}."


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
    viewer: Viewer = READER,
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
            viewer=viewer,
            document_id=document_id,
        )

    window = find(asked.query)
    loosened = None
    if not window.total_pages:
        loosened = loosen(session, engine, asked, viewer=viewer, document_id=document_id)
    if loosened is None:
        return Answer(window, None, asked.synonyms)
    query, how = loosened
    return Answer(find(query), how, asked.synonyms)


def query_to_answer(
    session: Session, engine: SearchEngine, asked: SearchRequest, viewer: Viewer = READER
) -> Query:
    """The query whose hits a reader is shown: for lists that must be the same as the page."""
    plain = without_facets(session, asked.query, viewer)
    if not asked.words or engine.search(plain, limit=0, include_unpublished=sees_more(viewer)).total_pages:
        return asked.query
    loosened = loosen(session, engine, asked, viewer=viewer)
    return loosened[0] if loosened else asked.query


def loosen(
    session: Session,
    engine: SearchEngine,
    asked: SearchRequest,
    *,
    viewer: Viewer = READER,
    document_id: str | None = None,
) -> tuple[Query, Loosened] | None:
    """The query for the pages with most of the words; None when there is none, or when not only plain
    words were typed. As many words as ten pages have, or a third of them."""
    if len(asked.words) < _FEWEST_WORDS:
        return None
    visible, beyond = without_facets(session, asked.query, viewer), sees_more(viewer)
    words = _telling(engine, visible, asked.words, include_unpublished=beyond)

    def pages_with(count: int) -> int:
        return engine.search(
            replace(visible, tree=AtLeast(count, words)),
            limit=0,
            include_unpublished=beyond,
            document_id=document_id,
        ).total_pages

    count = _most_with(pages_with, _ENOUGH, _fewest(words), len(words)) or _most_with(
        pages_with, 1, 1, _fewest(words)
    )
    if not count:
        return None
    said = tuple(map(describe, words)) if len(words) < len(asked.words) else ()
    tree = And((AtLeast(count, words), Or(asked.words)))  # all of them are scored and marked
    how = Loosened(len(asked.words), count, said, in_document=document_id is not None)
    return replace(asked.query, tree=tree), how


def _most_with(pages_with: Callable[[int], int], enough: int, least: int, most: int) -> int:
    """The largest count of words from ``least`` to ``most`` that so many pages have; 0 when there is none.
    The more words, the fewer pages, so half of what is left is passed over each time."""
    best = 0
    while least <= most:
        middle = (least + most) // 2
        if pages_with(middle) >= enough:
            best, least = middle, middle + 1
        else:
            most = middle - 1
    return best


def _telling(
    engine: SearchEngine, visible: Query, words: tuple[Leaf, ...], *, include_unpublished: bool
) -> tuple[Leaf, ...]:
    """The words that tell pages apart: without those that stand nearly everywhere (the, of), unless too
    few are left. A page must not be found for having those."""
    archive = Query("", All(), Filters(without=visible.filters.without), facets=())
    total = engine.search(archive, limit=0, include_unpublished=include_unpublished).total_pages
    counted = replace(archive, tree=AtLeast(1, words))
    pages = {
        one.part: one.pages for one in engine.count_parts(counted, include_unpublished=include_unpublished)
    }
    most = max(_COMMON_SHARE * total, _ENOUGH)
    telling = tuple(word for word in words if pages.get(word, 0) <= most)
    return telling if len(telling) >= _FEWEST_WORDS else words


def _fewest(words: tuple[object, ...]) -> int:
    """A third of the words: fewer would be another question."""
    return -(-len(words) // 3)
