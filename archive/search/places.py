"""Stretches of words in the pages of a segment, and what may be asked of them: in a row, near, in one field.

A stretch is given by the keys of its first and its last word (see ``archive.search.segment``: page and
position in one number). All is done for whole arrays at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from archive.rules.query import Link, Within
from archive.search.segment import POSITION_BITS, IntArray, Mask, Matches

NOWHERE: IntArray = np.empty(0, np.int64)
_MANY = 16  # it is worth leaving out pages first when there are so many times more places than pages

# The sentence, paragraph, page or field of a key, as a number; given what must be the same.
Sections: TypeAlias = Callable[[Within, IntArray], IntArray]


class Places(NamedTuple):
    """Stretches, ascending by their first word and then their last, each once. Where all are single words,
    ``last`` is the very array ``first``."""

    first: IntArray
    last: IntArray

    @property
    def single(self) -> bool:
        """Whether every stretch is one word."""
        return self.first is self.last

    @classmethod
    def words(cls, keys: IntArray, length: int = 1) -> Places:
        """Stretches of the same length."""
        return cls(keys, keys if length == 1 else keys + (length - 1))

    def where(self, kept: Mask) -> Places:
        """Some of them."""
        first = self.first[kept]
        return Places(first, first if self.single else self.last[kept])


def in_a_row(words: Sequence[IntArray]) -> IntArray:
    """Where every word stands one after the other: the rarest is looked up in the places of the rest."""
    by_size = sorted(enumerate(words), key=lambda numbered: len(numbered[1]))
    distance, rarest = by_size[0]
    found = rarest - distance
    for distance, keys in by_size[1:]:
        if not len(found):
            break
        found = found[contained(found + distance, keys)]
    return found


def merged(several: Sequence[Places]) -> Places:
    """All stretches, each once."""
    some = [places for places in several if len(places.first)]
    if len(some) < 2:
        return some[0] if some else Places.words(NOWHERE)
    if all(places.single for places in some):
        return Places.words(united([places.first for places in some]))
    first = np.concatenate([places.first for places in some])
    last = np.concatenate([places.last for places in some])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = np.ones(len(first), np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Places(first[new], last[new])


def united(several: Sequence[IntArray]) -> IntArray:
    """The numbers of all these ascending arrays, ascending, each once."""
    some = [keys for keys in several if len(keys)]
    if len(some) < 2:
        return some[0] if some else NOWHERE
    every = np.concatenate(some)
    every.sort(kind="stable")  # which merges what is already in order
    return once(every)


def once(ascending: IntArray) -> IntArray:
    """Ascending numbers, each once."""
    if len(ascending) < 2:
        return ascending
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]


def contained(numbers: IntArray, among: IntArray) -> Mask:
    """Which numbers are in the ascending array ``among``."""
    if not len(among):
        return np.zeros(len(numbers), np.bool_)
    at = among.searchsorted(numbers)
    at[at == len(among)] = 0
    found: Mask = among[at] == numbers
    return found


def by_page(keys: IntArray) -> Matches:
    """How often each page stands in ascending ``keys``."""
    if not len(keys):
        return Matches(NOWHERE, np.empty(0))
    pages = keys >> POSITION_BITS
    starts = np.flatnonzero(np.concatenate(([True], pages[1:] != pages[:-1])))
    counts = np.diff(np.append(starts, len(pages))).astype(np.float64)
    return Matches(pages[starts], counts)


def near(parts: Sequence[Places], links: Sequence[Link], sections: Sections) -> list[Places]:
    """Of each part, the stretches that take part in a match of the whole chain.

    After one pass forward, what is left of a part has partners all the way back to the first; after one
    pass backward also all the way to the last. Link by link that is all the chain asks.
    """
    left = _on_common_pages(parts)
    for at, link in enumerate(links):
        left[at + 1] = _partnered(left[at + 1], left[at], link, sections, other_is_left=True)
    for at in reversed(range(len(links))):
        left[at] = _partnered(left[at], left[at + 1], links[at], sections, other_is_left=False)
    return left


def _on_common_pages(parts: Sequence[Places]) -> list[Places]:
    """Without the pages that the rarest part is not on."""
    rarest = min(parts, key=lambda places: len(places.first))
    pages = once(rarest.first >> POSITION_BITS)
    return [
        _on_pages(places, pages) if len(places.first) > _MANY * len(pages) else places for places in parts
    ]


def _on_pages(places: Places, pages: IntArray) -> Places:
    starts = places.first.searchsorted(pages << POSITION_BITS)
    counts = places.first.searchsorted((pages + 1) << POSITION_BITS) - starts
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = np.repeat(starts, counts) + within
    first = places.first[chosen]
    return Places(first, first if places.single else places.last[chosen])


def _partnered(
    places: Places, others: Places, link: Link, sections: Sections, *, other_is_left: bool
) -> Places:
    """The stretches for which another stands as the link says."""
    if link.within is not Within.WORDS:
        places, others = (_within_one(some, link.within, sections) for some in (places, others))
    found = np.zeros(len(places.first), np.bool_)
    if not len(others.first):
        return places.where(found)
    if other_is_left or not link.ordered:
        found |= _follows(places.first, others, link, sections)
    if not other_is_left or not link.ordered:
        found |= _precedes(places.last, others, link, sections)
    return places.where(found)


def _within_one(places: Places, within: Within, sections: Sections) -> Places:
    """Without those that run from one sentence or paragraph into the next."""
    if places.single:
        return places
    return places.where(sections(within, places.first) == sections(within, places.last))


def _follows(first: IntArray, others: Places, link: Link, sections: Sections) -> Mask:
    """Which begin near enough after another has ended: the nearest of those tells."""
    ends = others.last if others.single else np.sort(others.last)
    at = ends.searchsorted(first) - 1
    nearest = ends[np.maximum(at, 0)]
    return (at >= 0) & _linked(nearest, first, link, sections)


def _precedes(last: IntArray, others: Places, link: Link, sections: Sections) -> Mask:
    """Which end near enough before another begins."""
    at = others.first.searchsorted(last, side="right")
    nearest = others.first[np.minimum(at, len(others.first) - 1)]
    return (at < len(others.first)) & _linked(last, nearest, link, sections)


def _linked(end: IntArray, start: IntArray, link: Link, sections: Sections) -> Mask:
    """Whether what ends here and what starts there are near, given that they come in this order."""
    same: Mask = sections(link.within, end) == sections(link.within, start)
    if link.within is Within.WORDS:
        same &= start - end <= min(link.distance, 1 << POSITION_BITS)
    return same
