"""Quotations that run over a page break: heads, page numbers and stamps stand between their halves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from archive.rules.quotes import find_quote, page_text

MOST_PAGES = 3
_MOST_FURNITURE_LINES = 5  # at the foot of one page and at the head of the next
_MOST_FURNITURE_CHARACTERS = 120  # of such a line
_WINDOW = 6_000  # characters of each page that are looked at: a quotation has 5,000 at most
_LINE = re.compile(r"[^\n]+")

Ranges = tuple[tuple[int, int, int], ...]  # index of the page, start, end


def find_over_break(texts: Sequence[str], quote: str, *, slips: bool = False) -> Ranges:
    """Where ``quote`` stands when it begins on the first of these pages and ends on a later one; empty when
    it does not. Each page after the first is taken from its first word of the quotation to its last."""
    if len(texts) < 2:
        return ()
    for feet, heads in sorted(product(range(_MOST_FURNITURE_LINES + 1), repeat=2), key=sum):
        bodies = list(_bodies(texts, feet, heads))
        if any(start >= end for start, end in bodies):
            continue
        if found := _find_joined(texts, bodies, quote, slips=slips and not feet and not heads):
            return found
    return ()


def _bodies(texts: Sequence[str], feet: int, heads: int) -> Iterator[tuple[int, int]]:
    """Each page's body without so many lines at the break before it and at the break after it."""
    for index, text in enumerate(texts):
        start, end = 0, len(text)
        if index > 0:
            start = _after_lines(text, heads)
        if index < len(texts) - 1:
            end = _before_lines(text, feet)
        yield max(start, 0 if index else len(text) - _WINDOW), end


def _after_lines(text: str, count: int) -> int:
    lines = list(_LINE.finditer(text))[: count + 1]
    if not count:
        return 0
    if len(lines) <= count or any(len(line[0]) > _MOST_FURNITURE_CHARACTERS for line in lines[:count]):
        return len(text)
    return lines[count].start()


def _before_lines(text: str, count: int) -> int:
    if not count:
        return len(text)
    lines = list(_LINE.finditer(text))
    if len(lines) <= count or any(len(line[0]) > _MOST_FURNITURE_CHARACTERS for line in lines[-count:]):
        return 0
    return lines[-count - 1].end()


def _find_joined(
    texts: Sequence[str], bodies: Sequence[tuple[int, int]], quote: str, *, slips: bool
) -> Ranges:
    joined, offsets = "", []
    for text, (start, end) in zip(texts, bodies, strict=True):
        offsets.append(len(joined))
        joined += text[start:end] + "\n"
    for match in find_quote(page_text(joined), quote, slips=slips):
        ranges = tuple(
            (index, start + low - offset, start + high - offset)
            for first, last in match.ranges
            for index, (offset, (start, end)) in enumerate(zip(offsets, bodies, strict=True))
            if (low := max(first, offset)) < (high := min(last, offset + end - start))
        )
        if len({index for index, _, _ in ranges}) == len(texts):
            return ranges
    return ()
