"""Finds a quotation, typed as it is printed, in text in which OCR has misread some letters.

Word by word: every word of the quotation has its word on the page, none is missing and none is added. What is
found this way is near, never proven: a reader must look at the picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.rules.quote_folding import Folded

_LETTERS_A_SLIP = 10  # a misread letter may cost two edits: 'm' read as 'rn'
_LEAST_LETTERS = 6
_LEAST_LIKENESS = 80.0  # of 100
_MARGIN = 6  # characters beside the likeliest place: it may be off by a slip


@dataclass(frozen=True, slots=True)
class NearMatch:
    """Where it stands in the original text, and how many letters differ."""

    range: tuple[int, int]
    slips: int


def find_with_slips(page: Folded, quote: Folded) -> NearMatch | None:
    """The likeliest place. Both are folded and without capitals."""
    wanted = quote.text
    if len(wanted) < _LEAST_LETTERS or len(page.text) < len(wanted) // 2:
        return None
    likeliest = fuzz.partial_ratio_alignment(wanted, page.text, score_cutoff=_LEAST_LIKENESS)
    if likeliest is None or len(page.text) < len(wanted):
        return None
    first = max(0, likeliest.dest_start - _MARGIN)
    window = page.text[first : likeliest.dest_end + _MARGIN]
    edits = [(edit.tag, edit.src_pos, edit.dest_pos) for edit in Levenshtein.editops(wanted, window)]
    before = _leading_inserts(edits)
    after = _trailing_inserts(edits, len(wanted), len(window))
    inside = edits[before : len(edits) - after]
    span = (first + before, first + len(window) - after)
    if len(inside) > max(1, len(wanted) // _LETTERS_A_SLIP) or span[0] >= span[1]:
        return None
    if not _is_word_by_word(quote, page, inside, first, span):
        return None
    return NearMatch((page.places[span[0]], page.places[span[1] - 1] + 1), len(inside))


_Edit = tuple[str, int, int]


def _leading_inserts(edits: list[_Edit]) -> int:
    count = 0
    for tag, source, target in edits:
        if tag != "insert" or source != 0 or target != count:
            break
        count += 1
    return count


def _trailing_inserts(edits: list[_Edit], length: int, window: int) -> int:
    count = 0
    for tag, source, target in reversed(edits):
        if tag != "insert" or source != length or target != window - 1 - count:
            break
        count += 1
    return count


def _is_word_by_word(
    quote: Folded, page: Folded, edits: list[_Edit], first: int, span: tuple[int, int]
) -> bool:
    """No word has more slips than its length allows, none is wholly new and none wholly gone."""
    of_quote, of_page = _words_of(quote), _words_of(page, span[0] - 1, span[1] + 1)
    in_quote = Counter(of_quote[min(source, len(quote.text) - 1)] for _, source, _ in edits)
    sizes, page_sizes = Counter(of_quote.values()), Counter(of_page.values())
    gone = Counter(of_quote[source] for tag, source, _ in edits if tag == "delete")
    new = Counter(of_page[first + target] for tag, _, target in edits if tag == "insert")
    return (
        all(slips <= max(1, (sizes[word] + 2) // 4) for word, slips in in_quote.items())
        and all(count < sizes[word] for word, count in gone.items())
        and all(count < page_sizes[word] for word, count in new.items())
    )


def _words_of(folded: Folded, start: int = 0, end: int | None = None) -> dict[int, int]:
    """To which word each character belongs: a new one begins where something was folded away between."""
    start, end = max(0, start), len(folded.text) if end is None else min(end, len(folded.text))
    word, words = 0, {}
    for at in range(start, end):
        if at > start and folded.places[at] > folded.places[at - 1] + 1:
            word += 1
        words[at] = word
    return words
