"""From a mistake to a query that can be asked, one click away.

Each mistake knows one way to mend itself. What is mended may hold another mistake, so mending goes on
until the query parses; only such a query is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from archive.errors import BadQuery
from archive.search.analysis import tokenize, words_of

if TYPE_CHECKING:
    from archive.search.query_pieces import Piece

_MOST_ROUNDS = 12
_MOST_CHARACTERS = 1_000
_EXCLUDES = re.compile(r"\bNOT\b|(?<!\w)[-\u2010-\u2012\u2013\u2212]")


class Mistake(Exception):
    """What is wrong with a part of a query: ``at`` is where in that part, ``instead`` what could stand in
    its place (None when nobody can know)."""

    def __init__(self, sentence: str, help: str, *, at: int = 0, instead: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.help = help
        self.at = at
        self.instead = instead

    def within(self, text: str, start: int, end: int) -> Mistake:
        """The same mistake, seen from the longer text whose part ``start .. end`` has it."""
        instead = None if self.instead is None else text[:start] + self.instead + text[end:]
        return Mistake(self.sentence, self.help, at=start + self.at, instead=instead)

    def as_bad_query(self) -> BadQuery:
        """The answer to the reader; the part must be the whole query."""
        mended = None if self.instead is None else " ".join(self.instead.split())
        return BadQuery(self.sentence, help=self.help, position=self.at, repaired=mended)


def repaired(text: str, candidate: str | None, parse: Callable[[str], object]) -> str | None:
    """A query that parses in place of ``text``: its first mending ``candidate``, mended further, or else its
    words alone. None when nothing can be searched, or the words alone would ask for what was excluded."""
    if candidate is None:
        return None
    mended = _first_that_parses(candidate.strip(), parse)
    if mended is None and not _EXCLUDES.search(text):
        words = " ".join(word.form for word in words_of(tokenize(text[:_MOST_CHARACTERS])))
        mended = _first_that_parses(words, parse)
    return mended


def _first_that_parses(candidate: str | None, parse: Callable[[str], object]) -> str | None:
    tried: set[str] = set()
    while candidate is not None and candidate not in tried and len(tried) < _MOST_ROUNDS:
        tried.add(candidate)
        try:
            parse(candidate)
        except BadQuery as error:
            candidate = error.repaired
        else:
            return candidate
    return None


def with_quote_closed(text: str, at: int) -> str:
    """The text with the phrase that opens at ``at`` closed at its end, or without the mark if it is empty."""
    return text + '"' if re.search(r"\w", text[at:]) else text[:at] + text[at + 1 :]


def tidied(text: str, pieces: Sequence[Piece]) -> str:
    """The text with its brackets balanced, and without operators that have nothing to join."""
    from archive.search.query_pieces import Kind

    opened: list[Piece] = []
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind is Kind.OPEN:
            opened.append(piece)
        if piece.kind is Kind.CLOSE:
            if not opened:
                continue
            opened.pop()
        kept.append(piece)
    kept = _joining(kept)
    starts = {piece.start for piece in kept}
    left_out = [(piece.start, piece.end) for piece in pieces if piece.start not in starts]
    for start, end in reversed(left_out):
        text = text[:start] + " " + text[end:]
    return text + ")" * len(opened)


def _joining(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the operators that have nothing before or after them."""
    from archive.search.query_pieces import JOINTS, Kind

    forward: list[Piece] = []
    for piece in pieces:
        before = forward[-1].kind if forward else Kind.OPEN
        if piece.kind not in JOINTS or before not in (*JOINTS, Kind.OPEN, Kind.NOT):
            forward.append(piece)
    kept: list[Piece] = []
    for piece in reversed(forward):
        after = kept[-1].kind if kept else Kind.CLOSE
        if piece.kind not in (*JOINTS, Kind.NOT) or after not in (*JOINTS, Kind.CLOSE):
            kept.append(piece)
    return kept[::-1]
