"""Term hit report: how many pages and documents each of many queries finds, and which only it finds.

Every query is answered exactly as written: nothing is loosened, and what was left out is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from archive.errors import BadQuery
from archive.ports import SearchEngine
from archive.services.index_state import IndexState, index_state
from archive.services.matches import as_public, published_ids
from archive.services.pages_at import PageKey
from archive.services.search_request import Parameters, parse_search

SECONDS = 18.0  # for all queries: about as long as a reader waits for a page
_Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Term:
    """One query of the report. ``problem`` says why it could not be answered.

    ``unique`` counts are pages and documents that no other query of the report finds.
    """

    number: int
    text: str
    pages: int = 0
    documents: int = 0
    unique_pages: int = 0
    unique_documents: int = 0
    warnings: tuple[str, ...] = ()
    problem: BadQuery | None = None
    was_run: bool = True


class TermReport:
    """The terms in their order; the totals are the pages and documents that any of them finds.

    ``changed`` says that the index changed while the report was made: its counts are not of one state.
    """

    def __init__(
        self, terms: Iterable[Term], tally: Tally, *, made_at: datetime, state: IndexState, changed: bool
    ) -> None:
        self.terms = tuple(tally.counted(term) for term in terms)
        self.total_pages, self.total_documents = tally.totals()
        self.made_at, self.state, self.changed = made_at, state, changed
        self._tally = tally

    @property
    def not_run(self) -> tuple[Term, ...]:
        """The queries for which there was no time."""
        return tuple(term for term in self.terms if not term.was_run)

    def pages_of(self, term: Term) -> list[tuple[PageKey, bool]]:
        """The pages that a term finds, by document and page, each with whether no other term finds it."""
        return self._tally.pages_of(term.number)


def report_terms(
    session: Session,
    engine: SearchEngine,
    texts: Sequence[str],
    parameters: Parameters,
    *,
    at: datetime,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> TermReport:
    """Answer each of ``texts`` under the filters in ``parameters``, as many as ``seconds`` allow.

    A query that is wrong has its problem in its line. Raises ``BadFilter`` when a filter is wrong for
    all of them, and ``IndexUnavailable``.
    """
    parse_search({**parameters, "q": ["a"]})
    state, until = index_state(session, engine), clock() + seconds
    published, tally = published_ids(session), Tally()
    terms = []
    for number, text in enumerate(texts, 1):
        if clock() > until:
            terms.append(Term(number, text, was_run=False))
            continue
        try:
            query = as_public(session, parse_search({**parameters, "q": [text]}).query)
        except BadQuery as problem:
            terms.append(Term(number, text, problem=problem))
            continue
        tally.add(number, [key for key in engine.matching_pages(query) if key[0] in published])
        terms.append(Term(number, text, warnings=engine.search(query, limit=0).warnings))
    changed = index_state(session, engine).digest != state.digest
    return TermReport(terms, tally, made_at=at, state=state, changed=changed)


class Tally:
    """Which query found which pages, as small numbers: 200 queries may find every page each.

    First everything is added, then it is asked: what is asked is worked out once.
    """

    def __init__(self) -> None:
        self._page_numbers: dict[PageKey, int] = {}
        self._document_numbers: dict[str, int] = {}
        self._document_of: list[int] = []  # the document's number by the page's
        self._pages: dict[int, _Numbers] = {}  # by the number of the query

    def add(self, number: int, keys: Sequence[PageKey]) -> None:
        """Note what a query found."""
        self._pages[number] = np.fromiter(map(self._number_of, keys), np.int32, len(keys))

    def counted(self, term: Term) -> Term:
        """The term with its counts."""
        pages = self._pages.get(term.number)
        if pages is None:
            return term
        documents = self._documents[term.number]
        return replace(
            term,
            pages=len(pages),
            documents=len(documents),
            unique_pages=int((self._page_finders[pages] == 1).sum()),
            unique_documents=int((self._document_finders[documents] == 1).sum()),
        )

    def totals(self) -> tuple[int, int]:
        """Pages and documents that any query found."""
        return len(self._page_numbers), len(self._document_numbers)

    def pages_of(self, number: int) -> list[tuple[PageKey, bool]]:
        """What a query found, each page with whether it alone found it."""
        pages = self._pages.get(number, np.empty(0, np.int32))
        alone = self._page_finders[pages] == 1
        return [(self._keys[page], only) for page, only in zip(pages.tolist(), alone.tolist(), strict=True)]

    def _number_of(self, key: PageKey) -> int:
        number = self._page_numbers.setdefault(key, len(self._page_numbers))
        if number == len(self._document_of):
            document = self._document_numbers.setdefault(key[0], len(self._document_numbers))
            self._document_of.append(document)
        return number

    @cached_property
    def _keys(self) -> list[PageKey]:
        return list(self._page_numbers)

    @cached_property
    def _documents(self) -> dict[int, _Numbers]:
        document_of = np.asarray(self._document_of, np.int32)
        return {number: np.unique(document_of[pages]) for number, pages in self._pages.items()}

    @cached_property
    def _page_finders(self) -> _Numbers:
        return _finders(self._pages, len(self._page_numbers))

    @cached_property
    def _document_finders(self) -> _Numbers:
        return _finders(self._documents, len(self._document_numbers))


def _finders(found: Mapping[int, _Numbers], length: int) -> _Numbers:
    """How many queries find each page, or document."""
    finders = np.zeros(length, np.int32)
    for numbers in found.values():
        finders[numbers] += 1
    return finders
