"""Finds a quotation in the text of a page, as people select or type it.

Through white space, line ends, hyphens, kinds of quotation marks and dashes, and letter case. A quotation
may leave words out (``...``, ``[...]``), change a letter in brackets (``[T]he``), stand in quotation marks,
and end with the punctuation of the sentence it is quoted in. What is found is always words of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from archive.rules.quote_dashes import find_dashes, with_dashes
from archive.rules.quote_folding import Folded, fold_strictly, fold_with_places
from archive.rules.quote_slips import find_with_slips
from archive.rules.quote_wording import wordings
from archive.rules.quote_words import cuts_no_letters, grown, is_whole

MOST_QUOTE_CHARACTERS = 5_000
_LEAST_INSIDE_A_WORD = 12  # folded characters: a selection may begin in the middle of a word, 'art' must not

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Where a quotation stands: ``ranges`` of the page's text (start, end), several where words are left out.
    ``slips``: letters that OCR read otherwise than they were typed; 0 for the very words."""

    ranges: tuple[Range, ...]
    slips: int = 0

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.ranges[0][0]


@dataclass(frozen=True)
class PageText:
    """The text of a page, folded once for many quotations."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """Its words, capitals kept."""
        return fold_with_places(self.text)

    @cached_property
    def small(self) -> Folded:
        """Its words without capitals."""
        return self.folded.lower()

    @cached_property
    def alike(self) -> Folded:
        """The same with one kind of quotation marks: a quotation within a quotation has the other kind."""
        return Folded(self.small.text.replace('"', "'"), self.small.places)


def page_text(text: str) -> PageText:
    """``text`` ready to be searched."""
    return PageText(text)


def find_quote(
    page: PageText, quote: str, *, slips: bool = False, grow: bool = False
) -> tuple[QuoteMatch, ...]:
    """Every place where ``quote`` stands, from the top. ``slips``: the page was read by OCR, which may have
    misread a letter in twenty; only tried when the very words are not there. ``grow``: when the quotation
    begins or ends in the middle of a word ('compliance', of 'non-compliance'), take that word whole; else
    such a place is none."""
    for wording in wordings(quote):
        if found := _find_pieces(page, wording, grow=grow):
            return found
    if not slips:
        return ()
    near = (_find_near(page, wording) for wording in wordings(quote))
    return next(((match,) for match in near if match is not None), ())


def find_exactly(page: PageText, words: str) -> tuple[Range, ...]:
    """Every place where these very words stand, capitals as they are: how a citation is checked."""
    wanted = fold_strictly(words)
    return tuple(
        place for place in _occurrences(page.text, page.folded, wanted, words) if is_whole(page.text, *place)
    )


def _find_pieces(page: PageText, pieces: Sequence[str], *, grow: bool) -> tuple[QuoteMatch, ...]:
    places = [_places_of(page, piece, grow=grow) for piece in pieces]
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


def _find_near(page: PageText, pieces: Sequence[str]) -> QuoteMatch | None:
    ranges: list[Range] = []
    slips = begin = 0
    for piece in pieces:
        near = find_with_slips(page.small, fold_with_places(piece).lower(), begin)
        if near is None:
            return None
        place = grown(page.text, *near.range)
        if ranges and place[0] < ranges[-1][1]:
            return None
        ranges.append(place)
        slips, begin = slips + near.slips, near.end
    return QuoteMatch(tuple(ranges), slips) if ranges else None


def _places_of(page: PageText, piece: str, *, grow: bool) -> tuple[Range, ...]:
    """Whatever the capitals: which of several is meant is asked, not guessed. Whole words first; then words
    of which the piece has a part ('compliance' in 'non-compliance'), then cut ones: they are taken whole."""
    wanted = fold_with_places(piece).lower().text
    found = list(_occurrences(page.text, page.small, wanted, piece))
    if not found and ("'" in wanted or '"' in wanted):
        found = list(_occurrences(page.text, page.alike, wanted.replace('"', "'"), piece))
    whole = tuple(place for place in found if is_whole(page.text, *place))
    if whole or not grow:
        return whole
    cut = [place for place in found if cuts_no_letters(page.text, *place)]
    if not cut and len(wanted) >= _LEAST_INSIDE_A_WORD:
        cut = found
    return tuple(dict.fromkeys(grown(page.text, *place) for place in cut))


def _occurrences(text: str, haystack: Folded, needle: str, typed: str) -> Iterator[Range]:
    """Where ``needle``, the folded ``typed``, stands; with the dashes at its ends, which folding drops."""
    if not needle:
        yield from find_dashes(text, typed)
        return
    at = haystack.text.find(needle)
    while at >= 0:
        yield with_dashes(text, haystack.places[at], haystack.places[at + len(needle) - 1] + 1, typed)
        at = haystack.text.find(needle, at + 1)
