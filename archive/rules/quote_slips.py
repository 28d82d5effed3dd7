"""Finds a quotation, typed as it is printed, in text in which OCR has misread some letters.

Word by word: every word of the quotation has its word on the page, none is missing and none is added. What is
found this way is near, never proven: a reader must look at the picture.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.rules.quote_folding import Folded

_LETTERS_AN_EDIT = 8  # a misread letter in twenty, which may cost two edits ('m' read as 'rn'), and a little
_LEAST_LETTERS = 6
_DRAWN = str.maketrans("1i!|j0e5$bufq9", "lllllocsshntgg")
_TWO = {"m": "rn", "d": "cl", "w": "vv"}
_LEAST_LIKENESS = 80.0  # of 100
_MARGIN = 8  # characters beside the likeliest place: it may be off by a slip


@dataclass(frozen=True, slots=True)
class NearMatch:
    """Where it stands in the original text, and how many letters differ. ``end``: where it ends in the
    folded one."""

    range: tuple[int, int]
    slips: int
    end: int


def find_with_slips(page: Folded, quote: Folded, begin: int = 0) -> NearMatch | None:
    """The likeliest place from ``begin`` on. Both are folded and without capitals."""
    if len(quote.text) < _LEAST_LETTERS:
        return None
    drawn, wanted = _drawn(page, begin), _drawn(quote)
    likeliest = _likeliest(drawn.text, wanted.text)
    if likeliest is None:
        return None
    first, last = _best_span(drawn, wanted.text, *likeliest)
    edits = [(e.tag, e.src_pos, e.dest_pos) for e in Levenshtein.editops(wanted.text, drawn.text[first:last])]
    if len(edits) > _allowed(wanted.text) or not _is_word_by_word(wanted, drawn, edits, (first, last)):
        return None
    start, end = drawn.places[first], drawn.places[last - 1] + 1
    low, high = bisect_left(page.places, start), bisect_left(page.places, end)
    said = page.text[low:high]
    slips = Levenshtein.editops(quote.text, said)
    if any(e.tag == "replace" and (quote.text[e.src_pos] + said[e.dest_pos]).isdigit() for e in slips):
        return None  # another figure is another fact
    return NearMatch((start, end), len(slips), high)


def _drawn(folded: Folded, begin: int = 0) -> Folded:
    """Letters that OCR takes for each other as one: '1' is 'l', 'e' is 'c', 'm' is 'rn'."""
    letters = folded.text[begin:].translate(_DRAWN)
    if not any(letter in letters for letter in _TWO):
        return Folded(letters, folded.places[begin:])
    drawn = [_TWO.get(letter, letter) for letter in letters]
    pairs = zip(folded.places[begin:], drawn, strict=True)
    return Folded("".join(drawn), tuple(place for place, letter in pairs for _ in letter))


def _likeliest(text: str, wanted: str) -> tuple[int, int] | None:
    if len(text) < len(wanted) - _allowed(wanted):
        return None
    if len(text) < len(wanted):  # the shorter is slid along the longer: here that would be the page
        return 0, len(text)
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=_LEAST_LIKENESS)
    return None if found is None else (found.dest_start, found.dest_end)


def _allowed(wanted: str) -> int:
    return max(1, len(wanted) // _LETTERS_AN_EDIT)


_Edit = tuple[str, int, int]


def _best_span(page: Folded, wanted: str, first: int, last: int) -> tuple[int, int]:
    """The words around the likeliest place that are most like what is wanted."""
    size = len(page.text)
    starts = [at for at in range(max(0, first - _MARGIN), min(size, first + _MARGIN)) if _parts(page, at)]
    ends = [at for at in range(max(1, last - _MARGIN), min(size, last + _MARGIN) + 1) if _parts(page, at)]
    spans = [(start, end) for start in starts for end in ends if start < end]
    return min(
        spans or [(first, last)], key=lambda span: Levenshtein.distance(wanted, page.text[span[0] : span[1]])
    )


def _parts(folded: Folded, at: int) -> bool:
    """Whether a word may begin or end here: between words, or beside punctuation."""
    if at >= len(folded.text) or _begins(folded, at):
        return True
    return not (folded.text[at - 1].isalnum() and folded.text[at].isalnum())


def _begins(folded: Folded, at: int) -> bool:
    """Whether a word begins here: something was folded away before it."""
    return at == 0 or folded.places[at] > folded.places[at - 1] + 1


def _is_word_by_word(quote: Folded, page: Folded, edits: list[_Edit], span: tuple[int, int]) -> bool:
    """No word has more slips than its length allows, none is wholly new and none wholly gone."""
    of_quote, of_page = _words_of(quote), _words_of(page, *span)
    in_quote = Counter(of_quote[min(source, len(quote.text) - 1)] for _, source, _ in edits)
    sizes, page_sizes = Counter(of_quote.values()), Counter(of_page.values())
    gone = Counter(of_quote[source] for tag, source, _ in edits if tag == "delete")
    new = Counter(of_page[span[0] + target] for tag, _, target in edits if tag == "insert")
    return (
        all(slips <= max(1, (sizes[word] + 3) // 4) for word, slips in in_quote.items())
        and all(count < sizes[word] for word, count in gone.items())
        and all(count < page_sizes[word] for word, count in new.items())
    )


def _words_of(folded: Folded, start: int = 0, end: int | None = None) -> dict[int, int]:
    """To which word each character belongs."""
    word, words = 0, {}
    for at in range(start, len(folded.text) if end is None else end):
        word += at > start and _begins(folded, at)
        words[at] = word
    return words
