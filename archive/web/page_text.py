"""A page's text as it is read beside the image: flowing, in paragraphs, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_PARAGRAPH_GAP = re.compile(r"\n\s*\n")
_LONG_LINE_SHARE = 0.72  # a line shorter than this share of the widest ends on purpose: an address, a heading


def reflow(text: str) -> str:
    """Join lines that only ended at the margin. No character moves, so offsets still hold."""
    lines = text.split("\n")
    widest = max(map(len, lines))
    flowing = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(line) >= _LONG_LINE_SHARE * widest and not _is_row(line)
        joins = goes_on and bool(after.strip()) and not _is_row(after) and not _starts_item(after)
        flowing.append(line + (" " if joins else "\n"))
    return "".join(flowing)[:-1]


def mark_paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Markup, ...]:
    """The paragraphs of a page, reflowed, escaped, with the parts of ``spans`` in them marked."""
    flowing = reflow(text)
    bounds = [0, *(edge for gap in _PARAGRAPH_GAP.finditer(flowing) for edge in gap.span()), len(flowing)]
    return tuple(
        mark_spans(flowing[start:end], [(max(0, s - start), min(end, e) - start) for s, e in spans])
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        if flowing[start:end].strip()
    )


def mark_spans(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """``text`` escaped, with ``<mark>`` around each span; spans may touch or overlap."""
    parts, position = [], 0
    for start, end in _merged(spans):
        parts += [escape(text[position:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        position = end
    return Markup("").join([*parts, escape(text[position:])])


def _starts_item(line: str) -> bool:
    """Whether a line begins a list item or a memo's head field."""
    return re.match(r"\s*(?:[•·▪*-]\s|\(?[0-9a-zA-Z]{1,3}[.)]\s|[A-Z][A-Za-z]{1,9}:\s)", line) is not None


def _is_row(line: str) -> bool:
    """Whether a line is a row of figures: half of its words or more have a digit."""
    words = line.split()
    return len(words) > 3 and sum(any(map(str.isdigit, word)) for word in words) * 2 >= len(words)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
