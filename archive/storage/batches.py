"""Takes many objects a few at a time, so that a long list never stands in memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

BATCH = 64  # objects; a page has three images, so about twenty pages
AT_ONCE = 8  # writes in flight; a disk or server gathers them, more gain nothing


def in_batches(items: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """The items in lists of at most ``BATCH``, lazily."""
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
