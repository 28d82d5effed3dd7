"""Quotations that run over a page break: heads, page numbers and stamps stand between their halves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from archive.rules.quotes import PageText, find_quote

MOST_PAGES = 3
_MOST_FURNITURE_LINES = 5  # at the foot of one page and at the head of the next
_MOST_FURNITURE_CHARACTERS = 120  # of such a line
_BESIDE = 200  # characters beside what a quotation can reach from the break, twice its own length
_LINE = re.compile(r"[^\n]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BreakMatch:
    """Where a quotation stands: index of the page, start, end. ``slips`` as in ``QuoteMatch``."""

    ranges: tuple[tuple[int, int, int], ...]
    slips: int


def find_over_break(texts: Sequence[str], quote: str, *, slips: bool = False) -> BreakMatch | None:
    """Where ``quote`` stands when it begins on the first of these pages and ends on the last; None when it
    does not. Each page in between is taken from its first word of the quotation to its last. The fewest lines
    are skipped that must be; the very words come before those with ``slips``."""
    joints = [_near_the_break(texts, bodies, 2 * len(quote) + _BESIDE) for bodies in _joints(texts)]
    for is_near in (False, True) if slips else (False,):
        for bodies in joints:
            if found := _find_joined(texts, bodies, quote, slips=is_near):
                return found
    return None


def _joints(texts: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """Each page's body without so many lines at the break before it and at the break after it."""
    if len(texts) < 2:
        return
    for feet, heads in sorted(product(range(_MOST_FURNITURE_LINES + 1), repeat=2), key=sum):
        bodies = tuple(_bodies(texts, feet, heads))
        if all(start < end for start, end in bodies):
            yield bodies


def _bodies(texts: Sequence[str], feet: int, heads: int) -> Iterator[Span]:
    for index, text in enumerate(texts):
        start = _after_lines(text, heads) if index > 0 else 0
        end = _before_lines(text, feet) if index < len(texts) - 1 else len(text)
        yield start, end


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


def _near_the_break(texts: Sequence[str], bodies: Sequence[Span], reach: int) -> list[Span]:
    """Of the first and the last body only what a quotation can reach, cut between words."""
    (first, first_end), *middle, (last, last_end) = bodies
    if first_end - first > reach:
        first = _next_space(texts[0], first_end - reach, first_end)
    if last_end - last > reach:
        last_end = _next_space(texts[-1], last + reach, last_end)
    return [(first, first_end), *middle, (last, last_end)]


def _next_space(text: str, start: int, end: int) -> int:
    return next((at for at in range(start, end) if text[at].isspace()), end)


def _find_joined(
    texts: Sequence[str], bodies: Sequence[Span], quote: str, *, slips: bool
) -> BreakMatch | None:
    joined, offsets = "", []
    for text, (start, end) in zip(texts, bodies, strict=True):
        offsets.append(len(joined))
        joined += text[start:end] + "\n"
    for match in find_quote(PageText(joined), quote, slips=slips, grow=True):
        ranges = tuple(
            (index, start + low - offset, start + high - offset)
            for first, last in match.ranges
            for index, (offset, (start, end)) in enumerate(zip(offsets, bodies, strict=True))
            if (low := max(first, offset)) < (high := min(last, offset + end - start))
        )
        if len({index for index, _, _ in ranges}) == len(texts):
            return BreakMatch(_trimmed(texts, ranges), match.slips)
    return None


def _trimmed(
    texts: Sequence[str], ranges: Sequence[tuple[int, int, int]]
) -> tuple[tuple[int, int, int], ...]:
    """Without white space at the ends."""
    found = []
    for index, start, end in ranges:
        said = texts[index][start:end]
        found.append((index, end - len(said.lstrip()), start + len(said.rstrip())))
    return tuple(found)
