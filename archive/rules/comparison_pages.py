"""Which page of one release is which page of the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from archive.rules.comparison_values import PagePair, Run, RunKind, count_words

_FEW = 0.1  # of what stands on a page: less than that in common is chance
_LEAST_TOKENS = 3


def pair_pages(
    first: Mapping[int, int],
    second: Mapping[int, int],
    shared: Mapping[tuple[int, int], int],
    runs: Sequence[Run],
) -> tuple[PagePair, ...]:
    """The pages side by side, in order.

    ``first`` and ``second`` say how many tokens each page has; ``shared`` how many of them two pages have in
    common, or would have if nothing were withheld. A page that runs over two of the other release stands
    beside both.
    """
    partners: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, other), count in shared.items():
        if count >= _LEAST_TOKENS and count >= _FEW * min(first[one], second[other]):
            partners[other].append((count, one))
    best = {other: max(found, key=lambda pair: (pair[0], -pair[1]))[1] for other, found in partners.items()}
    _add_missed(best, {one for found in partners.values() for _, one in found}, partners)
    ordered = _in_order(list(first), list(second), best, partners)
    return tuple(_counted(pair, runs) for pair in ordered)


def _add_missed(
    best: dict[int, int],
    known: set[int],
    partners: defaultdict[int, list[tuple[int, int]]],
) -> None:
    """Only the best partner of a page stands beside it, and each other one where it shares most."""
    missed = known - set(best.values())
    for other, found in partners.items():
        partners[other] = [(count, one) for count, one in found if one in missed or one == best[other]]
    for one in missed:
        places = [(count, other) for other, found in partners.items() for count, page in found if page == one]
        most = max(places)[1]
        for _, other in places:
            if other != most:
                partners[other] = [pair for pair in partners[other] if pair[1] != one]


def _in_order(
    first: Sequence[int],
    second: Sequence[int],
    best: Mapping[int, int],
    partners: Mapping[int, Sequence[tuple[int, int]]],
) -> list[PagePair]:
    taken = {one for other in best for _, one in partners[other]}
    alone = [page for page in first if page not in taken]
    pairs: list[PagePair] = []
    for page in second:
        mates = sorted(one for _, one in partners[page]) if page in best else []
        while mates and alone and alone[0] < mates[0]:
            pairs.append(PagePair(alone.pop(0), None))
        pairs += [PagePair(one, page) for one in mates] or [PagePair(None, page)]
    return _paired_by_place([*pairs, *(PagePair(page, None) for page in alone)])


def _paired_by_place(pairs: Sequence[PagePair]) -> list[PagePair]:
    """Between two pages that are known to be the same, as many that have nothing in common (all of it is
    withheld, or cannot be read) in either release are the same in their order."""
    paired: list[PagePair] = []
    for is_known, group in groupby(pairs, key=lambda pair: None not in (pair.first, pair.second)):
        members = list(group)
        ones = [pair.first for pair in members if pair.first is not None]
        others = [pair.second for pair in members if pair.second is not None]
        if is_known or len(ones) != len(others):
            paired += members
        else:
            paired += [PagePair(one, other) for one, other in zip(ones, others, strict=True)]
    return paired


def _counted(pair: PagePair, runs: Sequence[Run]) -> PagePair:
    counts: Counter[RunKind] = Counter()
    for run in runs:
        if run.is_on(pair.first, pair.second):
            counts[run.kind] += count_words(run)
    return PagePair(
        pair.first,
        pair.second,
        released=counts[RunKind.RELEASED],
        withheld=counts[RunKind.WITHHELD],
        changed=counts[RunKind.CHANGED],
    )
