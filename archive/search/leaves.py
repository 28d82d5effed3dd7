"""Where the leaves of a query match in one segment: pages and how often, from the places of words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from archive.rules.query import (
    DESCRIBED_FIELDS,
    Fuzzy,
    Leaf,
    Near,
    Phrase,
    Prefix,
    Same,
    Term,
    Wildcard,
    Within,
    Word,
)
from archive.search.analysis import stem
from archive.search.cache import ArrayCache
from archive.search.conditions import Fact, is_met
from archive.search.description import PART_BITS
from archive.search.places import Places, Sections, by_page, in_a_row, merged, near, once
from archive.search.segment import DESCRIPTION, POSITION_BITS, TEXT, IntArray, Mask, Matches, Segment

EXACT_SHARE = 0.3  # of a word's weight is for the very form that was typed

Single: TypeAlias = Term | Prefix | Wildcard | Fuzzy  # what stands for one word of a text
Wide: TypeAlias = Prefix | Wildcard | Fuzzy  # that may stand for very many forms
Kept: TypeAlias = Mapping[Wide, Sequence[str]]
NOTHING_CUT: Kept = {}


class SegmentLeaves:
    """Answers for leaves in one segment. Every answer is cached: segments never change.

    ``kept`` are the forms that are searched of words that are too wide (see ``archive.search.budget``);
    such answers are one query's, so the cache must be its own.
    """

    def __init__(self, segment: Segment, cache: ArrayCache, kept: Kept = NOTHING_CUT) -> None:
        self.segment = segment
        self._cache = cache
        self._kept = kept

    def in_text(self, leaf: Leaf) -> Matches:
        """Matches on the page itself."""
        return self._matches(TEXT, leaf)

    def in_description(self, leaf: Leaf) -> Matches:
        """Matches in what is said about the document (title, sender, place ...)."""
        return self._matches(DESCRIPTION, leaf)

    def in_field(self, name: str, leaf: Leaf) -> IntArray:
        """The pages of documents where ``leaf`` matches in one of ``DESCRIBED_FIELDS``, ascending."""

        def find() -> tuple[IntArray]:
            keys = self.parts(DESCRIPTION, leaf)[0].first
            fields = (keys >> PART_BITS) & ((1 << POSITION_BITS - PART_BITS) - 1)
            return (once(keys[fields == DESCRIBED_FIELDS.index(name)] >> POSITION_BITS),)

        return self._cache.get((self.segment.key, "in field", name, leaf), find)[0]

    def met(self, condition: Fact) -> Mask:
        """The pages of which a condition is true."""
        key = (self.segment.key, "met", condition)
        return self._cache.get(key, lambda: (is_met(self.segment, condition),))[0]

    def parts(self, field: str, leaf: Leaf) -> list[Places]:
        """Where ``leaf`` matches; of a ``Near``, where each of its parts takes part in a match."""
        if not isinstance(leaf, Near):
            return [self.places(field, leaf)]
        parts = [self.places(field, part) for part in leaf.parts]
        return near(parts, leaf.links, self._sections(field))

    def places(self, field: str, leaf: Word | Same) -> Places:
        """Where ``leaf`` stands: an occurrence is a stretch of words."""
        if isinstance(leaf, Same):
            key = (self.segment.key, field, "places", leaf)
            return Places(
                *self._cache.get(key, lambda: merged([self.places(field, part) for part in leaf.parts]))
            )
        if isinstance(leaf, Phrase):
            return Places.words(self._phrase(field, leaf), len(leaf.words))
        return Places.words(self._word(field, leaf))

    def numbers(self, field: str, word: Single) -> IntArray:
        """The numbers of the forms that ``word`` stands for, ascending."""
        vocabulary = self.segment.vocabulary(field)
        if not isinstance(word, Term) and word in self._kept:
            return self._numbered(field, self._kept[word])
        match word:
            case Term(form, exact):
                return self._numbered(field, [form]) if exact else vocabulary.with_stem(stem(form))
            case Prefix(start):
                return np.arange(*vocabulary.with_prefix(start), dtype=np.int64)
            case Wildcard(pattern):
                return self._scanned(field, word, lambda: vocabulary.of_shape(pattern))
            case Fuzzy(form, edits):
                return self._scanned(field, word, lambda: vocabulary.like(form, edits))

    def page_counts(self, word: Single) -> IntArray:
        """On how many pages of the text each of its forms stands, deleted ones among them."""
        return self.segment.vocabulary(TEXT).page_counts()[self.numbers(TEXT, word)]

    def remembered(self, about: Hashable, work_out: Callable[[], int]) -> int:
        """A number that never changes."""
        key = (self.segment.key, "number", about)
        return int(self._cache.get(key, lambda: (np.array([work_out()], np.int64),))[0][0])

    def count_places(self, leaf: Word | Same) -> int:
        """How often it stands in the text."""
        return self.remembered(("places", leaf), lambda: len(self.places(TEXT, leaf).first))

    def _matches(self, field: str, leaf: Leaf) -> Matches:
        key = (self.segment.key, field, leaf)
        return self._cache.get(key, lambda: self._count(field, leaf))

    def _count(self, field: str, leaf: Leaf) -> Matches:
        match leaf:
            case Term(word, exact=False):
                loose = self.segment.matches(field, self.numbers(field, leaf))
                return _preferring(loose, self._in_one_form(field, word))
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return self.segment.matches(field, self.numbers(field, leaf))
            case _:
                return by_page(once(self.parts(field, leaf)[0].first))

    def _in_one_form(self, field: str, form: str) -> Matches:
        """Matches of the very form."""
        return self.segment.matches(field, self._numbered(field, [form]))

    def _phrase(self, field: str, phrase: Phrase) -> IntArray:
        def find() -> tuple[IntArray]:
            found = in_a_row([self._word(field, Term(word, phrase.exact)) for word in phrase.words])
            if field == DESCRIPTION:
                ends = found + (len(phrase.words) - 1)
                found = found[found >> PART_BITS == ends >> PART_BITS]
            return (found,)

        return self._cache.get((self.segment.key, field, "places", phrase), find)[0]

    def _word(self, field: str, word: Single) -> IntArray:
        key = (self.segment.key, field, "places", word)
        return self._cache.get(key, lambda: (self.segment.places(field, self.numbers(field, word)),))[0]

    def _scanned(self, field: str, word: Wildcard | Fuzzy, scan: Callable[[], IntArray]) -> IntArray:
        """Looking through a whole vocabulary is worth remembering."""
        return self._cache.get((self.segment.key, field, "numbers", word), lambda: (scan(),))[0]

    def _numbered(self, field: str, forms: Sequence[str]) -> IntArray:
        numbers = [self.segment.vocabulary(field).number(form) for form in forms]
        return np.array(sorted(number for number in numbers if number is not None), np.int64)

    def _sections(self, field: str) -> Sections:
        """In the description all is within one field; no place is on two pages."""
        if field == DESCRIPTION:
            return lambda _within, keys: keys >> PART_BITS

        def of_text(within: Within, keys: IntArray) -> IntArray:
            if within is Within.WORDS:
                return keys >> POSITION_BITS
            return self.segment.starts(within).searchsorted(keys, side="right")

        return of_text


def _preferring(loose: Matches, exact: Matches) -> Matches:
    """A looser match counts for a little less than the very form."""
    if not len(loose.pages):
        return loose
    counts = loose.counts * (1 - EXACT_SHARE)
    everywhere = len(exact.pages) == len(loose.pages)
    counts[slice(None) if everywhere else loose.pages.searchsorted(exact.pages)] += EXACT_SHARE * exact.counts
    return Matches(loose.pages, counts)
