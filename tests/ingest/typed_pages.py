"""Pages as a typewriter sets them: text on a grid, with the words and boxes a reader would give."""

from __future__ import annotations

import re

from ingest.layout import Line, RawWord, compose_text
from ingest.page import Box, Word

LEFT_PT, TOP_PT, CHARACTER_PT, LINE_PT, TYPE_PT = 72.0, 72.0, 6.0, 14.0, 10.0


def type_page(typed: str) -> tuple[str, tuple[Word, ...]]:
    """The page's text and words. Runs of blanks are distance on paper, as in a two-column head."""
    lines: list[Line] = []
    starts: set[int] = set()
    after_gap = True
    for number, row in enumerate(typed.strip("\n").split("\n")):
        words = tuple(_word(match, number) for match in re.finditer(r"\S+", row))
        if not words:
            after_gap = True
            continue
        if after_gap:
            starts.add(len(lines))
        lines.append(words)
        after_gap = False
    return compose_text(lines, starts)


def _word(match: re.Match[str], row: int) -> RawWord:
    top = TOP_PT + row * LINE_PT
    box = Box(
        LEFT_PT + match.start() * CHARACTER_PT, top, LEFT_PT + match.end() * CHARACTER_PT, top + TYPE_PT
    )
    return RawWord(match[0], box)
