"""One text as a segment of one page: what is marked on a page is found by the very code that finds pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA

from archive.rules.query import Within
from archive.search.analysis import stem
from archive.search.segment import (
    NO_NUMBER,
    DocumentTable,
    FacetColumn,
    IntArray,
    ManyValues,
    Matches,
    PageTable,
)
from archive.search.vocabulary import shape_of

Positions = Mapping[str, Sequence[int]]


class TextVocabulary:
    """The ``Vocabulary`` of one text: so few forms that each question looks at all of them."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = forms
        self._numbers = {form: number for number, form in enumerate(forms)}

    def __len__(self) -> int:
        return len(self._forms)

    def number(self, form: str) -> int | None:
        """See ``Vocabulary``."""
        return self._numbers.get(form)

    def forms(self, numbers: IntArray) -> list[str]:
        """See ``Vocabulary``."""
        return [self._forms[number] for number in numbers]

    def with_stem(self, stem: str) -> IntArray:
        """See ``Vocabulary``."""
        return np.array(self._by_stem.get(stem, ()), np.int64)

    def with_prefix(self, start: str) -> tuple[int, int]:
        """See ``Vocabulary``."""
        found = [number for number, form in enumerate(self._forms) if form.startswith(start)]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def of_shape(self, pattern: str) -> IntArray:
        """See ``Vocabulary``."""
        shape = shape_of(pattern)
        return np.array([n for n, form in enumerate(self._forms) if shape.fullmatch(form)], np.int64)

    def like(self, word: str, edits: int) -> IntArray:
        """See ``Vocabulary``."""
        near = [
            number
            for number, form in enumerate(self._forms)
            if OSA.distance(word, form, score_cutoff=edits) <= edits
        ]
        return np.array(near, np.int64)

    def page_counts(self) -> IntArray:
        """See ``Vocabulary``."""
        return np.ones(len(self._forms), np.int64)

    @cached_property
    def _by_stem(self) -> dict[str, list[int]]:
        by_stem: dict[str, list[int]] = {}
        for number, form in enumerate(self._forms):
            by_stem.setdefault(stem(form), []).append(number)
        return by_stem


class TextSegment:
    """A ``Segment`` of one page of one document, of which nothing is known but words.

    ``texts`` are the positions of each form, by the name of the field of a segment.
    """

    key = ""

    def __init__(self, texts: Mapping[str, Positions], starts: Mapping[Within, Sequence[int]]) -> None:
        self._positions = {
            field: [positions[form] for form in sorted(positions)] for field, positions in texts.items()
        }
        self._vocabularies = {field: TextVocabulary(sorted(positions)) for field, positions in texts.items()}
        self._starts = starts

    @cached_property
    def documents(self) -> DocumentTable:
        """One that nothing is known of."""
        nothing = np.zeros(1, np.int64)
        return DocumentTable(np.array([""]), nothing, nothing, nothing, nothing, {})

    @cached_property
    def pages(self) -> PageTable:
        """The one page."""
        none, nothing = FacetColumn(("",), np.zeros(1, np.int64)), np.zeros(1, np.int64)
        return PageTable(
            document=nothing,
            number=nothing + 1,
            length=nothing,
            first=np.ones(1, np.bool_),
            bates_prefix=none,
            bates_number=nothing + NO_NUMBER,
            codes=ManyValues((), np.zeros(2, np.int64), np.empty(0, np.int64)),
            redacted=nothing,
            source=none,
            language=none,
        )

    def vocabulary(self, field: str) -> TextVocabulary:
        """See ``Segment``."""
        return self._vocabularies[field]

    def matches(self, field: str, numbers: IntArray) -> Matches:
        """See ``Segment``."""
        count = sum(len(self._positions[field][number]) for number in numbers)
        pages = np.zeros(1 if count else 0, np.int64)
        return Matches(pages, np.full(len(pages), float(count)))

    def places(self, field: str, numbers: IntArray) -> IntArray:
        """See ``Segment``."""
        several = [self._positions[field][number] for number in numbers]
        if len(several) == 1:
            return np.array(several[0], np.int64)
        return np.array(sorted({place for places in several for place in places}), np.int64)

    def starts(self, within: Within) -> IntArray:
        """See ``Segment``."""
        return np.array(self._starts[within], np.int64)
