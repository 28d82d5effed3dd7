"""The words of one field of a segment: looked up, by stem, by beginning, by shape, by likeness."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from archive.search.segment import IntArray

_NONE: IntArray = np.empty(0, np.int64)


class SortedVocabulary:
    """A ``Vocabulary`` in memory. ``forms`` are sorted; ``stems`` and ``page_counts`` go with them."""

    def __init__(self, forms: Sequence[str], stems: Iterable[str], page_counts: IntArray) -> None:
        self._forms = forms
        self._page_counts = page_counts
        self._by_stem: dict[str, list[int]] = {}
        for number, stem in enumerate(stems):
            self._by_stem.setdefault(stem, []).append(number)

    def __len__(self) -> int:
        return len(self._forms)

    def number(self, form: str) -> int | None:
        """See ``Vocabulary``."""
        at = bisect_left(self._forms, form)
        return at if at < len(self._forms) and self._forms[at] == form else None

    def forms(self, numbers: IntArray) -> list[str]:
        """See ``Vocabulary``."""
        return [self._forms[number] for number in numbers]

    def with_stem(self, stem: str) -> IntArray:
        """See ``Vocabulary``."""
        return np.array(self._by_stem.get(stem, ()), np.int64)

    def with_prefix(self, start: str) -> tuple[int, int]:
        """See ``Vocabulary``."""
        return bisect_left(self._forms, start), bisect_left(self._forms, start + chr(0x10FFFF))

    def of_shape(self, pattern: str) -> IntArray:
        """See ``Vocabulary``."""
        start = re.split(r"[?*]", pattern, maxsplit=1)[0]
        first, end = self.with_prefix(start) if start else (0, len(self._forms))
        shape = shape_of(pattern)
        return np.array([at for at in range(first, end) if shape.fullmatch(self._forms[at])], np.int64)

    def like(self, word: str, edits: int) -> IntArray:
        """See ``Vocabulary``."""
        near = [
            at for at, form in enumerate(self._forms) if OSA.distance(word, form, score_cutoff=edits) <= edits
        ]
        return np.array(near, np.int64) if near else _NONE

    def page_counts(self) -> IntArray:
        """See ``Vocabulary``."""
        return self._page_counts


def shape_of(pattern: str) -> re.Pattern[str]:
    """A ``Wildcard``'s pattern as a regular expression for one form."""
    parts = re.split(r"([?*])", pattern)
    return re.compile("".join({"?": ".", "*": ".*"}.get(part, re.escape(part)) for part in parts), re.DOTALL)
