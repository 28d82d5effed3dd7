"""What the leaves of a query mean in one text, by looking at every word: slow, short and plainly right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from archive.ports import IndexedDocument
from archive.rules.query import (
    DESCRIBED_FIELDS,
    Fuzzy,
    Leaf,
    Link,
    Near,
    Phrase,
    Prefix,
    Same,
    Term,
    Wildcard,
    Within,
    Word,
)
from archive.search.analysis import Token, stem, tokenize, words_of
from archive.search.description import described_parts
from archive.search.leaves import EXACT_SHARE
from archive.search.sentences import sentence_and_paragraph_starts

Stretch = tuple[int, int]  # the positions of its first and its last word
_FIELD = 100_000  # more words than a field has


class Text:
    """A text's tokens, the sentence and paragraph of each, and the field, when it describes a document."""

    def __init__(self, text: str) -> None:
        tokens = tokenize(text)
        starts = [word.start for word in words_of(tokens)]
        self.length = len(starts)
        self._breaks = dict(
            zip((Within.SENTENCE, Within.PARAGRAPH), sentence_and_paragraph_starts(text, starts), strict=True)
        )
        self._set(tokens)

    @classmethod
    def describing(cls, document: IndexedDocument) -> Text:
        """What is said about a document: each field by itself; two texts of one field have a word between."""
        made = cls("")
        tokens = []
        for number, texts in enumerate(described_parts(document).values()):
            first = number * _FIELD
            for text in texts:
                found = tokenize(text)
                tokens += [token._replace(position=token.position + first) for token in found]
                first += len(words_of(found)) + 1
        fields = [number * _FIELD for number in range(len(DESCRIBED_FIELDS))]
        made._breaks = {Within.SENTENCE: fields, Within.PARAGRAPH: fields}
        made._set(tokens)
        return made

    def _set(self, tokens: Iterable[Token]) -> None:
        self._tokens: dict[int, list[Token]] = defaultdict(list)
        positions: dict[str, list[int]] = defaultdict(list)
        for token in tokens:
            self._tokens[token.position].append(token)
            if token.position not in positions[token.form]:
                positions[token.form].append(token.position)
        self._positions = dict(positions)
        self._known: dict[Leaf, list[set[Stretch]]] = {}

    @property
    def forms(self) -> Iterable[str]:
        """The different forms."""
        return self._positions.keys()

    def stretches(self, leaf: Leaf) -> list[set[Stretch]]:
        """Where the leaf stands; of a ``Near``, where each part takes part in a match. Remembered, or the
        tests would take minutes."""
        if leaf not in self._known:
            self._known[leaf] = self._look(leaf)
        return self._known[leaf]

    def starts(self, leaf: Leaf, field: str = "") -> set[int]:
        """The positions of the first word of each match, in one field when it is given."""
        starts = {first for first, _ in self.stretches(leaf)[0]}
        if field:
            number = DESCRIBED_FIELDS.index(field)
            return {at for at in starts if at // _FIELD == number}
        return starts

    def count(self, leaf: Leaf) -> float:
        """How often the leaf matches; a stem alone counts a little less than the very word."""
        if not isinstance(leaf, Term | Prefix | Wildcard | Fuzzy):
            return float(len(self.starts(leaf)))
        count = sum(len(self._positions[form]) for form in self._forms_of(leaf))
        if isinstance(leaf, Term) and not leaf.exact and count:
            return count * (1 - EXACT_SHARE) + EXACT_SHARE * len(self._positions.get(leaf.word, ()))
        return float(count)

    def spans(self, leaf: Leaf) -> set[tuple[int, int]]:
        """From where to where a match is marked, in characters; none that lies within another."""
        found = set()
        parts = leaf.parts if isinstance(leaf, Near) else (leaf,)
        for part, stretches in zip(parts, self.stretches(leaf), strict=True):
            for word in part.parts if isinstance(part, Same) else (part,):
                found |= {self._span(word, stretch) for stretch in stretches & self.stretches(word)[0]}
        return {one for one in found if not any(_holds(other, one) for other in found)}

    def _span(self, word: Word, stretch: Stretch) -> tuple[int, int]:
        words = _single_words(word)
        matching = [
            [token for token in self._tokens[at] if is_form_of(token.form, one)]
            for at, one in zip(range(stretch[0], stretch[1] + 1), words, strict=True)
        ]
        start = min(token.start for token in matching[0])
        return start, max(token.end for tokens in matching for token in tokens)

    def _look(self, leaf: Leaf) -> list[set[Stretch]]:
        match leaf:
            case Near(parts, links):
                return _taking_part([self.stretches(part)[0] for part in parts], links, self)
            case Same(parts):
                return [{stretch for part in parts for stretch in self.stretches(part)[0]}]
            case Phrase(words, exact):
                return [set(self._phrases([Term(word, exact) for word in words]))]
            case _:
                return [{(at, at) for form in self._forms_of(leaf) for at in self._positions[form]}]

    def _forms_of(self, word: Term | Prefix | Wildcard | Fuzzy) -> list[str]:
        if isinstance(word, Term) and word.exact:
            return [word.word] if word.word in self._positions else []
        return [form for form in self._positions if is_form_of(form, word)]

    def _phrases(self, words: list[Term]) -> Iterator[Stretch]:
        for first, _ in self.stretches(words[0])[0]:
            if all((first + at, first + at) in self.stretches(word)[0] for at, word in enumerate(words)):
                yield first, first + len(words) - 1

    def linked(self, left: Stretch, right: Stretch, link: Link) -> bool:
        """Does the link hold between these two?"""
        before, after = sorted((left, right))
        if before[1] >= after[0] or (link.ordered and before != left):
            return False
        if link.within is Within.WORDS:
            return after[0] - before[1] <= link.distance and before[1] // _FIELD == after[0] // _FIELD
        return len({self._section(at, link.within) for at in (*before, *after)}) == 1

    def _section(self, position: int, within: Within) -> int:
        return sum(start <= position for start in self._breaks[within])


def _taking_part(parts: list[set[Stretch]], links: tuple[Link, ...], text: Text) -> list[set[Stretch]]:
    """Of each part, what has a chain of partners on its left and on its right."""
    if not all(parts):
        return [set() for _ in parts]

    @cache
    def on_left(number: int, one: Stretch) -> bool:
        return number == 0 or any(
            text.linked(other, one, links[number - 1]) and on_left(number - 1, other)
            for other in parts[number - 1]
        )

    @cache
    def on_right(number: int, one: Stretch) -> bool:
        return number == len(links) or any(
            text.linked(one, other, links[number]) and on_right(number + 1, other)
            for other in parts[number + 1]
        )

    return [
        {one for one in part if on_left(number, one) and on_right(number, one)}
        for number, part in enumerate(parts)
    ]


def _single_words(word: Word) -> list[Term | Prefix | Wildcard | Fuzzy]:
    return [Term(one, word.exact) for one in word.words] if isinstance(word, Phrase) else [word]


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


@cache
def is_form_of(form: str, word: Term | Prefix | Wildcard | Fuzzy) -> bool:
    """Does the word stand for this form?"""
    match word:
        case Term(wanted, exact):
            return form == wanted if exact else stem(form) == stem(wanted)
        case Prefix(start):
            return form.startswith(start)
        case Wildcard(pattern):
            shape = "".join({"?": ".", "*": ".*"}.get(sign) or re.escape(sign) for sign in pattern)
            return re.fullmatch(shape, form) is not None
        case Fuzzy(wanted, edits):
            return abs(len(form) - len(wanted)) <= edits and distance(form, wanted) <= edits


def distance(one: str, other: str) -> int:
    """Optimal string alignment: the definition, row by row."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other_letter in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
