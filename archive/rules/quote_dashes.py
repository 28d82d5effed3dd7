"""Dashes at the ends of a quotation. Folding drops them, but they are words of the page all the same: who
selects an item of a list selects its dash, and it is marked with the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.rules.quote_folding import DASHES

_DASH = f"[-{DASHES}]"
_AT_START = re.compile(rf"(?:\s*{_DASH})*")
_AT_END = re.compile(rf"(?:{_DASH}\s*)*\Z")


def with_dashes(text: str, start: int, end: int, typed: str) -> tuple[int, int]:
    """The range of ``text`` with as many dashes before and after it as ``typed`` has at its ends."""
    for _ in range(_count(_AT_START.match(typed))):
        before = len(text[:start].rstrip())
        if before == 0 or not _is_dash(text[before - 1]):
            break
        start = before - 1
    for _ in range(_count(_AT_END.search(typed)) if typed else 0):
        after = end + len(text[end:]) - len(text[end:].lstrip())
        if after == len(text) or not _is_dash(text[after]):
            break
        end = after + 1
    return start, end


def find_dashes(text: str, typed: str) -> Iterator[tuple[int, int]]:
    """Where as many dashes stand alone as ``typed``, which is nothing else, has."""
    count = sum(map(_is_dash, typed))
    if count:
        alone = re.compile(rf"(?<!\S)(?=({_DASH}(?:\s*{_DASH}){{{count - 1}}})(?!\S))")
        yield from (found.span(1) for found in alone.finditer(text))  # also those that overlap


def begins_as(text: str, typed: str) -> bool:
    """Whether ``text`` begins with as many dashes as ``typed``."""
    return _count(_AT_START.match(text)) >= _count(_AT_START.match(typed))


def has_dash(text: str) -> bool:
    """Whether there is a dash in it."""
    return any(map(_is_dash, text))


def _is_dash(character: str) -> bool:
    return character == "-" or character in DASHES


def _count(run: re.Match[str] | None) -> int:
    return sum(map(_is_dash, run[0])) if run else 0
