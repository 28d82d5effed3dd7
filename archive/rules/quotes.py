"""Finds a quotation in the text of a page, as people select or type it.

Through white space, line ends, hyphens, kinds of quotation marks and dashes, and letter case. A quotation
may leave words out (``...``, ``[...]``), change a letter in brackets (``[T]he``), stand in quotation marks,
and end with the punctuation of the sentence it is quoted in. What is found is always words of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.rules.quote_folding import Folded, fold_strictly, fold_with_places
from archive.rules.quote_slips import find_with_slips

MOST_QUOTE_CHARACTERS = 5_000
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.\s*){3,4}\]|\[\s*\u2026\s*\]|\u2026|(?:\.\s?){3,4})\s*")
_CHANGED_LETTER = re.compile(r"\[(\w)\]")
_EDITORS_WORD = re.compile(r"\[(?:sic|emphasis added)\]", re.IGNORECASE)
_QUOTATION_MARKS = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_END_MARKS = ".,;:!?"
_LEAST_INSIDE_A_WORD = 12  # folded characters: a selection may begin in the middle of a word, 'art' must not
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Where a quotation stands: ``ranges`` of the page's text (start, end), several where words are left out.
    ``slips``: letters that OCR read otherwise than they were typed; 0 for the very words."""

    ranges: tuple[tuple[int, int], ...]
    slips: int = 0

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.ranges[0][0]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, folded once for many quotations."""

    text: str
    folded: Folded
    small: Folded


def page_text(text: str) -> PageText:
    """``text`` ready to be searched."""
    folded = fold_with_places(text)
    return PageText(text, folded, folded.lower())


def find_quote(page: PageText, quote: str, *, slips: bool = False) -> tuple[QuoteMatch, ...]:
    """Every place where ``quote`` stands, from the top. ``slips``: the page was read by OCR, which may have
    misread a letter in twenty; only tried when the very words are not there."""
    for wording in _wordings(quote):
        if found := _find_pieces(page, wording):
            return found
    if not slips:
        return ()
    for wording in _wordings(quote):
        if len(wording) == 1 and (near := find_with_slips(page.small, fold_with_places(wording[0]).lower())):
            return (QuoteMatch((_whole_words(page.text, *near.range),), near.slips),)
    return ()


def find_exactly(page: PageText, words: str) -> tuple[tuple[int, int], ...]:
    """Every place where these very words stand, capitals as they are: how a citation is checked."""
    return tuple(_occurrences(page.text, page.folded, fold_strictly(words)))


def leaves_words_out(quote: str) -> bool:
    """Whether the quotation has an ellipsis in it."""
    return len(_pieces(quote)) > 1


def _wordings(quote: str) -> Iterator[tuple[str, ...]]:
    """The quotation as it is typed, then without what editors add to quotations; each in its pieces."""
    quote = unicodedata.normalize("NFC", quote).strip()
    plain = _CHANGED_LETTER.sub(r"\1", _EDITORS_WORD.sub(" ", quote)).strip()
    bare = plain.strip(_QUOTATION_MARKS + " ")
    without_end = bare.rstrip(_END_MARKS + _QUOTATION_MARKS + " ")
    seen = set()
    for wording in (quote, plain, bare, without_end):
        for pieces in ((wording,), _pieces(wording)):
            if pieces not in seen and pieces and all(fold_strictly(piece) for piece in pieces):
                seen.add(pieces)
                yield pieces


def _pieces(quote: str) -> tuple[str, ...]:
    return tuple(piece for piece in _ELLIPSIS.split(quote) if piece.strip(_END_MARKS + " "))


def _find_pieces(page: PageText, pieces: Sequence[str]) -> tuple[QuoteMatch, ...]:
    places = [_places_of(page, piece) for piece in pieces]
    if not all(places):
        return ()
    if len(places) == 1:
        return tuple(QuoteMatch((place,)) for place in places[0])
    found = []
    for first in places[0]:
        ranges = [first]
        for further in places[1:]:
            after = next((place for place in further if place[0] >= ranges[-1][1]), None)
            if after is None:
                break
            ranges.append(after)
        if len(ranges) == len(places):
            found.append(QuoteMatch(tuple(ranges)))
    # of several beginnings with the same end, the nearest is meant
    return tuple(
        match
        for match, following in pairwise((*found, None))
        if match is not None and (following is None or following.ranges[1:] != match.ranges[1:])
    )


def _places_of(page: PageText, piece: str) -> tuple[tuple[int, int], ...]:
    """Whatever the capitals: which of several is meant is asked, not guessed."""
    wanted = fold_with_places(piece).lower().text
    if found := tuple(_occurrences(page.text, page.small, wanted)):
        return found
    if len(wanted) < _LEAST_INSIDE_A_WORD:
        return ()
    inside = _occurrences(page.text, page.small, wanted, whole_words=False)
    return tuple(_whole_words(page.text, *place) for place in inside)


def _occurrences(
    text: str, haystack: Folded, needle: str, *, whole_words: bool = True
) -> Iterator[tuple[int, int]]:
    if not needle:
        return
    at, found = haystack.text.find(needle), 0
    while at >= 0 and found < _MOST_PLACES:
        start, end = haystack.places[at], haystack.places[at + len(needle) - 1] + 1
        if not whole_words or (start, end) == _whole_words(text, start, end):
            found += 1
            yield start, end
        at = haystack.text.find(needle, at + 1)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Grown to the ends of the words at both ends; a word is letters and digits."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
