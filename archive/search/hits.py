"""Where a query's words stand in a page's text: at the engine's own match positions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from archive.ports import IndexedDocument
from archive.rules.query import (
    DESCRIBED_FIELDS,
    Leaf,
    Near,
    Node,
    Phrase,
    Same,
    Term,
    Within,
    Word,
    positive_leaves,
)
from archive.search.analysis import Token, tokenize, words_of
from archive.search.cache import ArrayCache
from archive.search.description import PART_BITS, description_positions
from archive.search.leaves import SegmentLeaves, Single
from archive.search.places import Places, once
from archive.search.segment import DESCRIPTION, POSITION_BITS, TEXT
from archive.search.sentences import sentence_and_paragraph_starts
from archive.search.text_segment import TextSegment

PAGE = "page"


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` matches. ``leaf`` numbers the part of the query that it matches, from 0, in the
    order of ``positive_leaves``."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class LeafMatch:
    """Why a page was found: ``leaf`` matches ``count`` times, on the 'page' or in a described field."""

    leaf: Leaf
    where: str
    count: int


def find_spans(tree: Node, text: str) -> tuple[Span, ...]:
    """The matches of what ``tree`` asks for, in text order.

    A phrase is one span. Of words that stand near each other, all that take part in a match are spans.
    What is under a NOT marks nothing. Spans of different parts of the query may overlap.
    """
    leaves = list(positive_leaves(tree))
    if not leaves:
        return ()
    page = _marked(text)
    found = [
        Span(start, end, number)
        for number, leaf in enumerate(leaves)
        for start, end in _outermost(page.spans(leaf))
    ]
    return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.leaf)))


def explain(tree: Node, text: str, document: IndexedDocument) -> list[LeafMatch]:
    """How often each leaf that is asked for matches in a page's text and in what is said about its
    document, field by field; what does not match is left out."""
    page, described = _marked(text).leaves, _described(document)
    matches = []
    for leaf in positive_leaves(tree):
        counts = {PAGE: len(once(page.parts(TEXT, leaf)[0].first))}
        fields = once(described.parts(DESCRIPTION, leaf)[0].first) >> PART_BITS
        counts |= {name: int(np.count_nonzero(fields == at)) for at, name in enumerate(DESCRIBED_FIELDS)}
        matches += [LeafMatch(leaf, where, count) for where, count in counts.items() if count]
    return matches


def spans_within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans that lie in ``start .. end`` wholly; ``spans`` are in text order."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return tuple(span for span in spans[first:last] if span.end <= end)


@lru_cache(maxsize=64)
def _marked(text: str) -> _MarkedText:
    """A list of results asks for the marks of each page, and why it matched."""
    return _MarkedText(text)


def _described(document: IndexedDocument) -> SegmentLeaves:
    return SegmentLeaves(TextSegment({DESCRIPTION: description_positions(document)}, {}), ArrayCache())


def _outermost(matches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Without those that lie within another: ``(b)(7)(E)`` also matches by its parts."""
    reached = -1
    for start, end in sorted(matches, key=lambda match: (match[0], -match[1])):
        if end > reached:
            yield start, end
            reached = end


class _MarkedText:
    """A text's tokens by position, and the engine's answers about them."""

    def __init__(self, text: str) -> None:
        tokens = [token for token in tokenize(text) if token.position < 1 << POSITION_BITS]
        words = words_of(tokens)
        self._by_position: list[list[Token]] = [[word] for word in words]
        for whole in tokens[len(words) :]:
            self._by_position[whole.position].append(whole)
        positions: dict[str, list[int]] = {}
        for at, here in enumerate(self._by_position):
            for form in {token.form for token in here}:
                positions.setdefault(form, []).append(at)
        sentences, paragraphs = sentence_and_paragraph_starts(text, [word.start for word in words])
        starts = {Within.SENTENCE: sentences, Within.PARAGRAPH: paragraphs}
        self.leaves = SegmentLeaves(TextSegment({TEXT: positions}, starts), ArrayCache())

    def spans(self, leaf: Leaf) -> Iterator[tuple[int, int]]:
        """From where to where the leaf matches, in characters."""
        if not isinstance(leaf, Near):
            for word in _words(leaf):
                yield from self._written(word, self._stretches(word))
            return
        for part, places in zip(leaf.parts, self.leaves.parts(TEXT, leaf), strict=True):
            in_a_match = set(_pairs(places))
            for word in _words(part) if in_a_match else ():
                yield from self._written(word, in_a_match.intersection(self._stretches(word)))

    def _stretches(self, word: Word) -> Iterator[tuple[int, int]]:
        return _pairs(self.leaves.places(TEXT, word))

    def _written(self, word: Word, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """From the first word's start to where the farthest one ends."""
        forms = [self._forms(one) for one in _one_by_one(word)]
        for first, last in stretches:
            tokens = [
                [token for token in self._by_position[at] if token.form in wanted]
                for at, wanted in zip(range(first, last + 1), forms, strict=True)
            ]
            start = min(token.start for token in tokens[0])
            yield start, max(token.end for here in tokens for token in here)

    def _forms(self, word: Single) -> set[str]:
        numbers = self.leaves.numbers(TEXT, word)
        return set(self.leaves.segment.vocabulary(TEXT).forms(numbers))


def _pairs(places: Places) -> Iterator[tuple[int, int]]:
    return zip(places.first.tolist(), places.last.tolist(), strict=True)


def _words(leaf: Word | Same) -> tuple[Word, ...]:
    return leaf.parts if isinstance(leaf, Same) else (leaf,)


def _one_by_one(word: Word) -> list[Single]:
    if isinstance(word, Phrase):
        return [Term(form, word.exact) for form in word.words]
    return [word]
