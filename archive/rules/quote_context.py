"""What stands around cited words: enough to tell them from the same words elsewhere on the page."""

from __future__ import annotations

from collections.abc import Sequence

from archive.rules.citation_record import CONTEXT_CHARACTERS
from archive.rules.quote_folding import fold_with_places, squeeze

_MOST_CHARACTERS = 32 * CONTEXT_CHARACTERS

Range = tuple[int, int]


def context_of(text: str, place: Range, places: Sequence[Range]) -> tuple[str, str]:
    """The words before and after ``place`` of a page's text, up to ``CONTEXT_CHARACTERS`` of each. When the
    same words stand in other ``places`` with the same around them (the rows of a form), what stands before
    is as long as it must be to tell them apart."""
    others = [other for other in places if other != place]
    reach = CONTEXT_CHARACTERS
    around = _around(text, place, reach)
    while reach < _MOST_CHARACTERS:
        others = [other for other in others if _around(text, other, reach) == around]
        if not others:
            break
        reach += CONTEXT_CHARACTERS
        around = _around(text, place, reach)
    return around


def likeness(before: str, prefix: str) -> int:
    """How many of the last characters agree, as words are compared when they are looked for; one more when
    nothing else stands before: the head of a page is often repeated at its foot."""
    said = fold_with_places(before[-4 * len(prefix) - 40 :]).lower().text
    wanted = fold_with_places(prefix).lower().text
    pairs = zip(reversed(said), reversed(wanted), strict=False)
    shorter = min(len(said), len(wanted))
    return next((at for at, (one, other) in enumerate(pairs) if one != other), shorter) + (said == wanted)


def _around(text: str, place: Range, reach: int) -> tuple[str, str]:
    start, end = place
    return (
        _last_words(text[max(0, start - 4 * reach) : start], reach),
        _first_words(text[end : end + 4 * CONTEXT_CHARACTERS], CONTEXT_CHARACTERS),
    )


def _last_words(text: str, reach: int) -> str:
    """The end of a text, on one line, cut where a word begins."""
    said = squeeze(text)
    if len(said) <= reach:
        return said
    return said[-reach:] if said[-reach - 1] == " " else said[-reach:].partition(" ")[2]


def _first_words(text: str, reach: int) -> str:
    """The beginning of a text, on one line, cut where a word ends."""
    said = squeeze(text)
    if len(said) <= reach:
        return said
    return said[:reach] if said[reach] == " " else said[:reach].rpartition(" ")[0]
