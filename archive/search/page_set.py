"""Some of the pages of a segment: as numbers when they are few, as a mask when they are many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from archive.search.places import NOWHERE, contained, united
from archive.search.segment import IntArray, Mask

_FEW = 1 / 48  # of all pages: below it, numbers are quicker than masks


class PageSet:
    """A set of pages of ``size`` pages in all. Never changed."""

    __slots__ = ("_mask", "_pages", "size")

    def __init__(self, size: int, *, pages: IntArray | None = None, mask: Mask | None = None) -> None:
        self.size = size
        self._pages = NOWHERE if pages is None and mask is None else pages
        self._mask = mask

    @property
    def pages(self) -> IntArray:
        """The numbers of the pages, ascending."""
        if self._pages is None:
            self._pages = np.flatnonzero(self.mask)
        return self._pages

    @property
    def mask(self) -> Mask:
        """Which pages are in it."""
        if self._mask is None:
            self._mask = np.zeros(self.size, np.bool_)
            self._mask[self.pages] = True
        return self._mask

    @property
    def is_small(self) -> bool:
        """Whether numbers are the way to handle it."""
        return self._pages is not None and len(self._pages) <= self.size * _FEW

    def has(self, pages: IntArray) -> Mask:
        """Which of these pages are in it."""
        if self.is_small and self._mask is None:
            return contained(pages, self.pages)
        there: Mask = self.mask[pages]
        return there


def both(sets: Sequence[PageSet]) -> PageSet:
    """The pages that are in every set."""
    smallest = min((some for some in sets if some.is_small), key=lambda some: len(some.pages), default=None)
    if smallest is None:
        return PageSet(sets[0].size, mask=np.logical_and.reduce([some.mask for some in sets]))
    pages = smallest.pages
    for some in sets:
        if some is not smallest:
            pages = pages[some.has(pages)]
    return PageSet(smallest.size, pages=pages)


def either(sets: Sequence[PageSet]) -> PageSet:
    """The pages that are in one of the sets or more."""
    size = sets[0].size
    if all(some.is_small for some in sets) and sum(len(some.pages) for some in sets) <= size * _FEW:
        return PageSet(size, pages=united([some.pages for some in sets]))
    mask = np.zeros(size, np.bool_)
    for some in sets:
        if some.is_small:
            mask[some.pages] = True
        else:
            mask |= some.mask
    return PageSet(size, mask=mask)


def at_least(count: int, sets: Sequence[PageSet]) -> PageSet:
    """The pages that are in so many of the sets or more."""
    of_each = np.zeros(sets[0].size, np.uint16)
    for some in sets:
        of_each[some.pages] += 1
    return PageSet(sets[0].size, mask=of_each >= count)


def outside(some: PageSet) -> PageSet:
    """The pages that are not in it."""
    return PageSet(some.size, mask=~some.mask)
