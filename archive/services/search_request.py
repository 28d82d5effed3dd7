"""From the parameters of an address to a query: the same for the site, the API and the command line."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive.errors import BadFilter
from archive.rules.addresses import slug_of
from archive.rules.exemptions import parse_exemption
from archive.rules.query import All, AtLeast, Filters, Leaf, Node, Query, Sort
from archive.search.ocr_variants import tolerate_ocr
from archive.search.query import parse_tree, plain_parts
from archive.search.synonyms import SynonymBook, SynonymUse

HITS_IN_WINDOW = 20
MAX_LIMIT = 200
_MAX_NUMBER = 10**9
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What was asked, and which page hits are to be shown: ``offset`` counts from 0.

    ``words`` are the parts of a query of plain words, which may be loosened when no page has all of
    them; empty when it has an operator, a phrase or a field. ``synonyms`` says what was added.
    """

    query: Query
    limit: int = HITS_IN_WINDOW
    offset: int = 0
    words: tuple[Leaf, ...] = ()
    synonyms: tuple[SynonymUse, ...] = ()

    @property
    def window(self) -> int:
        """The number of the window shown, from 1."""
        return self.offset // self.limit + 1


def parse_search(parameters: Parameters, book: SynonymBook | None = None) -> SearchRequest:
    """Read ``q, agency, kind, place, production, request, exemption, after, before, sort, synonyms, ocr,
    window, limit, offset``.

    Each name holds a list of values, as a repeated parameter does. With filters and without words
    every page is asked for. Words are expanded from ``book`` unless ``synonyms=off``; with ``ocr=on``
    their likely misreadings are asked for too. Raises ``BadQuery`` or ``BadFilter``.
    """
    filters = Filters(
        agency=_slugs(parameters, "agency"),
        kind=tuple(value.replace("-", "_") for value in _slugs(parameters, "kind")),
        place=_slugs(parameters, "place"),
        production=_slugs(parameters, "production"),
        request=_slugs(parameters, "request"),
        exemption=_codes(parameters),
        after=_day(parameters, "after"),
        before=_day(parameters, "before"),
    )
    text = _first(parameters, "q")
    asked = All() if filters and not text else parse_tree(text)
    tree, uses = _widened(asked, book, parameters)
    limit = max(1, min(_whole_number(parameters, "limit", HITS_IN_WINDOW), MAX_LIMIT))
    windows_before = max(1, _whole_number(parameters, "window", 1)) - 1
    offset = max(0, _whole_number(parameters, "offset", windows_before * limit))
    query = Query(text, tree, filters, _sort(parameters))
    return SearchRequest(query, limit, offset, _widened_words(text, book, parameters), uses)


def _widened(
    tree: Node, book: SynonymBook | None, parameters: Parameters
) -> tuple[Node, tuple[SynonymUse, ...]]:
    """What is asked for beside the words as typed: synonyms, misreadings."""
    uses: tuple[SynonymUse, ...] = ()
    if book is not None and _first(parameters, "synonyms") != "off":
        tree, uses = book.expand(tree)
    return (tolerate_ocr(tree) if _first(parameters, "ocr") == "on" else tree), uses


def _widened_words(text: str, book: SynonymBook | None, parameters: Parameters) -> tuple[Leaf, ...]:
    words = plain_parts(text)
    tree, _ = _widened(AtLeast(1, words), book, parameters) if words else (None, ())
    return tree.parts if isinstance(tree, AtLeast) else ()


def _first(parameters: Parameters, name: str) -> str:
    return next((value.strip() for value in parameters.get(name, ()) if value.strip()), "")


def _slugs(parameters: Parameters, name: str) -> tuple[str, ...]:
    values = (value.strip() for value in parameters.get(name, ()))
    return tuple(dict.fromkeys(slug_of(value) for value in values if value))


def _codes(parameters: Parameters) -> tuple[str, ...]:
    """Exemptions in the one spelling. Raises ``BadFilter``."""
    codes = []
    for value in filter(str.strip, parameters.get("exemption", ())):
        code = parse_exemption(value)
        if code is None:
            raise BadFilter(f"{value} is no exemption.", help="Write it as b5, b7E or k2.")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _sort(parameters: Parameters) -> Sort:
    written = _first(parameters, "sort") or Sort.RELEVANCE
    try:
        return Sort(written)
    except ValueError as error:
        raise BadFilter(
            f"There is no order called {written}.", help=f"Choose one of {', '.join(Sort)}."
        ) from error


def _whole_number(parameters: Parameters, name: str, default: int) -> int:
    """A number in an address that is none is as good as absent: an old link must still show something."""
    written = _first(parameters, name)
    return min(int(written), _MAX_NUMBER) if written.isascii() and written.isdigit() else default


def _day(parameters: Parameters, name: str) -> date | None:
    """A day; a month or a year alone means its first day for ``after``, its last for ``before``."""
    written = _first(parameters, name)
    if not written:
        return None
    match = _DATE.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        year, month = int(match[1]), int(match[2] or (1 if name == "after" else 12))
        last = calendar.monthrange(year, month)[1]
        return date(year, month, int(match[3] or (1 if name == "after" else last)))
    except ValueError as error:
        raise BadFilter(
            f"{written} is not a date.", help="Write the date as 2010-08-17, 2010-08 or 2010."
        ) from error
