"""How often each exemption is claimed: on how many pages, for how many places, in which year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, case, cast, extract, func, select
from sqlalchemy.orm import Session

from archive.models import Document, Redaction
from archive.rules.exemptions import wider_exemptions
from archive.rules.redaction_figures import codes_in, with_wider
from archive.rules.redaction_states import EFFECTIVE
from archive.services.redaction_figures_asked import Scope

_BETWEEN = ";"  # no code has one


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One exemption: the pages on which it is claimed, and the places for which it is.

    ``has_parts``: it stands for its parts, too, as ``b7`` for ``b7c`` and ``b7e``.
    """

    code: str
    pages: int
    redactions: int
    has_parts: bool


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """``rows`` with the most pages first. ``by_year`` has the pages of a code in a year (None: undated).
    ``redactions`` are all places, ``without_code`` those of them for which no exemption could be read."""

    rows: tuple[CodeRow, ...]
    by_year: dict[tuple[int | None, str], int]
    redactions: int
    without_code: int


def count_codes(session: Session, scope: Scope) -> CodeFigures:
    """The exemptions claimed on the pages that are counted."""
    lists: Counter[str] = Counter()  # of one place
    sets: Counter[tuple[int | None, frozenset[str]]] = Counter()  # of one page, the same list once
    for year, listed, count in session.execute(_pages_by_codes(scope)):
        of_page = listed.split(_BETWEEN)
        for codes in of_page:
            lists[codes] += count
        sets[year, frozenset(of_page)] += count
    places, by_year = _by_code(lists), _by_year(sets)
    pages: Counter[str] = Counter()
    for (_, code), count in by_year.items():
        pages[code] += count
    without_code = sum(count for codes, count in lists.items() if not codes_in(codes))
    return CodeFigures(_rows(pages, places), by_year, lists.total(), without_code)


def _by_code(lists: Counter[str]) -> Counter[str]:
    """The places for which each exemption is claimed, itself or a part of it."""
    places: Counter[str] = Counter()
    for listed, count in lists.items():
        for code in with_wider(codes_in(listed)):
            places[code] += count
    return places


def _by_year(sets: Counter[tuple[int | None, frozenset[str]]]) -> dict[tuple[int | None, str], int]:
    """The pages of each year on which each exemption is claimed: on a page it counts once."""
    by_year: Counter[tuple[int | None, str]] = Counter()
    claimed_of = {listed: with_wider(codes_in(listed)) for listed in {one for _, of in sets for one in of}}
    for (year, of_page), count in sets.items():
        for code in set().union(*(claimed_of[listed] for listed in of_page)):
            by_year[year, code] += count
    return by_year


def _pages_by_codes(scope: Scope) -> Select[Any]:
    """(year, the lists of codes of a page, how many pages have them). A list is text here: pages whose codes
    are alike are counted by the database."""
    codes = cast(Redaction.codes, Text)
    listed = func.aggregate_strings(codes, _BETWEEN).label("listed")
    page = (
        select(Redaction.document_id, listed)
        .where(Redaction.document_id.in_(scope.documents), Redaction.state.in_(EFFECTIVE))
        .group_by(Redaction.document_id, Redaction.page_number)
    )
    if scope.code_lists is not None:
        page = page.having(func.max(case((codes.in_(scope.code_lists), 1), else_=0)) == 1)
    pages = page.subquery()
    year = extract("year", Document.dated_on)
    return (
        select(year, pages.c.listed, func.count())
        .join(Document, Document.id == pages.c.document_id)
        .group_by(year, pages.c.listed)
    )


def _rows(pages: Counter[str], places: Counter[str]) -> tuple[CodeRow, ...]:
    """An exemption that is claimed nowhere but as one part of it says nothing that the part does not."""
    parts: dict[str, list[str]] = {}
    for code in pages:
        for outer in wider_exemptions(code):
            parts.setdefault(outer, []).append(code)
    rows = [
        CodeRow(code, pages[code], places[code], has_parts=code in parts)
        for code in pages
        if all(places[part] != places[code] for part in parts.get(code, ()))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.pages, row.code)))
