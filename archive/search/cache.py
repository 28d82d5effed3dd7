"""Arrays that were worked out once, kept as long as they fit in a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

import numpy as np

Arrays = TypeVar("Arrays", bound=tuple[np.ndarray, ...])

DEFAULT_MAX_BYTES = 192 * 1024 * 1024
_BYTES_PER_ENTRY = 400  # the key, the tuple and the array headers


class ArrayCache:
    """Least recently used first out. Safe to use from several threads."""

    def __init__(self, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[np.ndarray, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Arrays]) -> Arrays:
        """The arrays under ``key``, made when they are not there. Two threads may make the same."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]  # each key is always made alike
        made = make()
        size = _size(made)
        with self._lock:
            if key not in self._kept and size <= self._max_bytes:
                self._kept[key] = made
                self._bytes += size
                while self._bytes > self._max_bytes:
                    self._bytes -= _size(self._kept.popitem(last=False)[1])
        return made


def _size(arrays: tuple[np.ndarray, ...]) -> int:
    return sum(array.nbytes for array in arrays) + _BYTES_PER_ENTRY
