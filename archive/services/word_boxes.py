"""A page's words with their boxes as one compact column.

Words are needed for one page at a time (to mark hits, to select text), never searched in SQL, so they
are one compressed JSON value a page instead of millions of rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from archive.rules.comparison_values import WordPlace
from ingest.page import Box, Word

_TENTHS = 10  # boxes are kept to a tenth of a point: a fifth of a pixel on screen


def pack_words(words: Iterable[Word]) -> bytes:
    """The words as bytes: each ``[start, end, confidence in percent or -1, x0, top, x1, bottom, ...]``."""
    rows = []
    for word in words:
        confidence = -1 if word.confidence is None else round(word.confidence * 100)
        row = [word.start, word.end, confidence]
        for box in word.boxes:
            row += (round(edge * _TENTHS) for edge in (box.x0, box.top, box.x1, box.bottom))
        rows.append(row)
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode("ascii"), 6)


def unpack_words(packed: bytes, text: str) -> tuple[Word, ...]:
    """The words of a page whose text is ``text``."""
    if not packed:
        return ()
    return tuple(_word(row, text) for row in json.loads(zlib.decompress(packed)))


def unpack_places(packed: bytes) -> tuple[WordPlace, ...]:
    """Where the words of a page stand, each by its first box: for hundreds of pages at once, since it takes a
    fraction of the time of ``unpack_words``."""
    if not packed:
        return ()
    rows = json.loads(zlib.decompress(packed))
    return tuple(
        WordPlace(row[0], row[1], row[3] / _TENTHS, row[4] / _TENTHS, row[5] / _TENTHS, row[6] / _TENTHS)
        for row in rows
        if len(row) > 3
    )


def _word(row: list[int], text: str) -> Word:
    start, end, confidence, *edges = row
    boxes = tuple(
        Box(*(edge / _TENTHS for edge in edges[index : index + 4])) for index in range(0, len(edges), 4)
    )
    return Word(text[start:end], start, end, boxes, None if confidence < 0 else confidence / 100)
