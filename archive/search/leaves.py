"""Where the leaves of a query match in one segment: pages and how often, from the places of words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from archive.rules.query import Leaf, Phrase, Prefix, Same, Term
from archive.search.analysis import stem
from archive.search.cache import ArrayCache
from archive.search.segment import DESCRIPTION, POSITION_BITS, TEXT, IntArray, Matches, Segment

EXACT_SHARE = 0.3  # of a word's weight is for the very form that was typed

_NOWHERE: IntArray = np.empty(0, np.int64)


class SegmentLeaves:
    """Answers for leaves in one segment. Every answer is cached: segments never change."""

    def __init__(self, segment: Segment, cache: ArrayCache) -> None:
        self.segment = segment
        self._cache = cache

    def in_text(self, leaf: Leaf) -> Matches:
        """Matches on the page itself."""
        return self._matches(TEXT, leaf)

    def in_description(self, leaf: Leaf) -> Matches:
        """Matches in what is said about the document (title, sender, place ...)."""
        return self._matches(DESCRIPTION, leaf)

    def _matches(self, field: str, leaf: Leaf) -> Matches:
        key = (self.segment.key, field, leaf)
        return self._cache.get(key, lambda: self._count(field, leaf))

    def _count(self, field: str, leaf: Leaf) -> Matches:
        pages, counts = _by_page(self._places(field, leaf))
        if isinstance(leaf, Term) and not leaf.exact and len(pages):
            exact_pages, exact_counts = _by_page(self._numbered(field, [leaf.word]))
            counts *= 1 - EXACT_SHARE
            counts[pages.searchsorted(exact_pages)] += EXACT_SHARE * exact_counts
        return Matches(pages, counts)

    def _places(self, field: str, leaf: Leaf) -> IntArray:
        """The keys of where ``leaf`` matches: of its first word."""
        match leaf:
            case Term(word, exact):
                return self._word(field, word, exact=exact)
            case Prefix(start):
                first, end = self.segment.vocabulary(field).with_prefix(start)
                return self.segment.places(field, np.arange(first, end))
            case Phrase(words, exact):
                return _in_a_row([self._word(field, word, exact=exact) for word in words])
            case Same(parts):
                return _merged([self._places(field, part) for part in parts])

    def _word(self, field: str, word: str, *, exact: bool) -> IntArray:
        if exact:
            return self._numbered(field, [word])
        numbers = self.segment.vocabulary(field).with_stem(stem(word))
        return self.segment.places(field, numbers)

    def _numbered(self, field: str, forms: Sequence[str]) -> IntArray:
        numbers = [self.segment.vocabulary(field).number(form) for form in forms]
        known = [number for number in numbers if number is not None]
        return self.segment.places(field, np.array(known, np.int64))


def _merged(places: Sequence[IntArray]) -> IntArray:
    some = [keys for keys in places if len(keys)]
    if len(some) < 2:
        return some[0] if some else _NOWHERE
    return np.unique(np.concatenate(some))


def _in_a_row(words: Sequence[IntArray]) -> IntArray:
    """Where every word stands one after the other: the rarest is looked up in the places of the rest."""
    by_size = sorted(enumerate(words), key=lambda numbered: len(numbered[1]))
    distance, rarest = by_size[0]
    found = rarest - distance
    for distance, keys in by_size[1:]:
        if not len(found):
            break
        wanted = found + distance
        at = keys.searchsorted(wanted)
        at[at == len(keys)] = 0
        found = found[keys[at] == wanted]
    return found


def _by_page(keys: IntArray) -> Matches:
    """How often each page stands in sorted ``keys``."""
    if not len(keys):
        return Matches(_NOWHERE, np.empty(0))
    pages = keys >> POSITION_BITS
    starts = np.flatnonzero(np.concatenate(([True], pages[1:] != pages[:-1])))
    counts = np.diff(np.append(starts, len(pages))).astype(np.float64)
    return Matches(pages[starts], counts)
