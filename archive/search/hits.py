"""Where a query's words stand in a page's text: by the same analyzer and the same meaning as the match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.rules.query import Leaf, Node, Phrase, Prefix, Same, Term, positive_leaves
from archive.search.analysis import Token, stem, tokenize


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` matches. ``leaf`` numbers the part of the query that it matches, from 0."""

    start: int
    end: int
    leaf: int


def find_spans(tree: Node, text: str) -> tuple[Span, ...]:
    """The matches of what ``tree`` asks for, in text order; a phrase is one span.

    What is under a NOT marks nothing. Spans of different parts of the query may overlap.
    """
    page = _Tokens(text)
    found = [
        Span(start, end, number)
        for number, leaf in enumerate(positive_leaves(tree))
        for start, end in _outermost(page.matches(leaf))
    ]
    return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.leaf)))


def _outermost(matches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Without those that lie within another: ``(b)(7)(E)`` also matches by its parts."""
    reached = -1
    for start, end in sorted(matches, key=lambda match: (match[0], -match[1])):
        if end > reached:
            yield start, end
            reached = end


class _Tokens:
    """A text's tokens, by position."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._by_position: dict[int, list[Token]] = {}
        for token in self._tokens:
            self._by_position.setdefault(token.position, []).append(token)

    def matches(self, leaf: Leaf) -> Iterator[tuple[int, int]]:
        match leaf:
            case Term(word, exact):
                yield from self._words(word_test(word, exact=exact))
            case Prefix(start):
                yield from self._words(lambda form: form.startswith(start))
            case Phrase():
                yield from self._phrases(leaf)
            case Same(parts):
                for part in parts:
                    yield from self.matches(part)

    def _words(self, test: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
        for token in self._tokens:
            if test(token.form):
                yield token.start, token.end

    def _phrases(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        tests = [word_test(word, exact=phrase.exact) for word in phrase.words]
        for first in self._tokens:
            if not tests[0](first.form):
                continue
            end = first.end
            for distance, test in enumerate(tests[1:], 1):
                there = self._by_position.get(first.position + distance, ())
                ends = [token.end for token in there if test(token.form)]
                if not ends:
                    break
                end = max(end, *ends)
            else:
                yield first.start, end


def word_test(word: str, *, exact: bool) -> Callable[[str], bool]:
    """Does a form match ``word``?"""
    if exact:
        return word.__eq__
    wanted = stem(word)
    return lambda form: stem(form) == wanted


def spans_within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans that lie in ``start .. end`` wholly; ``spans`` are in text order."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return tuple(span for span in spans[first:last] if span.end <= end)
