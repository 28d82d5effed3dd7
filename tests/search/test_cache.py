"""Arrays are kept as long as they fit."""

from __future__ import annotations

import numpy as np

from archive.search.cache import ArrayCache

MADE: list[str] = []


def ask(cache: ArrayCache, key: str, size: int = 1_000) -> bool:
    """Whether the arrays had to be made."""
    before = len(MADE)

    def make() -> tuple[np.ndarray, ...]:
        MADE.append(key)
        return (np.zeros(size, np.uint8),)

    assert len(cache.get(key, make)[0]) == size
    return len(MADE) > before


def test_what_was_made_is_kept() -> None:
    cache = ArrayCache(10_000)
    assert ask(cache, "a")
    assert not ask(cache, "a")


def test_the_least_recently_used_goes_first() -> None:
    cache = ArrayCache(3_000)
    ask(cache, "a")
    ask(cache, "b")
    ask(cache, "a")
    ask(cache, "c")
    assert not ask(cache, "a")
    assert ask(cache, "b")


def test_what_is_larger_than_the_cache_is_made_each_time_and_pushes_nothing_out() -> None:
    cache = ArrayCache(3_000)
    ask(cache, "a")
    assert ask(cache, "large", 5_000)
    assert ask(cache, "large", 5_000)
    assert not ask(cache, "a")
