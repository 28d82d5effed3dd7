"""Words that a line strikes through on a born-digital page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from ingest.page import Box
from ingest.pdfium import Boxes
from ingest.shape_context import PageWords

# Of a word's height, from its top: an underline is lower, a rule of a table higher or lower.
_HIGHEST, _LOWEST = 0.42, 0.74
_MIN_LINE_PT = 8.0
_COVERED = 0.8  # of a word's width
_OWN_LENGTH = 0.8  # of the line: one that goes on past its words strikes nothing
# A marking that is struck was lifted when the page was released: nothing is withheld by that.
_MARKING = re.compile(
    r"official use|\bFOUO\b|secret|confidential|classified|noforn|pre-?decisional|deliberative"
    r"|law enforcement sensitive|privileged|sensitive but",
    re.IGNORECASE,
)


def struck_words(lines: Iterable[Box], words: PageWords) -> Iterator[Box]:
    """The boxes of words that one of the level ``lines`` strikes through."""
    edges = words.edges
    if not len(edges):
        return
    widths = edges[:, 2] - edges[:, 0]
    heights = edges[:, 3] - edges[:, 1]
    for line in lines:
        if line.x1 - line.x0 < _MIN_LINE_PT:
            continue
        at = (line.top + line.bottom) / 2
        share = (at - edges[:, 1]) / np.maximum(heights, 1e-6)
        covered = np.minimum(edges[:, 2], line.x1) - np.maximum(edges[:, 0], line.x0)
        struck = (share > _HIGHEST) & (share < _LOWEST) & (covered > _COVERED * widths) & (widths > 0)
        numbers = np.flatnonzero(struck).tolist()
        if numbers and not _MARKING.search(" ".join(words.words[number].text for number in numbers)):
            box = _around(edges[numbers])
            if box.x1 - box.x0 > _OWN_LENGTH * (line.x1 - line.x0):
                yield box


def _around(edges: Boxes) -> Box:
    return Box(*edges[:, :2].min(axis=0).round(2).tolist(), *edges[:, 2:].max(axis=0).round(2).tolist())
