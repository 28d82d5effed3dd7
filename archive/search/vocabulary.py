"""The words of one field of a segment: looked up, by stem, by beginning, by shape, by likeness.

All of it is arrays on disk. The forms stand sorted in one row of bytes (UTF-8, whose order is that of the
letters), a line feed before and after each, so that one is found by bisection and a shape by one regular
expression over all. *Signatures* say in 64 bits which bytes a form has, so that most forms that are unlike
a word need not be compared with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from archive.search.array_file import Array, ArrayFile
from archive.search.ranges import offsets
from archive.search.segment import IntArray

_ONE_LETTER = r"[^\n\x80-\xbf][\x80-\xbf]*"  # over the bytes of UTF-8
_AFTER_ALL = b"\xff"  # no byte of UTF-8
_BITS = np.array([0 if byte >= 0x80 else 1 << (byte & 63) for byte in range(256)], np.uint64)


class Words:
    """A sorted row of words in one block of bytes."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bytes = file.array(f"{name}.bytes").whole().data
        self.starts: Array = file.array(f"{name}.starts").whole()
        self._starts = self.starts.data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        if number >= len(self):
            raise IndexError(number)
        return self._bytes[self._starts[number] : self._starts[number + 1] - 1].tobytes()

    def bisect(self, word: bytes) -> int:
        """The number of the first word that is not before ``word``."""
        return bisect_left(self, word)

    def find(self, word: bytes) -> int | None:
        """The number of ``word``."""
        at = self.bisect(word)
        return at if at < len(self) and self[at] == word else None

    def matching(self, pattern: bytes, first: int, end: int) -> IntArray:
        """The numbers from ``first`` to before ``end`` of the words that ``pattern`` matches wholly."""
        lines = re.compile(rb"\n" + pattern + rb"(?=\n)")
        stretch = self._bytes[self._starts[first] - 1 : self._starts[end]]
        found = np.array([match.start() for match in lines.finditer(stretch)], np.int64)
        return self.starts.searchsorted(found + self._starts[first])

    def all(self) -> list[bytes]:
        """Every word."""
        return self._bytes.tobytes()[1:-1].split(b"\n") if len(self) else []


class StoredVocabulary:
    """The ``Vocabulary`` of one field of a segment."""

    def __init__(self, file: ArrayFile, field: str, page_counts: Callable[[], IntArray]) -> None:
        self.words = Words(file, f"{field}.forms")
        self._stems = Words(file, f"{field}.stems")
        self._of_stem: Array = file.array(f"{field}.of_stem").whole()
        self._of_stem_starts: Array = file.array(f"{field}.of_stem_starts").whole()
        self._signatures = file.array(f"{field}.signatures")
        self._page_counts = page_counts

    def __len__(self) -> int:
        return len(self.words)

    def number(self, form: str) -> int | None:
        """See ``Vocabulary``."""
        return self.words.find(form.encode())

    def forms(self, numbers: IntArray) -> list[str]:
        """See ``Vocabulary``."""
        return [self.words[number].decode() for number in numbers.tolist()]

    def with_stem(self, stem: str) -> IntArray:
        """See ``Vocabulary``."""
        number = self._stems.find(stem.encode())
        if number is None:
            return np.empty(0, np.int64)
        first, end = self._of_stem_starts[number : number + 2]
        return self._of_stem[first:end].astype(np.int64)

    def with_prefix(self, start: str) -> tuple[int, int]:
        """See ``Vocabulary``."""
        return self.words.bisect(start.encode()), self.words.bisect(start.encode() + _AFTER_ALL)

    def of_shape(self, pattern: str) -> IntArray:
        """See ``Vocabulary``."""
        start = re.split(r"[?*]", pattern, maxsplit=1)[0]
        first, end = self.with_prefix(start)
        if first == end:
            return np.empty(0, np.int64)
        # one character of Latin-1 for each byte of UTF-8, so that the expression is bytes as well
        shape = _shape(
            pattern, _ONE_LETTER, r"[^\n]*", lambda part: re.escape(part.encode().decode("latin-1"))
        )
        return self.words.matching(shape.encode("latin-1"), first, end)

    def like(self, word: str, edits: int) -> IntArray:
        """See ``Vocabulary``. An edit changes two bits of a signature at most."""
        (signature,) = signatures([word.encode()])
        unlike = np.bitwise_count(self._signatures.whole() ^ signature)
        candidates = np.flatnonzero(unlike <= 2 * edits).tolist()
        near = [
            number
            for number in candidates
            if OSA.distance(word, self.words[number].decode(), score_cutoff=edits) <= edits
        ]
        return np.array(near, np.int64)

    def page_counts(self) -> IntArray:
        """See ``Vocabulary``."""
        return self._page_counts()

    def stems(self) -> list[bytes]:
        """The stem of each form."""
        stems = self._stems.all()
        numbers = np.empty(len(self), np.int64)
        numbers[self._of_stem] = np.repeat(np.arange(len(stems)), np.diff(self._of_stem_starts))
        return [stems[number] for number in numbers.tolist()]


def vocabulary_arrays(field: str, forms: Sequence[bytes], stems: Sequence[bytes]) -> Mapping[str, Array]:
    """What a file keeps of sorted forms, each with its stem."""
    different = sorted(set(stems))
    number = {stem: at for at, stem in enumerate(different)}
    stem_of = np.array([number[stem] for stem in stems], np.int64)
    return {
        **_words_arrays(f"{field}.forms", forms),
        **_words_arrays(f"{field}.stems", different),
        f"{field}.of_stem": np.argsort(stem_of, kind="stable").astype(np.uint32),
        f"{field}.of_stem_starts": offsets(np.bincount(stem_of, minlength=len(different))),
        f"{field}.signatures": signatures(forms),
    }


def _words_arrays(name: str, words: Sequence[bytes]) -> Mapping[str, Array]:
    starts = offsets(np.array([len(word) + 1 for word in words], np.int64)) + 1
    joined = b"\n" + b"".join(word + b"\n" for word in words)
    return {f"{name}.bytes": np.frombuffer(joined, np.uint8), f"{name}.starts": starts}


def signatures(forms: Sequence[bytes]) -> Array:
    """Which of the ASCII bytes each form has; two may share a bit."""
    if not forms:
        return np.empty(0, np.uint64)
    starts = offsets(np.array([len(form) for form in forms], np.int64))[:-1]
    found: Array = np.bitwise_or.reduceat(_BITS[np.frombuffer(b"".join(forms), np.uint8)], starts)
    return found


def shape_of(pattern: str) -> re.Pattern[str]:
    """A ``Wildcard``'s pattern as a regular expression for one form."""
    return re.compile(_shape(pattern, ".", ".*", re.escape), re.DOTALL)


def _shape(pattern: str, one: str, any_number: str, other: Callable[[str], str]) -> str:
    """What stands between two ``*`` is taken where it comes first and not looked for again (an atomic
    group): else a query of many ``*`` would take minutes on a word such as OCR makes of a dotted line."""
    pieces = [
        "".join(one if part == "?" else other(part) for part in re.split(r"(\?)", piece))
        for piece in pattern.split("*")
    ]
    if len(pieces) == 1:
        return pieces[0]
    first, *inner, last = pieces
    return first + "".join(f"(?>{any_number}?{piece})" for piece in inner) + any_number + last
