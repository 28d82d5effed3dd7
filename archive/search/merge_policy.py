"""Which segments become one, so that a search looks into few and no page is written over and over.

All sizes are live pages. Merging costs about a second for 40,000 pages (see docs/why/whoosh.md).
"""

from __future__ import annotations

from collections.abc import Sequence

MAX_SMALL_SEGMENTS = 8
PAGES_MERGED_IN_COMMIT = 10_000  # a commit must have an end
_GROWTH_IN_COMMIT = 2
_GROWTH_WHEN_IDLE = 4
_TOO_MANY_DELETED = 0.2  # of a segment's pages


def merged_in_commit(sizes: Sequence[int]) -> list[int]:
    """The numbers of the segments to merge while somebody waits for the commit.

    When many are small: the smallest, as long as each is no larger than twice what has been gathered.
    """
    small = [at for at in _ascending(sizes) if sizes[at] < PAGES_MERGED_IN_COMMIT // 2]
    if len(small) <= MAX_SMALL_SEGMENTS:
        return []
    chosen = small[:2]
    gathered = sizes[small[0]] + sizes[small[1]]
    for at in small[2:]:
        if sizes[at] > _GROWTH_IN_COMMIT * gathered or gathered + sizes[at] > PAGES_MERGED_IN_COMMIT:
            break
        chosen.append(at)
        gathered += sizes[at]
    return sorted(chosen)


def merged_when_idle(sizes: Sequence[int], deleted: Sequence[int]) -> list[int]:
    """The numbers of the segments to merge when there is time.

    Afterwards each segment is at least four times as large as all smaller ones together: at 100,000 pages
    there are about three. Segments of which a fifth is deleted are written anew.
    """
    order = _ascending(sizes)
    smaller = 0
    count = 0
    for number, at in enumerate(order):
        if number and sizes[at] < _GROWTH_WHEN_IDLE * smaller:
            count = number + 1
        smaller += sizes[at]
    dirty = {at for at in order if deleted[at] > _TOO_MANY_DELETED * (sizes[at] + deleted[at])}
    return sorted({*order[:count], *dirty})


def _ascending(sizes: Sequence[int]) -> list[int]:
    return sorted(range(len(sizes)), key=sizes.__getitem__)
