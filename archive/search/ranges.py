"""Many ranges of numbers at once, without a loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from archive.search.segment import IntArray

Numbers = npt.NDArray[np.integer[Any]]


def ranges(starts: Numbers, lengths: Numbers) -> IntArray:
    """``lengths[0]`` numbers from ``starts[0]`` on, then ``lengths[1]`` from ``starts[1]`` on, and so on."""
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    shifts = starts.astype(np.int64) - (ends - lengths)
    found: IntArray = np.repeat(shifts, lengths) + np.arange(total)
    return found


def offsets(lengths: Numbers) -> IntArray:
    """Where each of these stretches begins when they follow one another, and where the last one ends."""
    found = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=found[1:])
    return found


def smallest_type(largest: int) -> np.dtype[Any]:
    """The narrowest unsigned type that holds ``0 .. largest``."""
    return np.min_scalar_type(largest)
