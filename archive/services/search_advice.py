"""A search that finds nothing: which word is nowhere, how it may be spelled, what each filter takes away.

Everything is counted in what the reader may see, so that no advice tells of anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from archive.ports import SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.query import Filters, Query, Same, Term
from archive.rules.query_words import describe
from archive.search.analysis import fold, tokenize
from archive.services.search_request import SearchRequest
from archive.services.visible import sees_more, without_facets

_SPELLINGS = 3  # for one word
_MOST_WORDS = 8  # that are looked into


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of the archive in place of ``text[start:end]``, and the whole query with it."""

    word: str
    pages: int
    query_text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part of the query that no page has, in words, and how it may be spelled."""

    said: str
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class WithoutFilter:
    """How many pages there would be without one filter."""

    name: str
    value: str
    pages: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do when no page matches. ``pages_unfiltered`` has no filter at all; ``respelled`` is the
    query with the likeliest spelling of each missing word, empty unless there are several."""

    missing: tuple[MissingPart, ...]
    without: tuple[WithoutFilter, ...]
    pages_unfiltered: int
    respelled: str = ""


def advise(session: Session, engine: SearchEngine, asked: SearchRequest, viewer: Viewer = READER) -> Advice:
    """Look into a query that has no hit among what ``viewer`` may see. Raises ``IndexUnavailable``."""
    query, beyond = without_facets(session, asked.query, viewer), sees_more(viewer)
    hidden = query.filters.without

    def pages_with(one: Query) -> int:
        return engine.search(one, limit=0, include_unpublished=beyond).total_pages

    plain = replace(query, filters=Filters(without=hidden))
    nowhere = [one.part for one in engine.count_parts(plain, include_unpublished=beyond) if not one.pages]
    missing = [
        MissingPart(
            describe(part),
            tuple(_spellings(engine, asked.query.text, part, hidden, include_unpublished=beyond)),
        )
        for part in nowhere[:_MOST_WORDS]
    ]
    pages = pages_with(plain) if query.filters else 0
    without = [
        WithoutFilter(name, value, found)
        for name, value, filters in _fewer_filters(query.filters)
        if (found := pages_with(replace(query, filters=filters)))
    ]
    respelled = _respelled(asked.query.text, missing) if len(nowhere) == len(missing) else ""
    return Advice(tuple(missing), tuple(without), pages, respelled)


def _respelled(text: str, missing: Sequence[MissingPart]) -> str:
    first = [part.spellings[0] for part in missing if part.spellings]
    if len(first) < 2 or len(first) < len(missing):
        return ""
    for spelling in sorted(first, key=lambda one: -one.start):
        text = text[: spelling.start] + spelling.word + text[spelling.end :]
    return text


def _spellings(
    engine: SearchEngine, text: str, part: object, hidden: tuple[str, ...], *, include_unpublished: bool
) -> Iterator[Spelling]:
    word = _plain_word(part)
    place = next((token for token in tokenize(text) if word and token.form == word), None)
    if place is None or not word:
        return
    similar_words = engine.similar_words(
        word, limit=_SPELLINGS, without=hidden, include_unpublished=include_unpublished
    )
    for similar in similar_words:
        mended = text[: place.start] + similar.form + text[place.end :]
        yield Spelling(similar.form, similar.pages, mended, place.start, place.end)


def _plain_word(part: object) -> str:
    """The word that was typed, of a part that is one; empty for a phrase, a code or a field."""
    if isinstance(part, Same):
        part = part.parts[0]
    return part.word if isinstance(part, Term) and part.word == fold(part.word) else ""


def _fewer_filters(filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    for name, values in filters.by_facet().items():
        for value in values:
            kept = tuple(one for one in values if one != value)
            changes: dict[str, Any] = {name: kept}
            yield name, value, replace(filters, **changes)
    if filters.after:
        yield "after", filters.after.isoformat(), replace(filters, after=None)
    if filters.before:
        yield "before", filters.before.isoformat(), replace(filters, before=None)
