"""Words as OCR may have misread them: ``detainer`` is also looked for as ``detalner`` and ``detaincr``.

Letters that look alike in print are put for one another, at most two times in a word, the likeliest
first. Only plain words are tolerated so: never what stands in quotation marks, beside ``/5``, in a field
or under NOT.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice

from archive.rules.query import And, AtLeast, Leaf, Near, Node, Or, Same, Term, Word, positive_leaves

MAX_VARIANTS = 40  # of one word
MAX_ADDED = 600  # of all words of a query
MIN_LETTERS = 4

# The likelier first; each the other way too. Case is folded: a capital I is an i.
_ALIKE = (
    ("l", "i"), ("l", "1"), ("rn", "m"), ("o", "0"), ("e", "c"), ("i", "1"), ("cl", "d"), ("h", "b"),
    ("ti", "n"), ("s", "5"), ("vv", "w"), ("ii", "u"), ("li", "h"), ("b", "8"),
)  # fmt: skip
_SWAPS = tuple(pair for one, other in _ALIKE for pair in ((one, other), (other, one)))


def tolerate_ocr(tree: Node) -> Node:
    """The tree, in which each plain word may also be misread; bounded in all."""
    leaves = [leaf for leaf in positive_leaves(tree) if not isinstance(leaf, Near)]
    words = sum(_is_tolerated(word) for leaf in leaves for word in _ways(leaf))
    most = min(MAX_VARIANTS, MAX_ADDED // max(words, 1))
    return _tolerating(tree, most) if most else tree


@lru_cache(maxsize=10_000)
def misreadings(word: str, most: int = MAX_VARIANTS) -> tuple[str, ...]:
    """How a folded word may have been read, the likelier first; never ``word`` itself."""
    found = dict.fromkeys(islice(_iter_misreadings(word), 4 * most))
    found.pop(word, None)
    return tuple(found)[:most]


def _tolerating(node: Node, most: int) -> Node:
    match node:
        case Term() | Same():
            return _misread(node, most)
        case And(parts):
            return And(tuple(_tolerating(part, most) for part in parts))
        case Or(parts):
            return Or(tuple(_tolerating(part, most) for part in parts))
        case AtLeast(count, leaves):
            return AtLeast(count, tuple(_misread(leaf, most) for leaf in leaves))
        case _:
            return node


def _misread(leaf: Leaf, most: int) -> Leaf:
    if isinstance(leaf, Near):
        return leaf
    ways = tuple(dict.fromkeys(way for part in _ways(leaf) for way in _read(part, most)))
    return Same(ways) if len(ways) > 1 else leaf


def _read(word: Word, most: int) -> tuple[Word, ...]:
    """The word, and what it may have been read as."""
    if not isinstance(word, Term) or not _is_tolerated(word):
        return (word,)
    return (word, *(Term(form, exact=True) for form in misreadings(word.word, most)))


def _ways(leaf: Word | Same) -> tuple[Word, ...]:
    return leaf.parts if isinstance(leaf, Same) else (leaf,)


def _is_tolerated(word: Word) -> bool:
    return isinstance(word, Term) and not word.exact and sum(map(str.isalpha, word.word)) >= MIN_LETTERS


def _iter_misreadings(word: str) -> Iterator[str]:
    """With one swap, then with two that do not touch the same letters."""
    swaps = list(_places(word))
    for swap in swaps:
        yield _swapped(word, swap)
    pairs = ((a + b, first, second) for (a, first), (b, second) in combinations(enumerate(swaps), 2))
    for _, first, second in sorted(pairs):
        left, right = sorted((first, second))
        if left[0] + len(left[1]) <= right[0]:
            yield _swapped(_swapped(word, right), left)


def _places(word: str) -> Iterator[tuple[int, str, str]]:
    """(where, what is printed there, what is read): by likelihood, then from the left."""
    for printed, read in _SWAPS:
        at = word.find(printed)
        while at >= 0:
            yield at, printed, read
            at = word.find(printed, at + 1)


def _swapped(word: str, swap: tuple[int, str, str]) -> str:
    at, printed, read = swap
    return word[:at] + read + word[at + len(printed) :]
